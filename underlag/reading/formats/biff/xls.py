"""The pass over the stream of an .xls ([MS-XLS]): BIFF8 of Excel 97 and later, BIFF5 of Excel 5 and 95.

Findings: FIL003.
"""

import struct
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import Final

from underlag.reading.formats.biff.values import ERRORS, ONE_LETTER, TWIPS, encoding_of, rk_number
from underlag.reading.formats.biff.xls_looks import FONT, FORMAT_OF_CELLS, PALETTE, XlsLooks
from underlag.reading.formats.biff.xls_notes import XlsNotes, defined_name
from underlag.reading.formats.biff.xls_texts import (
    Cursor,
    SharedTexts,
    label_is_struck,
    shared_texts,
    wide_text,
)
from underlag.reading.formats.judged import Judged, Texts, refuse_many_sheets
from underlag.reading.formats.looks import SMALLEST_ROW
from underlag.reading.formats.loose_texts import format_texts
from underlag.reading.formats.refusal import UnreadableError, damaged
from underlag.reading.formats.row_writer import RowWriter
from underlag.reading.formats.sheet_facts import LooseText

_FORMULA, _EOF, _DATE_MODE, _FILE_PASS, _CODE_PAGE = 0x0006, 0x000A, 0x0022, 0x002F, 0x0042
_CONTINUE, _COLUMNS, _SHEET, _MANY_RK, _MERGED = 0x003C, 0x007D, 0x0085, 0x00BD, 0x00E5
_RICH_LABEL, _SHARED_TEXTS, _LABEL_SHARED, _NUMBER, _LABEL = 0x00D6, 0x00FC, 0x00FD, 0x0203, 0x0204
_BOOLEAN_OR_ERROR, _STRING, _ROW, _RK, _FORMAT, _BEGIN = 0x0205, 0x0207, 0x0208, 0x027E, 0x041E, 0x0809
_NAME, _BIFF8 = 0x0018, 0x0600
#: What a formula's result is, where it is no number ([MS-XLS] 2.5.133).
_IS_TEXT, _IS_BOOLEAN, _IS_ERROR, _IS_BLANK = 0, 1, 2, 3
_WORKSHEET: Final = 0
#: Records that continue another are full but for the last: more than fit in any file.
_MAX_CONTINUED: Final = 100_000

Record = tuple[int, int, int]


def judge_stream(stream: bytes, size: int, about: Iterable[LooseText] = ()) -> tuple[Judged, bytes]:
    """Judge a workbook.

    Args:
        stream: the stream Workbook or Book of the compound file.
        size: bytes of the file.
        about: the file's title, subject and other properties.

    Returns:
        The judged sheets and the workbook for calamine.

    Raises:
        UnreadableError: it is damaged, protected by a password, or something passes the limits.
    """
    judged = Judged("xls", size)
    judged.names = list(about)
    try:
        book = _Workbook(stream, judged)
        names = [name.casefold() for _, name, _ in book.sheets]
        starts = [start for start, _, _ in book.sheets]
        if len(set(names)) < len(names) or len(set(starts)) < len(starts):
            raise damaged("Workbook", "två flikar har samma namn eller samma innehåll")
        for start, name, visible in book.sheets:
            _Sheet(book, start, RowWriter(judged, book.texts, name, visible=visible)).run()
    except (struct.error, IndexError, UnicodeDecodeError) as error:
        raise damaged("Workbook", "en post är avklippt") from error
    return judged, judged.tobytes(book.texts.tobytes())


