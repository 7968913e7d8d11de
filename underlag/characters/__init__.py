"""Characters that people cannot see or confuse with others, and the cleaning of texts that contain them."""
