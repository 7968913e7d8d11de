"""A list saved as text (CSV): which encoding it has, and which character parts the columns."""

import codecs
import csv
import io
from collections.abc import Callable
from typing import Final

from underlag.reading.tables.headers import ROWS_SEARCHED

_DELIMITERS: Final = (";", "\t", ",", "|")
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
#: So much of a text tells what it is.
_HEAD: Final = 65_536


class NotTextError(Exception):
    """The bytes are no text table. The message is a Swedish sentence."""


def decode(content: bytes) -> str:
    """Return the text of a file as Excel and HSA's exports save it: UTF-8, UTF-16 or Windows-1252.

    Raises:
        NotTextError: it is something else.
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _decoded(content, encoding)
    head = content[:_HEAD]
    if b"\0" in head:
        # Text without a mark: every other byte of Western letters in UTF-16 is zero.
        even, odd = head[::2].count(0), head[1::2].count(0)
        if max(even, odd) * 4 < len(head) or min(even, odd) * 10 > max(even, odd):
            raise NotTextError("Filen är varken en textfil (CSV) eller en arbetsbok.")
        return _decoded(content, "utf-16-le" if odd > even else "utf-16-be")
    start = head.lstrip().lower()
    if start.startswith((b"%pdf", b"<")):
        raise NotTextError("Filen är en PDF-fil, en webbsida eller en XML-fil.")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        # Five bytes mean nothing in Windows-1252; they become the mark for an unknown character.
        return content.decode("cp1252", "replace")


def _decoded(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise NotTextError("Filen är skadad: texten går inte att läsa till slutet.") from error


def rows_of(text: str, worth: Callable[[list[list[str]]], int]) -> list[list[str]]:
    """Return the rows of a text table.

    Args:
        text: the whole table.
        worth: tells how much the first rows are worth when parted in one way; the best way is taken.

    Raises:
        NotTextError: a quotation mark opens a cell that never ends.
    """
    head = text[:_HEAD]
    best = max(_DELIMITERS, key=lambda each: worth(_parted(head, each, ROWS_SEARCHED)))
    try:
        return _parted(text, best)
    except csv.Error as error:
        raise NotTextError("Filen har ett citattecken som öppnar en cell utan att stänga den.") from error


def _parted(text: str, delimiter: str, most: int | None = None) -> list[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    if most is None:
        return list(reader)
    rows: list[list[str]] = []
    try:
        for row in reader:
            rows.append(row)
            if len(rows) == most:
                break
    except csv.Error:
        pass  # what was read before it tells the columns
    return rows
