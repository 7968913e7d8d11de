"""Cells that a sheet holds twice with different values: calamine would keep one, without a word."""

import re
from collections.abc import Iterable, Sequence
from typing import Final

from underlag.reading.formats.refusal import damaged

_CELL: Final = re.compile(rb'<c r="([A-Z]+[0-9]+)"([^<>]*+>.*?)</c>', re.DOTALL)


def count_filled(rows: Iterable[Sequence[object]]) -> int:
    """Return how many cells of a grid hold something."""
    return sum(len(row) - row.count("") for row in rows)


def refuse_twin_cells(sheet: str, xml: bytes) -> None:
    """Refuse a sheet with a cell that is there twice, with different contents.

    Args:
        sheet: its name.
        xml: its part in the regular form.

    Raises:
        UnreadableError: there is such a cell.
    """
    found: dict[bytes, bytes] = {}
    for reference, content in _CELL.findall(xml):
        if found.setdefault(reference, content) != content:
            cell = reference.decode()
            raise damaged(problem=f"cellen {cell} på fliken ”{sheet}” finns två gånger, med olika innehåll")
