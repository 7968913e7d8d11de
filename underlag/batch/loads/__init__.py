"""Numbered loads: what is ready of all cases, as TAK orders, lists and a page with the source of each row."""
