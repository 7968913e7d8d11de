"""TAK orders: the JSON that tak-web loads, and its undo."""
