"""Groups the rows of a flow into connections, each of which fits in one order.

An order applies its addressees and consumers to each of its contracts. Rows that do not form such a block
become several connections; no consumer is authorized beyond what a row asks for.
"""

from collections.abc import Mapping
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


@dataclass(slots=True)
class Connection:
    """One block. `contracts` maps each contract to its address, `addressees` HSA-ID to name.

    `consumers` is empty for a consumer's order.
    """

    component: str
    action: Action
    contracts: dict[ContractSpec, Address]
    consumers: tuple[str, ...]
    addressees: dict[str, str]


@dataclass(slots=True)
class _Rows:
    """Name and consumers of each addressee, for one contract at one place."""

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


def connections(flow: FlowSpec, rows: RequestedRows, names: Mapping[str, str]) -> list[Connection]:
    """Group the approved rows of a flow.

    Args:
        flow: the direction of traffic.
        rows: its rows with their requests.
        names: names by HSA-ID from the whole workbook, for rows without one.

    Returns:
        Connections in the workbook's order, their contracts in the profile's order.
    """
    gathered: dict[tuple[ConnectionKey, str], tuple[ContractSpec, _Rows]] = {}
    targets: dict[Request, _Rows] = {}
    if not rows.entries.has("addressee"):
        return []
    units, stated = rows.entries.cells("addressee"), rows.entries.texts("addressee_name")
    for at, (unit, name, request) in enumerate(zip(units.texts, stated, rows.requests, strict=True)):
        if not unit and units.get(at) is None:
            continue
        target = targets.get(request)
        if target is None:
            _, target = gathered.setdefault(
                (_connection_key(request), request.contract.title), (request.contract, _Rows())
            )
            targets[request] = target
        target.add(unit.upper(), name or names.get(unit, ""), request.consumer)
    return _blocks(flow, gathered)


def _connection_key(request: Request) -> ConnectionKey:
    address = Address(request.url, request.rivta_profile) if request.asks_route else NO_ADDRESS
    return ConnectionKey(request.component, request.action, address)


def _blocks(
    flow: FlowSpec, gathered: dict[tuple[ConnectionKey, str], tuple[ContractSpec, _Rows]]
) -> list[Connection]:
    """Split each contract's rows by consumers, then join contracts with equal blocks at any address."""
    order = {contract.title: number for number, contract in enumerate(flow.contracts)}
    found: dict[tuple[str, Action, tuple[str, ...], frozenset[str]], Connection] = {}
    for ((component, action, address), _), (contract, rows) in gathered.items():
        split: dict[tuple[str, ...], dict[str, str]] = {}
        for hsa_id, consumers in rows.consumers.items():
            who = () if flow.order == "consumer" else tuple(sorted(consumers))
            split.setdefault(who, {})[hsa_id] = rows.names[hsa_id]
        for who, addressees in split.items():
            key = (component, action, who, frozenset(addressees))
            if (block := found.get(key)) is None:
                found[key] = Connection(component, action, {contract: address}, who, addressees)
                continue
            joined = {**block.contracts, contract: address}
            block.contracts = dict(sorted(joined.items(), key=lambda item: order[item[0].title]))
            for hsa_id, name in addressees.items():
                block.addressees[hsa_id] = block.addressees[hsa_id] or name
    return list(found.values())
