"""The content of a TAK: exports and the TAK-API, read into one catalogue."""
