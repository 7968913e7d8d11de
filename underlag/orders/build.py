"""Builds the orders of a checked Underlag: one per component, consumers and set of addressees.

Source: Inera, "Lathund beställning av TAKning Intygstjänster" 0.91: one form for each consumer and each
producer, in the order in which the traffic is described.
"""

from collections.abc import Mapping
from itertools import starmap
from typing import TYPE_CHECKING

from underlag.orders.connections import Connection, connections
from underlag.orders.names import PartyNames
from underlag.orders.order import Addressee, Order, Party
from underlag.orders.remark import remark
from underlag.profiles.profile import FlowSpec
from underlag.requests import RequestedRows

if TYPE_CHECKING:
    from underlag.checked import Checked


def make_orders(checked: "Checked") -> list[Order]:
    """Build the orders of a checked Underlag, numbered, in the profile's order of flows.

    Args:
        checked: the result of the checks; only its approved rows are ordered.

    Returns:
        The orders; none when nothing is left to order.

    Raises:
        ValueError: errors block the orders.
    """
    if checked.blocked:
        raise ValueError("Underlaget har fel som måste rättas innan något kan beställas.")
    underlag = checked.underlag
    profile = underlag.profile
    environment = underlag.environment_spec
    if profile is None or environment is None:
        raise ValueError("Utan anslutningsprofil och miljö går det inte att beställa.")
    found = [
        (flow, connection)
        for flow in profile.flows
        for connection in connections(flow, checked.rows.get(flow.key, RequestedRows()), checked.names)
    ]
    names = PartyNames(profile, environment.key, checked.entries, checked.component_names)
    orders = []
    addressees = _AddresseeLists()
    for number, (flow, connection) in enumerate(found, start=1):
        component = names.party(connection.component)
        orders.append(
            Order(
                number=number,
                total=len(found),
                kind=flow.order,
                action=connection.action,
                flow=flow,
                environment=environment,
                component=component,
                contracts=tuple(connection.contracts),
                addresses=tuple(connection.contracts.values()) if flow.order == "producer" else (),
                addressees=addressees.of(connection.addressees),
                consumers=_consumers(flow, component, connection, names),
                day=underlag.details.day,
                details=underlag.details,
                remark="",
                bulk=len(connection.addressees) >= profile.bulk_from,
            )
        )
    return [order._replace(remark=remark(profile, order, orders)) for order in orders]


class _AddresseeLists:
    """Addressees as orders have them; equal ones are one object, which takes less memory and time."""

    def __init__(self) -> None:
        self._known: dict[tuple[tuple[str, ...], tuple[str, ...]], tuple[Addressee, ...]] = {}

    def of(self, names: Mapping[str, str]) -> tuple[Addressee, ...]:
        """Return the addressees with these names by HSA-ID."""
        key = tuple(names), tuple(names.values())
        if key not in self._known:
            self._known[key] = tuple(starmap(Addressee, names.items()))
        return self._known[key]


def _consumers(
    flow: FlowSpec, component: Party, connection: Connection, names: PartyNames
) -> tuple[Party, ...]:
    """Return the consumers that the order authorizes; a consumer's order authorizes its component."""
    if flow.order == "consumer":
        return (component,)
    return tuple(names.party(hsa_id) for hsa_id in connection.consumers)
