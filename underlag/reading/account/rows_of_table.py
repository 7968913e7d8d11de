"""The rows of a sheet as its account sees them: where errors about them belong, and what answers do.

Findings: FLI049.
"""

from collections.abc import Iterable
from typing import Final

from underlag.account import LEAVE_OUT, REMOVE, Item
from underlag.findings import finding
from underlag.reading.account.completed import set_actions
from underlag.reading.account.context import Context, Ledger
from underlag.reading.formats.grid import Sheet
from underlag.reading.tables.table import Part, Table
from underlag.text.lists import spans
from underlag.values.action import REMOVE as REMOVE_TITLE

#: The first of these that a row fills in itself is where an error about the row belongs. What is carried down
#: comes last: it belongs to other rows, too.
_OWN: Final = ("addressee", "addressee_name", "action", "consumer", "producer", "contract", "url")


class TableRows:
    """The rows of the tables of a sheet.

    Args:
        sheet: the sheet.
        table: what was read of it.
    """

    def __init__(self, sheet: Sheet, table: Table) -> None:
        self._sheet, self._table = sheet, table
        self._parts: dict[int, Part] = {row: part for part in table.parts for row in part.rows}

    def positions(self, rows: Iterable[int]) -> list[tuple[str, int, int]]:
        """Return for each row the cell that stands for it: an error there concerns that row."""
        found = []
        for row in rows:
            part = self._parts.get(row)
            cells = self._sheet.rows[row - 1] if part else []
            columns = part.headers.columns if part else {}
            own = (columns[role] for role in _OWN if role in columns)
            column = next((at for at in own if at < len(cells) and cells[at] != ""), None)
            if column is not None:
                found.append((self._sheet.name, row, column + 1))
        return found

    def removes(self, row: int, context: Context) -> bool:
        """Whether a row removes its unit, by its own action or by the whole order's."""
        rows = self._table.rows
        actions = rows.parts.get("action", ())
        own = (
            {actions[at].text for at, number in enumerate(rows.numbers) if number == row}
            if actions
            else set()
        )
        return REMOVE_TITLE in own or (context.removes and not any(own))

    def answered(self, item: Item, ledger: Ledger) -> bool:
        """Do what was decided about the rows of an item; return whether anything was."""
        if not item.decided:
            return False
        if item.meaning == LEAVE_OUT and item.rows:
            ledger.exclude(
                item.rows,
                finding("FLI049", item.at, kolumn="beslut", innehåll=item.at.text, rader=spans(item.rows)),
            )
        elif item.meaning == REMOVE and item.rows:
            actions = {row: item.at._replace(text=REMOVE_TITLE, row=row) for row in item.rows}
            set_actions(self._table.rows, actions, self._sheet.name, over=True)
        return True
