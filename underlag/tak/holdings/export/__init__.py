"""TAK exports of every kind, plain or packed, read into one form."""

from underlag.tak.holdings.export.read import platform_of, read_catalogue

__all__ = ["platform_of", "read_catalogue"]
