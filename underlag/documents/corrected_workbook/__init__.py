"""The corrected workbook: the user's own file with only the corrected cells changed, marked and listed."""
