"""TAK exports of every kind, plain or packed, read into one form."""

from underlag.tak.holdings.export.read import read_catalogue

__all__ = ["read_catalogue"]
