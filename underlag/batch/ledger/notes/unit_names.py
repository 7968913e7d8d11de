"""Sentences about units that the workbooks of an environment give different names."""

import sqlite3
from collections import defaultdict
from typing import Final

from underlag.characters.cleaning import shown
from underlag.privacy.identity import shown_identity
from underlag.text.lists import MOST_NAMED, listed
from underlag.text.numbers import counted_in_notice

#: Each workbook's name of the units that have several: of ordered rows, and of duplicates that came
#: since the last report. The newest workbook that orders comes last.
_NAMED: Final = """
SELECT DISTINCT cases.environment, units.hsa_id, coalesce(names.name, units.name), books.number, origin,
    books.run IN (SELECT number FROM runs WHERE told_at = ''), rows.state = 'inläsning' AS orders
FROM (SELECT DISTINCT unit FROM names) AS several CROSS JOIN rows ON rows.unit = several.unit
JOIN units ON units.number = rows.unit JOIN books ON books.number = rows.book
JOIN cases ON cases.number = case_number LEFT JOIN loads ON loads.number = rows.load
LEFT JOIN names ON names.unit = rows.unit AND names.book = rows.book
WHERE (rows.state = 'inläsning' AND rows.reason != 'samma-rad' AND coalesce(loads.state, '') != 'återtagen')
    OR (rows.reason = 'dubblett' AND books.run IN (SELECT number FROM runs WHERE told_at = ''))
ORDER BY orders, saved, sent, books.number
"""


def differing_names(database: sqlite3.Connection) -> list[str]:
    """Return a Swedish sentence for each two workbooks, one not yet reported, that name units differently."""
    units: defaultdict[tuple[str, str], list[tuple[str, int, str, int, int]]] = defaultdict(list)
    for environment, hsa_id, *named in database.execute(_NAMED):
        units[environment, hsa_id].append(tuple(named))
    found: defaultdict[tuple[int, str, int, str], list[str]] = defaultdict(list)
    for (_, hsa_id), names in units.items():
        name, book, origin, is_new, orders = names[-1]
        if not orders:
            continue
        for other, other_book, other_origin, other_is_new, _ in names[:-1]:
            if other != name and (is_new or other_is_new):
                found[book, origin, other_book, other_origin].append(
                    f"{shown_identity(hsa_id)}: {shown(name) or 'inget namn'} i arbetsbok {book}, "
                    f"{shown(other) or 'inget namn'} i arbetsbok {other_book}"
                )
    return [
        f"Arbetsbok {book} ({origin}) och arbetsbok {other} ({other_origin}) har olika namn på "
        f"{counted_in_notice(len(lines), 'enhet', 'enheter')}. Det som gäller i beställningen är namnen "
        f"i arbetsbok {book}. Fråga regionen om de inte stämmer. {listed(lines, most=MOST_NAMED)}."
        for (book, origin, other, other_origin), lines in found.items()
    ]
