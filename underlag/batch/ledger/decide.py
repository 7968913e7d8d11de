"""A person's choices in conflicts: which workbook's rows count."""

import re
import sqlite3
from collections.abc import Iterable
from typing import Final, NamedTuple

from underlag.batch.ledger.events import Event, EventLog
from underlag.batch.records.ledger import ChosenView
from underlag.privacy.identity import shown_identity
from underlag.text.lists import MOST_NAMED, listed

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
    """Record a choice within the caller's transaction; return False if it was made before.

    Rows that an earlier choice left out are judged again when their workbook is chosen, unless others wait.

    Raises:
        UnusableChoiceError: the workbook has no rows that wait or that an earlier choice left out.
    """
    unit = 0
    if choice.unit:
        found = database.execute("SELECT number FROM units WHERE hsa_id = ?", (choice.unit,)).fetchone()
        if found is None:
            raise UnusableChoiceError(f"{choice.unit} finns inte i registret.")
        unit = int(found[0])
    if choice.book not in _waiting_books(database, unit) and not _wait_again(database, choice.book, unit):
        earlier = "SELECT 1 FROM decisions WHERE book = ? AND unit = ?"
        if database.execute(earlier, (choice.book, unit)).fetchone():
            return False
        raise UnusableChoiceError(_why_not(database, choice, unit))
    latest = database.execute("SELECT max(number) FROM books").fetchone()[0]
    database.execute(
        "INSERT INTO decisions (run, book, unit, latest_book) VALUES (?, ?, ?, ?)",
        (run, choice.book, unit, latest),
    )
    log.add(Event.DECIDED, book=choice.book, text=choice.unit)
    return True


def chosen(database: sqlite3.Connection, choices: Iterable[Choice] = ()) -> list[ChosenView]:
    """Return these choices and those of runs that are not reported yet, each once, in order."""
    found = set(
        database.execute(
            "SELECT book, coalesce(hsa_id, '') FROM decisions JOIN runs ON runs.number = run "
            "LEFT JOIN units ON units.number = unit WHERE told_at = ''"
        )
    ) | set(choices)
    origin = "SELECT origin FROM books WHERE number = ?"
    return sorted(
        ChosenView(book, database.execute(origin, (book,)).fetchone()[0], unit) for book, unit in found
    )


def chosen_before(choices: Iterable[Choice], now: Iterable[ChosenView]) -> list[str]:
    """Return a sentence for each choice that an earlier run recorded and that nothing waits for."""
    known = {(one.book, one.unit) for one in now}
    return [
        f"Arbetsbok {one.book} var redan vald{f' för {shown_identity(one.unit)}' if one.unit else ''}. Inget "
        "väntar på det valet."
        for one in dict.fromkeys(choices)
        if one not in known
    ]


def _waiting_books(database: sqlite3.Connection, unit: int) -> list[int]:
    """Return the workbooks with rows about an addressee that waits; about any, if `unit` is 0."""
    found = database.execute(
        "SELECT DISTINCT own.book FROM rows AS waiting JOIN rows AS own ON own.unit = waiting.unit "
        "WHERE waiting.state = 'väntar' AND (:unit = 0 OR waiting.unit = :unit) ORDER BY 1",
        {"unit": unit},
    )
    return [book for (book,) in found]


def _wait_again(database: sqlite3.Connection, book: int, unit: int) -> bool:
    """Let the rows wait that an earlier choice left out of a workbook; return False if there are none."""
    changed = database.execute(
        "UPDATE rows SET state = 'väntar' WHERE book = :book AND reason = 'bortvald' "
        "AND state = 'utelämnad' AND (:unit = 0 OR unit = :unit)",
        {"book": book, "unit": unit},
    )
    return changed.rowcount > 0


def _why_not(database: sqlite3.Connection, choice: Choice, unit: int) -> str:
    about = f" om {choice.unit}" if choice.unit else ""
    possible = [str(book) for book in _waiting_books(database, unit)]
    where = " där" if choice.unit else ""
    follows = (
        f"Välj mellan {listed(possible, most=MOST_NAMED)}."
        if possible
        else f"Ingenting väntar på ett beslut{where}."
    )
    return (
        f"Arbetsbok {choice.book} är inte med i någon konflikt{about} som väntar. {follows} Numren står "
        "under Konflikter i sammanstallning.html."
    )
