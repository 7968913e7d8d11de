"""The content of a TAK order under construction: each object once, however many rows request it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Any, Final

from underlag.profiles.profile import ContractSpec

Section = dict[str, list[dict[str, Any]]]

#: The identity of a route and an authorization: tak-web rejects an order that lists one twice.
_ROUTE: Final = itemgetter("logiskAdress", "tjanstekontrakt")
_AUTHORIZATION: Final = itemgetter("logiskAdress", "tjanstekontrakt", "tjanstekonsument")


@dataclass(slots=True, eq=False, repr=False)
class Draft:
    """What an order includes and excludes. HSA-IDs in upper case, as TAK stores new ones."""

    contracts: dict[str, dict[str, Any]] = field(default_factory=dict)
    addressees: dict[str, dict[str, Any]] = field(default_factory=dict)
    components: dict[str, dict[str, Any]] = field(default_factory=dict)
    authorizations: list[dict[str, Any]] = field(default_factory=list)
    routes: list[dict[str, Any]] = field(default_factory=list)
    ended_authorizations: list[dict[str, Any]] = field(default_factory=list)
    closed_routes: list[dict[str, Any]] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Whether it holds no route or authorization, the only things that an order can change back."""
        return not (self.authorizations or self.routes or self.ended_authorizations or self.closed_routes)

    def absorb(self, other: "Draft") -> None:
        """Add the content of another draft; for objects in both, this one wins."""
        for mine, theirs in (
            (self.contracts, other.contracts),
            (self.addressees, other.addressees),
            (self.components, other.components),
        ):
            for key, value in theirs.items():
                mine.setdefault(key, value)
        for items, more, identity in (
            (self.authorizations, other.authorizations, _AUTHORIZATION),
            (self.ended_authorizations, other.ended_authorizations, _AUTHORIZATION),
            (self.routes, other.routes, _ROUTE),
            (self.closed_routes, other.closed_routes, _ROUTE),
        ):
            known = set(map(identity, items))
            items += [item for item in more if identity(item) not in known]

    def add_contract(self, contract: ContractSpec) -> None:
        """List a contract, for a TAK that does not have it."""
        self.contracts.setdefault(
            contract.namespace,
            {
                "namnrymd": contract.namespace,
                "beskrivning": contract.description or contract.title,
                "majorVersion": contract.major,
            },
        )

    def add_addressee(self, hsa_id: str, name: str) -> None:
        """List an addressee."""
        self.addressees.setdefault(hsa_id, {"hsaId": hsa_id, "beskrivning": name})

    def add_component(self, hsa_id: str, name: str) -> None:
        """List a consumer or producer."""
        self.components.setdefault(hsa_id, {"hsaId": hsa_id, "beskrivning": name})

    def keep_what_is_referred_to(self) -> None:
        """Drop the contracts, addressees and components that no included route or authorization names."""
        items = [*self.authorizations, *self.routes]
        for objects, names in (
            (self.contracts, ("tjanstekontrakt",)),
            (self.addressees, ("logiskAdress",)),
            (self.components, ("tjanstekonsument", "tjanstekomponent")),
        ):
            used = {item[name] for item in items for name in names if name in item}
            for key in objects.keys() - used:
                del objects[key]

    def sections(self) -> dict[str, Section]:
        """Return `inkludera` and `exkludera` as tak-web names them."""
        return {
            "inkludera": {
                "tjanstekontrakt": list(self.contracts.values()),
                "logiskadresser": list(self.addressees.values()),
                "tjanstekomponenter": list(self.components.values()),
                "anropsbehorigheter": self.authorizations,
                "vagval": self.routes,
            },
            "exkludera": {"anropsbehorigheter": self.ended_authorizations, "vagval": self.closed_routes},
        }


def authorizations(addressees: Iterable[str], contract: str, consumer: str) -> list[dict[str, Any]]:
    """Return a consumer's authorizations for addressees, with tak-web's property names."""
    return [
        {"logiskAdress": addressee, "tjanstekontrakt": contract, "tjanstekonsument": consumer}
        for addressee in addressees
    ]


def authorization(addressee: str, contract: str, consumer: str) -> dict[str, Any]:
    """Return an authorization, as `authorizations` does."""
    return authorizations((addressee,), contract, consumer)[0]


def routes(
    addressees: Iterable[str], contract: str, producer: str, url: str, rivta_profile: str
) -> list[dict[str, Any]]:
    """Return routes with tak-web's property names; without a URL they can only be closed."""
    items = [
        {
            "adress": url,
            "logiskAdress": addressee,
            "tjanstekontrakt": contract,
            "rivtaprofil": rivta_profile,
            "tjanstekomponent": producer,
        }
        for addressee in addressees
    ]
    if not url:
        for item in items:
            del item["adress"]
    return items


def route(addressee: str, contract: str, producer: str, url: str, rivta_profile: str) -> dict[str, Any]:
    """Return a route, as `routes` does."""
    return routes((addressee,), contract, producer, url, rivta_profile)[0]
