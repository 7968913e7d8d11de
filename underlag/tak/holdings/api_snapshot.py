"""A TAK-API's answers about some contracts, addressees and components, for use and for a cache file.

The API's numeric ids change at each daily load, so only HSA-IDs, namespaces and URLs are kept.
"""

import os
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from underlag.options import STOCKHOLM
from underlag.tak.holdings.catalogue import (
    UNKNOWN_SINCE,
    UNKNOWN_UNTIL,
    Authorization,
    Catalogue,
    Route,
    contract_key,
    hsa_key,
)
from underlag.tak.holdings.question import Question


class Snapshot(BaseModel):
    """The answers to a question.

    Attributes:
        url, platform: their origin.
        taken: when the API loaded its data from the TAK.
        fetched: when it was queried.
        asked_contracts, asked_addressees, asked_components: the scope; objects within it that have no answer
            are not in the TAK.
        all_addressees: whether the scope is every addressee of the platform.
        contracts: description by namespace.
        addressees, components: description by HSA-ID, raw.
        routes: (addressee, namespace, producer, URL, RIV-TA profile), raw.
        authorizations: (addressee, namespace, consumer), raw.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    url: str
    platform: str
    taken: datetime
    fetched: datetime
    asked_contracts: frozenset[str]
    asked_addressees: frozenset[str]
    asked_components: frozenset[str]
    all_addressees: bool = False
    contracts: dict[str, str]
    addressees: dict[str, str]
    components: dict[str, str]
    routes: list[tuple[str, str, str, str, str]]
    authorizations: list[tuple[str, str, str]]

    @classmethod
    def empty(cls, url: str, platform: str, taken: datetime) -> "Snapshot":
        """Return a snapshot of a load that nothing is known of yet."""
        none = frozenset[str]()
        return cls(
            url=url,
            platform=platform,
            taken=taken,
            fetched=taken,
            asked_contracts=none,
            asked_addressees=none,
            asked_components=none,
            contracts={},
            addressees={},
            components={},
            routes=[],
            authorizations=[],
        )

    def covers(self, question: Question) -> bool:
        """Whether it answers a question about its platform."""
        return (
            self.asked_contracts >= question.contracts
            and (self.all_addressees or self.asked_addressees >= question.addressees)
            and self.asked_components >= question.components
        )

    def catalogue(self, day: date) -> Catalogue:
        """Return the answers as a Catalogue. The API shows what is in force, without dates."""
        made = Catalogue(self.url, self.platform, self.taken.astimezone(STOCKHOLM).date(), day)
        made.contracts = {contract_key(name): text for name, text in self.contracts.items()}
        made.addressees = _described(made, "logiskadress", self.addressees)
        made.components = _described(made, "tjanstekomponent", self.components)
        for addressee, namespace, producer, url, profile in self.routes:
            route = Route(addressee, namespace, producer, url, profile, UNKNOWN_SINCE, UNKNOWN_UNTIL)
            made.routes.setdefault((hsa_key(addressee), contract_key(namespace)), []).append(route)
        for addressee, namespace, consumer in self.authorizations:
            found = Authorization(addressee, namespace, consumer, UNKNOWN_SINCE, UNKNOWN_UNTIL)
            key = hsa_key(addressee), contract_key(namespace), hsa_key(consumer)
            made.authorizations.setdefault(key, []).append(found)
        return made


def _described(made: Catalogue, name: str, descriptions: dict[str, str]) -> dict[str, str]:
    """Return the descriptions by key, and record the ids that the TAK writes uncleanly."""
    found: dict[str, str] = {}
    writings: dict[str, list[str]] = {}
    for raw, text in descriptions.items():
        key = hsa_key(raw)
        writings.setdefault(key, []).append(raw)
        if key not in found or raw.casefold() == key.casefold():
            found[key] = text
    for key, raws in writings.items():
        if any(raw.casefold() != key.casefold() for raw in raws):
            made.raw[name, key] = tuple(raws)
    return found


def load(path: Path | None) -> Snapshot | None:
    """Return the snapshot in a file, None when there is none or it has another format."""
    if path is None:
        return None
    try:
        return Snapshot.model_validate_json(path.read_bytes())
    except (OSError, ValidationError):
        return None


def save(snapshot: Snapshot, path: Path | None) -> None:
    """Write a snapshot atomically to a file that only this user can read.

    A write error only costs the next run some queries, so it is ignored.
    """
    if path is None:
        return
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=path.name)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(snapshot.model_dump_json().encode())
            os.replace(name, path)  # noqa: PTH105 - the handle came with a name, not a path
        except OSError:
            os.unlink(name)  # noqa: PTH108 - as above
            raise


def keys_of(raw: Iterable[str]) -> set[str]:
    """Return HSA-IDs as keys."""
    return {hsa_key(text) for text in raw}
