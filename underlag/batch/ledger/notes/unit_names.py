"""Sentences about units that the workbooks of an environment give different names."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from typing import Final, NamedTuple

from underlag.characters.cleaning import shown
from underlag.privacy.identity import shown_identity
from underlag.text.lists import MOST_NAMED, listed
from underlag.text.numbers import counted_in_notice

#: Each workbook's name of the units that have several: of ordered rows, and of duplicates that came
#: since the last report. The newest workbook that orders comes last. `{units}` limits the units.
_NAMED: Final = """
SELECT DISTINCT cases.environment, units.hsa_id, coalesce(names.name, units.name), books.number, origin,
    books.run IN (SELECT number FROM runs WHERE told_at = ''), rows.state = 'inläsning' AS orders
FROM (SELECT DISTINCT unit FROM names) AS several CROSS JOIN rows ON rows.unit = several.unit
JOIN units ON units.number = rows.unit JOIN books ON books.number = rows.book
JOIN cases ON cases.number = case_number LEFT JOIN loads ON loads.number = rows.load
LEFT JOIN names ON names.unit = rows.unit AND names.book = rows.book
WHERE {units} AND (
    (rows.state = 'inläsning' AND rows.reason != 'samma-rad' AND coalesce(loads.state, '') != 'återtagen')
    OR (rows.reason = 'dubblett' AND books.run IN (SELECT number FROM runs WHERE told_at = ''))
)
ORDER BY orders, saved, sent, books.number
"""


class _Named(NamedTuple):
    """A workbook's name of a unit, and whether the workbook is not reported yet and orders the unit."""

    name: str
    book: int
    origin: str
    is_new: int
    orders: int


class OtherName(NamedTuple):
    """A unit that a workbook names differently from another; `counts`: whether its own name is ordered."""

    unit: str
    name: str
    other: str
    other_book: int
    counts: bool


def differing_names(database: sqlite3.Connection) -> list[str]:
    """Return a Swedish sentence for each two workbooks, one not yet reported, that name units differently."""
    found: defaultdict[tuple[int, str, int, str], list[str]] = defaultdict(list)
    for hsa_id, counts, other in _pairs(database):
        found[counts.book, counts.origin, other.book, other.origin].append(
            f"{shown_identity(hsa_id)}: {shown(counts.name) or 'inget namn'} i arbetsbok {counts.book}, "
            f"{shown(other.name) or 'inget namn'} i arbetsbok {other.book}"
        )
    return [
        f"Arbetsbok {book} ({origin}) och arbetsbok {other} ({other_origin}) har olika namn på "
        f"{counted_in_notice(len(lines), 'enhet', 'enheter')}. Det som gäller i beställningen är namnen "
        f"i arbetsbok {book}. Fråga regionen om de inte stämmer. Ska de ändras görs det för hand i TAK: en "
        "adressat som finns där behåller sitt namn när den läses in igen. "
        f"{listed(lines, most=MOST_NAMED)}."
        for (book, origin, other, other_origin), lines in found.items()
    ]


def other_names(database: sqlite3.Connection, book: int) -> list[OtherName]:
    """Return the units of a workbook that it and another, one not yet reported, name differently."""
    of_book = "several.unit IN (SELECT unit FROM rows WHERE book = ?)"
    found = []
    for hsa_id, counts, other in _pairs(database, of_book, (book,)):
        if counts.book == book:
            found.append(OtherName(hsa_id, counts.name, other.name, other.book, True))
        elif other.book == book:
            found.append(OtherName(hsa_id, other.name, counts.name, counts.book, False))
    return found


def _pairs(
    database: sqlite3.Connection, condition: str = "1", values: tuple[int, ...] = ()
) -> Iterator[tuple[str, _Named, _Named]]:
    """Yield units with the name that is ordered, and another one."""
    units: defaultdict[tuple[str, str], list[_Named]] = defaultdict(list)
    for environment, hsa_id, *named in database.execute(_NAMED.format(units=condition), values):
        units[environment, hsa_id].append(_Named(*named))
    for (_, hsa_id), names in units.items():
        counts = names[-1]
        if counts.orders:
            for other in names[:-1]:
                if other.name != counts.name and (counts.is_new or other.is_new):
                    yield hsa_id, counts, other
