"""A person's choices in conflicts: which workbook's rows count."""

import re
import sqlite3
from typing import Final, NamedTuple

from underlag.batch.ledger.events import Event, EventLog

_CHOICE: Final = re.compile(r"(?:(?P<unit>[^=]+)=)?\s*(?P<book>[0-9]{1,9})")


class UnusableChoiceError(Exception):
    """A choice that means nothing. The message is Swedish, for the user."""


class Choice(NamedTuple):
    """A workbook's number, and the addressee that it is about; '' for every one where it waits."""

    book: int
    unit: str


def parse_choice(text: str) -> Choice:
    """Parse 'ARBETSBOK' or 'HSA-ID=ARBETSBOK'.

    Raises:
        UnusableChoiceError: it is of another form.
    """
    found = _CHOICE.fullmatch(text.strip())
    if found is None:
        raise UnusableChoiceError(
            f"{text} går inte att förstå. Skriv arbetsbokens nummer ur sammanställningen, t.ex. --valj "
            "12, eller "
            "en enhet och numret, t.ex. --valj SE2321000016-1003=12."
        )
    return Choice(int(found["book"]), (found["unit"] or "").strip().upper())


def choose(database: sqlite3.Connection, run: int, log: EventLog, choice: Choice) -> bool:
    """Write a choice down within the caller's transaction; return False where it was made before.

    Raises:
        UnusableChoiceError: nothing waits that the workbook says something about.
    """
    unit = 0
    if choice.unit:
        found = database.execute("SELECT number FROM units WHERE hsa_id = ?", (choice.unit,)).fetchone()
        if found is None:
            raise UnusableChoiceError(f"{choice.unit} finns inte i registret.")
        unit = int(found[0])
    if not _is_concerned(database, choice.book, unit):
        earlier = "SELECT 1 FROM decisions WHERE book = ? AND unit = ?"
        if database.execute(earlier, (choice.book, unit)).fetchone():
            return False
        about = f" om {choice.unit}" if choice.unit else ""
        raise UnusableChoiceError(
            f"Arbetsbok {choice.book} är inte med i någon konflikt{about} som väntar. Numren står under "
            "Konflikter i "
            "sammanstallning.html."
        )
    latest = database.execute("SELECT max(number) FROM books").fetchone()[0]
    database.execute(
        "INSERT INTO decisions (run, book, unit, latest_book) VALUES (?, ?, ?, ?)",
        (run, choice.book, unit, latest),
    )
    log.add(Event.DECIDED, book=choice.book, text=choice.unit)
    return True


def _is_concerned(database: sqlite3.Connection, book: int, unit: int) -> bool:
    """Whether a workbook states something about an addressee that waits."""
    found = database.execute(
        "SELECT 1 FROM rows AS waiting JOIN rows AS own ON own.unit = waiting.unit "
        "WHERE waiting.state = 'väntar' AND own.book = :book AND (:unit = 0 OR waiting.unit = :unit) LIMIT 1",
        {"book": book, "unit": unit},
    )
    return found.fetchone() is not None
