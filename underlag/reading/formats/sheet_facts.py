"""What calamine does not tell about a sheet, found by each format's own light pass.

Findings: FIL006.
"""

from dataclasses import dataclass, field

from underlag.reading.formats.limits import MAX_CELLS, MAX_COLUMNS, MAX_ROWS
from underlag.reading.formats.refusal import UnreadableError
from underlag.workbook import column_letters


@dataclass(slots=True)
class SheetFacts:
    """Errors, formulas without a stored value or with an empty one, and what is done to cells.

    They may be hidden, merged, struck through or commented on.

    Numbers are as in grid.Sheet.
    """

    errors: dict[tuple[int, int], str] = field(default_factory=dict)
    uncached: set[tuple[int, int]] = field(default_factory=set)
    blank_formulas: set[tuple[int, int]] = field(default_factory=set)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    struck: set[tuple[int, int]] = field(default_factory=set)
    notes: dict[tuple[int, int], str] = field(default_factory=dict)


def refuse_too_large(sheet: str, last_row: int, last_column: int) -> None:
    """Stop before a reader lays out a sheet that a far-away value makes enormous.

    Args:
        sheet: its name.
        last_row: the lowest row with a value.
        last_column: the rightmost column with a value.

    Raises:
        UnreadableError: the sheet is larger than the limits.
    """
    if last_row > MAX_ROWS or last_column > MAX_COLUMNS or last_row * last_column > MAX_CELLS:
        raise UnreadableError(
            "FIL006", sheet=sheet, rader=last_row, kolumn=column_letters(last_column), gräns=MAX_ROWS
        )


def hide_columns(facts: SheetFacts, first: int, last: int) -> None:
    """Note hidden columns; everything to the right of the data is often hidden too, and matters to nobody."""
    facts.hidden_columns.update(range(first, min(last, MAX_COLUMNS) + 1))
