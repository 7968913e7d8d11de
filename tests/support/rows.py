"""Rows of a flow from single values."""

from collections.abc import Iterable

from underlag.columns import NOTHING
from underlag.workbook import ROLES, Cells, Entries, Entry, Field


def one_row(sheet: str, number: int, **parts: Field | None) -> Entry:
    """Return a row of a sheet with these parts; a part that is None has no column."""
    columns = {role: Cells([value]) for role, value in parts.items() if value is not None}
    return Entries(sheet, [number], columns)[0]


def entries_of(rows: Iterable[Entry]) -> Entries:
    """Return rows together, in the sheet of the first."""
    given = list(rows)
    columns = {
        role: Cells(row.part(role) or NOTHING for row in given)
        for role in ROLES
        if any(row.part(role) is not None for row in given)
    }
    return Entries(given[0].sheet if given else "", [row.row for row in given], columns)


def with_parts(row: Entry, **parts: Field | None) -> Entry:
    """Return a row with other parts."""
    kept = {role: row.part(role) for role in ROLES}
    return one_row(row.sheet, row.row, **(kept | parts))


def changed(entries: Entries, at: int, **parts: Field | None) -> Entries:
    """Return rows of which one has other parts."""
    rows = list(entries)
    rows[at] = with_parts(rows[at], **parts)
    return entries_of(rows)
