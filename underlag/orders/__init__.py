"""Orders in the terms of the order form, built from a checked Underlag."""
