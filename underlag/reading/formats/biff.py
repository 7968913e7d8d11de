"""The light passes over the records of .xls (BIFF8, [MS-XLS]) and .xlsb (BIFF12, [MS-XLSB]).

Findings: FIL002, FIL003.
"""

import struct
from collections.abc import Iterator
from typing import Final

from underlag.reading.formats import biff_marks
from underlag.reading.formats.refusal import UnreadableError
from underlag.reading.formats.sheet_facts import SheetFacts, hide_columns, refuse_too_large

_ERRORS: Final = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
    0x2B: "#GETTING_DATA",
}

# --- .xls ------------------------------------------------------------------------------------------------

_FORMULA, _EOF, _FILEPASS, _COLINFO, _BOUNDSHEET = 0x0006, 0x000A, 0x002F, 0x007D, 0x0085
_MERGED, _BOOLERR, _ROW = 0x00E5, 0x0205, 0x0208
_SHARED_TEXTS, _DIMENSIONS = 0x00FC, 0x0200
#: A shared text takes at least its length and a flag.
_SHORTEST_TEXT: Final = 3
#: NUMBER, LABEL, RK, LABELSST, RSTRING: cells that hold one value.
_VALUES: Final = (0x0203, 0x0204, 0x027E, 0x00FD, 0x00D6, _BOOLERR, _FORMULA)
_MULRK: Final = 0x00BD
#: A formula's result that is an empty text, [MS-XLS] 2.5.133.
_BLANK_TEXT: Final = 0x03
#: Where the name stands in BOUNDSHEET, after offset, kind, length and the flag for wide letters.
_NAME_AT: Final = 8
_RECORD: Final = struct.Struct("<HH")
_PAIR: Final = struct.Struct("<HH")


def xls_sheet_facts(stream: bytes) -> tuple[list[SheetFacts], bytes]:
    """Find what calamine does not tell, per sheet in the order of the workbook.

    Args:
        stream: the stream Workbook (or Book) of the compound file.

    Returns:
        The facts, and the stream for calamine: without the sheets' dimensions, for it makes room for as many
        cells as they promise.

    Raises:
        UnreadableError: the workbook is protected by a password, damaged, or a sheet reaches too far.
    """
    changed = bytearray(stream)
    sheets = _xls_sheets(stream)
    struck = biff_marks.struck_xls_formats(stream, _xls_records(stream, 0))
    return [_xls_sheet(stream, start, name, changed, struck) for start, name in sheets], bytes(changed)


def _xls_sheets(stream: bytes) -> list[tuple[int, str]]:
    """Return where each sheet begins, and its name."""
    starts: list[tuple[int, str]] = []
    for kind, at, size in _xls_records(stream, 0):
        if kind == _FILEPASS:
            raise UnreadableError("FIL003")
        if kind == _SHARED_TEXTS and size >= _PAIR.size * 2:
            # calamine makes room for as many as are promised.
            if struct.unpack_from("<I", stream, at + 4)[0] * _SHORTEST_TEXT > len(stream):
                raise UnreadableError("FIL002")
        elif kind == _BOUNDSHEET and size > _NAME_AT:
            name = stream[at + _NAME_AT : at + size]
            wide = bool(stream[at + _NAME_AT - 1] & 1)
            title = name.decode("utf-16-le" if wide else "latin-1", errors="replace")
            starts.append((struct.unpack_from("<I", stream, at)[0], title))
    return starts


def _xls_records(stream: bytes, at: int) -> Iterator[tuple[int, int, int]]:
    """Yield kind, offset and size of each record up to the end of its substream."""
    end = len(stream)
    while at + 4 <= end:
        kind, size = _RECORD.unpack_from(stream, at)
        at += 4
        if kind == _EOF or at + size > end:
            return
        yield kind, at, size
        at += size


def _xls_sheet(
    stream: bytes, start: int, name: str, changed: bytearray, struck: frozenset[int]
) -> SheetFacts:
    facts = SheetFacts()
    notes = biff_marks.XlsNotes(stream, facts)
    last_row = last_column = 0
    try:
        for kind, at, size in _xls_records(stream, start):
            if kind in _VALUES or kind == _MULRK:
                row, column = _PAIR.unpack_from(stream, at)
                last = struct.unpack_from("<H", stream, at + size - 2)[0] if kind == _MULRK else column
                last_row, last_column = max(last_row, row + 1), max(last_column, last + 1)
                _xls_error(facts, stream, kind, at, (row + 1, column + 1))
                if struck and struct.unpack_from("<H", stream, at + 4)[0] in struck:
                    facts.struck.add((row + 1, column + 1))
            elif kind == _DIMENSIONS:
                changed[at : at + size] = bytes(size)
            else:
                _xls_layout(facts, stream, kind, at)
                notes.take(kind, at, size)
    except (struct.error, IndexError) as error:
        raise UnreadableError("FIL002") from error
    refuse_too_large(name, last_row, last_column)
    return facts


def _xls_layout(facts: SheetFacts, stream: bytes, kind: int, at: int) -> None:
    """Note what a record hides or merges."""
    if kind == _ROW:
        if stream[at + 12] & 0x20:
            facts.hidden_rows.add(_PAIR.unpack_from(stream, at)[0] + 1)
    elif kind == _COLINFO:
        first, until = _PAIR.unpack_from(stream, at)
        if stream[at + 8] & 0x01:
            hide_columns(facts, first + 1, min(until, 255) + 1)
    elif kind == _MERGED:
        for area in range(struct.unpack_from("<H", stream, at)[0]):
            top, bottom, left, right = struct.unpack_from("<4H", stream, at + 2 + 8 * area)
            facts.merged.append((top + 1, left + 1, bottom + 1, right + 1))


