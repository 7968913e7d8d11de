"""Finds a table's headers, and assigns roles to its columns."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import lru_cache
from typing import Final

from underlag.characters.likeness import EQUALLY, compact
from underlag.profiles.words import words
from underlag.reading.cells.cell_text import shown
from underlag.reading.cells.identifiers import has_digits_of_id, is_value
from underlag.reading.cells.split_rows import NAME_OF
from underlag.reading.formats.grid import CellValue, Sheet
from underlag.reading.tables.header_roles import DECIDED, HeaderNames
from underlag.workbook import Field

#: Rows searched for headers; logos and instructions may be above them.
ROWS_SEARCHED: Final = 40
#: Columns that are searched for a row of headers.
_COLUMNS_SEARCHED: Final = 500
#: Maximum rows examined to determine the contents of a column.
_ROWS_WEIGHED: Final = 1000
#: How headers begin whose column has the names of the ids in the column before it.
NAME_HEADERS: Final = ("namn", "systemnamn", "benamning")


class Headers:
    """The headers of a sheet; rows and columns are 0-based indices of the grid.

    Attributes:
        row: their row.
        columns: the column of each role.
        ambiguous: roles that several headers match equally well, with their columns.
        repeated: further columns with the same contents as a role's column, with that role.
        unknown: columns whose header the profile does not know.
        top: the first row of the headers: above `row` where groups of columns have a heading of their own.
    """

    def __init__(self, row: int) -> None:
        self.row = self.top = row
        self.columns: dict[str, int] = {}
        self.ambiguous: dict[str, list[int]] = {}
        self.repeated: dict[int, str] = {}
        self.unknown: list[int] = []


def find_headers(sheet: Sheet, names: HeaderNames) -> Headers | None:
    """Return the headers of the row with most roles among the first rows, the topmost of several; or None.

    A row with values is not a header row but a label with its value.
    """
    first = replace(sheet, rows=[row[:_COLUMNS_SEARCHED] for row in sheet.rows[:ROWS_SEARCHED]])
    for meaning in (names.exact, names.alike):
        counted = [
            (len({role for role, _ in _meanings(first, names, index, meaning) if role}), -index)
            for index, row in enumerate(first.rows)
            if not any(map(is_value, row))
        ]
        count, index = max(counted, default=(0, 0))
        if count:
            return headers_in(sheet, names, -index)
    return None


def headers_in(sheet: Sheet, names: HeaderNames, row: int) -> Headers:
    """Resolve the headers of a row; if several fit one role, the cells below may decide."""
    found = Headers(row)
    scores: dict[str, list[tuple[float, int]]] = {}
    meanings = _meanings(sheet, names, row, names.alike)
    if meanings != [names.alike(cell) for cell in sheet.rows[row]]:
        found.top = row - 1
    for index in names.by_column.keys() & range(len(meanings)):
        meanings[index] = names.by_column[index], DECIDED
    for index, (role, score) in enumerate(meanings):
        cell = sheet.rows[row][index]
        if role:
            scores.setdefault(role, []).append((score, index))
        elif isinstance(cell, str) and cell.strip():
            found.unknown.append(index)
    for role, matches in scores.items():
        best = max(score for score, _ in matches)
        equal = [
            index for score, index in matches if score >= best - EQUALLY and (score == 1.0) == (best == 1.0)
        ]
        with_ids = None
        if role in NAME_OF and best < DECIDED:
            with_ids = column_of_ids(sheet, row, [index for _, index in matches])
        if with_ids is not None:
            equal = [with_ids]
            others = [index for _, index in matches if index != with_ids]
            if NAME_OF[role] not in scores and len(others) == 1:
                found.columns[NAME_OF[role]] = others[0]
                equal.append(others[0])
            found.columns[role] = with_ids
        else:
            _take_equal(sheet, found, role, equal)
        found.unknown += (index for _, index in matches if index not in equal)
    found.unknown.sort()
    _place_names(sheet, found, names)
    return found


def _take_equal(sheet: Sheet, found: Headers, role: str, equal: list[int]) -> None:
    """Assign a role to its only candidate column, or to the one meant among several; else to none.

    A header that is usually no part of an order ('Beskrivning') yields to one that is. Columns with the same
    contents count as one.
    """
    header = sheet.rows[found.row]
    own = [index for index in equal if compact(str(header[index])) not in _neutral()]
    if len(equal) > 1 and len(own) == 1:
        found.columns[role] = own[0]
        found.unknown += (index for index in equal if index != own[0])
    elif len(equal) > 1 and (first := _agreeing(sheet, found.row, equal)) is not None:
        found.columns[role] = first
        found.repeated.update((index, role) for index in equal if index != first)
    elif len(equal) > 1:
        found.ambiguous[role] = equal
    else:
        found.columns[role] = equal[0]


@lru_cache(maxsize=1)
def _neutral() -> frozenset[str]:
    return frozenset(map(compact, words().headers.neutral))


def _agreeing(sheet: Sheet, row: int, columns: list[int]) -> int | None:
    """Return the fullest of a role's columns if the others are the same or empty; or None."""
    cells = [[shown(cell).strip() for cell in sheet.column(column, row + 1)] for column in columns]
    filled = [sum(map(bool, texts)) for texts in cells]
    fullest = filled.index(max(filled))
    agrees = all(
        not text or text == known
        for texts in cells
        for text, known in zip(texts, cells[fullest], strict=True)
    )
    return columns[fullest] if agrees and filled[fullest] else None


