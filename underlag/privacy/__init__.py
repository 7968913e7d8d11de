"""Personal identity numbers that strayed into a workbook: masked wherever its texts are shown."""
