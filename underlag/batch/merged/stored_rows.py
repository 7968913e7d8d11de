"""A workbook's units and orders in few bytes: what merging needs, without the workbook.

Packed by the process that checked it, kept in the register, unpacked one at a time.
"""

import zlib
from typing import Any, NamedTuple

from underlag import json_text
from underlag.checked import Checked
from underlag.orders.order import Address, Order, Party


class StoredOrder(NamedTuple):
    """An order, with what it draws from the profile named by its key or title."""

    flow: str
    kind: str
    action: str
    component: Party
    contracts: tuple[str, ...]
    url: str
    rivta_profile: str
    consumers: tuple[Party, ...]
    day: str
    addressees: list[tuple[str, str]]


class Stored(NamedTuple):
    """The units that a workbook is about, also a faulty one, and its orders."""

    units: list[str]
    orders: list[StoredOrder]


def units_of(checked: Checked) -> list[str]:
    """Return the addressees of the producers' sheets, in upper case, each once."""
    units: dict[str, None] = {}
    for flow in checked.underlag.flows:
        if flow.spec.order == "producer":
            units.update((e.addressee.text.upper(), None) for e in flow.entries if e.addressee)
    units.pop("", None)
    return list(units)


def pack(units: list[str], orders: list[Order]) -> bytes:
    """Return units and orders as bytes."""
    rows = [
        [
            order.flow.key,
            order.kind,
            order.action,
            order.component,
            titles,
            *address,
            order.consumers,
            order.day.isoformat() if order.day else "",
            order.addressees,
        ]
        for order in orders
        for address, titles in _by_address(order).items()
    ]
    return zlib.compress(json_text.compact([units, rows], default=tuple), 6)


def _by_address(order: Order) -> dict[Address, list[str]]:
    """Return the titles of an order's contracts by address: merging puts rows of one address together."""
    titles: dict[Address, list[str]] = {}
    for contract in order.contracts:
        titles.setdefault(order.address(contract), []).append(contract.title)
    return titles


def unpack(content: bytes) -> Stored:
    """Return what `pack` took."""
    units, rows = json_text.parse(zlib.decompress(content))
    return Stored(units, [_order(row) for row in rows])


def _order(row: list[Any]) -> StoredOrder:
    flow, kind, action, component, contracts, url, rivta_profile, consumers, day, addressees = row
    return StoredOrder(
        flow,
        kind,
        action,
        Party(*component),
        tuple(contracts),
        url,
        rivta_profile,
        tuple(Party(*consumer) for consumer in consumers),
        day,
        [(hsa_id, name) for hsa_id, name in addressees],
    )
