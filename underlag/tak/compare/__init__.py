"""Compares a checked workbook with a TAK: what would be new, what exists, what would be replaced."""
