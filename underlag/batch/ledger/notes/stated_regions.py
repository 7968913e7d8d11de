"""Sentences about the regions that workbooks state: by a place, by an unknown name, with another's units."""

import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Final

from underlag.batch.records.workbooks import Workbook
from underlag.characters.cleaning import shown
from underlag.privacy.identity import without_private
from underlag.regions.region import Region, Regions
from underlag.text.lists import MOST_NAMED, listed

#: The organisation number in an HSA-ID.
_ORGANISATION: Final = re.compile(r"SE(?:16)?([0-9]{10})-")
#: What the HSA-IDs of a workbook's units begin with, up to the first hyphen.
_BEGINNINGS: Final = (
    "SELECT DISTINCT substr(hsa_id, 1, instr(hsa_id, '-')) FROM rows JOIN units ON units.number = unit "
    "JOIN heads ON heads.number = head WHERE book = ? AND kind = 'producer'"
)


def stated_regions(database: sqlite3.Connection, books: Iterable[Workbook], regions: Regions) -> list[str]:
    """Return Swedish sentences about the regions of workbooks that are not reported yet."""
    named: defaultdict[str, list[str]] = defaultdict(list)
    others: list[str] = []
    for book in books:
        if book.made and book.made.region:
            region = regions.named(book.made.region)
            if about := _about(region, book.made.region, regions):
                named[about].append(book.found.origin)
            others += _other_organisations(database, book, region, regions)
    return [f"{listed(origins, most=MOST_NAMED)}: {about}" for about, origins in named.items()] + others


def _about(region: Region, text: str, regions: Regions) -> str:
    """Return sentences about a region that is stated by a place, or by an unknown name that begins as one."""
    stated = f"”{shown(without_private(text))}”"
    if region.is_part:
        return (
            f"{stated} räknas till {region.name} och ligger i regionens ärende. Är det en annan beställare, "
            "ge den ett eget namn i en fil för --regioner innan nästa arbetsbok kommer."
        )
    if not region.is_known and (near := regions.beginning(text)) is not None:
        return (
            f"{stated} är ingen känd region och får ett eget ärende. Hör den till {near.name}, skriv namnet "
            "som alias i en fil för --regioner innan nästa arbetsbok kommer."
        )
    return ""


def _other_organisations(
    database: sqlite3.Connection, book: Workbook, stated: Region, regions: Regions
) -> Iterator[str]:
    """Yield a sentence for each other known region whose organisation number the workbook's units have."""
    beginnings = database.execute(_BEGINNINGS, (book.number,))
    numbers = {match[1] for (text,) in beginnings if (match := _ORGANISATION.match(text))}
    for number in sorted(numbers):
        owner = regions.of_organisation(number)
        if owner is not None and owner.key != stated.key:
            yield (
                f"{book.found.origin} anger regionen {stated.name}, men har enheter med "
                f"organisationsnummer {number[:6]}-{number[6:]}, som är {owner.name}. "
                "Kontrollera vem som har beställt."
            )
