"""The values that formulas of conditional formats have, and the cells that they look at."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from typing import Final, NamedTuple

from underlag.reading.formats.grid import Sheet

Value = str | float | bool | None

#: The day 0 of Excel's calendar.
_DAY_0: Final = date(1899, 12, 30)


class UnknownResultError(Exception):
    """The formula has something that is not computed here."""


class FormulaError(Exception):
    """The formula results in an error value."""


class Scope(NamedTuple):
    """Where a formula is computed.

    Attributes:
        sheets: the workbook's sheets by name in lower case.
        own: the sheet of the formula.
        down, right: how far the cell is from the one that the formula was written for.
        counts: the texts of the areas that were counted in.
    """

    sheets: Mapping[str, Sheet]
    own: Sheet
    down: int
    right: int
    counts: dict[tuple[str, int, int, int, int], Counter[str]]


class Area(NamedTuple):
    """Cells of a sheet, from 1; bottom 0 for whole columns."""

    sheet: Sheet
    top: int
    left: int
    bottom: int
    right: int

    def texts(self) -> Iterator[str]:
        """Yield the texts of the cells, folded."""
        for row in range(self.top, min(self.bottom or len(self.sheet.rows), len(self.sheet.rows)) + 1):
            for column in range(self.left, self.right + 1):
                yield text_of(value_at(self.sheet, row, column)).casefold()


#: A part of a formula that is parsed: computes it in a place.
Node = Callable[[Scope], Value | Area]


def value_at(sheet: Sheet, row: int, column: int) -> Value:
    """Return a cell's value as formulas take it: None for an empty one, a day as its number."""
    cells = sheet.rows[row - 1] if 0 < row <= len(sheet.rows) else []
    cell = cells[column - 1] if 0 < column <= len(cells) else ""
    if isinstance(cell, datetime):
        cell = cell.date()
    if isinstance(cell, date):
        return float((cell - _DAY_0).days)
    if isinstance(cell, str | bool):
        return None if cell == "" else cell
    return float(cell) if isinstance(cell, int | float) else None


def text_of(value: Value) -> str:
    """Return a value as a text."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    return f"{value:.15g}" if isinstance(value, float) else value or ""


def single(result: Value | Area) -> Value:
    """Return the value of a part of a formula; an area must be one cell.

    Raises:
        UnknownResultError: it is several cells.
        FormulaError: the cell has an error value.
    """
    if not isinstance(result, Area):
        return result
    if (result.bottom, result.right) != (result.top, result.left):
        raise UnknownResultError
    if (result.top, result.left) in result.sheet.errors:
        raise FormulaError
    return value_at(result.sheet, result.top, result.left)


def truth(value: Value) -> bool:
    """Return a value as a condition.

    Raises:
        FormulaError: it is a text.
    """
    if isinstance(value, str):
        raise FormulaError
    return bool(value)
