"""The guide to an order: what to enter in the order form, step by step."""
