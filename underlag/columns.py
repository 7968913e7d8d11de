"""Values of a workbook and their cells, one by one or as a whole column.

A workbook may hold a million values. A column keeps their texts, each object once, and their cells as
numbers; a `Field` is made when a value is asked for, for a finding or a document.
"""

import sys
from array import array
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from itertools import compress, starmap
from typing import Final, NamedTuple, Self, overload

from underlag.column_letters import column_letters

#: A cell as a number: the sheet's number in the column, the row, and the column of the cell. The complement,
#: which is negative, is the place of a value in no cell.
_SHEET_BITS: Final = 48
_ROW_BITS: Final = 16
_COLUMN: Final = (1 << _ROW_BITS) - 1
_ROW: Final = (1 << _SHEET_BITS - _ROW_BITS) - 1
#: Which quarter of a place holds the column.
_LAST_UNIT: Final = 0 if sys.byteorder == "little" else 3
#: Maximum distinct texts of a column that are kept.
_FEW: Final = 32_768
#: The number where there is no value: less than that of any place.
_NONE: Final = -(1 << 63)


class Field(NamedTuple):
    """A cleaned value of the workbook and its cell.

    `row` and `column` are 1-based, as in Excel. A value that is carried down over many rows keeps the cell
    where it was written. An empty `text` is an empty cell of a column that exists. `column` 0 means that
    the value comes from no cell; `sheet` then names its source (an option, a file).
    """

    text: str
    sheet: str
    row: int
    column: int

    @property
    def cell(self) -> str:
        """The cell in A1 form, or '' when the value comes from no cell."""
        return f"{column_letters(self.column)}{self.row}" if self.column else ""

    @property
    def letters(self) -> str:
        """The letters of the column, '' when the value comes from no cell."""
        return column_letters(self.column)

    @property
    def position(self) -> tuple[str, int, int]:
        """Sheet, row and column: the identity of the cell."""
        return self[1:]


def text_of(value: Field | None) -> str:
    """Return the text of an optional field, '' for None."""
    return value.text if value is not None else ""


#: What a row has where there is no value at all.
NOTHING: Final = Field("", "", 0, 0)


class DistinctTexts(Mapping[str, Sequence[Field]]):
    """The distinct texts of one column of a sheet, each with its cells, in the order of their first cells.

    It keeps numbers of rows and makes a cell only when it is asked for: a sheet may have a million.
    """

    __slots__ = ("_column", "_rows", "_sheet")

    def __init__(self, sheet: str, column: int, texts: Iterable[tuple[int, str]]) -> None:
        self._sheet = sheet
        self._column = column
        rows: dict[str, int | list[int]] = {}
        for row, text in texts:
            earlier = rows.setdefault(text, row)
            if isinstance(earlier, list):
                earlier.append(row)
            elif earlier != row:
                rows[text] = [earlier, row]
        self._rows = rows

    def __getitem__(self, text: str) -> list[Field]:
        rows = self._rows[text]
        return [
            Field(text, self._sheet, row, self._column)
            for row in (rows if isinstance(rows, list) else (rows,))
        ]

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)


def row_places(rows: Iterable[int]) -> "array[int]":
    """Return the places of rows by their numbers, for `Cells.below`; all columns of a table share them."""
    if isinstance(rows, range):
        return array("q", range(rows.start << _ROW_BITS, rows.stop << _ROW_BITS, rows.step << _ROW_BITS))
    return array("q", [row << _ROW_BITS for row in rows])


