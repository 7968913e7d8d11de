"""The state of the ledger after a run: the cases that are not closed, their loads, and what was replaced."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping

from underlag.batch.ledger.events import Event
from underlag.batch.ledger.row_places import rows_where
from underlag.batch.ledger.sums import book_sums
from underlag.batch.records.ledger import CaseView, ReplacedRow, RowSums


def open_cases(database: sqlite3.Connection, known: Mapping[int, RowSums]) -> list[CaseView]:
    """Return the cases that are not closed, oldest first.

    Args:
        database: the register's connection.
        known: what became of the rows of some workbooks.
    """
    tickets: defaultdict[int, list[str]] = defaultdict(list)
    for case, mark in database.execute(
        "SELECT case_number, mark FROM marks JOIN cases ON number = case_number "
        "WHERE closed_at = '' AND mark LIKE 'ärende:%' ORDER BY mark"
    ):
        tickets[case].append(mark.partition(":")[2])
    cases = database.execute(
        "SELECT number, environment, region, opened_at FROM cases WHERE closed_at = '' ORDER BY number"
    ).fetchall()
    return [_case(database, case, tickets.get(case[0], ()), known) for case in cases]


def _case(
    database: sqlite3.Connection,
    case: tuple[int, str, str, str],
    tickets: Iterable[str],
    known: Mapping[int, RowSums],
) -> CaseView:
    number, environment, region, opened_at = case
    books = latest_readings(database, number)
    others = book_sums(database, (book for book, _ in books if book not in known))
    return CaseView(
        number,
        environment,
        region,
        tuple(tickets),
        opened_at,
        answered_at(database, number),
        tuple(books),
        sum((known[book] if book in known else others[book] for book, _ in books), RowSums()),
        tuple(loads_of(database, number)),
        unanswered_messages(database, number),
    )


def loads_of(database: sqlite3.Connection, case: int) -> list[int]:
    """Return the numbers of the loads that have rows of a case."""
    found = database.execute(
        "SELECT DISTINCT load FROM books JOIN rows ON book = books.number WHERE case_number = ? AND load > 0 "
        "ORDER BY load",
        (case,),
    )
    return [load for (load,) in found]


def answered_at(database: sqlite3.Connection, case: int) -> str:
    """Return when the reply of a case was noted; '' if it was not since its last workbook or mail came."""
    (noted,) = database.execute(
        # The register of an earlier version has drafts as this kind of event too, each about a workbook.
        "SELECT at FROM events WHERE number = (SELECT max(number) FROM events WHERE case_number = ? AND "
        "(kind IN (?, ?) OR kind = ? AND book = 0)) AND kind = ?",
        (case, Event.RECEIVED, Event.MESSAGE, Event.REPLIED, Event.REPLIED),
    ).fetchone() or ("",)
    return str(noted)


def unanswered_messages(database: sqlite3.Connection, case: int) -> tuple[str, ...]:
    """Return the mails without a workbook that came to a case since its reply was last noted."""
    found = database.execute(
        "SELECT text FROM events WHERE case_number = :case AND kind = :message AND number > (SELECT "
        "coalesce(max(number), 0) FROM events WHERE case_number = :case AND kind = :replied AND book = 0) "
        "ORDER BY number",
        {"case": case, "message": Event.MESSAGE, "replied": Event.REPLIED},
    )
    return tuple(text for (text,) in found)


def latest_readings(database: sqlite3.Connection, case: int) -> list[tuple[int, str]]:
    """Return number and origin of a case's workbooks; of one that was read again the latest reading."""
    return database.execute(
        "SELECT number, origin FROM books WHERE number IN (SELECT max(number) FROM books WHERE "
        "case_number = ? "
        "GROUP BY sha256) ORDER BY number",
        (case,),
    ).fetchall()


def replaced_rows(database: sqlite3.Connection) -> list[ReplacedRow]:
    """Return the rows of open cases that others replaced, are newer than, or were chosen instead of."""
    condition = (
        "rows.other > 0 AND rows.state != 'väntar' AND cases.closed_at = '' "
        "AND rows.reason NOT IN ('samma-rad', 'dubblett', 'stängt')"
    )
    found = []
    for row, (environment, reason, other) in rows_where(
        database, condition, more="cases.environment, rows.reason, rows.other"
    ):
        by = next(place for place, _ in rows_where(database, "rows.number = ?", (other,)))
        found.append(ReplacedRow(environment, reason or "ersatt", row, by))
    return found
