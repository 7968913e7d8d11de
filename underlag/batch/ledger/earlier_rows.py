"""What a register without a ledger holds of a workbook: its units and its orders."""

import zlib
from typing import Any, NamedTuple

from underlag import json_text
from underlag.batch.register.stored_values import of_stored
from underlag.orders.order import Party


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


@of_stored
def unpack(content: bytes) -> Stored:
    """Return what the register holds, packed."""
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
