"""What a TAK holds: the common form of every export and of the TAK-API's answers.

Keys are cleaned and in upper case (HSA-IDs) so that dirt in a real catalogue does not hide a match; the raw
values are kept.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Final, NamedTuple

from underlag.characters.cleaning import clean_hsa_id, clean_identifier
from underlag.findings import Finding

#: Addresses of standard routes: they serve every addressee without a route of its own.
STANDARD_ADDRESSES = ("*", "SE")

#: `since` and `until` where the source does not tell: the TAK-API shows what is in force, not from when.
UNKNOWN_SINCE: Final = date.min
UNKNOWN_UNTIL: Final = date.max


class Route(NamedTuple):
    """A route (vägval) in force during `since` to `until`, both inclusive. Ids and URL as the TAK has them.

    `others`: further producers that it may lead to, where the source names only a URL that several producers
    share. `rivta_profile` is '' where such a source leaves it open.
    """

    addressee: str
    contract: str
    producer: str
    url: str
    rivta_profile: str
    since: date
    until: date
    others: tuple[str, ...] = ()


class Authorization(NamedTuple):
    """An authorization (anropsbehörighet) in force during `since` to `until`, both inclusive. HSA-IDs raw."""

    addressee: str
    contract: str
    consumer: str
    since: date
    until: date


@dataclass(slots=True)
class Catalogue:
    """A TAK's content.

    Attributes:
        source: what it was read from, for people: a file name or an address.
        platform: e.g. NTJP-TEST, '' when the source does not tell.
        taken: the day on which the TAK looked like this.
        day: the day of the change that it was read for. Rows that end before it are left out; rows that begin
            later are there, for an order in force from `day` on would meet them.
        addressees, components: raw description by cleaned, upper-case HSA-ID.
        contracts: raw description by namespace (lower case).
        routes: by (cleaned upper-case addressee, lower-case namespace); several when they overlap or follow
            one another, by their dates.
        authorizations: by (addressee, namespace, consumer), cleaned in the same way.
        raw: the ways in which the TAK writes a key, by list ('logiskadress', 'tjanstekomponent',
            'tjanstekontrakt') and key, where any of them is more than the key in other case.
        includes_deleted: whether rows that are deleted in the TAK may be among these, unmarked.
        profiles: the names of the RIV-TA profiles, empty when the source does not list them.
        expired: how many routes and authorizations were left out since they end before `day` or before they
        begin.
        ended: those of them that end on the day before `day` or later. They are not in force, but tak-web
        finds
            some of them (one that ends before it begins is met by an order of an earlier day), and the
            database takes no second row with the same dates.
    """

    source: str
    platform: str
    taken: date
    day: date = date.min
    addressees: dict[str, str] = field(default_factory=dict)
    components: dict[str, str] = field(default_factory=dict)
    contracts: dict[str, str] = field(default_factory=dict)
    routes: dict[tuple[str, str], list[Route]] = field(default_factory=dict)
    authorizations: dict[tuple[str, str, str], list[Authorization]] = field(default_factory=dict)
    raw: dict[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)
    includes_deleted: bool = False
    profiles: frozenset[str] = frozenset()
    expired: int = 0
    ended: list[Route | Authorization] = field(default_factory=list)


@dataclass(slots=True)
class CatalogueReading:
    """What came of reading a TAK. Without a catalogue, the findings say why: half a TAK is never used."""

    catalogue: Catalogue | None
    findings: list[Finding] = field(default_factory=list)


def hsa_key(raw: str) -> str:
    """Return an HSA-ID as a Catalogue's key: cleaned and in upper case."""
    return clean_hsa_id(raw).text.upper()


def contract_key(raw: str) -> str:
    """Return a namespace as a Catalogue's key: cleaned and in lower case."""
    return clean_identifier(raw).text.lower()
