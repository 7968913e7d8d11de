"""What the workbooks of a batch order together: conflicts, versions, merged orders and lists."""
