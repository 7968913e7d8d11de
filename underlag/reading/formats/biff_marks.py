"""What is struck through or commented on in .xls (BIFF8, [MS-XLS]) and .xlsb (BIFF12, [MS-XLSB]).

Findings: FIL002.
"""

import struct
from collections.abc import Iterable
from typing import Final

from underlag.reading.formats.refusal import UnreadableError
from underlag.reading.formats.sheet_facts import SheetFacts

#: Kind, offset and size of a record.
_Record = tuple[int, int, int]

_FONT, _FORMAT, _NOTE, _OBJECT, _TEXT, _CONTINUE = 0x0031, 0x00E0, 0x001C, 0x005D, 0x01B6, 0x003C
#: The flag of a font that strikes through, in both formats.
_STRIKES: Final = 0x0008
#: No font has this number: the one after the fourth is the sixth ([MS-XLS] 2.5.129).
_NO_FONT: Final = 4
#: The kind of object that holds a note's text, and the smallest record that says so.
_NOTE_OBJECT, _SHORTEST_OBJECT = 0x0019, 8
_SHORTEST_TEXT: Final = 14

_BRT_FONT, _BRT_FORMAT, _BRT_BEGIN_FORMATS, _BRT_END_FORMATS = 43, 47, 617, 618
_BRT_COMMENT, _BRT_COMMENT_TEXT = 635, 637


def struck_xls_formats(stream: bytes, records: Iterable[_Record]) -> frozenset[int]:
    """Return the numbers of the cell formats whose font is struck through; usually none.

    Args:
        stream: the workbook's stream.
        records: the records of its first substream.
    """
    struck: set[int] = set()
    formats: list[int] = []
    fonts = 0
    for kind, at, size in records:
        if kind == _FONT and size >= 4:  # noqa: PLR2004 - height and flags
            if struct.unpack_from("<H", stream, at + 2)[0] & _STRIKES:
                struck.add(fonts + (fonts >= _NO_FONT))
            fonts += 1
        elif kind == _FORMAT and size >= 2:  # noqa: PLR2004 - the font's number
            formats.append(struct.unpack_from("<H", stream, at)[0])
    return frozenset(number for number, font in enumerate(formats) if font in struck)


class XlsNotes:
    """Collects the notes of a sheet of .xls: the text comes with an object, its cell in a record of its own.

    Args:
        stream: the workbook's stream.
        facts: gets the notes.
    """

    def __init__(self, stream: bytes, facts: SheetFacts) -> None:
        self._stream, self._facts = stream, facts
        self._object = self._wanted = 0
        self._texts: dict[int, str] = {}

    def take(self, kind: int, at: int, size: int) -> None:
        """Take a record of the sheet."""
        stream = self._stream
        if kind == _OBJECT and size >= _SHORTEST_OBJECT:
            _, _, what, number = struct.unpack_from("<4H", stream, at)
            self._object = number if what == _NOTE_OBJECT else 0
        elif kind == _TEXT and size >= _SHORTEST_TEXT and self._object:
            self._wanted = struct.unpack_from("<H", stream, at + 10)[0]
        elif kind == _CONTINUE and self._wanted and size:
            wide = stream[at] & 1
            text = stream[at + 1 : at + size].decode("utf-16-le" if wide else "latin-1", errors="replace")
            self._texts[self._object] = self._texts.get(self._object, "") + text[: self._wanted]
            self._wanted = max(0, self._wanted - len(text))
        elif kind == _NOTE and size >= _SHORTEST_OBJECT:
            row, column, _, number = struct.unpack_from("<4H", stream, at)
            if text := self._texts.get(number, "").strip():
                self._facts.notes[row + 1, column + 1] = text


def struck_xlsb_formats(styles: bytes, records: Iterable[_Record]) -> frozenset[int]:
    """Return the numbers of the cell formats whose font is struck through; usually none.

    Args:
        styles: the part with the workbook's formats.
        records: its records.

    Raises:
        UnreadableError: the part is damaged.
    """
    struck: set[int] = set()
    formats: list[int] = []
    fonts = 0
    of_cells = False
    try:
        for kind, at, _size in records:
            if kind == _BRT_FONT:
                if struct.unpack_from("<H", styles, at + 2)[0] & _STRIKES:
                    struck.add(fonts)
                fonts += 1
            elif kind in (_BRT_BEGIN_FORMATS, _BRT_END_FORMATS):
                of_cells = kind == _BRT_BEGIN_FORMATS
            elif kind == _BRT_FORMAT and of_cells:
                formats.append(struct.unpack_from("<H", styles, at + 4)[0])
    except struct.error as error:
        raise UnreadableError("FIL002") from error
    return frozenset(number for number, font in enumerate(formats) if font in struck)


def xlsb_notes(part: bytes, records: Iterable[_Record]) -> dict[tuple[int, int], str]:
    """Return the texts of comments by (row, column).

    Args:
        part: a part of comments.
        records: its records.

    Raises:
        UnreadableError: the part is damaged.
    """
    found: dict[tuple[int, int], str] = {}
    place = (0, 0)
    try:
        for kind, at, size in records:
            if kind == _BRT_COMMENT:
                row, _, column, _ = struct.unpack_from("<4I", part, at + 4)
                place = row + 1, column + 1
            elif kind == _BRT_COMMENT_TEXT:
                length = struct.unpack_from("<I", part, at + 1)[0]
                text = part[at + 5 : min(at + 5 + 2 * length, at + size)].decode("utf-16-le", "replace")
                if text.strip():
                    found[place] = text.strip()
    except struct.error as error:
        raise UnreadableError("FIL002") from error
    return found
