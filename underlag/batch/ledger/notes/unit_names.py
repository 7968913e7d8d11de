"""Sentences about units that the workbooks of an environment give different names.

A TAK keeps the name of the load that is loaded first; later loads do not change it.
"""

import sqlite3
from collections import defaultdict
from collections.abc import Iterator
from typing import Final, NamedTuple

from underlag.batch.ledger.settle import BEFORE_LOADS
from underlag.characters.cleaning import shown
from underlag.privacy.identity import shown_identity
from underlag.text.lists import MOST_NAMED, listed
from underlag.text.numbers import counted_in_notice

#: Each workbook's name of the units that have several: of ordered rows, and of duplicates that came
#: since the last report. Those in TAK come first, by load, the newest workbook of a load last. A load
#: that was loaded and then taken back leaves its addressees in TAK. An order to remove names nothing.
#: `{units}` limits the units.
_NAMED: Final = """
WITH taken (load) AS (
    SELECT load FROM events JOIN loads ON loads.number = load
    WHERE state = 'återtagen' AND load > 0
    GROUP BY load HAVING max(events.number * (kind = 'inläst')) > max(events.number * (kind = 'inte inläst'))
)
SELECT DISTINCT cases.environment, units.hsa_id, coalesce(names.name, units.name), books.number, origin,
    books.run IN (SELECT number FROM runs WHERE told_at = ''), rows.load,
    rows.load = {before} OR coalesce(loads.state, '') = 'inläst' OR rows.load IN taken AS in_tak
FROM (SELECT DISTINCT unit FROM names) AS several CROSS JOIN rows ON rows.unit = several.unit
JOIN units ON units.number = rows.unit JOIN books ON books.number = rows.book
JOIN heads ON heads.number = rows.head AND heads.action = 'add'
JOIN cases ON cases.number = case_number LEFT JOIN loads ON loads.number = rows.load
LEFT JOIN names ON names.unit = rows.unit AND names.book = rows.book
WHERE {units} AND (
    (
        rows.state = 'inläsning' AND rows.reason != 'samma-rad'
        AND (coalesce(loads.state, '') != 'återtagen' OR rows.load IN taken)
    )
    OR (rows.reason = 'dubblett' AND books.run IN (SELECT number FROM runs WHERE told_at = ''))
)
ORDER BY in_tak DESC, rows.load, saved, sent, books.number
"""


class _Named(NamedTuple):
    """A workbook's name of a unit, in a load (0: none); and whether the workbook is not reported yet."""

    name: str
    book: int
    origin: str
    is_new: int
    load: int
    in_tak: int


class OtherName(NamedTuple):
    """A unit that a workbook names differently from another.

    Attributes:
        unit: its HSA-ID.
        name: the workbook's own name for it.
        other: the other's.
        other_book: the number of the other workbook.
        counts: whether the workbook's own name is the one in TAK, or the one to be loaded first.
        is_loaded: whether the name that counts is in TAK already.
    """

    unit: str
    name: str
    other: str
    other_book: int
    counts: bool
    is_loaded: bool


def differing_names(database: sqlite3.Connection) -> list[str]:
    """Return Swedish sentences for each two workbooks, one not yet reported, that name units differently."""
    found: defaultdict[tuple[_Named, _Named], list[str]] = defaultdict(list)
    for hsa_id, counts, other in _pairs(database):
        found[counts._replace(name=""), other._replace(name="", load=0, in_tak=0)].append(
            f"{shown_identity(hsa_id)}: {shown(counts.name) or 'inget namn'} i arbetsbok {counts.book}, "
            f"{shown(other.name) or 'inget namn'} i arbetsbok {other.book}"
        )
    return [
        f"Arbetsbok {counts.book} ({counts.origin}) och arbetsbok {other.book} ({other.origin}) har olika "
        f"namn på {counted_in_notice(len(lines), 'enhet', 'enheter')}. "
        f"{_what_counts(counts, other.book, several=len(lines) > 1)} "
        f"{listed(lines, most=MOST_NAMED)}."
        for (counts, other), lines in found.items()
    ]


def _what_counts(counts: _Named, other_book: int, *, several: bool) -> str:
    """Return which name a TAK gets or has, and what to do when it is not the right one."""
    name, it = ("namnen", "dem") if several else ("namnet", "det")
    stated = f"{name.capitalize()} i arbetsbok {counts.book} är"
    mend = f"Är det i stället {name} i arbetsbok {other_book} som stämmer, ändra {it} för hand i TAK"
    if counts.load == BEFORE_LOADS:
        ordered = "beställda" if several else "beställt"
        return f"{stated} {ordered} sedan tidigare, och TAK behåller {it}. {mend}."
    load = f"{counts.load:04d}"
    if counts.in_tak:
        return f"{stated} {'inlästa' if several else 'inläst'} med {load}, och TAK behåller {it}. {mend}."
    return (
        f"{stated} med i inläsning {load}, och TAK behåller det namn som läses in först. "
        f"{mend} när {load} är inläst."
    )


def other_names(database: sqlite3.Connection, book: int) -> list[OtherName]:
    """Return the units of a workbook that it and another, one not yet reported, name differently."""
    of_book = "several.unit IN (SELECT unit FROM rows WHERE book = ?)"
    found = []
    for hsa_id, counts, other in _pairs(database, of_book, (book,)):
        is_loaded = bool(counts.in_tak)
        if counts.book == book:
            found.append(OtherName(hsa_id, counts.name, other.name, other.book, True, is_loaded))
        elif other.book == book:
            found.append(OtherName(hsa_id, other.name, counts.name, counts.book, False, is_loaded))
    return found


def _pairs(
    database: sqlite3.Connection, condition: str = "1", values: tuple[int, ...] = ()
) -> Iterator[tuple[str, _Named, _Named]]:
    """Yield units with the name that is in TAK or is loaded first, and another one."""
    units: defaultdict[tuple[str, str], list[_Named]] = defaultdict(list)
    query = _NAMED.format(units=condition, before=BEFORE_LOADS)
    for environment, hsa_id, *named in database.execute(query, values):
        units[environment, hsa_id].append(_Named(*named))
    for (_, hsa_id), names in units.items():
        ordered = [one for one in names if one.load]
        if not ordered:
            continue
        counts = next(one for one in reversed(ordered) if one.load == ordered[0].load)
        others = {one.book: one for one in names if one.book != counts.book and one.name != counts.name}
        for other in others.values():
            if counts.is_new or other.is_new:
                yield hsa_id, counts, other
