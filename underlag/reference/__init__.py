"""A list of what the national directory (HSA) holds, to check a workbook's units against."""

from underlag.reference.model import Reference
from underlag.reference.read import read_reference

__all__ = ["Reference", "read_reference"]
