"""Conditional formats that strike through a text or hide it: where they apply."""
