"""From a file to an Underlag: safe opening, sheets and headers by similarity, rows, order details."""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from underlag.reading.read_workbook import Reading, read

__all__ = ["Reading", "read"]


def __getattr__(name: str) -> object:
    """Import all of reading when it is first used: its limits, e.g., are needed without it."""
    if name not in __all__:
        raise AttributeError(f"module 'underlag.reading' has no attribute {name!r}")
    return getattr(import_module("underlag.reading.read_workbook"), name)
