"""The element of a cell, its place and its format."""

import re
from typing import Final, NamedTuple

from underlag.column_letters import column_letters

#: The format that a tag states: a cell's, or a row's.
STATED_STYLE: Final = re.compile(rb"""\ss\s*=\s*["']([0-9]*)["']""")

#: What becomes of some bytes of a part: where they start and end, and what replaces them.
Edit = tuple[int, int, bytes]


class OldCell(NamedTuple):
    """A cell before it is edited, or the place of one that is not there: then it ends where it starts.

    Attributes:
        part: the bytes that it is in.
        start, end: its element in them.
        style: its format; of a cell that is not there that of its row, or else of its column.
        row, column: where it is.
        prefix: the namespace prefix of the sheet's elements, with the colon.
    """

    part: bytes
    start: int
    end: int
    style: int
    row: int
    column: int
    prefix: bytes

    @property
    def element(self) -> bytes:
        """Its whole element; empty where the row has none."""
        return self.part[self.start : self.end]

    @property
    def reference(self) -> str:
        """Where it is, in A1 form."""
        return f"{column_letters(self.column)}{self.row}"

    @property
    def unchanged(self) -> Edit:
        """The edit that changes nothing."""
        return self.start, self.start, b""

    def replaced(self, element: bytes) -> Edit:
        """Return the edit that replaces its element."""
        return self.start, self.end, element


def with_style(element: bytes, style: int, at: OldCell) -> bytes:
    """Return a cell with another format, otherwise unchanged.

    Args:
        element: its element, empty for a new one.
        style: the number of the format.
        at: where it is.
    """
    stated = b' s="%d"' % style
    if not element:
        return b'<%sc r="%s"%s/>' % (at.prefix, at.reference.encode(), stated)
    end = element.index(b">") + 1
    tag, rest = element[:end], element[end:]
    if found := STATED_STYLE.search(tag):
        return tag[: found.start()] + stated + tag[found.end() :] + rest
    cut = len(tag) - (2 if tag.endswith(b"/>") else 1)
    return tag[:cut].rstrip() + stated + tag[cut:] + rest