class _Workbook:
    """What the globals of the stream say: formats, shared texts, sheets."""

    def __init__(self, stream: bytes, judged: Judged) -> None:
        self.stream = stream
        self.is_wide = True
        self.encoding = "cp1252"
        self.texts = Texts()
        self.shared = SharedTexts([], set())
        self.sheets: list[tuple[int, str, bool]] = []
        self._judged = judged
        self._codes: dict[int, str] = {}
        self.looks = XlsLooks()
        bounds: list[Record] = []
        for kind, at, size in records(stream, 0):
            if kind == _SHEET:
                bounds.append((kind, at, size))
            elif kind == _NAME and self.is_wide:
                judged.names += defined_name(stream[at : at + size])
            else:
                self._record(kind, at, size)
        refuse_many_sheets(len(bounds))
        for _, at, size in bounds:
            self._sheet(at, size)
        judged.number_formats = [self._codes.get(number, number) for number in self.looks.numbers]
        judged.names += format_texts(dict.fromkeys(judged.number_formats))
        self.struck = self.looks.struck
        self.unseen = self.looks.unseen(self._codes)

    def text(self, at: int, size: int, *, short: bool = False) -> str:
        """Return a text that has its length before it.

        Args:
            at: where the length is.
            size: bytes to the end of the record.
            short: whether the length is one byte, not two.
        """
        length = self.stream[at] if short else struct.unpack_from("<H", self.stream, at)[0]
        before = 1 if short else 2
        if not length:
            return ""
        if not self.is_wide:
            return self.stream[at + before : at + min(before + length, size)].decode(self.encoding, "replace")
        return wide_text(self._cursor(at + before, size - before), length).text

    def _cursor(self, at: int, size: int) -> Cursor:
        """Return a cursor over a record's bytes and those of the records that continue it."""
        blocks = [(at, at + size)]
        for kind, start, length in records(self.stream, at + size):
            if kind != _CONTINUE:
                break
            if length:
                blocks.append((start, start + length))
            if len(blocks) > _MAX_CONTINUED:
                raise damaged("Workbook", "en post fortsätter i orimligt många andra")
        return Cursor(self.stream, blocks)

    def _record(self, kind: int, at: int, size: int) -> None:
        stream = self.stream
        if kind == _FILE_PASS:
            raise UnreadableError("FIL003")
        if kind == _BEGIN:
            self.is_wide = struct.unpack_from("<H", stream, at)[0] == _BIFF8
        elif kind == _CODE_PAGE:
            self.encoding = encoding_of(struct.unpack_from("<H", stream, at)[0])
        elif kind == _DATE_MODE:
            self._judged.is_1904 = struct.unpack_from("<H", stream, at)[0] == 1
        elif kind in (FONT, FORMAT_OF_CELLS, PALETTE):
            self.looks.take(kind, stream[at : at + size])
        elif kind == _FORMAT:
            number = struct.unpack_from("<H", stream, at)[0]
            with suppress(UnreadableError):  # a code that is cut off leaves the number a number
                self._codes[number] = self.text(at + 2, size - 2, short=not self.is_wide)
        elif kind == _SHARED_TEXTS:
            # The fonts come before the texts ([MS-XLS] 2.1.7.20.3).
            self.shared = shared_texts(self._cursor(at, size), self.looks.struck_fonts)

    def _sheet(self, at: int, size: int) -> None:
        start, state, kind = struct.unpack_from("<IBB", self.stream, at)
        name = self.text(at + 6, size - 6, short=True)
        if kind == _WORKSHEET:
            if start >= len(self.stream):
                raise damaged("Workbook", f"fliken ”{name}” saknas")
            self.sheets.append((start, name, not state & 3))


