"""Well-formed values that are seldom meant: series from a dragged cell, truncated names, a stray unit."""
