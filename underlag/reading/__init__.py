"""From a file to an Underlag: safe opening, sheets and headers by similarity, rows, order details."""

from underlag.reading.read import Reading, read

__all__ = ["Reading", "read"]
