"""Reads the cells of plain sheets of .xlsx and .xlsm that hold shared texts alone, as most sheets do.

What calamine would read of such a sheet is in its bytes already, in an order that the proof of the sheet
guarantees. Without their digits most rows are equal, and each kind of row is looked at once. Sheets with
numbers, or rows or cells in an unusual order, are left to calamine.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby, islice, pairwise
from typing import Final, NamedTuple

from underlag.reading.formats.grid import CellValue

_DIGITS: Final = b"0123456789"
_A: Final = ord("A")
_ROW_START: Final = b"<row "
_ROW_END: Final = b"</row>"
_ROW_NUMBER: Final = re.compile(rb'<row r="([0-9]+)"')
_TEXT_NUMBER: Final = re.compile(rb"<v>([0-9]+)</v>")
_VALUE: Final = b"<v>"
#: The letter of a cell with a text, in a row without digits.
_TEXT_CELL: Final = re.compile(rb'<c r="([A-Z])"(?: s="")?+ t="s">')
#: Bytes of rows that are looked at together, more or less.
_PIECE: Final = 1_000_000


def plain_rows(rows: bytes, texts: Sequence[str]) -> list[Sequence[CellValue]] | None:
    """Return the cells of a sheet from A1 to the last one with content, as calamine does.

    Args:
        rows: the rows of a sheet that is proven plain.
        texts: the workbook's shared texts.

    Returns:
        Rows of equal length, '' for an empty cell; None for a sheet that only calamine reads.
    """
    found: list[tuple[str, ...]] = []
    filled = 0  # up to the last row with content
    try:
        for first, row_kinds, numbers, values in _pieces(rows, texts):
            if first <= len(found):
                return None
            found += [()] * (first - 1 - len(found))
            here = list(_laid_out(row_kinds, values))
            if numbers[-1] - first >= len(numbers):
                here = _spread(numbers, here)
            found += here
            filled = next((at for at in range(len(found), filled, -1) if found[at - 1]), filled)
    except (IndexError, ValueError):  # a text that is not there, or rows or columns in no order
        return None
    del found[filled:]
    width = max(map(len, found), default=0)
    return [row if len(row) == width else row + ("",) * (width - len(row)) for row in found]


class _Piece(NamedTuple):
    """Some of the rows of a sheet.

    Attributes:
        first: the number of the first.
        kinds: each of them, without its digits.
        numbers: their numbers.
        values: the texts of their cells.
    """

    first: int
    kinds: list[bytes]
    numbers: list[int]
    values: Iterator[str]


def _pieces(rows: bytes, texts: Sequence[str]) -> Iterator[_Piece]:
    """Yield rows piece by piece, for their parts take more memory than they.

    Raises:
        ValueError: they are in no order.
    """
    start = 0
    while start < len(rows):
        end = rows.find(_ROW_END, start + _PIECE) + len(_ROW_END)
        piece = rows[start : end if end > start + _PIECE else len(rows)]
        numbers = list(map(int, _ROW_NUMBER.findall(piece)))
        if numbers != sorted(set(numbers)):
            raise ValueError(start)
        kinds = piece.translate(None, _DIGITS).split(_ROW_START)[1:]
        values = map(texts.__getitem__, map(int, _TEXT_NUMBER.findall(piece)))
        yield _Piece(numbers[0], kinds, numbers, values)
        start += len(piece)


def _laid_out(kinds: list[bytes], values: Iterator[str]) -> Iterator[tuple[str, ...]]:
    """Yield each row up to its last cell with a text.

    Raises:
        IndexError: a cell refers to a text that is not there.
        ValueError: a row has numbers, or its cells are in no order.
    """
    known: dict[bytes, bytes] = {}
    for kind, same in groupby(kinds):
        count = len(list(same))
        letters = known.get(kind)
        if letters is None:
            letters = known[kind] = _letters_in(kind)
        if not letters:
            yield from [()] * count
        elif letters[-1] - _A < len(letters):
            yield from zip(*[islice(values, count * len(letters))] * len(letters), strict=True)
        else:
            columns = range(_A, letters[-1] + 1)
            for _ in range(count):
                own = dict(zip(letters, values, strict=False))
                yield tuple([own.get(column, "") for column in columns])


def _letters_in(kind: bytes) -> bytes:
    """Return the letters of the cells with a text of a kind of row.

    Raises:
        ValueError: it has numbers, or its cells are in no order.
    """
    letters = b"".join(_TEXT_CELL.findall(kind))
    if len(letters) != kind.count(_VALUE) or any(one >= other for one, other in pairwise(letters)):
        raise ValueError(kind)
    return letters


def _spread(numbers: list[int], rows: list[tuple[str, ...]]) -> list[tuple[str, ...]]:
    """Return rows with empty ones between those whose numbers do not follow one another."""
    found: list[tuple[str, ...]] = [()] * (numbers[-1] - numbers[0] + 1)
    for number, row in zip(numbers, rows, strict=True):
        found[number - numbers[0]] = row
    return found
