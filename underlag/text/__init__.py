"""Swedish wording shared by all layers: lists, numbers, moments, system errors."""
