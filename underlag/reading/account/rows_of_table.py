"""The rows of a sheet for its account: the cells of errors about them, and the effects of answers.

Findings: FLI049.
"""

import itertools
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Final

from underlag.account import LEAVE_OUT, REMOVE, Item
from underlag.findings import finding
from underlag.reading.account.completed import Units, set_actions
from underlag.reading.account.context import Context, Ledger
from underlag.reading.formats.grid import Sheet
from underlag.reading.remarks.units import MentionedUnits, NamedUnits
from underlag.reading.tables.form_layout import Form
from underlag.reading.tables.table import Part, Table
from underlag.text.lists import spans
from underlag.values.action import REMOVE as REMOVE_TITLE
from underlag.workbook import Field

#: An error about a row belongs to the first of these that the row itself fills in. Carried values come last,
#: since they belong to other rows, too.
_OWN: Final = ("addressee", "addressee_name", "action", "consumer", "producer", "contract", "url")


class TableRows:
    """The rows of the tables of a sheet.

    Args:
        sheet: the sheet.
        table: the tables and forms that were read from it.
        context: the order and the run.

    Attributes:
        table: as above.
    """

    def __init__(self, sheet: Sheet, table: Table, context: Context) -> None:
        self._sheet, self.table, self._context = sheet, table, context
        self._places: dict[int, list[int]] = {}
        self._parts: dict[int, Part] = {row: part for part in table.parts for row in part.rows}
        self._forms: dict[int, Form] = {row: form for form in table.forms for row in form.rows_filled}

    @cached_property
    def units(self) -> MentionedUnits:
        """The units of the sheet, to find in texts; indexed once for all of them."""
        return _units_of(self.table, self._context)

    def positions(
        self, rows: Iterable[int], columns: frozenset[int] = frozenset()
    ) -> list[tuple[str, int, int]]:
        """Return the cell of each row to which errors about the row belong.

        In a form with `columns`, those of the units in these.
        """
        found = []
        for row in rows:
            part = self._parts.get(row)
            cells = self._sheet.rows[row - 1] if part else []
            by_role = part.headers.columns if part else {}
            own = (by_role[role] for role in _OWN if role in by_role)
            column = next((at for at in own if at < len(cells) and cells[at] != ""), None)
            if column is not None:
                found.append((self._sheet.name, row, column + 1))
            elif row in self._forms:
                units = self._forms[row].units_in(row)
                found += [unit for unit in units if not columns or unit[2] in columns]
        return found

    def rows_of(self, cells: Iterable[Field]) -> list[int]:
        """Return the rows that cells outside the order's values concern: in a form, those of its units."""
        rows = (self._forms[cell.row].entry_rows if cell.row in self._forms else [cell.row] for cell in cells)
        return list(dict.fromkeys(itertools.chain.from_iterable(rows)))

    def columns_of(self, cells: Iterable[Field]) -> frozenset[int]:
        """Return the columns of cells in a form that has a unit in each column; none elsewhere."""
        found = [self._forms[cell.row].columns_meant(cell) for cell in cells if cell.row in self._forms]
        return frozenset().union(*found) if all(found) else frozenset()

    def units_of(self, cell: Field) -> Units:
        """Return the units that a cell outside the order's values concerns."""
        return self.rows_of([cell]), self.columns_of([cell])

    def blank_cells(self, item: Item) -> list[Field]:
        """Return the empty cells of units in a column, or next to the label of a form."""
        stated = [cell for cells in item.values.values() for cell in cells]
        if form := self._forms.get(item.at.row):
            if len(stated) == 1 and not form.columns_meant(stated[0]):
                return []  # one value that counts for all units
            filled = {cell.column for cell in stated}
            units = form.values.get("addressee", ()) if form.is_transposed else ()
            return [
                Field("", item.at.sheet, item.at.row, unit.column)
                for unit in units
                if unit.column not in filled
            ]
        answered = {cell.row for cell in stated}
        return [Field("", item.at.sheet, row, item.at.column) for row in item.rows if row not in answered]

    def removes(self, row: int, context: Context) -> bool:
        """Whether a row removes its unit, by its own action or by the whole order's."""
        actions = self.table.rows.parts.get("action", ())
        meant = self.rows_of([Field("", self._sheet.name, row, 0)]) if actions else ()
        own = {actions[at].text for number in meant for at in self._places_of(number)}
        return REMOVE_TITLE in own or (context.removes and not any(own))

    def _places_of(self, row: int) -> Sequence[int]:
        """Return the indices of a row in the table's columns, one for each of its units."""
        if not self._places:
            for at, number in enumerate(self.table.rows.numbers):
                self._places.setdefault(number, []).append(at)
        return self._places.get(row, ())

    def answered(self, item: Item, ledger: Ledger) -> bool:
        """Apply the decision about the rows of an item; return whether there is one."""
        if not item.decided:
            return False
        if item.meaning == LEAVE_OUT and item.rows:
            ledger.exclude(
                item.rows,
                finding("FLI049", item.at, kolumn="beslut", innehåll=item.at.text, rader=spans(item.rows)),
                item.columns,
            )
        elif item.meaning == REMOVE and item.rows:
            actions = {row: item.at._replace(text=REMOVE_TITLE, row=row) for row in item.rows}
            set_actions(self.table.rows, actions, self._sheet.name, over=True, columns=item.columns)
        return True


def _units_of(table: Table, context: Context) -> MentionedUnits:
    """Return the units of a sheet, to find in texts."""

    def read() -> NamedUnits:
        parts = table.rows.parts
        names, ids = (parts[role].texts if role in parts else () for role in ("addressee_name", "addressee"))
        values = {
            text
            for role in ("consumer", "producer", "url")
            if role in parts
            for text in set(parts[role].texts)
        }
        numbers, sheets = frozenset(table.rows.numbers), len(context.profile.sheets)
        return NamedUnits([names], ids, numbers, values - {""}, [table.spec.title], sheets)

    return MentionedUnits(read, context.region, context.day)
