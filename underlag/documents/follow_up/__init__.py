"""A follow-up as text, JSON and page."""
