"""What people have decided about columns, texts and rows, under [kolumner], [beslut] and [flikar]."""
