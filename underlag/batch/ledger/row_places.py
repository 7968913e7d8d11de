"""Rows by their numbers, as a person finds them: workbook, sheet, cell and what they ask for."""

import sqlite3
from collections.abc import Iterator
from typing import Any, Final

from underlag.batch.ledger.events import NOT_RESTORING
from underlag.batch.records.ledger import RowPlace

#: What every query of rows selects, in this order; `rows`, `books`, `units` and so on must be joined so.
COLUMNS: Final = (
    "units.hsa_id, contracts.text, books.number, books.origin, sheets.text, rows.cell, rows.load, "
    "heads.kind, "
    "heads.action, heads.component, heads.url, heads.rivta_profile, heads.consumer, heads.day"
)
JOINS: Final = (
    "JOIN units ON units.number = rows.unit JOIN texts AS contracts ON contracts.number = rows.contract "
    "JOIN books ON books.number = rows.book JOIN texts AS sheets ON sheets.number = rows.sheet "
    "JOIN heads ON heads.number = rows.head JOIN cases ON cases.number = books.case_number"
)
#: Whether the row `own` removed exactly what the row `earlier` ordered: its undo orders that again, also when
#: made without the content of the TAK.
REMOVED_AS_ORDERED: Final = """EXISTS (
    SELECT 1 FROM heads AS removal JOIN heads AS ordered ON ordered.number = earlier.head
    WHERE removal.number = own.head AND removal.action = 'remove' AND ordered.action != 'remove'
    AND (removal.component, removal.url, removal.rivta_profile, removal.consumer)
    = (ordered.component, ordered.url, ordered.rivta_profile, ordered.consumer)
)"""
#: The row that decided about a row, 0 if none: for one in a load the row in force that replaced it. A row
#: that was read again shares the fate of its first reading, and what a load that was taken back replaced
#: is in force again, unless its undo did not bring it back.
DECIDED_BY: Final = f"""CASE WHEN rows.other = 0 OR rows.state != 'inläsning' THEN rows.other ELSE coalesce((
    SELECT own.number FROM rows AS earlier JOIN rows AS own ON own.number = earlier.other
    LEFT JOIN loads AS back ON back.number = own.load
    WHERE earlier.number = CASE rows.reason WHEN 'samma-rad' THEN rows.other ELSE rows.number END AND (
        coalesce(back.state, '') != 'återtagen' OR own.other > 0
        OR own.load IN ({NOT_RESTORING}) AND NOT {REMOVED_AS_ORDERED}
    )
), 0) END"""  # noqa: S608 - our own words
#: Number of columns in `COLUMNS`.
WIDTH: Final = 14


def place(values: tuple[Any, ...]) -> RowPlace:
    """Return a row of the columns."""
    unit, contract, book, origin, sheet, cell, load, *asks = values
    return RowPlace(unit, contract, book, origin, sheet, cell, asked(*asks), load)


def asked(  # noqa: PLR0917 - the columns
    kind: str, action: str, component: str, url: str, rivta_profile: str, consumer: str, day: str
) -> str:
    """Return in words what a row asks for: 'vägval till SE… på https://… (RIVTABP21)'."""
    when = f", {day}" if day else ""
    if kind == "consumer":
        verb = "ta bort anropsbehörighet" if action == "remove" else "anropsbehörighet"
        return f"{verb} för {component}{when}"
    if action == "remove":
        return f"ta bort vägvalet till {component}{when}"
    where = f" på {url}" if url else ""
    profile = f" ({rivta_profile})" if rivta_profile else ""
    asker = f" för {consumer}" if consumer else ""
    return f"vägval till {component}{where}{profile}{asker}{when}"


def rows_where(
    database: sqlite3.Connection, condition: str, values: tuple[Any, ...] = (), more: str = "rows.number"
) -> Iterator[tuple[RowPlace, tuple[Any, ...]]]:
    """Yield the rows of a condition, each with the further columns `more`."""
    query = f"SELECT {COLUMNS}, {more} FROM rows {JOINS} WHERE {condition} ORDER BY rows.number"  # noqa: S608 - our own conditions
    for found in database.execute(query, values):
        yield place(found[:WIDTH]), found[WIDTH:]
