"""The account of a workbook: what each column, text, comment and sheet is understood as, and what is open."""
