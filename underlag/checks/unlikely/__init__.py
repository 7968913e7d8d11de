"""What is well-formed, but seldom meant: series from a dragged cell, names that look cut, a stray unit."""
