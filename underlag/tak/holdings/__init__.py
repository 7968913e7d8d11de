"""What a TAK holds: exports and the TAK-API, read into one catalogue."""
