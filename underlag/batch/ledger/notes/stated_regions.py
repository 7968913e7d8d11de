"""Sentences about the regions that workbooks state: by a place, by an unknown name, with another's units."""

import re
import sqlite3
from collections.abc import Iterable, Iterator
from typing import Final

from underlag.batch.records.workbooks import Workbook
from underlag.characters.cleaning import shown
from underlag.privacy.identity import without_private
from underlag.regions.region import Region, Regions

#: The organisation number in an HSA-ID.
_ORGANISATION: Final = re.compile(r"SE(?:16)?([0-9]{10})-")
_UNITS: Final = (
    "SELECT DISTINCT hsa_id FROM rows JOIN units ON units.number = unit "
    "JOIN heads ON heads.number = head WHERE book = ? AND kind = 'producer'"
)


def stated_regions(database: sqlite3.Connection, books: Iterable[Workbook], regions: Regions) -> list[str]:
    """Return Swedish sentences about the regions of workbooks that are not reported yet."""
    return [
        sentence
        for book in books
        if book.made and book.made.region
        for sentence in _about(database, book, book.made.region, regions)
    ]


def _about(database: sqlite3.Connection, book: Workbook, text: str, regions: Regions) -> Iterator[str]:
    region = regions.named(text)
    stated = f"{book.found.origin}: ”{shown(without_private(text))}”"
    if region.is_part:
        yield (
            f"{stated} räknas till {region.name} och ligger i regionens ärende. Är det en annan beställare, "
            "ge den ett eget namn i en fil för --regioner innan nästa arbetsbok kommer."
        )
    elif not region.is_known and (near := regions.beginning(text)) is not None:
        yield (
            f"{stated} är ingen känd region och får ett eget ärende. Hör den till {near.name}, skriv namnet "
            "som alias i en fil för --regioner innan nästa arbetsbok kommer."
        )
    yield from _other_organisations(database, book, region, regions)


def _other_organisations(
    database: sqlite3.Connection, book: Workbook, stated: Region, regions: Regions
) -> Iterator[str]:
    """Yield a sentence for each other known region whose organisation number the workbook's units have."""
    hsa_ids = [hsa_id for (hsa_id,) in database.execute(_UNITS, (book.number,))]
    numbers = {match[1] for hsa_id in hsa_ids if (match := _ORGANISATION.match(hsa_id))}
    for number in sorted(numbers):
        owner = regions.of_organisation(number)
        if owner is not None and owner.key != stated.key:
            yield (
                f"{book.found.origin} anger regionen {stated.name}, men har enheter med "
                f"organisationsnummer {number[:6]}-{number[6:]}, som är {owner.name}. "
                "Kontrollera vem som har beställt."
            )
