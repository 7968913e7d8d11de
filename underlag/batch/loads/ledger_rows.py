"""Reading the rows of a load from the register."""

import sqlite3
from collections.abc import Callable
from typing import Any, Final

from underlag.batch.ledger.packed_rows import Head
from underlag.batch.loads.row_table import LoadRows, RowColumns, Source, Unit
from underlag.orders.order import Party

#: Rows read at once: a large load takes little more room than its columns.
_AT_ONCE: Final = 1_000
#: Counts, by load, the rows that the rows of a load replace.
_REPLACED: Final = (
    "SELECT earlier.load, count(*) FROM rows AS own JOIN rows AS earlier ON earlier.unit = own.unit "
    "AND earlier.other = own.number AND earlier.load > 0 AND earlier.load < own.load "
    "WHERE own.load = ? GROUP BY 1 ORDER BY 1"
)

#: The names that the workbooks of a load give units that have several, the newest workbook last.
_OTHER_NAMES: Final = """
SELECT rows.unit, names.name
FROM (SELECT DISTINCT unit FROM names) AS several CROSS JOIN rows ON rows.unit = several.unit
JOIN books ON books.number = rows.book LEFT JOIN names ON names.unit = rows.unit AND names.book = rows.book
WHERE rows.load = ? AND rows.reason != 'samma-rad' ORDER BY saved, sent, books.number
"""


def rows_of_load(database: sqlite3.Connection, number: int) -> LoadRows:
    """Return the rows of a load, in the order in which they were received."""
    found = database.execute(
        "SELECT book, head, contract, unit, sheet, cell FROM rows WHERE load = ? AND reason != 'samma-rad' "
        "ORDER BY number",
        (number,),
    )
    columns: list[list[Any]] = [[] for _ in RowColumns._fields]
    known: list[dict[Any, Any]] = [{} for _ in columns]
    books, heads, texts, units, sheets, cells = known
    while some := found.fetchmany(_AT_ONCE):
        *numbers, in_cells = zip(*some, strict=True)
        for column, places, values in zip(columns, known, numbers, strict=False):
            for value in dict.fromkeys(values):
                places.setdefault(value, len(places))
            column.extend(map(places.__getitem__, values))
        columns[-1].extend(map(cells.setdefault, in_cells, in_cells))  # each text once
    rows = RowColumns(*columns)

    def look_up(query: str) -> Callable[[int], Any]:
        return lambda one: database.execute(query, (one,)).fetchone()

    book_of = look_up(
        "SELECT books.number, origin, case_number, region, ticket FROM books "
        "JOIN cases ON cases.number = case_number WHERE books.number = ?"
    )
    head_of = look_up(f"SELECT {', '.join(Head._fields)} FROM heads WHERE number = ?")  # noqa: S608 - our own names
    other_names = dict(database.execute(_OTHER_NAMES, (number,)))
    unit_of = {
        unit: Unit(hsa_id, other_names.get(unit) or name)
        for unit, hsa_id, name in database.execute(
            "SELECT number, hsa_id, name FROM units WHERE number IN (SELECT unit FROM rows WHERE load = ?)",
            (number,),
        )
    }
    text_of = look_up("SELECT text FROM texts WHERE number = ?")
    return LoadRows(
        rows,
        [Source(*book_of(one)) for one in books],
        [Head(*head_of(one)) for one in heads],
        [text_of(one)[0] for one in texts],
        [unit_of[one] for one in units],
        [text_of(one)[0] for one in sheets],
        [
            Party(hsa_id, name, bool(fixed))
            for hsa_id, name, fixed in database.execute(
                "SELECT hsa_id, name, fixed FROM parties ORDER BY hsa_id"
            )
        ],
        dict(database.execute(_REPLACED, (number,))),
    )
