"""States in sentences what a workbook's units are in other workbooks of the ledger, for its sender."""

import sqlite3
from collections import defaultdict
from typing import Final, NamedTuple

from underlag.batch.ledger.notes.absent_units import absent_units
from underlag.batch.ledger.notes.unit_names import other_names
from underlag.batch.register.arrivals import came_at
from underlag.characters.cleaning import shown
from underlag.documents.mails.progress import Statement
from underlag.privacy.identity import shown_identity, without_private
from underlag.text.numbers import counted

#: Whose a workbook is.
_WHOSE: Final = (
    "SELECT region_key, region, name FROM books JOIN cases ON cases.number = case_number "
    "WHERE books.number = ?"
)


class Book(NamedTuple):
    """A workbook of the ledger, its file's name, its region and when it came."""

    number: int
    name: str
    region_key: str
    came: str

    def named(self, name: str, came: str) -> str:
        """Return another workbook of the same region as words, with its day; of two of a day the time."""
        day, _, time = came.partition(" ")
        if name != self.name:
            return f"underlaget {shown(without_private(name))}, som kom {day}"
        is_same_day = self.came.startswith(day) and self.came != came
        return f"ett annat underlag med samma namn, som kom {day}{f' kl. {time}' if is_same_day else ''}"


def statements_on_units(database: sqlite3.Connection, book: Book) -> tuple[Statement, ...]:
    """Return sentences on units that another workbook names differently, and on those that are absent."""
    return (*_names(database, book), *_absent(database, book))


def _absent(database: sqlite3.Connection, book: Book) -> list[Statement]:
    """Return a sentence for each earlier workbook of the case that this one repeats without some units."""
    found = []
    for one in absent_units(database, book.number):
        it, ordered = ("De", "beställda") if len(one.units) > 1 else ("Den", "beställd")
        lines = [f"{shown_identity(unit)} {shown(without_private(name))}".strip() for unit, name in one.units]
        whose = book.named(one.earlier.name, came_at(one.earlier.received, one.earlier.sent))
        text = (
            f"{counted(len(lines), 'enhet', 'enheter')} i {whose}, finns inte här. {it} är fortfarande "
            f"{ordered}. Svara på det här mejlet om {it.lower()} inte ska anslutas."
        )
        found.append(Statement.listing(text, lines))
    return found


def _names(database: sqlite3.Connection, book: Book) -> list[Statement]:
    """Return sentences on units that another workbook names differently."""
    found: defaultdict[tuple[str, bool, bool], list[str]] = defaultdict(list)
    for one in other_names(database, book.number):
        key, region, file = database.execute(_WHOSE, (one.other_book,)).fetchone()
        here, there = (shown(without_private(text)) or "inget namn" for text in (one.name, one.other))
        if key == book.region_key:
            same = "ett annat underlag med samma namn"
            whose = same if file == book.name else f"underlaget {shown(without_private(file))}"
            line = f"{here} här, {there} där"
        else:
            whose, line = f"ett underlag från {shown(region) or 'någon annan'}", f"{here} här"
        found[whose, one.counts, one.is_loaded].append(f"{shown_identity(one.unit)}: {line}")
    return [
        Statement.listing(
            f"{counted(len(lines), 'enhet har ett annat namn', 'enheter har andra namn')} i {whose}. "
            f"{_which_name(counts=counts, is_loaded=is_loaded, several=len(lines) > 1)}",
            lines,
        )
        for (whose, counts, is_loaded), lines in found.items()
    ]


def _which_name(*, counts: bool, is_loaded: bool, several: bool) -> str:
    """Return which of two names the TAK gets or has: this workbook's, or that of the other."""
    name = "namnen" if several else "namnet"
    loaded = "redan är inlästa" if several else "redan är inläst"
    state = f"{loaded}, och TAK byter inte namn på en enhet" if is_loaded else "läses in"
    if counts:
        return f"Det är {name} här som {state}. Svara på det här mejlet om det inte stämmer."
    return f"Det är {name} där som {state}. Svara på det här mejlet om det ska vara {name} här."
