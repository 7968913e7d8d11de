"""Lists of rows: addressees for the bulk load, and rows that are not ordered."""
