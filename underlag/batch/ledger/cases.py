"""Cases: a request of one region for one environment, however many workbooks and mails it takes."""

import sqlite3
from collections.abc import Sequence
from typing import Final

from underlag.batch.inbox.mail import Mail
from underlag.regions.region import Region

#: How a mark begins that is a thread's id, or a case number.
_THREAD: Final = "mejl:"
_TICKET: Final = "ärende:"


def case_of(  # noqa: PLR0917 - what tells cases apart
    database: sqlite3.Connection, environment: str, region: Region, mail: Mail, ticket: str, now: str
) -> tuple[int, bool]:
    """Return the number of the open case that a workbook belongs to, and whether it is a new one.

    A case is told by mail thread or case number. A workbook without a mail joins the open case of its region
    and environment whose case number it does not contradict.
    """
    threads = [f"{_THREAD}{one}" for one in mail.thread]
    tickets = [f"{_TICKET}{one}" for one in dict.fromkeys(filter(None, (mail.ticket, *ticket.split(", "))))]
    marks = [*threads, *tickets]
    open_cases = _open_cases(database, environment, region.key)
    number = _by_mark(open_cases, marks)
    if number is None:
        number = next((n for n, known in open_cases.items() if _may_join(known, threads, tickets)), None)
    is_new = number is None
    if number is None:
        number = (
            database.execute(
                "INSERT INTO cases (environment, region, region_key, opened_at) VALUES (?, ?, ?, ?)",
                (environment, region.name, region.key, now),
            ).lastrowid
            or 0
        )
    database.executemany(
        "INSERT OR IGNORE INTO marks (mark, case_number) VALUES (?, ?)", [(mark, number) for mark in marks]
    )
    return number, is_new


def _open_cases(database: sqlite3.Connection, environment: str, region_key: str) -> dict[int, set[str]]:
    """Return the marks of the open cases, the latest case first."""
    found: dict[int, set[str]] = {}
    for number, mark in database.execute(
        "SELECT number, mark FROM cases LEFT JOIN marks ON case_number = number "
        "WHERE environment = ? AND region_key = ? AND closed_at = '' ORDER BY number DESC",
        (environment, region_key),
    ):
        found.setdefault(number, set()).update([mark] if mark else [])
    return found


def _by_mark(open_cases: dict[int, set[str]], marks: Sequence[str]) -> int | None:
    for mark in marks:
        for number, known in open_cases.items():
            if mark in known:
                return number
    return None


def _may_join(known: set[str], threads: Sequence[str], tickets: Sequence[str]) -> bool:
    if tickets and any(mark.startswith(_TICKET) for mark in known):
        return False
    return not (threads and any(mark.startswith(_THREAD) for mark in known))