def _place_names(sheet: Sheet, found: Headers, names: HeaderNames) -> None:
    """Assign a column 'Namn …' next to a column of ids to their names, if no other column has them.

    The order form uses 'Namn på system'; several columns 'Namn' are distinguished by the column before them.
    """
    beside = {index + 1: role for role, index in found.columns.items() if role in NAME_OF}
    for role, columns in list(found.ambiguous.items()):
        wanted = {index: NAME_OF[beside[index]] for index in columns if index in beside}
        if (
            role in NAME_OF.values()
            and len(wanted) == len(columns)
            and not found.columns.keys() & {*wanted.values()}
        ):
            del found.ambiguous[role]
            found.columns.update({name: index for index, name in wanted.items()})
    header = sheet.rows[found.row]
    for index in found.unknown[:]:
        text = header[index]
        name = NAME_OF.get(beside.get(index, ""), "")
        if not name or name in found.columns or name in found.ambiguous or names.exact(text)[1]:
            continue
        if isinstance(text, str) and compact(text).startswith(NAME_HEADERS):
            found.columns[name] = index
            found.unknown.remove(index)


def heading(sheet: Sheet, headers: Headers, column: int) -> Field:
    """Return a column's header on one line with its cell, which may be merged with the row above."""
    for row in (headers.row, headers.top):
        cells = sheet.rows[row]
        text = " ".join(shown(cells[column]).split()) if column < len(cells) else ""
        if text := text or sheet.errors.get((row + 1, column + 1), ""):
            return Field(text, sheet.name, row + 1, column + 1)
    return Field("", sheet.name, headers.row + 1, column + 1)


def _meanings(
    sheet: Sheet, names: HeaderNames, row: int, meaning: Callable[[CellValue], tuple[str, float]]
) -> list[tuple[str, float]]:
    """Return the meaning of each cell of a row, together with the heading of its group in the row above.

    'HSA-ID' below 'Tjänsteproducent' is 'Tjänsteproducent HSA-ID'; a header that is merged with the cell
    below it belongs to both rows. Where nothing is merged a group reaches to the next one, and a header above
    an empty cell belongs to both rows if others are groups.
    """
    own = [meaning(cell) for cell in sheet.rows[row]]
    if not row:
        return own
    groups = _groups(sheet, row)
    grouped = False
    for index, cell in enumerate(sheet.rows[row]):
        group = groups.get(index, "")
        if isinstance(group, str) and isinstance(cell, str) and group.strip() and cell.strip():
            together = names.exact(f"{group.strip()} {cell.strip()}")
            own[index] = together if together[0] else own[index]
            grouped = grouped or bool(together[0])
    below = {left - 1 for top, left, bottom, _ in sheet.merged if top == row < bottom}
    for index, header in enumerate(sheet.rows[row - 1][: len(own)]):
        if sheet.rows[row][index] == "" and header != "" and (grouped or index in below):
            own[index] = meaning(header)
    return own


def _groups(sheet: Sheet, row: int) -> dict[int, CellValue]:
    """Return the heading above each column: of a merged area, or up to the next heading."""
    cells = sheet.rows[row - 1]
    groups: dict[int, CellValue] = dict(enumerate(cells))
    merged: set[int] = set()
    for top, left, bottom, right in sheet.merged:
        if top <= row <= bottom:
            area = range(left - 1, min(right, len(sheet.rows[row])))
            merged.update(area)
            if top == bottom and left - 1 in groups:
                groups.update(dict.fromkeys(area, groups[left - 1]))
    for index in range(1, len(cells)):
        if cells[index] == "" and merged.isdisjoint((index - 1, index)):
            groups[index] = groups[index - 1]
    return groups


def column_of_ids(sheet: Sheet, row: int, columns: list[int]) -> int | None:
    """Return the only one of several columns that contains ids if the others contain other texts; or None.

    On an empty sheet it is the only header with HSA in it. No other column with texts may have such a header.
    """
    if len(columns) < 2:  # noqa: PLR2004 - nothing to choose between
        return None
    cells = {
        column: [
            text
            for line in sheet.rows[row + 1 :][:_ROWS_WEIGHED]
            if column < len(line) and (text := str(line[column]).strip())
        ]
        for column in columns
    }
    named = [column for column in columns if "hsa" in compact(str(sheet.rows[row][column]))]
    if not any(cells.values()):
        return named[0] if len(named) == 1 else None
    ids = [column for column in columns if any(map(has_digits_of_id, cells[column]))]
    return ids[0] if len(ids) == 1 and named in ([], ids) else None


def repeats(row: Iterable[tuple[str, CellValue]], meaning: Callable[[CellValue], tuple[str, float]]) -> bool:
    """Whether a row of (role, cell) repeats the headers: every cell is the header of its column."""
    filled = [(role, cell) for role, cell in row if cell != ""]
    return bool(filled) and all(meaning(cell)[0] == role for role, cell in filled)
