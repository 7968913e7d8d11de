"""What happened, with time and who: only ever added to."""

import getpass
import sqlite3
from datetime import date, datetime
from enum import StrEnum
from typing import Final

from underlag.lazy_pattern import LazyPattern

#: The note of a follow-up. Registers of earlier versions have notes without the day.
_OUTCOME: Final = LazyPattern(r"\d+ av \d+ som beställt, TAK (?P<day>\d{4}-\d\d-\d\d)").fullmatch
#: The note of a load that was loaded and whose undo did not bring back what the load had replaced.
NOT_RESTORED: Final = "det som ersattes är inte återställt"
#: The loads that were taken back with this note. It is in the latest event that takes them back, and SQLite
#: returns the text of the row that has the maximum.
NOT_RESTORING: Final = (
    "SELECT load FROM (SELECT load, text, max(number) FROM events WHERE load > 0 AND kind = 'återtagen' "
    "GROUP BY load) AS latest JOIN loads ON loads.number = load WHERE state = 'återtagen' AND text != ''"
)


class Event(StrEnum):
    """The kinds of events; the register holds these words."""

    OPENED = "öppnad"
    CARRIED_OVER = "övertagen"
    RECEIVED = "mottagen"
    REFUSED = "avvisad"
    MESSAGE = "mejl"
    CHECKED = "granskad"
    DRAFTED = "svarsutkast"
    REPLIED = "svarad"
    REPLACED = "ersatt"
    DECIDED = "vald"
    LOAD_MADE = "inläsning gjord"
    LOADED = "inläst"
    NOT_LOADED = "inte inläst"
    TAKEN_BACK = "återtagen"
    VERIFIED = "verifierad"
    FOLLOWED_UP = "uppföljd"
    NOT_LIVE = "ej i drift"
    CLOSED = "stängd"
    REOPENED = "öppnad igen"
    MOVED = "flyttad"


def user() -> str:
    """Return the login name of the user, '' if the system does not have one."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""


class EventLog:
    """Adds events of one moment and one person within the caller's transaction."""

    def __init__(self, database: sqlite3.Connection, now: datetime, who: str) -> None:
        self._database = database
        self._at = now.isoformat()
        self._who = who

    def add(
        self, kind: Event, *, case: int = 0, book: int = 0, load: int = 0, row: int = 0, text: str = ""
    ) -> None:
        """Add an event about a case, workbook, load or row."""
        self._database.execute(
            "INSERT INTO events (at, who, kind, case_number, book, load, row, text) VALUES (?, ?, ?, ?, "
            "?, ?, ?, ?)",
            (self._at, self._who, kind.value, case, book, load, row, text),
        )


def outcome(right: int, rows: int, tak: date) -> str:
    """Return the note of a follow-up: how many rows were as ordered, in the TAK of which day."""
    return f"{right} av {rows} som beställt, TAK {tak.isoformat()}"


def tak_day(text: str) -> str:
    """Return the day of the TAK in the note of a follow-up, '' if the note names none."""
    noted = _OUTCOME(text)
    return noted["day"] if noted else ""
