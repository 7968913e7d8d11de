"""What calamine does not report about a sheet, collected by each format's own pass.

Findings: FIL006.
"""

import re
from collections.abc import Iterable
from typing import Final, NamedTuple

from underlag.column_letters import column_letters, column_number
from underlag.files.limits import how_to_raise
from underlag.reading.formats.limits import MAX_CELLS, MAX_COLUMNS, MAX_MERGED, MAX_ROWS
from underlag.reading.formats.refusal import UnreadableError, too_much

Area = tuple[int, int, int, int]
#: The last row and column of a sheet in Excel.
LAST_ROW: Final = 1_048_576
LAST_COLUMN: Final = 16_384
_AREA: Final = re.compile(r"\$?([A-Z]{0,3})\$?([0-9]{0,7})(?::\$?([A-Z]{0,3})\$?([0-9]{0,7}))?").fullmatch
#: The place of a text that is the name of cells or of a formula.
DEFINED_NAME: Final = "definierat namn"
#: The place of texts that a number format adds to what a cell shows.
NUMBER_FORMAT: Final = "talformat"
#: The place of messages that Excel shows when a cell is filled in.
INPUT_MESSAGE: Final = "meddelande vid inmatning"
#: The place of tips that Excel shows over a cell with a link.
LINK_TIP: Final = "tips på länk"
#: The place of what a link opens.
LINK_TARGET: Final = "länk"
#: The place of the file's own title, status and so on.
FILE_PROPERTY: Final = "filens egenskaper"
#: The place of sentences in the mail that the file came with.
MAIL: Final = "mejlet"


#: The place of the name of cells on a sheet.
NAMED_CELLS: Final = "namn på cellerna"
#: A reference of a name to cells of a sheet: ''Webcert -> Vårdsystem'!$A$8:$J$9', in .ods with a full stop.
_OF_SHEET: Final = re.compile(
    r"\$?(?:'((?:[^']|'')+)'|([^'!.,()]+))[!.](\$?[A-Z$0-9]+(?::\.?[A-Z$0-9]+)?)"
).match


class LooseText(NamedTuple):
    """A text in no cell: `place` says where it is ('textruta vid B4', 'sidhuvud')."""

    place: str
    text: str


def name_texts(name: str, *more: str) -> list[LooseText]:
    """Return a defined name as words, and its comment and text if it has them; none for Excel's own names."""
    if name.startswith("_xlnm.") or not name:
        return []
    spoken = LooseText(DEFINED_NAME, name.replace("_", " ").strip())
    place = f"{DEFINED_NAME} {name}"
    return [spoken, *(LooseText(place, " ".join(text.split())) for text in more if text.strip())]


def named_cells(name: str, reference: str) -> tuple[str, str, Area] | None:
    """Return the cells that a defined name means: the sheet in lower case, the name as words, and the area.

    Args:
        name: the name.
        reference: what it means; None is returned for what is no area of a sheet.
    """
    found = _OF_SHEET(reference)
    area = area_of(found[3].replace(".", "")) if found else None
    if found is None or area is None or name.startswith("_xlnm."):
        return None
    sheet = (found[1] or found[2]).replace("''", "'")
    return sheet.casefold(), name.replace("_", " ").strip(), area


def message_texts(cell: str, texts: Iterable[str]) -> list[LooseText]:
    """Return the texts that Excel shows when a cell is filled in, or filled in wrongly."""
    place = f"{INPUT_MESSAGE} i {cell}" if cell else INPUT_MESSAGE
    plain = dict.fromkeys(" ".join(text.split()) for text in texts)
    return [LooseText(place, text) for text in plain if text]


class SheetFacts:
    """Errors, formulas without a stored value or with an empty one, and what is done to cells.

    They may be hidden, merged, struck through, commented on or shown so that nobody sees their text.

    Numbers are as in grid.Sheet; `values` counts the values of the sheet that calamine reads.
    """

    def __init__(self) -> None:
        self.errors: dict[tuple[int, int], str] = {}
        self.uncached: set[tuple[int, int]] = set()
        self.blank_formulas: set[tuple[int, int]] = set()
        self.hidden_rows: set[int] = set()
        self.hidden_columns: set[int] = set()
        self.merged: list[Area] = []
        self.struck: set[tuple[int, int]] = set()
        self.unseen: set[tuple[int, int]] = set()
        self.notes: dict[tuple[int, int], str] = {}
        self.loose: list[LooseText] = []
        self.links: dict[tuple[int, int], str] = {}
        self.fills: dict[int, int] = {}
        self.values = 0

    def count_values(self, rows: bytes) -> None:
        """Count the values in a sheet's rows in the regular form."""
        self.values = rows.count(b"<v>") + rows.count(b"<is>")

    def hide_columns(self, ranges: Iterable[tuple[int, int]]) -> None:
        """Note hidden columns, each range as its first and last; those beyond MAX_COLUMNS hold nothing."""
        done = 0
        for first, last in sorted(ranges):
            self.hidden_columns.update(range(max(first, done + 1, 1), min(last, MAX_COLUMNS) + 1))
            done = max(done, last)

    def merge(self, sheet: str, areas: list[Area], last_row: int, last_column: int) -> None:
        """Note merged areas, cut off where the sheet's content ends: a whole column may be merged.

        Raises:
            UnreadableError: there are more than the limits allow, or they overlap beyond measure.
        """
        if len(areas) > MAX_MERGED:
            raise too_much("Sammanslagna områden på fliken", len(areas), MAX_MERGED, sheet=sheet)
        cells = 0
        for top, left, bottom, right in areas:
            end_row, end_column = min(bottom, max(last_row, top)), min(right, max(last_column, left))
            cells += (end_row - top + 1) * (end_column - left + 1)
            if (bottom, right) > (top, left):
                self.merged.append((top, left, end_row, end_column))
        if cells > MAX_CELLS:
            raise too_much("Celler i sammanslagna områden på fliken", cells, MAX_CELLS, sheet=sheet)


def area_of(reference: str) -> Area | None:
    """Return the area that a reference in a sheet's XML means, whole columns (A:B) and rows (1:2) too."""
    match = _AREA(reference.upper())
    if not match or not reference:
        return None
    left, top, right, bottom = match.groups()
    if right is None:
        right, bottom = left, top
    columns = (column_number(left) if left else 1, column_number(right) if right else LAST_COLUMN)
    rows = (int(top) if top else 1, int(bottom) if bottom else LAST_ROW)
    if not rows[0] or not rows[1]:
        return None
    return min(rows), min(columns), max(rows), max(columns)


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
            "FIL006",
            sheet=sheet,
            rader=last_row,
            kolumn=column_letters(last_column),
            gräns=MAX_ROWS,
            kolumner=MAX_COLUMNS,
            celler=MAX_CELLS,
            hoj=how_to_raise(
                max(last_row / MAX_ROWS, last_column / MAX_COLUMNS, last_row * last_column / MAX_CELLS)
            ),
        )