class Cells(Sequence[Field]):
    """The values of one role in many rows; NOTHING where a row has none.

    Attributes:
        texts: their texts, in a list to be read only.
        places: their cells, as numbers.
        sheets: the names of the sheets that `places` refers to.
        all_in_cells: False where some values may be in no cell, as the profile's are.
    """

    __slots__ = ("_few", "_in_order", "all_in_cells", "places", "sheets", "texts")

    def __init__(self, values: Iterable[Field] = ()) -> None:
        self.texts: list[str] = []
        self.places = array("q")
        self.sheets: list[str] = []
        self.all_in_cells = True
        self._few: dict[str, None] | None = None
        self._in_order = False  # or each value is in a cell below that of the one before
        self.extend(values)

    @classmethod
    def below(cls, texts: list[str], sheet: str, rows: "array[int]", column: int) -> Self:
        """Return the values of a column of a sheet.

        Args:
            texts: the texts; the list is kept, not copied.
            sheet: the sheet's name.
            rows: the place of each value's row, in order; see `row_places`.
            column: the column's number.
        """
        found = cls()
        found.texts, found.sheets = texts, [sheet]
        found.places = rows[:]
        # Writes the column into the lowest 16 bits of each place, without an object for each.
        units = memoryview(found.places).cast("B").cast("H")
        units[_LAST_UNIT::4] = array("H", [column]) * len(rows)
        found._in_order = True
        return found

    @classmethod
    def repeated(cls, value: Field, count: int) -> Self:
        """Return one value for each of many rows."""
        found = cls([value])
        found.texts *= count
        found.places *= count
        return found

    def __len__(self) -> int:
        return len(self.texts)

    @overload
    def __getitem__(self, at: int) -> Field: ...
    @overload
    def __getitem__(self, at: slice) -> "Cells": ...
    def __getitem__(self, at: int | slice) -> "Field | Cells":
        """Return a value, or those of some rows."""
        if isinstance(at, slice):
            return self.take(range(len(self))[at])
        return self._field(self.texts[at], self.places[at])

    def __setitem__(self, at: int, value: Field) -> None:
        self.places[at] = self._place(value)
        self.texts[at] = value.text

    def __iter__(self) -> Iterator[Field]:
        return map(self._field, self.texts, self.places)

    def fill(self, rows: Iterable[int], value: Field) -> None:
        """Give many rows one value."""
        place = self._place(value)
        for at in rows:
            self.places[at] = place
            self.texts[at] = value.text

    def append(self, value: Field) -> None:
        """Add a value at the end."""
        self.places.append(self._place(value))
        self.texts.append(value.text)

    def extend(self, values: Iterable[Field]) -> None:
        """Add values at the end."""
        if isinstance(values, Cells) and values.sheets == self.sheets[: len(values.sheets)]:
            self.texts += values.texts
            self.places += values.places
            self.all_in_cells &= values.all_in_cells
            self._few, self._in_order = None, False
            return
        for value in values:
            self.append(value)

    def take(self, rows: Iterable[int]) -> "Cells":
        """Return the values of some rows, counted from 0."""
        found = Cells()
        chosen = list(rows)
        found.texts = list(map(self.texts.__getitem__, chosen))
        found.places = array("q", map(self.places.__getitem__, chosen))
        found.sheets = list(self.sheets)
        found.all_in_cells = self.all_in_cells
        return found

    def respelt(self, spellings: Mapping[str, str]) -> "Cells":
        """Return the values with some texts replaced."""
        found = self[:]
        found.texts = [spellings.get(text, text) for text in self.texts]
        return found

    def get(self, at: int) -> Field | None:
        """Return a value, None where the row has none."""
        place = self.places[at]
        return None if place == _NONE else self._field(self.texts[at], place)

    @property
    def has_gaps(self) -> bool:
        """Whether a row has no value at all."""
        return not self.all_in_cells and _NONE in self.places

    @property
    def have_several_sources(self) -> bool:
        """Whether some are in a cell and others are not."""
        return not self.all_in_cells and max(self.places, default=-1) >= 0

    @property
    def in_cells(self) -> list[bool]:
        """Whether each value is in a cell."""
        return [place >= 0 for place in self.places]

    def references(self) -> tuple[list[str], list[str]]:
        """Return the sheet and the cell (A1 form) of each value; all must be in cells."""
        sheets = [self.sheets[place >> _SHEET_BITS] for place in self.places]
        letters = {column: column_letters(column) for column in {place & _COLUMN for place in self.places}}
        return sheets, [f"{letters[place & _COLUMN]}{place >> _ROW_BITS & _ROW}" for place in self.places]

    def unique_texts(self) -> dict[str, None]:
        """Return the texts of the values that there are, each once, in order; to be read only."""
        if self._few is not None:
            return self._few
        if not self.has_gaps:
            found = dict.fromkeys(self.texts)
        else:
            found = dict.fromkeys(compress(self.texts, map(_NONE.__ne__, self.places)))
        if len(found) <= _FEW:
            self._few = found  # what is asked for often, and takes no room
        return found

    def with_text(self, texts: Container[str]) -> Iterator[Field]:
        """Yield the values that have one of some texts."""
        found = map(texts.__contains__, self.texts)
        return starmap(self._field, compress(zip(self.texts, self.places, strict=True), found))

    def by_text(self, texts: Container[str]) -> dict[str, list[Field]]:
        """Return the values that have one of some texts, by text."""
        found: dict[str, list[Field]] = {}
        for value in self.with_text(texts):
            found.setdefault(value.text, []).append(value)
        return found

    def distinct(self) -> "Cells":
        """Return each value that is in a cell, once: a value that is carried down is one."""
        if self._in_order:
            return self
        if not self.all_in_cells and max(self.places, default=-1) < 0:
            return Cells()
        count = len(self)
        first: Sequence[int] = range(count)
        if len(set(self.places)) < count:
            # Two values of one cell differ in their texts.
            keys = zip(reversed(self.places), reversed(self.texts), strict=True)
            first = sorted(dict(zip(keys, reversed(range(count)), strict=True)).values())
        if not self.all_in_cells:
            first = [at for at in first if self.places[at] >= 0]
        return self if len(first) == count else self.take(first)

    def _field(self, text: str, place: int) -> Field:
        if place == _NONE:
            return NOTHING
        place = place if place >= 0 else ~place
        return Field(text, self.sheets[place >> _SHEET_BITS], place >> _ROW_BITS & _ROW, place & _COLUMN)

    def _place(self, value: Field) -> int:
        self._few, self._in_order = None, False
        self.all_in_cells = self.all_in_cells and value.column > 0
        if value == NOTHING:
            return _NONE
        if value.sheet not in self.sheets:
            self.sheets.append(value.sheet)
        place = self.sheets.index(value.sheet) << _SHEET_BITS | value.row << _ROW_BITS | value.column
        return place if value.column else ~place
