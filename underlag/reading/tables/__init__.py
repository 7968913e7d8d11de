"""Tables: which sheet, header row and columns hold what, and the rows as Fields."""