class _Sheet:
    """One pass over a sheet's records."""

    def __init__(self, book: _Workbook, start: int, rows: RowWriter) -> None:
        self._book = book
        self._stream = book.stream
        self._start = start
        self._rows = rows
        self._formula: tuple[int, int] | None = None
        self._handlers = {
            _NUMBER: self._number,
            _RK: self._rk,
            _MANY_RK: self._many_rk,
            _LABEL_SHARED: self._shared,
            _LABEL: self._label,
            _RICH_LABEL: self._rich_label,
            _BOOLEAN_OR_ERROR: self._boolean_or_error,
            _FORMULA: self._formula_value,
            _STRING: self._string,
            _ROW: self._row,
            _COLUMNS: self._columns,
            _MERGED: self._merged,
        }

    def run(self) -> None:
        notes = XlsNotes(self._stream, self._rows.facts)
        depth = 0
        for kind, at, size in records(self._stream, self._start, whole=True):
            if kind == _BEGIN:
                depth += 1
            elif kind == _EOF:
                depth -= 1
                if depth <= 0:
                    self._no_text()
                    self._rows.close()
                    return
            elif depth <= 1:  # a chart within has cells of its own
                if handler := self._handlers.get(kind):
                    handler(at, size)
                else:
                    notes.take(kind, at, size)
        raise damaged("Workbook", "en flik saknar slut")

    def _place(self, at: int) -> tuple[int, int, int]:
        row, column, style = struct.unpack_from("<HHH", self._stream, at)
        if style in self._book.struck:
            self._rows.facts.struck.add((row + 1, column + 1))
        if style in self._book.unseen:
            self._rows.facts.unseen.add((row + 1, column + 1))
        return row + 1, column + 1, style

    def _number(self, at: int, _: int) -> None:
        row, column, style = self._place(at)
        self._rows.number(row, column, struct.unpack_from("<d", self._stream, at + 6)[0], style)

    def _rk(self, at: int, _: int) -> None:
        row, column, style = self._place(at)
        self._rows.number(row, column, rk_number(struct.unpack_from("<I", self._stream, at + 6)[0]), style)

    def _many_rk(self, at: int, size: int) -> None:
        row, column, _ = self._place(at)
        for number in range((size - 6) // 6):
            style, packed = struct.unpack_from("<HI", self._stream, at + 4 + 6 * number)
            if style in self._book.struck:
                self._rows.facts.struck.add((row, column + number))
            self._rows.number(row, column + number, rk_number(packed), style)

    def _shared(self, at: int, _: int) -> None:
        row, column, _style = self._place(at)
        number = struct.unpack_from("<I", self._stream, at + 6)[0]
        if number >= len(self._book.shared.texts):
            raise damaged("Workbook", "en cell hänvisar till en text som inte finns")
        self._rows.text(row, column, self._book.shared.texts[number])
        if number in self._book.shared.struck:
            self._rows.facts.struck.add((row, column))

    def _label(self, at: int, size: int) -> None:
        row, column, _style = self._place(at)
        self._rows.text(row, column, self._book.text(at + 6, size - 6))

    def _rich_label(self, at: int, size: int) -> None:
        """Take a text with its runs of fonts after it."""
        self._label(at, size)
        row, column, _style = self._place(at)
        if label_is_struck(self._stream, at + 6, self._book.looks.struck_fonts, wide=self._book.is_wide):
            self._rows.facts.struck.add((row, column))

    def _boolean_or_error(self, at: int, _: int) -> None:
        row, column, _style = self._place(at)
        value, is_error = self._stream[at + 6], self._stream[at + 7]
        if is_error:
            self._rows.error(row, column, ERRORS.get(value, "#N/A"))
        else:
            self._rows.boolean(row, column, bool(value))

    def _formula_value(self, at: int, _: int) -> None:
        self._no_text()
        row, column, style = self._place(at)
        result = self._stream[at + 6 : at + 14]
        if result[6:] != b"\xff\xff":
            self._rows.number(row, column, struct.unpack("<d", result)[0], style)
        elif result[0] == _IS_TEXT:
            self._formula = row, column
        elif result[0] == _IS_BOOLEAN:
            self._rows.boolean(row, column, bool(result[2]))
        elif result[0] == _IS_ERROR:
            self._rows.error(row, column, ERRORS.get(result[2], "#N/A"))
        elif result[0] == _IS_BLANK:
            self._rows.blank_formula(row, column)

    def _string(self, at: int, size: int) -> None:
        """Take the text that is the result of the formula before."""
        if self._formula:
            place, self._formula = self._formula, None
            if text := self._book.text(at, size):
                self._rows.text(*place, text)
            else:
                self._rows.blank_formula(*place)

    def _no_text(self) -> None:
        if self._formula:
            self._rows.uncached(*self._formula)
            self._formula = None

    def _row(self, at: int, _: int) -> None:
        # A height of zero or with the highest bit set is the usual one.
        height = struct.unpack_from("<H", self._stream, at + 6)[0]
        if self._stream[at + 12] & 0x20 or 0 < height < TWIPS * SMALLEST_ROW:
            self._rows.facts.hidden_rows.add(struct.unpack_from("<H", self._stream, at)[0] + 1)

    def _columns(self, at: int, _: int) -> None:
        first, last, width = struct.unpack_from("<HHH", self._stream, at)
        if self._stream[at + 8] & 0x01 or width < ONE_LETTER:
            self._rows.hidden_columns.append((first + 1, min(last, 255) + 1))

    def _merged(self, at: int, size: int) -> None:
        count = struct.unpack_from("<H", self._stream, at)[0]
        for area in range(min(count, (size - 2) // 8)):
            top, bottom, left, right = struct.unpack_from("<4H", self._stream, at + 2 + 8 * area)
            self._rows.merged.append((top + 1, left + 1, bottom + 1, right + 1))


def records(stream: bytes, at: int, *, whole: bool = False) -> Iterator[Record]:
    """Yield kind, offset and size of each record up to the end of its substream, or of the whole stream."""
    end = len(stream)
    while at + 4 <= end:
        kind, size = struct.unpack_from("<HH", stream, at)
        at += 4
        if (kind == _EOF and not whole) or at + size > end:
            return
        yield kind, at, size
        at += size
