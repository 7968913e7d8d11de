"""Writers: from findings and orders to the bytes of files, and the package of them all."""
