"""Resolves which new rows are ready, wait or are left out, and makes loads of those that are ready."""

import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any, Final, NamedTuple

from underlag import json_text
from underlag.batch.ledger.events import NOT_RESTORING, Event, EventLog
from underlag.batch.ledger.judge_unit import judge_unit
from underlag.batch.ledger.row_places import REMOVED_AS_ORDERED
from underlag.batch.ledger.unit_rows import BookDates, Decision, UnitRow, UnitVerdicts, Verdict

#: The states of a row.
NEW: Final = "ny"
WAITS: Final = "väntar"
LEFT_OUT: Final = "utelämnad"
IN_LOAD: Final = "inläsning"
#: The states of a load.
MADE: Final = "gjord"
LOADED: Final = "inläst"
TAKEN_BACK: Final = "återtagen"
#: The load number of orders from before there were loads.
BEFORE_LOADS: Final = -1

#: The rows that count for the touched addressees: those in loads and not replaced, open ones and faulty ones.
#: A load that was taken back orders nothing, and what its rows had replaced applies again if the TAK has it.
#: So does a row that was left out because it repeats one that does not count any more, unless nothing else of
#: its workbook is ordered: the same workbook saved anew does not come back by itself.
_ROWS: Final = """
SELECT environment, unit, rows.number, book, contract, head, load, fault
FROM touched JOIN rows USING (unit) JOIN books ON books.number = book JOIN cases ON cases.number = case_number
WHERE environment != '' AND (
    (
        state = 'inläsning' AND (other = 0 OR other IN (SELECT number FROM void))
        AND load NOT IN (SELECT number FROM loads WHERE state = 'återtagen')
    )
    OR state IN ('ny', 'väntar')
    OR (state = 'utelämnad' AND reason = 'fel')
    OR (
        state = 'utelämnad' AND reason = 'dubblett' AND closed_at = '' AND EXISTS (
            SELECT 1 FROM rows AS first LEFT JOIN loads ON loads.number = first.load
            WHERE first.number = rows.other AND (first.reason = 'stängt' OR loads.state = 'återtagen')
        ) AND EXISTS (
            SELECT 1 FROM rows AS live WHERE live.book = rows.book AND live.state IN ('ny', 'väntar')
            UNION ALL
            SELECT 1 FROM rows AS live JOIN loads ON loads.number = live.load
            WHERE live.book = rows.book AND live.state = 'inläsning' AND loads.state != 'återtagen'
        )
    )
)
ORDER BY environment, unit, rows.number
"""
#: The removals in loads whose undo orders again what they removed.
_BRING_BACK: Final = (
    "SELECT own.number FROM rows AS earlier CROSS JOIN rows AS own ON own.number = earlier.other "  # noqa: S608 - our own words
    f"WHERE earlier.other > 0 AND earlier.load > 0 AND own.load > 0 AND {REMOVED_AS_ORDERED}"
)
#: A workbook's dates. Bytes that are read again, e.g. with other options, count as received the first time.
_DATES: Final = """
SELECT books.number, case_number, region_key, sha256, saved, sent,
    (SELECT min(run) FROM books AS same WHERE same.sha256 = books.sha256)
FROM books JOIN cases ON cases.number = case_number
"""


class _Head(NamedTuple):
    kind: str
    component: str
    action: str
    content: tuple[str, ...]
    consumer: str


def settle(
    database: sqlite3.Connection, log: EventLog, books: Iterable[int], touched: Iterable[int]
) -> set[int]:
    """Judge what new workbooks touch and what waits, and return the workbooks with rows that are ready.

    Rows that are ready have the state `NEW`.

    Args:
        database: the register's connection, in a transaction.
        log: where the events go.
        books: the workbooks that are new.
        touched: the addressees of their rows that are to be judged.
    """
    _collect_touched(database, touched)
    _collect_void(database)
    changes: list[tuple[str, str, int, int]] = []
    replaced: dict[int, int] = {}
    for verdicts in _judged(database):
        changes += map(_change, verdicts.verdicts)
        replaced |= verdicts.replaced
    _note_replaced(database, log, replaced)
    database.execute("DROP TABLE touched")
    database.execute("DROP TABLE void")
    database.executemany("UPDATE rows SET state = ?, reason = ?, other = ? WHERE number = ?", changes)
    freed = [(number,) for state, *_, number in changes if state == NEW]
    of_row = "SELECT book FROM rows WHERE number = ?"
    return {*books, *(database.execute(of_row, row).fetchone()[0] for row in freed)}


def _collect_touched(database: sqlite3.Connection, touched: Iterable[int]) -> None:
    """Collect the addressees to judge: these, and those that wait."""
    database.execute("CREATE TEMP TABLE touched (unit INTEGER PRIMARY KEY)")
    database.execute("INSERT INTO touched SELECT DISTINCT unit FROM rows WHERE state = 'väntar'")
    database.executemany("INSERT OR IGNORE INTO touched VALUES (?)", ((unit,) for unit in touched))


