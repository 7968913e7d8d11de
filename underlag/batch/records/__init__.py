"""What is recorded of each workbook of a batch, and of all of them together."""
