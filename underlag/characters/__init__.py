"""Characters that people cannot see or take for others, and the tidying of texts that hold them."""
