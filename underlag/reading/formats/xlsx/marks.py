"""Finds the cells of .xlsx and .xlsm that are struck through, or whose text cannot be seen."""

import re
from collections.abc import Collection
from typing import Final, NamedTuple

from underlag.column_letters import column_number
from underlag.lazy_pattern import LazyPattern
from underlag.reading.formats.sheet_facts import SheetFacts

_STYLED: Final = rb'<c r="([A-Z]+)([0-9]+)" s="(%s)"'
_SHARED_CELL: Final = LazyPattern(
    rb'<c r="([A-Z]+)([0-9]+)"(?: s="[0-9]+")? t="s"[^<>]*+>'
    rb'(?:<f(?: [A-Za-z:0-9]++="[^"<>]*+")*+(?:/>|>[^<]*+</f>))?+<v>([0-9]+)</v>'
)
#: More cell formats than these are looked up, not searched for.
_MOST_SEARCHED: Final = 100


class Marks(NamedTuple):
    """Numbers of the cell formats and shared texts that are marked; usually none.

    Attributes:
        struck: cell formats that strike through.
        struck_texts: shared texts that are struck through, at least in part.
        unseen: cell formats that show nothing of a text.
    """

    struck: Collection[int]
    struck_texts: Collection[int]
    unseen: Collection[int]

    def take(self, facts: SheetFacts, rows: bytes) -> None:
        """Add the marked cells of a sheet to its facts.

        Args:
            facts: gets the cells.
            rows: the sheet's rows in the regular form.
        """
        facts.struck |= cells_with(self.struck, rows)
        facts.unseen |= cells_with(self.unseen, rows)
        if self.struck_texts:
            facts.struck.update(
                (int(row), column_number(letters))
                for letters, row, text in _SHARED_CELL.findall(rows)
                if int(text) in self.struck_texts
            )


def cells_with(formats: Collection[int], rows: bytes) -> set[tuple[int, int]]:
    """Return the cells that have one of some cell formats.

    Args:
        formats: the numbers of the formats.
        rows: the sheet's rows in the regular form.
    """
    if not formats:
        return set()
    wanted = {b"%d" % number for number in formats}
    searched = b"|".join(wanted) if len(wanted) <= _MOST_SEARCHED else b"[0-9]+"
    found = re.finditer(_STYLED % searched, rows)
    cells = (match.groups() for match in found)
    return {(int(row), column_number(letters)) for letters, row, style in cells if style in wanted}
