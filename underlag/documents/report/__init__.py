"""The report on a workbook: page, terminal text and JSON."""
