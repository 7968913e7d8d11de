"""The pass over the parts of an .xlsb ([MS-XLSB])."""

import struct
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Final

from underlag.reading.formats.biff.values import ERRORS, ONE_LETTER, TWIPS, rk_number
from underlag.reading.formats.biff.xlsb_records import (
    CellFormats,
    cell_formats,
    defined_name,
    link,
    notes,
    pages,
    records,
    rich_text,
    validation,
    wide_string,
)
from underlag.reading.formats.cell_notes import sheet_notes
from underlag.reading.formats.judged import (
    Judged,
    SheetEntry,
    Texts,
    holds_cells,
    refuse_many_sheets,
    refuse_twins,
)
from underlag.reading.formats.links import note_link
from underlag.reading.formats.looks import SMALLEST_ROW
from underlag.reading.formats.loose_texts import PROPERTIES, format_texts, loose_texts, property_texts
from underlag.reading.formats.refusal import UnreadableError, damaged, naming
from underlag.reading.formats.row_writer import RowWriter
from underlag.reading.formats.zip_parts import Package, Relation

# Record types ([MS-XLSB] 2.3.2).
_ROW, _RK, _ERROR, _BOOLEAN, _REAL, _TEXT, _SHARED = 0, 2, 3, 4, 5, 6, 7
_FORMULA_TEXT, _FORMULA_NUMBER, _FORMULA_BOOLEAN, _FORMULA_ERROR, _SHARED_ITEM = 8, 9, 10, 11, 19
_COLUMN, _RICH_TEXT, _WORKBOOK, _SHEET, _MERGED = 60, 62, 153, 156, 176
_NAME, _VALIDATION, _PAGES, _LINK = 39, 64, 479, 494
_END_SHEET: Final = 130


def judge_workbook(package: Package, workbook: str, size: int) -> tuple[Judged, bytes]:
    """Judge a workbook.

    Args:
        package: the file.
        workbook: the name of its main part.
        size: bytes of the file.

    Returns:
        The judged sheets and the workbook for calamine.

    Raises:
        UnreadableError: a part that is needed is damaged, or something passes the limits.
    """
    judged = Judged("xlsb", size)
    relations = package.relations(workbook)
    kinds = {relation.kind: relation.part for relation in reversed(relations.values())}
    with _reading(workbook):
        entries = _entries(package.part(workbook), relations, judged)
    styles, texts = kinds.get("styles", ""), kinds.get("sharedStrings", "")
    with _reading(styles):
        formats = cell_formats(package.part(styles))
        judged.number_formats = formats.numbers
        judged.names += format_texts(dict.fromkeys(formats.numbers))
    judged.names += property_texts(package.part(PROPERTIES))
    with _reading(texts):
        shared = _shared_texts(package.part(texts), formats.struck_fonts)
    own = Texts()
    for entry in entries:
        with _reading(entry.part):
            rows = RowWriter(judged, own, entry.name, visible=entry.visible)
            rows.facts.notes = sheet_notes(package, entry.part, notes)
            rows.facts.loose = loose_texts(package, entry.part, b"")
            _Sheet(package.part(entry.part), shared, formats, rows, package.outside(entry.part)).run()
    return judged, judged.tobytes(own.tobytes())


def _entries(part: bytes, relations: Mapping[str, Relation], judged: Judged) -> list[SheetEntry]:
    """Return the worksheets that the main part lists; add its names and its date system to `judged`."""
    entries: list[SheetEntry] = []
    listed = 0
    for kind, at, _ in records(part):
        if kind == _NAME:
            with suppress(struct.error, UnreadableError):  # a name holds no cells
                judged.names += defined_name(part, at)
        elif kind == _WORKBOOK:
            judged.is_1904 = bool(part[at] & 1)
        elif kind == _SHEET:
            listed += 1
            key, after = wide_string(part, at + 8)
            name, _ = wide_string(part, after)
            if not key:  # a module of an old macro, which has no part
                continue
            if key not in relations:
                raise damaged(problem=f"fliken ”{name}” saknas")
            if holds_cells(name, relations[key].kind):
                entries.append(SheetEntry(name, relations[key].part, not part[at] & 3))
    refuse_many_sheets(listed)
    refuse_twins(entries)
    return entries


@contextmanager
def _reading(part: str) -> Iterator[None]:
    """Refuse a part whose records are shorter than their type demands, and name it."""
    with naming(part):
        try:
            yield
        except (struct.error, IndexError, UnicodeDecodeError) as error:
            raise damaged(problem="en post är avklippt") from error


def _shared_texts(part: bytes, struck_fonts: set[int]) -> list[tuple[str, bool]]:
    return [rich_text(part, at, struck_fonts) for kind, at, _ in records(part) if kind == _SHARED_ITEM]


