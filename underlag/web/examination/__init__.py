"""An examined workbook for the page: the user's choices, corrections and answers, and what its pages show."""
