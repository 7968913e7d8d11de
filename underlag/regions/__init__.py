"""The organisations that order, known by any of their usual names."""
