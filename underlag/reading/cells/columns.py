"""Reads whole columns of a table: equal cells are cleaned once, and plain ones not at all.

Findings: CEL013.
"""

from array import array
from collections.abc import Collection, Container, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Final, cast

from underlag.characters.short_texts import LONGEST
from underlag.reading.cells import split_cells
from underlag.reading.cells.cell_text import REPEATED, Treated, not_one_value, repeats_above, special, treat
from underlag.reading.cells.same_columns import remembered_column
from underlag.reading.formats.grid import CellValue, Sheet
from underlag.reading.formats.limits import MAX_ODD, MAX_SPLIT, MAX_TABLE_ROWS
from underlag.reading.formats.refusal import too_much
from underlag.values.action import action_title, plain_action
from underlag.workbook import Cells, Field

#: Values that merged cells share, whatever the profile; never addressees and their names. A merged action
#: already applies to all its rows, so it is not carried down.
_SHARED: Final = (
    "contract",
    "consumer",
    "consumer_name",
    "producer",
    "producer_name",
    "url",
    "rivta_profile",
    "action",
)


class Column:
    """One column below its header; rows are counted from 0.

    Attributes:
        role: the role of its values.
        index: its index, from 0.
        raw: the cells.
        texts: the cells as cleaned texts.
        odd: by row, cells that are not plainly one value of the role.
        pieces: by row, the values of a cell that has several.
        source: by row, the row whose value a merged area gives it.
    """

    def __init__(self, role: str, index: int, raw: Sequence[CellValue], texts: list[str]) -> None:
        self.role = role
        self.index = index
        self.raw = raw
        self.texts = texts
        self.odd: dict[int, Treated] = {}
        self.pieces: dict[int, Sequence[Treated]] = {}
        self.source: dict[int, int] = {}

    def filled(self, row: int) -> bool:
        """Whether the cell itself is not empty, readable or not."""
        return row not in self.source and (
            bool(self.texts[row]) or (row in self.odd and self.odd[row].unreadable)
        )

    def repeats(self, row: int) -> bool:
        """Whether the cell is a ditto mark."""
        return row in self.odd and self.odd[row].code == REPEATED

    def fields(
        self,
        sheet: str,
        numbers: Sequence[int],
        rows: Sequence[int],
        places: "array[int]",
        *,
        carried: bool,
        before: Field | None,
        ends: Container[int] = (),
    ) -> Cells:
        """Return the values of some rows.

        Args:
            sheet: the sheet's name.
            numbers: every row's number in Excel; all columns share them, for there are many.
            rows: the rows to return, in order.
            places: their places, which all columns share, too.
            carried: a cell without value takes the last value above it.
            before: the value above the table.
            ends: rows from which the carried value no longer applies: from there the gap is carried, as one
                gap instead of one for each row.
        """
        texts = self.texts[:] if len(rows) == len(self.texts) else list(map(self.texts.__getitem__, rows))
        if not self.source and ((not carried and before is None) or "" not in texts):
            return Cells.below(texts, sheet, places, self.index + 1)
        last = before
        found = Cells()
        for i, text in zip(rows, texts, strict=True):
            if carried and i in ends and not self.repeats(i):
                last = before or Field("", sheet, numbers[i], self.index + 1)
            if text or self.filled(i):
                value = Field(text, sheet, numbers[self.source.get(i, i)], self.index + 1)
                found.append(value)
                last = value if carried else before
            else:
                found.append(last or Field("", sheet, numbers[i], self.index + 1))
        return found


def read_columns(
    sheet: Sheet, first: int, indexes: Mapping[str, int], carried: Container[str]
) -> list[Column]:
    """Read the columns of a table, from left to right.

    Args:
        sheet: the sheet.
        first: the number in Excel of the first row below the headers.
        indexes: the index of each role's column, from 0.
        carried: the roles whose last value above applies to empty cells, and so to ditto marks.

    Raises:
        UnreadableError: more rows are filled in, more values must be cleaned or are wrong, or cells with
            several values have more of them, than the limits allow.
    """
    cells = {role: sheet.column(index, first - 1) for role, index in indexes.items()}
    _refuse_many_rows(sheet.name, cells.values())
    odd = {role: _odd_values(role, raw) for role, raw in cells.items()}
    count = sum(map(len, odd.values()))
    if count > MAX_ODD:
        raise too_much(
            "Olika värden på fliken som är felaktiga eller har tecken att ta bort",
            count,
            MAX_ODD,
            sheet=sheet.name,
        )
    columns = [
        _read_column(sheet, first, Column(role, indexes[role], raw, []), odd[role], carried=role in carried)
        for role, raw in cells.items()
    ]
    return sorted(columns, key=lambda column: column.index)


