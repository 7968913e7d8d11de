"""The comparison with TAK as page, text and JSON."""
