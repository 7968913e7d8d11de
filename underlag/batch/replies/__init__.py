"""The replies to those who sent workbooks: one draft for each sender, svar.eml."""
