"""The account of a workbook: what each column, text, comment and sheet was read as, and open questions."""
