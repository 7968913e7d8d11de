"""File formats: from the bytes of a workbook to a grid of cells, within limits."""
