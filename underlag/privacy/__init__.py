"""Personal identity numbers that were entered into a workbook by mistake: masked wherever texts are shown."""
