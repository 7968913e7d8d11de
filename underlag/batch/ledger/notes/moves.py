"""Moves a workbook that came into the wrong case to another one."""

import sqlite3
from datetime import datetime
from typing import Final, NamedTuple

from underlag.batch.ledger.events import Event, EventLog, user
from underlag.batch.ledger.settle import IN_LOAD, LEFT_OUT, WAITS
from underlag.batch.ledger.unit_rows import Reason
from underlag.batch.register.database import RegisterError
from underlag.batch.register.store import Register
from underlag.text.lists import listed
from underlag.text.numbers import counted

#: Rows that are left out for these reasons are judged again: in another case they may count, or others may.
_JUDGED_AGAIN: Final = (
    Reason.REPLACED.value,
    Reason.OLDER.value,
    Reason.DUPLICATE.value,
    Reason.CLOSED.value,
)


class Moved(NamedTuple):
    """What was done.

    Attributes:
        books: the workbooks that were moved: this one, and earlier readings of the same bytes.
        before: the case that they were in.
        case: the case that they are in now.
        closed: whether the earlier case has no workbook left and was closed.
        waiting: the number of rows that the next run judges again.
        in_load: the number of rows that are in a load and stay in it.
    """

    books: list[int]
    before: int
    case: int
    closed: bool
    waiting: int
    in_load: int

    @property
    def sentences(self) -> list[str]:
        """What was done, in Swedish, and what is to be done next."""
        books = listed([str(number) for number in self.books])
        one = len(self.books) == 1
        what = f"Arbetsbok {books} är flyttad" if one else f"Arbetsböckerna {books} är flyttade"
        found = [f"{what} från ärende {self.before} till ärende {self.case}."]
        if self.closed:
            found.append(f"Ärende {self.before} har ingen arbetsbok kvar och är stängt.")
        if self.in_load:
            rows = counted(
                self.in_load, "rad ligger kvar i sin inläsning", "rader ligger kvar i sina inläsningar"
            )
            found.append(f"{rows}.")
        if self.waiting:
            rows = counted(self.waiting, "rad bedöms igen", "rader bedöms igen")
            found.append(f"{rows} vid nästa körning av underlag kundservice.")
        return found


def move_book(register: Register, book: int, target: int | None, now: datetime) -> Moved:
    """Move a workbook to another case; what was in a load stays in it.

    Args:
        register: the register.
        book: the workbook's number.
        target: the case's number; None for a new one, of the same environment and region.
        now: the time of the events.

    Raises:
        RegisterError: there is no such workbook or open case, or it is of another environment.
    """
    with register.transaction() as database:
        before, books = _same_content(database, book)
        case = target or _new_case(database, before, now)
        _refuse(database, book, before, case)
        log = EventLog(database, now, user())
        if not target:
            log.add(Event.OPENED, case=case)
        for number in books:
            database.execute("UPDATE books SET case_number = ? WHERE number = ?", (case, number))
            log.add(Event.MOVED, case=before, book=number, text=f"till ärende {case}")
            log.add(Event.MOVED, case=case, book=number, text=f"från ärende {before}")
        closed = _close_if_empty(database, log, before, case, now)
        waiting = _judge_again(database, books)
        (in_load,) = database.execute(
            f"SELECT count(*) FROM rows WHERE state = ? AND book IN ({_marks(books)})",  # noqa: S608 - marks alone
            (IN_LOAD, *books),
        ).fetchone()
    return Moved(books, before, case, closed, waiting, in_load)


def _same_content(database: sqlite3.Connection, book: int) -> tuple[int, list[int]]:
    """Return the case of a workbook, and the workbooks of the same bytes in it."""
    found = database.execute("SELECT case_number, sha256 FROM books WHERE number = ?", (book,)).fetchone()
    if found is None:
        raise RegisterError(
            f"Det finns ingen arbetsbok {book}. Numren står i sammanstallning.html och visas av register sok."
        )
    same = database.execute(
        "SELECT number FROM books WHERE case_number = ? AND sha256 = ? ORDER BY number", found
    )
    return int(found[0]), [number for (number,) in same]


def _new_case(database: sqlite3.Connection, like: int, now: datetime) -> int:
    added = database.execute(
        "INSERT INTO cases (environment, region, region_key, opened_at) "
        "SELECT environment, region, region_key, ? FROM cases WHERE number = ?",
        (now.isoformat(), like),
    )
    return added.lastrowid or 0


def _refuse(database: sqlite3.Connection, book: int, before: int, case: int) -> None:
    if case == before:
        raise RegisterError(f"Arbetsbok {book} hör redan till ärende {case}.")
    known = {
        number: (environment, closed)
        for number, environment, closed in database.execute(
            "SELECT number, environment, closed_at FROM cases WHERE number IN (?, ?)", (before, case)
        )
    }
    if case not in known:
        raise RegisterError(
            f"Det finns inget ärende {case}. Numren står under Öppna ärenden i sammanstallning.html."
        )
    environment, closed = known[case]
    if closed:
        raise RegisterError(
            f"Ärende {case} är stängt. Öppna det först med underlag register oppna, och flytta sedan."
        )
    if environment != known[before][0]:
        kinds = listed(
            [f"ärende {number} gäller {known[number][0] or 'okänd miljö'}" for number in (before, case)]
        )
        raise RegisterError(f"Arbetsbok {book} kan inte flyttas till en annan miljö: {kinds}.")


def _close_if_empty(
    database: sqlite3.Connection, log: EventLog, before: int, case: int, now: datetime
) -> bool:
    """Close an open case without workbooks; mails of its threads belong to the other case from now on."""
    if database.execute("SELECT 1 FROM books WHERE case_number = ?", (before,)).fetchone():
        return False
    database.execute(
        "INSERT OR IGNORE INTO marks (mark, case_number) SELECT mark, ? FROM marks WHERE case_number = ?",
        (case, before),
    )
    changed = database.execute(
        "UPDATE cases SET closed_at = ? WHERE number = ? AND closed_at = ''", (now.isoformat(), before)
    )
    if not changed.rowcount:
        return False
    log.add(Event.CLOSED, case=before, text="ingen arbetsbok är kvar i det")
    return True


def _judge_again(database: sqlite3.Connection, books: list[int]) -> int:
    """Let the rows wait that were left out because of the case: theirs, and others due to them."""
    own, reasons = _marks(books), ", ".join("?" * len(_JUDGED_AGAIN))
    changed = database.execute(
        f"UPDATE rows SET state = ?, reason = '', other = 0 WHERE state = ? AND reason IN ({reasons}) "  # noqa: S608 - marks alone
        f"AND (book IN ({own}) OR other IN (SELECT number FROM rows WHERE book IN ({own})))",
        (WAITS, LEFT_OUT, *_JUDGED_AGAIN, *books, *books),
    )
    return changed.rowcount


def _marks(books: list[int]) -> str:
    return ", ".join("?" * len(books))