def _xls_error(facts: SheetFacts, stream: bytes, kind: int, at: int, position: tuple[int, int]) -> None:
    if kind == _BOOLERR and stream[at + 7]:
        facts.errors[position] = _ERRORS.get(stream[at + 6], "#N/A")
    elif kind == _FORMULA and stream[at + 12 : at + 14] == b"\xff\xff" and stream[at + 6] == 0x02:  # noqa: PLR2004 - [MS-XLS] 2.5.133
        facts.errors[position] = _ERRORS.get(stream[at + 8], "#N/A")
    elif kind == _FORMULA and stream[at + 12 : at + 14] == b"\xff\xff" and stream[at + 6] == _BLANK_TEXT:
        facts.blank_formulas.add(position)


# --- .xlsb -----------------------------------------------------------------------------------------------

_BRT_ROW, _BRT_CELL_ERROR, _BRT_FORMULA_ERROR, _BRT_COLUMN, _BRT_MERGED = 0, 3, 11, 60, 176
_BRT_FORMULA_TEXT: Final = 8
_BRT_BUNDLE_SHEET: Final = 156
#: Cells with a value: RK, error, boolean, number, text, shared text, and formulas with each kind of result.
_BRT_VALUES: Final = (2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 62)


def xlsb_sheets(workbook: bytes) -> dict[str, str]:
    """Return the relation id of each sheet by its name, from the part workbook.bin.

    Raises:
        UnreadableError: the part is damaged.
    """
    found: dict[str, str] = {}
    try:
        for kind, at, _size in _xlsb_records(workbook):
            if kind == _BRT_BUNDLE_SHEET:
                relation, after = _wide_string(workbook, at + 8)
                name, _ = _wide_string(workbook, after)
                found[name] = relation
    except (struct.error, UnicodeDecodeError) as error:
        raise UnreadableError("FIL002") from error
    return found


def struck_xlsb_formats(styles: bytes) -> frozenset[int]:
    """Return the numbers of the cell formats whose font is struck through; usually none.

    Args:
        styles: the part with the workbook's formats.
    """
    return biff_marks.struck_xlsb_formats(styles, _xlsb_records(styles))


def xlsb_notes(part: bytes) -> dict[tuple[int, int], str]:
    """Return the texts of comments by (row, column), from a part of comments."""
    return biff_marks.xlsb_notes(part, _xlsb_records(part))


def xlsb_sheet_facts(name: str, part: bytes, struck: frozenset[int] = frozenset()) -> SheetFacts:
    """Find what calamine does not tell about a sheet.

    Args:
        name: its name, for a refusal.
        part: the sheet's part.
        struck: the numbers of the cell formats that strike through.

    Raises:
        UnreadableError: the part is damaged, or the sheet reaches too far.
    """
    facts = SheetFacts()
    row = last_row = last_column = 0
    try:
        for kind, at, _size in _xlsb_records(part):
            if kind == _BRT_ROW:
                row = struct.unpack_from("<I", part, at)[0] + 1
                if part[at + 11] & 0x10:
                    facts.hidden_rows.add(row)
            elif kind in _BRT_VALUES:
                column = struct.unpack_from("<I", part, at)[0] + 1
                last_row, last_column = max(last_row, row), max(last_column, column)
                _xlsb_value(facts, part, kind, at, (row, column))
                if struck and struct.unpack_from("<I", part, at + 4)[0] & 0xFFFFFF in struck:
                    facts.struck.add((row, column))
            elif kind == _BRT_COLUMN:
                first, until = struct.unpack_from("<II", part, at)
                if part[at + 16] & 0x01:
                    hide_columns(facts, first + 1, until + 1)
            elif kind == _BRT_MERGED:
                top, bottom, left, right = struct.unpack_from("<4I", part, at)
                facts.merged.append((top + 1, left + 1, bottom + 1, right + 1))
    except (struct.error, IndexError) as error:
        raise UnreadableError("FIL002") from error
    refuse_too_large(name, last_row, last_column)
    return facts


def _xlsb_value(facts: SheetFacts, part: bytes, kind: int, at: int, position: tuple[int, int]) -> None:
    if kind in (_BRT_CELL_ERROR, _BRT_FORMULA_ERROR):
        facts.errors[position] = _ERRORS.get(part[at + 8], "#N/A")
    elif kind == _BRT_FORMULA_TEXT and not struct.unpack_from("<I", part, at + 8)[0]:
        facts.blank_formulas.add(position)


def _xlsb_records(part: bytes) -> Iterator[tuple[int, int, int]]:
    """Yield kind, offset and size of each record. Kind and size have seven bits a byte, the lowest first."""
    at, end = 0, len(part)
    while at < end:
        kind = part[at]
        at += 1
        if kind & 0x80 and at < end:
            kind = (kind & 0x7F) | (part[at] & 0x7F) << 7
            at += 1
        size = shift = 0
        while at < end and shift < 28:  # noqa: PLR2004 - four bytes at most, [MS-XLSB] 2.1.4
            byte = part[at]
            at += 1
            size |= (byte & 0x7F) << shift
            shift += 7
            if not byte & 0x80:
                break
        if at + size > end:
            raise UnreadableError("FIL002")
        yield kind, at, size
        at += size


def _wide_string(part: bytes, at: int) -> tuple[str, int]:
    length = struct.unpack_from("<I", part, at)[0]
    end = at + 4 + 2 * length
    if end > len(part):
        raise UnreadableError("FIL002")
    return part[at + 4 : end].decode("utf-16-le"), end
