"""What became of the rows of workbooks, in numbers that add up."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterable

from underlag import json_text
from underlag.batch.ledger.settle import IN_LOAD, LEFT_OUT, MADE, TAKEN_BACK
from underlag.batch.ledger.unit_rows import Reason
from underlag.batch.records.ledger import RowSums
from underlag.batch.records.workbooks import Counts
from underlag.batch.register.stored_values import of_stored


def book_sums(database: sqlite3.Connection, books: Iterable[int]) -> dict[int, RowSums]:
    """Return what became of the rows of workbooks, by their numbers."""
    return {book: _sums(database, book) for book in books}


@of_stored
def _counts(stored: str) -> Counts:
    return Counts(*json_text.parse(stored))


def _sums(database: sqlite3.Connection, book: int) -> RowSums:
    counts = database.execute("SELECT counts FROM books WHERE number = ?", (book,)).fetchone()[0]
    read = _counts(counts).read
    loaded = ready = waiting = 0
    reasons: defaultdict[str, int] = defaultdict(int)
    for state, reason, load_state, count in database.execute(
        "SELECT rows.state, reason, loads.state, count(*) FROM rows LEFT JOIN loads ON loads.number = load "
        "WHERE book = ? GROUP BY 1, 2, 3",
        (book,),
    ):
        if state == LEFT_OUT:
            reasons[reason] += count
        elif state != IN_LOAD:
            waiting += count
        elif load_state == TAKEN_BACK:
            reasons[Reason.TAKEN_BACK.value] += count
        elif load_state == MADE:
            ready += count
        else:
            loaded += count
    # Of workbooks from before the ledger only the ordered rows are known one by one.
    unknown = read - loaded - ready - waiting - sum(reasons.values())
    if unknown > 0:
        reasons[Reason.FAULT.value] += unknown
    return RowSums(read, loaded, ready, waiting, sum(reasons.values()), dict(sorted(reasons.items())))
