"""Units that a later workbook of a case no longer has, though it repeats most of an earlier one.

A workbook changes only the rows that it has, so those units stay ordered.
"""

import sqlite3
from collections.abc import Iterator
from typing import Final, NamedTuple

from underlag.characters.cleaning import shown
from underlag.privacy.identity import shown_identity
from underlag.text.lists import MOST_NAMED, listed
from underlag.text.numbers import counted_in_notice

#: A workbook replaces an earlier one, rather than supplements it, if it has at least this share of its units.
_REPEATED: Final = 0.5

#: The units that workbooks add.
_ADDED: Final = "JOIN heads ON heads.number = rows.head AND heads.action = 'add' AND heads.kind = 'producer'"
#: The earlier workbooks of a workbook's case, each with the number of units that both add. Most have none:
#: a case may have hundreds of workbooks, each with units of its own.
_EARLIER: Final = f"""
SELECT books.number, books.name, books.origin, books.received_at, books.sent, count(DISTINCT rows.unit)
FROM (SELECT DISTINCT unit FROM rows {_ADDED} WHERE book = :book) AS own
CROSS JOIN rows ON rows.unit = own.unit JOIN books ON books.number = rows.book {_ADDED}
WHERE case_number = :case AND books.number < :book AND NOT (books.sent > :sent AND :sent != '')
GROUP BY books.number ORDER BY books.number
"""  # noqa: S608 - our own words
#: The units that a workbook adds, and whether they are ordered or wait.
_UNITS: Final = f"""
SELECT units.hsa_id, coalesce(names.name, units.name),
    max(rows.state IN ('inläsning', 'väntar') AND rows.other = 0 AND coalesce(loads.state, '') != 'återtagen')
FROM rows JOIN units ON units.number = rows.unit {_ADDED}
LEFT JOIN names ON names.unit = rows.unit AND names.book = rows.book
LEFT JOIN loads ON loads.number = rows.load
WHERE rows.book = ? GROUP BY 1
"""  # noqa: S608 - our own words


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
    asked = database.execute(
        f"SELECT number, case_number, origin, sent FROM books AS later WHERE {books} AND EXISTS ("  # noqa: S608 - our own words
        "SELECT 1 FROM books WHERE case_number = later.case_number AND number < later.number) ORDER BY 1"
    )
    return [absent for facts in asked.fetchall() for absent in _absent_in(database, *facts)]


def _absent_in(
    database: sqlite3.Connection, number: int, case: int, origin: str, sent: str
) -> Iterator[Absent]:
    own: set[str] | None = None
    about = {"book": number, "case": case, "sent": sent}
    for *facts, repeated in database.execute(_EARLIER, about).fetchall():
        earlier = EarlierBook(*facts)
        units = database.execute(_UNITS, (earlier.number,)).fetchall()
        if repeated < _REPEATED * len(units):
            continue
        if own is None:
            own = {unit for unit, *_ in database.execute(_UNITS, (number,))}
        absent = [(unit, name) for unit, name, is_ordered in units if is_ordered and unit not in own]
        if absent:
            yield Absent(number, origin, earlier, absent, repeated)


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
