"""The content of an order for TAK, and of its undo.

Source: skltp/tak, tak-web. An included route replaces the addressee's existing one for the contract. A route
is closed by addressee and contract alone, whatever producer the order names. Addressees, components and
contracts cannot be deleted.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any, NamedTuple

from underlag.orders.order import Address, Addressee, Order, Party
from underlag.profiles.profile import ContractSpec
from underlag.tak.holdings.catalogue import Authorization, Route
from underlag.tak.orders.draft import Draft, authorization, authorizations, route, routes
from underlag.tak.orders.existing import Existing, comparable, has_planned_end, producers
from underlag.tak.orders.undo import Limit, Undo, UndoMaker, include_authorization


@dataclass(slots=True, eq=False, repr=False)
class Content:
    """An order and its undo."""

    undo: Undo
    order: Draft = field(default_factory=Draft)

    @property
    def limits(self) -> Counter[Limit]:
        """The count of each limit."""
        return self.undo.limits

    def absorb(self, other: "Content") -> None:
        """Add the content of another order of the same day."""
        self.order.absorb(other.order)
        for day, step in other.undo.steps.items():
            self.undo.on(day).absorb(step)
        self.limits.update(other.limits)


class Added(NamedTuple):
    """What the other orders of the Underlag add: a removal must not close it, in any order of loading."""

    routes: frozenset[tuple[str, str]] = frozenset()
    authorizations: frozenset[tuple[str, str, str]] = frozenset()

    @classmethod
    def by(cls, orders: Sequence[Order]) -> "Added":
        """Gather what these orders add."""
        adding = [order for order in orders if order.action == "add"]
        return cls(
            frozenset(
                (addressee.hsa_id, contract.namespace)
                for order in adding
                if order.kind == "producer"
                for contract in order.contracts
                for addressee in order.addressees
            ),
            frozenset(
                (addressee.hsa_id, contract.namespace, consumer.hsa_id)
                for order in adding
                for consumer in order.consumers
                for contract in order.contracts
                for addressee in order.addressees
            ),
        )


class TakContext(NamedTuple):
    """The context of an order: the TAK (None without an export), and the Underlag's other orders.

    `only_new` leaves out what the TAK has already, exactly as ordered. `replace` removes ends that somebody
    has planned; without it, rows with a planned end are left out, too.
    """

    existing: Existing | None = None
    added: Added = Added()
    only_new: bool = False
    replace: bool = False


def content(order: Order, day: date, addressees: Sequence[Addressee], context: TakContext) -> Content:
    """Build the order and its undo for some of its addressees.

    Args:
        order: the order.
        day: its first day.
        addressees: those of the part.
        context: the TAK and the other orders.
    """
    made = Content(Undo(day, Counter()))
    if order.action == "add":
        _add(made, order, addressees, context)
    else:
        _remove(made, order, addressees, context)
    relied = made.limits[Limit.PROLONGED] + made.limits[Limit.RESTORED] + made.limits[Limit.LOST]
    if context.existing and context.existing.catalogue.includes_deleted and relied:
        made.limits[Limit.PERHAPS_DELETED] = relied
    return made


def _add(made: Content, order: Order, addressees: Sequence[Addressee], context: TakContext) -> None:
    """Include what the order adds, and undo it."""
    existing, undo = context.existing, made.undo
    made.limits[Limit.STAYS] = 1
    _include(made.order, order, addressees)
    if existing is None:
        made.limits[Limit.UNSEEN] = 1
        step = undo.on(undo.day_before)
        step.ended_authorizations = list(made.order.authorizations)
        step.closed_routes = list(made.order.routes)
        return
    if context.only_new or not context.replace:
        _leave_out_what_is_there(made, order, existing, ends=not context.only_new)
    contracts = {contract.namespace: contract for contract in order.contracts}
    named = {addressee.hsa_id: addressee for addressee in addressees}
    consumers = {consumer.hsa_id: consumer for consumer in order.consumers}
    maker = UndoMaker(undo, existing)
    for item in made.order.authorizations:
        addressee_id, namespace, consumer = _identity(item)
        maker.added_authorization(item, contracts[namespace], named[addressee_id], consumers[consumer])
    for item in made.order.routes:
        contract, addressee = contracts[item["tjanstekontrakt"]], named[item["logiskAdress"]]
        maker.added_route(
            item, contract, addressee, partial(_is_ordered, order=order, address=order.address(contract))
        )


def _leave_out_what_is_there(made: Content, order: Order, existing: Existing, *, ends: bool) -> None:
    """Leave out what the TAK has already; with `ends`, only what would lose a planned end."""
    draft, day = made.order, existing.day
    addresses = {contract.namespace: order.address(contract) for contract in order.contracts}

    def stays(row: Route | Authorization) -> bool:
        return row.since <= day and (not ends or has_planned_end(row, day))

    authorizations = [
        item
        for item in draft.authorizations
        if not any(stays(row) for row in existing.authorizations(*_identity(item)))
    ]
    routes = [
        item
        for item in draft.routes
        if not any(
            stays(row) and _is_ordered(row, order, addresses[item["tjanstekontrakt"]])
            for row in existing.routes(item["logiskAdress"], item["tjanstekontrakt"])
        )
    ]
    left_out = len(draft.authorizations) + len(draft.routes) - len(authorizations) - len(routes)
    if left_out:
        made.limits[Limit.KEPT if ends else Limit.THERE] = left_out
        draft.authorizations, draft.routes = authorizations, routes
        draft.keep_what_is_referred_to()


def _identity(item: dict[str, Any]) -> tuple[str, str, str]:
    return item["logiskAdress"], item["tjanstekontrakt"], item["tjanstekonsument"]


def _include(draft: Draft, order: Order, addressees: Sequence[Addressee]) -> None:
    """Include everything that the order states for these addressees."""
    for contract in order.contracts:
        draft.add_contract(contract)
    draft.addressees.update({hsa_id: {"hsaId": hsa_id, "beskrivning": name} for hsa_id, name in addressees})
    for party in (order.component, *order.consumers):
        draft.add_component(party.hsa_id, party.name)
    hsa_ids = [hsa_id for hsa_id, _ in addressees]
    for contract in order.contracts:
        namespace = contract.namespace
        for consumer in order.consumers:
            draft.authorizations += authorizations(hsa_ids, namespace, consumer.hsa_id)
        if order.kind == "producer":
            draft.routes += routes(hsa_ids, namespace, order.component.hsa_id, *order.address(contract))


def _is_ordered(row: Route, order: Order, address: Address) -> bool:
    """Whether tak-web regards the row as the ordered route and only prolongs it."""
    return (
        row.url == address.url
        and comparable(row.rivta_profile) == address.rivta_profile
        and producers(row) == {order.component.hsa_id}
    )


def _remove(made: Content, order: Order, addressees: Sequence[Addressee], context: TakContext) -> None:
    """Exclude what the order removes, and undo it; spare the routes of other producers."""
    if context.existing is None:
        made.limits[Limit.UNSEEN] = 1
    for contract in order.contracts:
        closed = addressees
        if order.kind == "producer":
            closed = [a for a in addressees if not _is_anothers(order, contract, a, context.existing)]
            made.limits[Limit.REFUSED] += len(addressees) - len(closed)
            for addressee in closed:
                _close_route(made, order, contract, addressee, context)
        for consumer in order.consumers:
            for addressee in closed:
                _end_authorization(made, contract, consumer, addressee, context)


def _is_anothers(
    order: Order, contract: ContractSpec, addressee: Addressee, existing: Existing | None
) -> bool:
    """Whether the addressee's route leads to a producer that the order does not name."""
    met = existing.routes(addressee.hsa_id, contract.namespace) if existing else []
    return any(order.component.hsa_id not in producers(row) for row in met)


