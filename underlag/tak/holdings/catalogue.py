"""The content of a TAK: the common form of every export and of the TAK-API's answers.

Keys are cleaned, HSA-IDs also in upper case, so that dirt in a real catalogue does not hide a match; the raw
values are kept.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Final, NamedTuple

from underlag.characters.cleaning import clean_hsa_id, clean_identifier
from underlag.findings import Finding

#: Addresses of standard routes: they serve every addressee without a route of its own.
STANDARD_ADDRESSES = ("*", "SE")

#: `since` and `until` when the source has no dates: the TAK-API only shows what is in force.
UNKNOWN_SINCE: Final = date.min
UNKNOWN_UNTIL: Final = date.max


class Route(NamedTuple):
    """A route (vägval) in force from `since` to `until`, both inclusive. Ids and URL are raw.

    `others`: further producers that it may lead to, when the source names only a URL that several producers
    share. `rivta_profile` is '' when such a source is ambiguous.
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
    """An authorization (anropsbehörighet) in force from `since` to `until` inclusive, with raw HSA-IDs."""

    addressee: str
    contract: str
    consumer: str
    since: date
    until: date


@dataclass(slots=True, repr=False)
class Catalogue:
    """A TAK's content.

    Attributes:
        source: its origin, for display: a file name or an address.
        platform: e.g. NTJP-TEST, '' when the source does not state it.
        taken: the day on which the TAK had this content.
        day: the day of the change. Rows that end before it are left out; rows that begin later are included,
            because an order in force from `day` on matches them.
        addressees, components: raw description by cleaned, upper-case HSA-ID.
        contracts: raw description by namespace (lower case).
        routes: by (cleaned upper-case addressee, lower-case namespace), sorted by their dates when there are
            several.
        authorizations: by (addressee, namespace, consumer), cleaned in the same way.
        raw: the TAK's spellings of a key, by list ('logiskadress', 'tjanstekomponent', 'tjanstekontrakt') and
            key, if any differs from the key by more than case.
        includes_deleted: whether these may include unmarked rows that are deleted in the TAK.
        profiles: the names of the RIV-TA profiles, empty when the source does not list them.
        ended: routes and authorizations that end on the day before `day` or later. They are not in force, but
            tak-web matches some of them (an order of an earlier day matches one that ends before it begins),
            and the database accepts no second row with the same dates.
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
    ended: list[Route | Authorization] = field(default_factory=list)


@dataclass(slots=True, repr=False)
class CatalogueReading:
    """The result of reading a TAK. Without a catalogue, the findings say why: half a TAK is never used."""

    catalogue: Catalogue | None
    findings: list[Finding] = field(default_factory=list)


def hsa_key(raw: str) -> str:
    """Return an HSA-ID as a Catalogue's key: cleaned and in upper case."""
    return clean_hsa_id(raw).text.upper()


def contract_key(raw: str) -> str:
    """Return a namespace as a Catalogue's key: cleaned and in lower case."""
    return clean_identifier(raw).text.lower()
