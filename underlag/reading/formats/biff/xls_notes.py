"""Notes of an .xls ([MS-XLS] 2.4.179, 2.4.329)."""

import struct
from typing import Final

from underlag.reading.formats.sheet_facts import SheetFacts

_NOTE, _CONTINUE, _OBJECT, _TEXT = 0x001C, 0x003C, 0x005D, 0x01B6
#: The kind of object that holds a note's text, and the smallest record that says so.
_NOTE_OBJECT, _SHORTEST_OBJECT = 0x0019, 8
_SHORTEST_TEXT: Final = 14


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
