"""Reading the rows of a load from the register."""

import sqlite3
from collections.abc import Callable
from typing import Any

from underlag.batch.ledger.packed_rows import Head
from underlag.batch.loads.row_table import LoadRow, LoadRows, Source, Unit
from underlag.orders.order import Party


def rows_of_load(database: sqlite3.Connection, number: int) -> LoadRows:
    """Return the rows of a load, in the order in which they were received."""
    books, heads, texts, units, sheets = (_Places() for _ in range(5))
    rows = [
        LoadRow(
            books.place(book),
            heads.place(head),
            texts.place(contract),
            units.place(unit),
            sheets.place(sheet),
            cell,
        )
        for book, head, contract, unit, sheet, cell in database.execute(
            "SELECT book, head, contract, unit, sheet, cell FROM rows "
            "WHERE load = ? AND reason != 'samma-rad' ORDER BY number",
            (number,),
        )
    ]

    def look_up(query: str) -> Callable[[int], Any]:
        return lambda one: database.execute(query, (one,)).fetchone()

    book_of = look_up(
        "SELECT books.number, origin, case_number, region, ticket FROM books "
        "JOIN cases ON cases.number = case_number WHERE books.number = ?"
    )
    head_of = look_up(f"SELECT {', '.join(Head._fields)} FROM heads WHERE number = ?")  # noqa: S608 - our own names
    unit_of = look_up("SELECT hsa_id, name FROM units WHERE number = ?")
    text_of = look_up("SELECT text FROM texts WHERE number = ?")
    return LoadRows(
        rows,
        [Source(*book_of(one)) for one in books],
        [Head(*head_of(one)) for one in heads],
        [text_of(one)[0] for one in texts],
        [Unit(*unit_of(one)) for one in units],
        [text_of(one)[0] for one in sheets],
        [
            Party(hsa_id, name, bool(fixed))
            for hsa_id, name, fixed in database.execute(
                "SELECT hsa_id, name, fixed FROM parties ORDER BY hsa_id"
            )
        ],
    )


class _Places(dict[int, int]):
    """Counts from 0 what is named by numbers with gaps."""

    def place(self, number: int) -> int:
        """Return the place of a number; a new one gets the next."""
        return self.setdefault(number, len(self))
