"""Reading the rows of a load from the register."""

import sqlite3
from array import array
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from underlag import json_text
from underlag.batch.ledger.packed_rows import Head, unpack_review
from underlag.batch.ledger.row_places import REMOVED_AS_ORDERED
from underlag.batch.loads.row_table import LoadRows, RowColumns, Source
from underlag.orders.order import Party

#: Rows of a part.
_AT_ONCE: Final = 5_000
#: Counts, by load, the rows that the rows of a load replace, except those that they remove as ordered.
_REPLACED: Final = (
    "SELECT earlier.load, count(*) FROM rows AS earlier CROSS JOIN rows AS own ON own.number = earlier.other "  # noqa: S608 - our own words
    "WHERE earlier.other > 0 AND earlier.load > 0 AND earlier.load < own.load AND own.load = ? "
    f"AND NOT {REMOVED_AS_ORDERED} GROUP BY 1 ORDER BY 1"
)

#: The names that the workbooks of a load give units that have several, the newest workbook last.
_OTHER_NAMES: Final = """
SELECT rows.unit, names.name
FROM (SELECT DISTINCT unit FROM names) AS several CROSS JOIN rows ON rows.unit = several.unit
JOIN books ON books.number = rows.book LEFT JOIN names ON names.unit = rows.unit AND names.book = rows.book
WHERE rows.load = ? AND rows.reason != 'samma-rad' ORDER BY saved, sent, books.number
"""


def rows_of_load(database: sqlite3.Connection, number: int) -> Iterator[LoadRows]:
    """Yield the rows of a load, in the order in which they were received, in parts of limited size."""
    other_names = dict(database.execute(_OTHER_NAMES, (number,)))
    parties = [
        Party(hsa_id, name, bool(fixed))
        for hsa_id, name, fixed in database.execute("SELECT hsa_id, name, fixed FROM parties ORDER BY hsa_id")
    ]
    # Stating that it is greater than 0 lets SQLite use the index of the rows in loads.
    found = database.execute(
        "SELECT book, head, contract, unit, sheet, cell FROM rows WHERE load = ? AND load > 0 "
        "AND reason != 'samma-rad' ORDER BY number",
        (number,),
    )
    while some := found.fetchmany(_AT_ONCE):
        *numbers, cells = zip(*some, strict=True)
        book, head, contract, unit, sheet = (array("i", column) for column in numbers)
        rows = RowColumns(book, head, contract, unit, sheet, list(cells))
        part = _with_names(database, rows, other_names)
        part.parties, parties = parties, []
        yield part


def _quoted(database: sqlite3.Connection, book: int) -> str:
    """Return what the orderer of a workbook writes, '' if its package is gone or of an earlier version."""
    found = database.execute(
        "SELECT content FROM books JOIN made USING (fingerprint) WHERE books.number = ?", (book,)
    ).fetchone()
    review = unpack_review(bytes(found[0])) if found else None
    return review.quoted if review else ""


def replaced_by(database: sqlite3.Connection, number: int) -> dict[int, int]:
    """Return how many rows of each earlier load those of a load replace."""
    return dict(database.execute(_REPLACED, (number,)))


def _with_names(database: sqlite3.Connection, rows: RowColumns, other_names: Mapping[int, str]) -> LoadRows:
    def look_up(query: str, numbers: Iterable[int]) -> dict[int, tuple[Any, ...]]:
        return {one: database.execute(query, (one,)).fetchone() for one in dict.fromkeys(numbers)}

    text = "SELECT text FROM texts WHERE number = ?"
    books = look_up(
        "SELECT books.number, origin, case_number, region, ticket FROM books "
        "JOIN cases ON cases.number = case_number WHERE books.number = ?",
        rows.book,
    )
    heads = look_up(f"SELECT {', '.join(Head._fields)} FROM heads WHERE number = ?", rows.head)  # noqa: S608 - our own names
    units = database.execute(
        "SELECT number, hsa_id, name FROM units WHERE number IN (SELECT value FROM json_each(?))",
        (json_text.compact(list(dict.fromkeys(rows.unit))).decode(),),
    )
    return LoadRows(
        rows,
        {one: Source(*facts)._replace(quoted=_quoted(database, one)) for one, facts in books.items()},
        {one: Head(*facts) for one, facts in heads.items()},
        {one: contract for one, (contract,) in look_up(text, rows.contract).items()},
        {unit: (hsa_id, other_names.get(unit) or name) for unit, hsa_id, name in units},
        {one: sheet for one, (sheet,) in look_up(text, rows.sheet).items()},
    )
