"""The register: which package was made of which workbook, and when. One SQLite file."""
