"""The rows of a flow, gathered into connections: what one order can say at once.

An order says: these addressees, for each of these contracts, with these consumers. Rows that together are no
such block become several connections; nobody is authorised beyond what a row asks for.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from underlag.orders.action import Action, parse_action
from underlag.profiles.contract_table import resolve_contract
from underlag.profiles.profile import ContractSpec, FlowSpec, Profile
from underlag.values.rivta import resolve_rivta_profile
from underlag.workbook import Entry, Field


class Place(NamedTuple):
    """Where a connection is made: its component, and a producer's address."""

    component: str
    url: str
    rivta_profile: str
    action: Action


@dataclass(slots=True)
class Connection:
    """One block: names by HSA-ID in the workbook's order. `consumers` is empty for a consumer's order."""

    place: Place
    contracts: tuple[ContractSpec, ...]
    consumers: tuple[str, ...]
    addressees: dict[str, str]


@dataclass(slots=True)
class _Rows:
    """What the rows say of one contract at one place: per addressee its name and consumers."""

    names: dict[str, str] = field(default_factory=dict)
    consumers: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def add(self, hsa_id: str, name: str, consumer: str) -> None:
        known = self.names.get(hsa_id)
        if known is None:
            self.names[hsa_id] = name
            self.consumers[hsa_id] = (consumer,) if consumer else ()
            return
        if name and not known:
            self.names[hsa_id] = name
        if consumer and consumer not in self.consumers[hsa_id]:
            self.consumers[hsa_id] = (*self.consumers[hsa_id], consumer)


def connections(
    profile: Profile, flow: FlowSpec, entries: Iterable[Entry], action: Action, names: Mapping[str, str]
) -> list[Connection]:
    """Gather the approved entries of a flow.

    Args:
        profile: names contracts and the usual RIV-TA profile.
        flow: the direction of traffic.
        entries: its rows.
        action: what is asked for where a row does not say.
        names: for each addressee the name that the workbook states somewhere, for rows without their own.

    Returns:
        Connections in the order in which the workbook first names them, contracts in the profile's order.
    """
    gatherer = _Gatherer(profile, flow, action)
    for entry in entries:
        if entry.addressee is None:
            continue
        hsa_id = entry.addressee.text.upper()
        name = entry.addressee_name.text if entry.addressee_name else ""
        name = name or names.get(entry.addressee.text, "")
        target = gatherer.target(entry)
        target.rows.add(hsa_id, name, target.consumer)
    return _blocks(flow, gatherer.gathered)


class _Texts(NamedTuple):
    """What an entry states beside its addressee, as it is written."""

    contract: str
    consumer: str
    producer: str
    url: str
    rivta_profile: str
    action: str


class _Target(NamedTuple):
    """The rows that an entry adds to, their contract, and the consumer that is authorised."""

    contract: ContractSpec
    rows: _Rows
    consumer: str


class _Gatherer:
    """Finds the rows that an entry adds to. The same texts stand on thousands of rows and are read once."""

    def __init__(self, profile: Profile, flow: FlowSpec, action: Action) -> None:
        self._profile = profile
        self._flow = flow
        self._action = action
        self._known: dict[tuple[str, ...], _Target] = {}
        self.gathered: dict[tuple[Place, str], tuple[ContractSpec, _Rows]] = {}

    def target(self, entry: Entry) -> _Target:
        """Return where the entry belongs."""
        stated = (
            _text(entry.contract),
            _text(entry.consumer),
            _text(entry.producer),
            _text(entry.url),
            _text(entry.rivta_profile),
            _text(entry.action),
        )
        known = self._known.get(stated)
        if known is None:
            known = self._known[stated] = self._find(_Texts(*stated))
        return known

    def _find(self, stated: _Texts) -> _Target:
        action = parse_action(stated.action) or self._action
        if self._flow.order == "consumer":
            place = Place(stated.consumer.upper(), "", "", action)
        else:
            usual = self._profile.rivta_profile
            rivta_profile = resolve_rivta_profile(stated.rivta_profile, stated.url, usual)
            place = Place(stated.producer.upper(), stated.url, rivta_profile, action)
        contract = resolve_contract(self._profile, self._flow, stated.contract)
        if contract is None:
            raise ValueError(f"{stated.contract!r} är inget tjänstekontrakt för {self._flow.title}.")
        _, rows = self.gathered.setdefault((place, contract.title), (contract, _Rows()))
        return _Target(contract, rows, stated.consumer.upper())


def _blocks(
    flow: FlowSpec, gathered: dict[tuple[Place, str], tuple[ContractSpec, _Rows]]
) -> list[Connection]:
    """Split each contract's rows by consumers, then join contracts that agree in everything."""
    order = {contract.title: number for number, contract in enumerate(flow.contracts)}
    found: dict[tuple[Place, tuple[str, ...], frozenset[str]], Connection] = {}
    for (place, _), (contract, rows) in gathered.items():
        split: dict[tuple[str, ...], dict[str, str]] = {}
        for hsa_id, consumers in rows.consumers.items():
            who = () if flow.order == "consumer" else tuple(sorted(consumers))
            split.setdefault(who, {})[hsa_id] = rows.names[hsa_id]
        for who, addressees in split.items():
            key = (place, who, frozenset(addressees))
            if (block := found.get(key)) is None:
                found[key] = Connection(place, (contract,), who, addressees)
                continue
            joined = {*block.contracts, contract}
            block.contracts = tuple(sorted(joined, key=lambda spec: order[spec.title]))
            for hsa_id, name in addressees.items():
                block.addressees[hsa_id] = block.addressees[hsa_id] or name
    return list(found.values())


def _text(value: Field | None) -> str:
    return value.text if value else ""
