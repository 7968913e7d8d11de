"""Notes about cases: one is closed or opened again, or its region has got a reply."""

import sqlite3
from datetime import datetime
from typing import Final

from underlag.batch.ledger.cases import TICKET
from underlag.batch.ledger.events import Event, EventLog, user
from underlag.batch.ledger.notes.stops import stops
from underlag.batch.ledger.settle import LEFT_OUT, MADE, WAITS
from underlag.batch.ledger.unit_rows import Reason
from underlag.batch.records.ledger import Stop
from underlag.batch.register.database import RegisterError
from underlag.batch.register.store import Register
from underlag.text.lists import listed
from underlag.text.numbers import counted
from underlag.values.case_number import clean_case_number

#: Digits of the number of a case.
_MOST_DIGITS: Final = 9


def close_case(register: Register, number: int, now: datetime) -> int:
    """Close a case; return how many of its rows waited and are left out now.

    Raises:
        RegisterError: there is no such open case.
    """
    with register.transaction() as database:
        if not _is_open(database, number):
            raise RegisterError(f"Ärende {number} är redan stängt.")
        waiting = _move_rows(database, number, (WAITS, ""), (LEFT_OUT, Reason.CLOSED.value))
        database.execute("UPDATE cases SET closed_at = ? WHERE number = ?", (now.isoformat(), number))
        text = counted(waiting, "väntande rad utelämnad", "väntande rader utelämnade") if waiting else ""
        EventLog(database, now, user()).add(Event.CLOSED, case=number, text=text)
    return waiting


def loads_ahead(register: Register, number: int) -> list[str]:
    """Return the loads with rows of a case that are not noted as loaded: closing it leaves them there."""
    found = register.query(
        "SELECT DISTINCT loads.number FROM loads JOIN rows ON rows.load = loads.number "
        "JOIN books ON books.number = rows.book WHERE case_number = ? AND loads.state = ? ORDER BY 1",
        (number, MADE),
    )
    return [f"{load:04d}" for (load,) in found]


def reopen_case(register: Register, number: int, now: datetime) -> int:
    """Open a closed case again; return how many of its rows wait again.

    Raises:
        RegisterError: there is no such closed case.
    """
    with register.transaction() as database:
        if _is_open(database, number):
            raise RegisterError(f"Ärende {number} är redan öppet.")
        waiting = _move_rows(database, number, (LEFT_OUT, Reason.CLOSED.value), (WAITS, ""))
        database.execute("UPDATE cases SET closed_at = '' WHERE number = ?", (number,))
        EventLog(database, now, user()).add(Event.REOPENED, case=number)
    return waiting


def note_reply(register: Register, number: int, now: datetime) -> list[Stop]:
    """Note that the region of a case has got its reply; return what its mails said against loads until now.

    Raises:
        RegisterError: there is no such case.
    """
    with register.transaction() as database:
        _is_open(database, number)
        ended = [stop for stop in stops(database) if stop.case == number]
        EventLog(database, now, user()).add(Event.REPLIED, case=number)
    return ended


def case_named(register: Register, text: str) -> int:
    """Return the number of a case, given by it or by a case number; of several with that the only open one.

    Raises:
        RegisterError: no case has it, or several.
    """
    plain = text.strip()
    if plain.isascii() and plain.isdecimal() and len(plain) <= _MOST_DIGITS:
        return int(plain)
    wanted = clean_case_number(plain).text
    found = dict(
        register.query(
            "SELECT number, closed_at FROM marks JOIN cases ON number = case_number WHERE mark = ? "
            "UNION SELECT cases.number, closed_at FROM books JOIN cases ON cases.number = case_number "
            "WHERE ticket = ?",
            (f"{TICKET}{wanted}", wanted),
        )
    )
    numbers = [number for number, closed in found.items() if not closed] or list(found)
    if len(numbers) == 1:
        return int(numbers[0])
    if not numbers:
        raise RegisterError(
            f"Det finns inget ärende {text}. Ange numret under Öppna ärenden i sammanstallning.html, eller "
            "ärendenumret."
        )
    raise RegisterError(
        f"Flera ärenden har {wanted}: {listed([str(one) for one in sorted(numbers)])}. Ange ett av dem."
    )


def _is_open(database: sqlite3.Connection, number: int) -> bool:
    found = database.execute("SELECT closed_at FROM cases WHERE number = ?", (number,)).fetchone()
    if found is None:
        raise RegisterError(
            f"Det finns inget ärende {number}. Numren står under Öppna ärenden i sammanstallning.html."
        )
    return not found[0]


def _move_rows(
    database: sqlite3.Connection, case: int, before: tuple[str, str], after: tuple[str, str]
) -> int:
    """Give the rows of a case in one state another; return their number. Reason '' matches any."""
    state, reason = before
    return database.execute(
        "UPDATE rows SET state = ?, reason = ? WHERE state = ? AND (reason = ? OR ? = '') "
        "AND book IN (SELECT number FROM books WHERE case_number = ?)",
        (*after, state, reason, reason, case),
    ).rowcount
