"""What free texts say of an order: the units they mention, and whether they limit, postpone or extend it."""
