"""A list saved as text (CSV): detects its encoding and delimiter."""

import codecs
import csv
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final, NoReturn

from underlag.files.limits import LIST_LINES, how_to_raise
from underlag.reading.formats.limits import MAX_COLUMNS
from underlag.text.numbers import number

_DELIMITERS: Final = (";", "\t", ",", "|")
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
#: Characters from the start of a text that are examined.
_HEAD: Final = 65_536
HEAD_ROWS: Final = 200


class NotTextError(Exception):
    """The bytes are not a text table. The message is a Swedish sentence."""


def decode(content: bytes) -> str:
    """Return the text of a file as Excel and HSA's exports save it: UTF-8, UTF-16 or Windows-1252.

    Raises:
        NotTextError: it has another format.
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _decoded(content, encoding)
    head = content[:_HEAD]
    if b"\0" in head:
        # Text without a byte-order mark: every other byte of Western letters in UTF-16 is zero.
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
        # Five bytes are undefined in Windows-1252; they become the replacement character.
        return content.decode("cp1252", "replace")


def _decoded(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise NotTextError("Filen är skadad: texten går inte att läsa till slutet.") from error


@dataclass(slots=True, frozen=True)
class TextTable:
    """A text table of which only the first rows are parsed yet.

    Attributes:
        text: the whole table.
        delimiter: the separator of columns.
        head: the first rows.
    """

    text: str
    delimiter: str
    head: list[list[str]]

    def columns(self, *wanted: int) -> list[tuple[str, ...]]:
        """Return some cells of every row; '' for those that a short row lacks.

        Raises:
            NotTextError: a quotation mark opens a cell that never ends, or a row has too many columns.
        """
        try:
            return [
                tuple([row[one] if one < len(row) else "" for one in wanted])
                for row in _rows(self.text, self.delimiter)
            ]
        except csv.Error as error:
            raise NotTextError("Filen har ett citattecken som öppnar en cell utan att stänga den.") from error


def text_table(text: str, worth: Callable[[list[list[str]]], int]) -> TextTable:
    """Return the table in a text.

    Args:
        text: the whole table.
        worth: rates the first rows when split by a delimiter; the best delimiter is used.

    Raises:
        NotTextError: a row has too many columns, or the text too many lines.
    """
    if max(text.count("\n"), text.count("\r")) > LIST_LINES.value:
        raise NotTextError(f"Listan har fler än {number(LIST_LINES.value)} rader. {how_to_raise()}")
    head = text[:_HEAD]
    heads = {delimiter: _parted(head, delimiter) for delimiter in _DELIMITERS}
    best = max(_DELIMITERS, key=lambda each: worth(heads[each]))
    return TextTable(text, best, heads[best])


def _parted(head: str, delimiter: str) -> list[list[str]]:
    """Split the first rows by a delimiter."""
    rows: list[list[str]] = []
    try:
        for row in _rows(head, delimiter):
            rows.append(row)
            if len(rows) == HEAD_ROWS:
                break
    except csv.Error:
        pass  # the rows before the error are enough to detect the columns
    return rows


def _rows(text: str, delimiter: str) -> Iterator[list[str]]:
    for row in csv.reader(_lines(text, delimiter), delimiter=delimiter):
        if len(row) > MAX_COLUMNS:
            _refuse_wide()
        yield row


def _lines(text: str, delimiter: str) -> Iterator[str]:
    """Yield the lines; reject one with too many columns, which would exhaust the csv reader's memory."""
    for line in io.StringIO(text, newline=""):
        if len(line) > MAX_COLUMNS and line.count(delimiter) >= MAX_COLUMNS:
            _refuse_wide()
        yield line


def _refuse_wide() -> NoReturn:
    raise NotTextError(
        f"En rad har fler än {MAX_COLUMNS} kolumner. Så breda listor läses inte: spara bara kolumnerna med "
        "HSA-ID och namn."
    )