class _Sheet:
    """One pass over a sheet's records."""

    def __init__(
        self,
        part: bytes,
        shared: list[tuple[str, bool]],
        formats: CellFormats,
        rows: RowWriter,
        targets: Mapping[str, str],
    ) -> None:
        self._part = part
        self._targets = targets
        self._shared = shared
        self._formats = formats
        self._rows = rows
        self._row = 0

    def run(self) -> None:
        handlers = {
            _ROW: self._start_row,
            _RK: self._rk,
            _ERROR: self._error,
            _FORMULA_ERROR: self._error,
            _BOOLEAN: self._boolean,
            _FORMULA_BOOLEAN: self._boolean,
            _REAL: self._number,
            _FORMULA_NUMBER: self._number,
            _TEXT: self._text,
            _FORMULA_TEXT: self._formula_text,
            _RICH_TEXT: self._rich_text,
            _SHARED: self._shared_text,
            _COLUMN: self._columns,
            _MERGED: self._merged,
        }
        for kind, at, size in records(self._part):
            if handler := handlers.get(kind):
                handler(at)
            elif kind in (_PAGES, _VALIDATION):
                with suppress(struct.error, UnreadableError):  # no cells
                    read = pages if kind == _PAGES else validation
                    self._rows.facts.loose += read(self._part, at, size)
            elif kind == _LINK:
                with suppress(struct.error, UnreadableError):  # as above
                    area, key, tip = link(self._part, at)
                    note_link(self._rows.facts, area, self._targets.get(key, ""), tip)
            elif kind == _END_SHEET:
                self._rows.close()
                return
        raise damaged(problem="den saknar slut")

    def _place(self, at: int) -> tuple[int, int, int]:
        column, style = struct.unpack_from("<II", self._part, at)
        style &= 0xFFFFFF
        if style in self._formats.struck:
            self._rows.facts.struck.add((self._row, column + 1))
        if style in self._formats.unseen:
            self._rows.facts.unseen.add((self._row, column + 1))
        return self._row, column + 1, style

    def _start_row(self, at: int) -> None:
        self._row = struct.unpack_from("<I", self._part, at)[0] + 1
        height = struct.unpack_from("<H", self._part, at + 8)[0]
        if self._part[at + 11] & 0x10 or 0 < height < TWIPS * SMALLEST_ROW:
            self._rows.facts.hidden_rows.add(self._row)

    def _rk(self, at: int) -> None:
        row, column, style = self._place(at)
        self._rows.number(row, column, rk_number(struct.unpack_from("<I", self._part, at + 8)[0]), style)

    def _number(self, at: int) -> None:
        row, column, style = self._place(at)
        self._rows.number(row, column, struct.unpack_from("<d", self._part, at + 8)[0], style)

    def _boolean(self, at: int) -> None:
        row, column, _ = self._place(at)
        self._rows.boolean(row, column, bool(self._part[at + 8]))

    def _error(self, at: int) -> None:
        row, column, _ = self._place(at)
        self._rows.error(row, column, ERRORS.get(self._part[at + 8], "#N/A"))

    def _text(self, at: int) -> None:
        row, column, _ = self._place(at)
        self._rows.text(row, column, wide_string(self._part, at + 8)[0])

    def _rich_text(self, at: int) -> None:
        row, column, _ = self._place(at)
        self._take_text(row, column, rich_text(self._part, at + 8, self._formats.struck_fonts))

    def _formula_text(self, at: int) -> None:
        row, column, _ = self._place(at)
        if text := wide_string(self._part, at + 8)[0]:
            self._rows.text(row, column, text)
        else:
            self._rows.blank_formula(row, column)

    def _shared_text(self, at: int) -> None:
        row, column, _ = self._place(at)
        number = struct.unpack_from("<I", self._part, at + 8)[0]
        if number >= len(self._shared):
            raise damaged(problem="en cell hänvisar till en text som inte finns")
        self._take_text(row, column, self._shared[number])

    def _take_text(self, row: int, column: int, found: tuple[str, bool]) -> None:
        text, is_struck = found
        self._rows.text(row, column, text)
        if is_struck:
            self._rows.facts.struck.add((row, column))

    def _columns(self, at: int) -> None:
        first, last, width = struct.unpack_from("<III", self._part, at)
        if self._part[at + 16] & 0x01 or width < ONE_LETTER:
            self._rows.hidden_columns.append((first + 1, last + 1))

    def _merged(self, at: int) -> None:
        top, bottom, left, right = struct.unpack_from("<4I", self._part, at)
        if top <= bottom and left <= right:
            self._rows.merged.append((top + 1, left + 1, bottom + 1, right + 1))
