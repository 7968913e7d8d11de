"""Numbered loads: what is ready of all cases, as TAK orders, lists and a page that says where it is from."""
