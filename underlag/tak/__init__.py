"""TAK: its orders as JSON, its exports, and what a workbook would change in it."""
