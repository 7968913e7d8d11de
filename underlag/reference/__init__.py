"""A list from the national directory (HSA), to check a workbook's units against."""

from underlag.reference.read import read_reference
from underlag.reference.reference import Reference

__all__ = ["Reference", "read_reference"]
