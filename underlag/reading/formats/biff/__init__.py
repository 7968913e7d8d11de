"""The passes over the binary formats: .xls ([MS-XLS]) and .xlsb ([MS-XLSB])."""