def _close_route(
    made: Content, order: Order, contract: ContractSpec, addressee: Addressee, context: TakContext
) -> None:
    """Close an addressee's route unless the TAK has none or another order adds it; undo the closing."""
    namespace, producer, existing = contract.namespace, order.component, context.existing
    if (addressee.hsa_id, namespace) in context.added.routes:
        return
    met = existing.routes(addressee.hsa_id, namespace) if existing is not None else []
    if existing is not None and not met:
        return
    url, profile = order.address(contract)
    stated = route(addressee.hsa_id, namespace, producer.hsa_id, url, profile)
    made.order.closed_routes.append(stated)
    if existing is not None:
        earlier = next((row for row in met if existing.can_be_ordered_back(row)), met[0])
        UndoMaker(made.undo, existing).closed_route(earlier, contract, addressee)
    elif url:
        step = made.undo.on(made.undo.day_before)
        step.add_contract(contract)
        step.add_addressee(addressee.hsa_id, addressee.name)
        step.add_component(producer.hsa_id, producer.name)
        step.routes.append(stated)
    else:
        made.limits[Limit.NO_URL] += 1


def _end_authorization(
    made: Content, contract: ContractSpec, consumer: Party, addressee: Addressee, context: TakContext
) -> None:
    """End an authorization unless the TAK has none or another order adds it; undo the ending."""
    identity = (addressee.hsa_id, contract.namespace, consumer.hsa_id)
    if identity in context.added.authorizations:
        return
    existing, undo = context.existing, made.undo
    met = existing.authorizations(*identity) if existing is not None else []
    if existing is not None and not met:
        return
    item = authorization(*identity)
    made.order.ended_authorizations.append(item)
    if existing is not None:
        UndoMaker(undo, existing).ended_authorization(met[0], contract, addressee, consumer)
        return
    include_authorization(undo.on(undo.day_before), item, contract, addressee, consumer)
    undo.limits[Limit.AGREEMENTS] += 1
