"""A workbook as cells, before any meaning: what each format's reader delivers."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from operator import itemgetter

from underlag.reading.formats.sheet_facts import LooseText

#: What a cell can hold. '' is an empty cell.
CellValue = str | int | float | bool | datetime | date | time | timedelta


@dataclass(slots=True, repr=False)
class Sheet:
    """One sheet. `rows[r][c]` is the cell in row r+1, column c+1 of Excel: no offset, whatever is empty.

    Row and column numbers in the sets are 1-based.

    Attributes:
        visible: whether Excel shows it.
        errors: error values by (row, column), e.g. '#REF!'.
        uncached: formulas without a stored value.
        blank_formulas: formulas whose stored result is an empty text.
        hidden_rows, hidden_columns: what Excel hides (by hand or by a filter).
        merged: merged areas as (first row, first column, last row, last column).
        struck: cells that are struck through as a whole or in part, filled or not.
        unseen: cells whose colour, size or number format shows nothing of a text, filled or not.
        unclear: formulas by which Excel may strike through a cell or hide it, and that are not computed.
        notes: texts of comments by (row, column).
        fills: for rows with a filled cell, the same number for rows that are filled alike; only where the
            workbook may say what a colour means.
        links: the pages that links open, by (row, column).
        named: the names of its cells, with the area of each.
        loose: texts of text boxes, of the printed pages' headers and footers, and of messages on filling in.
    """

    name: str
    rows: list[Sequence[CellValue]]
    visible: bool = True
    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    uncached: set[tuple[int, int]] = field(default_factory=set)
    blank_formulas: set[tuple[int, int]] = field(default_factory=set)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    struck: set[tuple[int, int]] = field(default_factory=set)
    unseen: set[tuple[int, int]] = field(default_factory=set)
    unclear: dict[tuple[int, int], str] = field(default_factory=dict)
    notes: dict[tuple[int, int], str] = field(default_factory=dict)
    fills: dict[int, int] = field(default_factory=dict)
    links: dict[tuple[int, int], str] = field(default_factory=dict)
    named: list[tuple[str, tuple[int, int, int, int]]] = field(default_factory=list)
    loose: list[LooseText] = field(default_factory=list)

    def column(self, index: int, first: int) -> list[CellValue]:
        """Return the cells of a column from a row on; both are counted from 0."""
        rows = self.rows[first:]
        try:
            return list(map(itemgetter(index), rows))  # in all but odd files, and three times as fast
        except IndexError:
            return [row[index] if index < len(row) else "" for row in rows]


@dataclass(slots=True, repr=False)
class Grid:
    """A workbook's sheets, in order; `format` is xlsx, xlsm, xls, xlsb or ods (by content).

    `names` are the names that the workbook defines, and what they say.
    """

    format: str
    sheets: list[Sheet]
    names: list[LooseText] = field(default_factory=list)