def _refuse_many_rows(sheet: str, columns: Collection[Sequence[CellValue]]) -> None:
    """Raise if a column has a value in more rows than the limit."""
    if max(map(len, columns), default=0) <= MAX_TABLE_ROWS:
        return
    count = max(len(raw) - raw.count("") for raw in columns)
    if count > MAX_TABLE_ROWS:
        raise too_much("Ifyllda rader i tabellen på fliken", count, MAX_TABLE_ROWS, sheet=sheet)


def _odd_values(role: str, raw: Iterable[CellValue]) -> set[CellValue]:
    """Return the values that are not plainly one value of a role."""
    distinct = dict.fromkeys(raw)
    distinct.pop("", None)
    if set(map(type, distinct)) <= {str}:
        return set(_odd_texts(role, tuple(cast("Collection[str]", distinct))))
    texts = [value for value in distinct if isinstance(value, str)]
    return {*not_one_value(role, texts), *(value for value in distinct if not isinstance(value, str))}


@remembered_column
def _odd_texts(role: str, texts: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(not_one_value(role, texts))


def _read_column(sheet: Sheet, first: int, column: Column, odd: set[CellValue], *, carried: bool) -> Column:
    """Fill in the texts of a column, and what is not plainly one value."""
    role, index, raw = column.role, column.index, column.raw
    texts = ["" if value in odd else str(value) for value in raw] if odd else cast("list[str]", list(raw))
    column.texts = texts
    values = 0
    begun = next((i for i, text in enumerate(texts) if text), len(texts))
    for i in [i for i, value in enumerate(raw) if value in odd] if odd else ():
        treated = _treated(role, raw[i])
        if carried and i > begun and len(treated) == 1 and repeats_above(treated[0].text):
            treated = (Treated("", REPEATED),)
        elif treated[0].text:
            begun = min(begun, i)
        column.odd[i] = treated[0]
        texts[i] = treated[0].text
        if len(treated) > 1:
            column.pieces[i] = treated
            values += len(treated)
            refuse_many_values(sheet.name, values)
    for row, number in {*sheet.errors, *sheet.uncached}:
        if (
            number == index + 1
            and first <= row < first + len(raw)
            and (marked := special(sheet, row, number))
        ):
            column.odd[row - first] = marked
            texts[row - first] = marked.text
    if role in _SHARED:
        _share_merged(column, sheet, first)
    return column


def refuse_many_values(sheet: str, count: int) -> None:
    """Raise if cells with several values make more rows than the limit."""
    if count > MAX_SPLIT:
        raise too_much("Rader på fliken, med en rad för varje värde i en cell", count, MAX_SPLIT, sheet=sheet)


def _treated(role: str, value: CellValue) -> tuple[Treated, ...]:
    """Return a treated cell: one value, or several."""
    is_long = isinstance(value, str) and len(value) > LONGEST
    return (_treated_anew if is_long else _known_treated)(role, value)


def _treated_anew(role: str, value: CellValue) -> tuple[Treated, ...]:
    if not isinstance(value, str):
        return (treat(role, value),)
    found = tuple(treat(role, piece) for piece in split_cells.pieces(role, value))
    if role == "action" and found[0].text:
        action = plain_action(found[0].text)
        return (
            found[0]._replace(text=action_title(action), sound=True)
            if action
            else Treated(found[0].text, "CEL013"),
        )
    return found


#: The sheets of a workbook usually have the same values.
_known_treated: Final = lru_cache(maxsize=32_768, typed=True)(_treated_anew)


def _share_merged(column: Column, sheet: Sheet, first: int) -> None:
    for top, left, bottom, _right in sheet.merged:
        start = top - first
        if left == column.index + 1 and bottom > top and 0 <= start < len(column.texts):
            for row in range(start + 1, min(bottom - first + 1, len(column.texts))):
                if not column.texts[row]:
                    column.texts[row] = column.texts[start]
                    column.source[row] = start
