"""Units that a later workbook of a case no longer has, though it repeats most of an earlier one.

A workbook changes only the rows that it has, so those units stay ordered.
"""

import sqlite3
from collections import defaultdict
from typing import Final, NamedTuple

from underlag.characters.cleaning import shown
from underlag.privacy.identity import shown_identity
from underlag.text.lists import MOST_NAMED, listed
from underlag.text.numbers import counted_in_notice

#: A workbook replaces an earlier one, rather than supplements it, if it has at least this share of its units.
_REPEATED: Final = 0.5

#: The cases with several workbooks, of which `{books}` is one.
_CASES: Final = """
SELECT case_number FROM books WHERE case_number IN (SELECT case_number FROM books WHERE {books})
GROUP BY case_number HAVING count(*) > 1
"""
_BOOKS: Final = """
SELECT number, name, origin, received_at, sent, {books} FROM books WHERE case_number = ? ORDER BY number
"""
#: The units that the workbooks of a case add, and whether they are ordered or wait.
_UNITS: Final = """
SELECT rows.book, units.hsa_id, coalesce(names.name, units.name),
    max(rows.state IN ('inläsning', 'väntar') AND rows.other = 0 AND coalesce(loads.state, '') != 'återtagen')
FROM books JOIN rows ON rows.book = books.number JOIN units ON units.number = rows.unit
JOIN heads ON heads.number = rows.head AND heads.action = 'add' AND heads.kind = 'producer'
LEFT JOIN names ON names.unit = rows.unit AND names.book = rows.book
LEFT JOIN loads ON loads.number = rows.load
WHERE case_number = ? GROUP BY 1, 2
"""


class EarlierBook(NamedTuple):
    """A workbook of the ledger: `received` is when it came, `sent` when its mail was sent ('' without)."""

    number: int
    name: str
    origin: str
    received: str
    sent: str


class Absent(NamedTuple):
    """Units of an earlier workbook that a later one does not have.

    Attributes:
        book, origin: the later workbook.
        earlier: the earlier one.
        units: HSA-ID and name of the units that are absent and still ordered.
        repeated: how many units both have.
    """

    book: int
    origin: str
    earlier: EarlierBook
    units: list[tuple[str, str]]
    repeated: int


def absent_units(database: sqlite3.Connection, book: int | None = None) -> list[Absent]:
    """Return the units that a workbook no longer has: that one, or each that is not reported yet."""
    books = f"number = {book}" if book else "run IN (SELECT number FROM runs WHERE told_at = '')"
    found = []
    for (case,) in database.execute(_CASES.format(books=books)).fetchall():
        found += _absent_in(database, case, books)
    return found


def _absent_in(database: sqlite3.Connection, case: int, books: str) -> list[Absent]:
    ordered: defaultdict[int, dict[str, str]] = defaultdict(dict)
    stated: defaultdict[int, set[str]] = defaultdict(set)
    for number, unit, name, is_ordered in database.execute(_UNITS, (case,)):
        stated[number].add(unit)
        if is_ordered:
            ordered[number][unit] = name
    earlier: list[EarlierBook] = []
    found = []
    for *facts, is_asked in database.execute(_BOOKS.format(books=books), (case,)):
        one = EarlierBook(*facts)
        if is_asked:
            for other in earlier:
                if one.sent and other.sent and one.sent < other.sent:
                    continue
                repeated = len(stated[one.number] & stated[other.number])
                units = [item for item in ordered[other.number].items() if item[0] not in stated[one.number]]
                if units and repeated and repeated >= _REPEATED * len(stated[other.number]):
                    found.append(Absent(one.number, one.origin, other, units, repeated))
        earlier.append(one)
    return found


def absent_sentences(database: sqlite3.Connection) -> list[str]:
    """Return a Swedish sentence for each workbook, not yet reported, that no longer has some units."""
    return [_sentence(one) for one in absent_units(database)]


def _sentence(absent: Absent) -> str:
    earlier, count = absent.earlier, len(absent.units)
    units = [f"{shown_identity(unit)} {shown(name)}".strip() for unit, name in absent.units]
    return (
        f"Arbetsbok {absent.book} ({absent.origin}) upprepar "
        f"{counted_in_notice(absent.repeated, 'enhet', 'enheter')} i arbetsbok {earlier.number} "
        f"({earlier.origin}), men {counted_in_notice(count, 'enhet', 'enheter')} finns bara i den tidigare "
        f"och är fortfarande {'beställd' if count == 1 else 'beställda'}: en ny arbetsbok ändrar bara de "
        f"rader som står i den. Fråga regionen om {'den' if count == 1 else 'de'} ska tas bort. "
        f"{listed(units, most=MOST_NAMED)}."
    )
