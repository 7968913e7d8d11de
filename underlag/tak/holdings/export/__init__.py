"""Reads TAK exports of every kind, plain or compressed, into one form."""

from underlag.tak.holdings.export.read import platform_of, read_catalogue

__all__ = ["platform_of", "read_catalogue"]
