"""The package: the files of one order, written atomically."""
