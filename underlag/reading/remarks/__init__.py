"""Parses free texts about an order: the units they mention, and whether they limit, postpone or extend it."""
