"""Where elements with texts may be in the parts of .xlsx and .xlsm (ECMA-376 part 1, 18.3 and 18.4).

A value in any other place would be left out without a word; Excel refuses such a part, too.
"""

from collections.abc import Mapping
from typing import Final

from underlag.reading.formats.refusal import UnreadableError, damaged

_IN_TEXT: Final = frozenset({"t", "r", "rPh", "phoneticPr"})
_NOTHING: Final[frozenset[str]] = frozenset()
#: What an element may hold; one that is not listed may hold anything, for nothing is read from it.
_INSIDE: Final[Mapping[str, frozenset[str]]] = {
    "sheets": frozenset({"sheet"}),
    "sheetData": frozenset({"row"}),
    "row": frozenset({"c", "extLst"}),
    "c": frozenset({"f", "v", "is", "extLst"}),
    "f": _NOTHING,
    "v": _NOTHING,
    "is": _IN_TEXT,
    "sst": frozenset({"si", "extLst"}),
    "si": _IN_TEXT,
    "r": frozenset({"rPr", "t"}),
    "rPh": frozenset({"t"}),
    "t": _NOTHING,
}
#: Elements that are only within a cell, or are one.
_OF_CELLS: Final = frozenset({"c", "v", "is"})


class Nesting:
    """The elements that are open while a part is parsed, by their names without prefix."""

    def __init__(self) -> None:
        self._open: list[str] = []

    def enter(self, tag: str) -> None:
        """Take the beginning of an element.

        Raises:
            UnreadableError: the element that it is in cannot hold it.
        """
        allowed = _INSIDE.get(self._open[-1]) if self._open else None
        if allowed is not None and tag not in allowed:
            raise misplaced(tag)
        self._open.append(tag)

    def leave(self) -> None:
        """Take the end of an element."""
        self._open.pop()


def refuse_cells_outside(tag: str) -> None:
    """Refuse an element outside a sheet's rows that can only be within them.

    Raises:
        UnreadableError: it is one.
    """
    if tag in _OF_CELLS:
        raise misplaced(tag)


def misplaced(tag: str) -> UnreadableError:
    """Return the refusal of a part with an element where none of its name can be."""
    return damaged(problem=f"den har ett element ”{tag[:30]}” på fel plats, så att celler kan saknas")
