"""The package: the files of one order, written whole or not at all."""