def _collect_void(database: sqlite3.Connection) -> None:
    """Collect the rows of loads that were taken back, except those that a row still in force had replaced.

    Where the undo did not bring back what a load had replaced, its rows have replaced it for good.
    """
    for_good = {load for (load,) in database.execute(NOT_RESTORING)}
    bring_back = {row for (row,) in database.execute(_BRING_BACK)} if for_good else set()
    taken_back = database.execute(
        "SELECT rows.number, other, load FROM rows JOIN loads ON loads.number = load "
        "WHERE load > 0 AND loads.state = 'återtagen'"
    )
    replacers = {row: other for row, other, load in taken_back if load not in for_good or row in bring_back}
    database.execute("CREATE TEMP TABLE void (number INTEGER PRIMARY KEY)")
    void = []
    for row in replacers:
        last = row
        while last in replacers:
            last = replacers[last]
        if last == 0:
            void.append((row,))
    database.executemany("INSERT INTO void VALUES (?)", void)


def count_as_ordered(database: sqlite3.Connection, books: Iterable[int]) -> None:
    """Note the rows of workbooks that are ready as ordered before there were loads."""
    _put_in_load(database, BEFORE_LOADS, list(books))


def _change(verdict: Verdict) -> tuple[str, str, int, int]:
    if verdict.reason is None:
        return NEW, "", 0, verdict.row
    return WAITS if verdict.waits else LEFT_OUT, verdict.reason, verdict.other, verdict.row


def _judged(database: sqlite3.Connection) -> Iterator[UnitVerdicts]:
    heads = _heads(database)
    books = {row[0]: BookDates(*row) for row in database.execute(_DATES)}
    decisions = _decisions(database)
    key: Any
    for key, group in groupby(database.execute(_ROWS), itemgetter(0, 1)):
        _, unit = key
        rows = [_unit_row(row, heads) for row in group]
        chosen = decisions[unit] if unit in decisions else decisions.get(0, [])
        yield judge_unit(rows, books, chosen)


def _unit_row(row: tuple[Any, ...], heads: Mapping[int, _Head]) -> UnitRow:
    _, _, number, book, contract, head, load, fault = row
    about = heads[head]
    return UnitRow(
        number,
        book,
        contract,
        about.kind,
        about.component,
        about.action,
        about.content,
        about.consumer,
        load,
        fault,
    )


def _heads(database: sqlite3.Connection) -> dict[int, _Head]:
    found = {}
    for number, kind, action, component, url, rivta_profile, consumer, day in database.execute(
        "SELECT number, kind, action, component, url, rivta_profile, consumer, day FROM heads"
    ):
        # A removal ends the route of the addressee and contract, whatever its address.
        where = (component, url, rivta_profile) if action != "remove" else (component,)
        content = (action, day, *where) if kind == "producer" else (action, day)
        found[number] = _Head(kind, component, action, content, consumer)
    return found


def _decisions(database: sqlite3.Connection) -> dict[int, list[Decision]]:
    """Return the decisions by addressee, with those about every addressee in each; by 0 those alone."""
    rows = database.execute("SELECT unit, book, latest_book FROM decisions ORDER BY number").fetchall()
    return {
        unit: [Decision(book, latest) for about, book, latest in rows if about in {0, unit}]
        for unit in {0, *(row[0] for row in rows)}
    }


def _note_replaced(database: sqlite3.Connection, log: EventLog, replaced: Mapping[int, int]) -> None:
    for row, other in replaced.items():
        database.execute("UPDATE rows SET other = ? WHERE number = ?", (other, row))
        log.add(Event.REPLACED, row=row, text=str(other))


def make_loads(
    database: sqlite3.Connection,
    run: int,
    log: EventLog,
    books: Iterable[int],
    folder_of: Callable[[int, str], str],
) -> None:
    """Give the rows that are ready to new loads, one for each environment.

    Args:
        database: the register's connection, in a transaction.
        run: the number of this run.
        log: where the events go.
        books: the workbooks with rows that are ready.
        folder_of: gives the folder of a load, by number and environment, as the register stores it.
    """
    number = database.execute("SELECT coalesce(max(number), 0) FROM loads").fetchone()[0]
    at = database.execute("SELECT at FROM runs WHERE number = ?", (run,)).fetchone()[0]
    for environment, of_environment in _by_environment(database, books):
        count = _put_in_load(database, number + 1, of_environment)
        if not count:
            continue
        number += 1
        database.execute(
            "INSERT INTO loads (number, run, environment, folder, made_at, state) VALUES (?, ?, ?, ?, ?, ?)",
            (number, run, environment, folder_of(number, environment), at, MADE),
        )
        log.add(Event.LOAD_MADE, load=number, text=str(count))


def _by_environment(database: sqlite3.Connection, books: Iterable[int]) -> list[tuple[str, list[int]]]:
    """Return the workbooks of each known environment."""
    found: defaultdict[str, list[int]] = defaultdict(list)
    query = "SELECT environment FROM books JOIN cases ON cases.number = case_number WHERE books.number = ?"
    for book in sorted(books):
        found[database.execute(query, (book,)).fetchone()[0]].append(book)
    return sorted((environment, some) for environment, some in found.items() if environment)


def _put_in_load(database: sqlite3.Connection, load: int, books: Sequence[int]) -> int:
    """Put the rows of workbooks that are ready into a load, and return their number."""
    return database.execute(
        "UPDATE rows SET state = ?, reason = '', other = 0, load = ? "
        "WHERE state = ? AND book IN (SELECT value FROM json_each(?))",
        (IN_LOAD, load, NEW, json_text.compact(books).decode()),
    ).rowcount
