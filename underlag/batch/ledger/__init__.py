"""The ledger: cases, what each workbook asks for row by row, loads, and everything that happened."""
