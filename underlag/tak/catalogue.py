"""What a TAK holds, as far as a workbook touches it: the common form of every export and of the TAK-API's answers.

Keys are cleaned and in upper case (HSA-IDs) so that dirt in a real catalogue does not hide a match; the raw values are kept.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

#: Addresses of standard routes: they serve every addressee without a route of its own.
STANDARD_ADDRESSES = ("*", "SE")


class Route(NamedTuple):
    """A route (vägval) in force during `since` to `until`, both inclusive. HSA-IDs and URL raw, as the TAK has them."""

    addressee: str
    contract: str
    producer: str
    url: str
    rivta_profile: str
    since: date
    until: date


class Authorization(NamedTuple):
    """An authorization (anropsbehörighet) in force during `since` to `until`, both inclusive."""

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
        taken: the day that it shows.
        addressees, components: raw description by cleaned, upper-case HSA-ID.
        contracts: raw description by namespace (lower case).
        routes: by (cleaned upper-case addressee, lower-case namespace); several when they overlap or follow one another.
        authorizations: by (addressee, namespace, consumer), cleaned in the same way.
    """

    source: str
    platform: str
    taken: date
    addressees: dict[str, str] = field(default_factory=dict)
    components: dict[str, str] = field(default_factory=dict)
    contracts: dict[str, str] = field(default_factory=dict)
    routes: dict[tuple[str, str], list[Route]] = field(default_factory=dict)
    authorizations: dict[tuple[str, str, str], list[Authorization]] = field(default_factory=dict)
