"""Cases: a request of one region for one environment, however many workbooks and mails it takes."""

import sqlite3
from collections.abc import Sequence
from typing import Final, NamedTuple

from underlag.batch.inbox.mail import Mail
from underlag.batch.ledger.events import Event, EventLog
from underlag.lazy_pattern import LazyPattern
from underlag.regions.region import Region

#: How a mark begins that is a thread's id, or a case number.
_THREAD: Final = "mejl:"
TICKET: Final = "ärende:"
#: The time at the end of a description of a mail.
_ENDS_WITH_TIME: Final = LazyPattern(r" \d{4}-\d\d-\d\dT[\d:]+Z$").search


class Request(NamedTuple):
    """What identifies a workbook's case: environment, region, mail, stated case numbers and bytes."""

    environment: str
    region: Region
    mail: Mail
    tickets: str
    sha256: str

    @property
    def threads(self) -> list[str]:
        """The marks of its mail thread."""
        return _thread_marks(self.mail)

    @property
    def ticket_marks(self) -> list[str]:
        """The marks of its case numbers, the mail's first."""
        stated = filter(None, (self.mail.ticket, *self.tickets.split(", ")))
        return [f"{TICKET}{one}" for one in dict.fromkeys(stated)]


def case_of(database: sqlite3.Connection, request: Request, now: str) -> tuple[int, bool]:
    """Return the number of the case that a workbook belongs to, and whether it is a new one.

    The same bytes stay in their case, also in one that they were moved to. Otherwise the mail thread or the
    case number decides among the open cases of the region and environment. A workbook with neither joins the
    latest of them whose case number it does not contradict; one of an unknown region joins none. A case
    number stays that of the case that had it first, also when a mail in another case's thread states it.
    """
    marks = [*request.threads, *request.ticket_marks]
    open_cases = _open_cases(database, request.environment, request.region.key)
    number = _by_content(database, request) or _by_mark(open_cases, marks)
    if number is None and request.region.key:
        number = next((n for n, known in open_cases.items() if _may_join(known, request)), None)
    is_new = number is None
    if number is None:
        number = (
            database.execute(
                "INSERT INTO cases (environment, region, region_key, opened_at) VALUES (?, ?, ?, ?)",
                (request.environment, request.region.name, request.region.key, now),
            ).lastrowid
            or 0
        )
    taken = {mark for other, known in open_cases.items() if other != number for mark in known}
    database.executemany(
        "INSERT OR IGNORE INTO marks (mark, case_number) VALUES (?, ?)",
        [(mark, number) for mark in marks if mark not in taken],
    )
    return number, is_new


def cases_of_mail(database: sqlite3.Connection, mail: Mail) -> list[int]:
    """Return the cases that a mail without a workbook belongs to, by its thread or else its case number.

    Closed ones are returned only where none is open.
    """
    ticket = [f"{TICKET}{mail.ticket}"] if mail.ticket else []
    for marks in (_thread_marks(mail), ticket):
        found = {
            number: closed
            for mark in marks
            for number, closed in database.execute(
                "SELECT number, closed_at FROM marks JOIN cases ON number = case_number WHERE mark = ?",
                (mark,),
            )
        }
        if found:
            return sorted(number for number, closed in found.items() if not closed) or sorted(found)
    return []


def record_message(database: sqlite3.Connection, log: EventLog, mail: Mail) -> None:
    """Record a mail as an event of each case that it belongs to, once, within the caller's transaction."""
    text = described(mail)
    for case in cases_of_mail(database, mail):
        known = database.execute(
            "SELECT 1 FROM events WHERE case_number = ? AND kind = ? AND text = ?",
            (case, Event.MESSAGE, text),
        ).fetchone()
        if not known:
            log.add(Event.MESSAGE, case=case, text=text)


def described(mail: Mail) -> str:
    """Return what identifies a mail for a person: its subject, sender and time."""
    sent = f" {mail.sent}" if mail.sent else ""
    return f"”{mail.subject}” från {mail.sender or 'okänd avsändare'}{sent}"


def was_sent(description: str, moment: str) -> bool:
    """Whether a mail that `described` describes was sent at a time, '' where that is unknown."""
    return description.endswith(f" {moment}") if moment else not _ENDS_WITH_TIME(description)


def cases_marks(database: sqlite3.Connection, case: int) -> list[str]:
    """Return the thread ids and case numbers of a case, as mails have them."""
    found = database.execute("SELECT mark FROM marks WHERE case_number = ? ORDER BY mark", (case,))
    return [mark.partition(":")[2] for (mark,) in found]


def _thread_marks(mail: Mail) -> list[str]:
    return [f"{_THREAD}{one}" for one in mail.thread]


def _by_content(database: sqlite3.Connection, request: Request) -> int | None:
    found = database.execute(
        "SELECT cases.number FROM books JOIN cases ON cases.number = case_number "
        "WHERE sha256 = ? AND environment = ? AND (region_key = ? OR EXISTS "
        "(SELECT 1 FROM events WHERE case_number = cases.number AND kind = ? AND book = books.number)) "
        "ORDER BY books.number DESC",
        (request.sha256, request.environment, request.region.key, Event.MOVED.value),
    ).fetchone()
    return int(found[0]) if found else None


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


def _may_join(known: set[str], request: Request) -> bool:
    """Whether a case has neither a case number nor a thread where the workbook states another."""
    if request.ticket_marks and any(mark.startswith(TICKET) for mark in known):
        return False
    return not (request.threads and any(mark.startswith(_THREAD) for mark in known))
