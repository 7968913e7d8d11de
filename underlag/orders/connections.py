"""Groups the rows of a flow into connections, each of which fits in one order.

An order applies its addressees and consumers to each of its contracts. Rows that do not form such a block
become several connections; no consumer is authorized beyond what a row asks for.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from underlag.orders.order import NO_ADDRESS, Address
from underlag.profiles.profile import ContractSpec, FlowSpec
from underlag.requests import Request, RequestedRows
from underlag.values.action import Action


class ConnectionKey(NamedTuple):
    """The component of a connection, its action, and a producer's address for the contract."""

    component: str
    action: Action
    address: Address


@dataclass(slots=True, eq=False, repr=False)
class Connection:
    """One block. `contracts` maps each contract to its address, `addressees` HSA-ID to name.

    `consumers` is empty for a consumer's order.
    """

    component: str
    action: Action
    contracts: dict[ContractSpec, Address]
    consumers: tuple[str, ...]
    addressees: dict[str, str]


#: The addressees of one contract at one place, HSA-ID to name, by the consumers that may call them.
_ByConsumers = dict[tuple[str, ...], dict[str, str]]
#: These, by the connection and the title of the contract.
_Gathered = dict[tuple[ConnectionKey, str], tuple[ContractSpec, _ByConsumers]]


@dataclass(slots=True, eq=False, repr=False)
class _Rows:
    """Name and consumers of each addressee, for one contract at one place."""

    names: dict[str, str] = field(default_factory=dict)
    consumers: dict[str, frozenset[str]] = field(default_factory=dict)

    def add(self, hsa_id: str, name: str, consumers: frozenset[str]) -> None:
        """Add a row."""
        known = self.names.get(hsa_id)
        if known is None:
            self.names[hsa_id] = name
            self.consumers[hsa_id] = consumers
            return
        if name and not known:
            self.names[hsa_id] = name
        self.consumers[hsa_id] |= consumers

    def by_consumers(self) -> _ByConsumers:
        """Split the addressees by their consumers."""
        split: _ByConsumers = {}
        for hsa_id, consumers in self.consumers.items():
            split.setdefault(tuple(sorted(consumers)), {})[hsa_id] = self.names[hsa_id]
        return split


def connections(flow: FlowSpec, rows: RequestedRows, names: Mapping[str, str]) -> list[Connection]:
    """Group the approved rows of a flow.

    Args:
        flow: the direction of traffic.
        rows: its rows with their requests.
        names: names by HSA-ID from the whole workbook, for rows without one.

    Returns:
        Connections in the workbook's order, their contracts in the profile's order.
    """
    if not rows.entries.has("addressee"):
        return []
    units = rows.entries.cells("addressee")
    if units.has_gaps:
        rows = rows.where(unit is not None for unit in map(units.get, range(len(units))))
        units = rows.entries.cells("addressee")
    stated: Sequence[str] = rows.entries.texts("addressee_name")
    if not all(stated):
        stated = [name or names.get(unit, "") for unit, name in zip(units.texts, stated, strict=True)]
    # HSA-IDs that are in upper case already stay the same objects, as in other flows.
    hsa_ids = units.texts if "".join(units.texts).isupper() else [unit.upper() for unit in units.texts]
    return _blocks(flow, _gathered(rows.requests, hsa_ids, stated))


def _gathered(requests: Sequence[Request], hsa_ids: Sequence[str], names: Sequence[str]) -> _Gathered:
    """Gather rows by the place and the contract that they request, and by their consumers."""
    if len(set(requests)) == 1 and len(named := dict(zip(hsa_ids, names, strict=True))) == len(hsa_ids):
        request = requests[0]  # the same for every unit, each of which is there once: as in most workbooks
        return {_target(request): (request.contract, {tuple(_callers(request)): named})}
    gathered: dict[tuple[ConnectionKey, str], tuple[ContractSpec, _Rows]] = {}
    targets: dict[Request, tuple[_Rows, frozenset[str]]] = {}
    for hsa_id, name, request in zip(hsa_ids, names, requests, strict=True):
        target = targets.get(request)
        if target is None:
            _, gathering = gathered.setdefault(_target(request), (request.contract, _Rows()))
            target = targets[request] = gathering, _callers(request)
        target[0].add(hsa_id, name, target[1])
    return {key: (contract, rows.by_consumers()) for key, (contract, rows) in gathered.items()}


def _callers(request: Request) -> frozenset[str]:
    """Return the consumers that a row authorizes; none for a consumer's order, which authorizes its own."""
    if request.flow.order == "consumer" or not request.consumer:
        return frozenset()
    return frozenset((request.consumer,))


def _target(request: Request) -> tuple[ConnectionKey, str]:
    """Return the key and the contract's title of the rows with a request."""
    address = Address(request.url, request.rivta_profile) if request.asks_route else NO_ADDRESS
    return ConnectionKey(request.component, request.action, address), request.contract.title


def _blocks(flow: FlowSpec, gathered: _Gathered) -> list[Connection]:
    """Join contracts with equal addressees and consumers, at any address."""
    order = {contract.title: number for number, contract in enumerate(flow.contracts)}
    found: dict[tuple[str, Action, tuple[str, ...], frozenset[str]], Connection] = {}
    for ((component, action, address), _), (contract, by_consumers) in gathered.items():
        for who, addressees in by_consumers.items():
            key = (component, action, who, frozenset(addressees))
            if (block := found.get(key)) is None:
                found[key] = Connection(component, action, {contract: address}, who, addressees)
                continue
            joined = {**block.contracts, contract: address}
            block.contracts = dict(sorted(joined.items(), key=lambda item: order[item[0].title]))
            for hsa_id, name in addressees.items():
                block.addressees[hsa_id] = block.addressees[hsa_id] or name
    return list(found.values())
