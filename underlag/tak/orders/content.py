"""What an order for TAK includes and excludes, and what undoes it.

Source: skltp/tak, tak-web. An included route replaces the one that the addressee has for the contract. A
route is closed by addressee and contract alone, whatever producer the order names. Addressees, components and
contracts cannot be deleted.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, NamedTuple

from underlag.orders.order import Addressee, Order, Party
from underlag.profiles.profile import ContractSpec
from underlag.tak.holdings.catalogue import Route
from underlag.tak.orders.draft import Draft, authorization, route
from underlag.tak.orders.existing import Existing, comparable, is_orderable, producers


class Limit(StrEnum):
    """What an undo does not bring back, or what the order leaves alone; in Swedish: texts/undo.toml."""

    STAYS = "stays"
    UNSEEN = "unseen"
    PROLONGED = "prolonged"
    RESTORED = "restored"
    LOST = "lost"
    THERE = "there"
    NO_URL = "no_url"
    AGREEMENTS = "agreements"
    REFUSED = "refused"
    PERHAPS_DELETED = "perhaps_deleted"


@dataclass(slots=True)
class Content:
    """An order, its undo, and how often each limit is met."""

    order: Draft = field(default_factory=Draft)
    undo: Draft = field(default_factory=Draft)
    limits: Counter[Limit] = field(default_factory=Counter)


@dataclass(slots=True, frozen=True)
class Added:
    """What the other orders of the Underlag add: a removal must not close it, whichever is loaded first."""

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
    """What an order comes into: the TAK (None when nobody showed it), and the Underlag's other orders.

    `only_new`: what the TAK has already, exactly as ordered, is left out of the order.
    """

    existing: Existing | None = None
    added: Added = Added()
    only_new: bool = False


def content(order: Order, addressees: Sequence[Addressee], context: TakContext) -> Content:
    """Put together the order and its undo for some of its addressees.

    Args:
        order: the order.
        addressees: those of the part.
        context: what they come into.
    """
    if order.action == "add":
        made = _adding(order, addressees, context)
    else:
        made = _removing(order, addressees, context)
    relied = made.limits[Limit.PROLONGED] + made.limits[Limit.RESTORED] + made.limits[Limit.LOST]
    if context.existing and context.existing.catalogue.includes_deleted and relied:
        made.limits[Limit.PERHAPS_DELETED] = relied
    return made


def _adding(order: Order, addressees: Sequence[Addressee], context: TakContext) -> Content:
    existing = context.existing
    made = Content(limits=Counter({Limit.STAYS: 1}))
    _include(made.order, order, addressees)
    if existing is not None and context.only_new:
        _leave_out_what_is_there(made, order, existing)
    if existing is None:
        made.limits[Limit.UNSEEN] = 1
        made.undo.ended_authorizations = made.order.authorizations
        made.undo.closed_routes = made.order.routes
        return made
    for item in made.order.authorizations:
        if existing.authorizations(item["logiskAdress"], item["tjanstekontrakt"], item["tjanstekonsument"]):
            made.limits[Limit.PROLONGED] += 1
        else:
            made.undo.ended_authorizations.append(item)
    contracts = {contract.namespace: contract for contract in order.contracts}
    named = {addressee.hsa_id: addressee for addressee in addressees}
    for item in made.order.routes:
        contract, addressee = contracts[item["tjanstekontrakt"]], named[item["logiskAdress"]]
        _take_back(made, order, contract, addressee, existing)
    return made


def _leave_out_what_is_there(made: Content, order: Order, existing: Existing) -> None:
    """Leave out what the TAK has already: ordered again, it would lose its own end date."""
    draft, day = made.order, existing.day
    authorizations = [
        item
        for item in draft.authorizations
        if not any(row.since <= day for row in existing.authorizations(*_identity(item)))
    ]
    routes = [
        item
        for item in draft.routes
        if not any(
            row.since <= day and _is_ordered(row, order)
            for row in existing.routes(item["logiskAdress"], item["tjanstekontrakt"])
        )
    ]
    left_out = len(draft.authorizations) + len(draft.routes) - len(authorizations) - len(routes)
    if left_out:
        made.limits[Limit.THERE] = left_out
        draft.authorizations, draft.routes = authorizations, routes
        draft.keep_what_is_referred_to()


def _identity(item: dict[str, Any]) -> tuple[str, str, str]:
    return item["logiskAdress"], item["tjanstekontrakt"], item["tjanstekonsument"]


def _include(draft: Draft, order: Order, addressees: Sequence[Addressee]) -> None:
    """Include everything that the order states for these addressees."""
    for contract in order.contracts:
        draft.add_contract(contract)
    draft.addressees.update((a.hsa_id, {"hsaId": a.hsa_id, "beskrivning": a.name}) for a in addressees)
    for party in (order.component, *order.consumers):
        draft.add_component(party.hsa_id, party.name)
    for contract in order.contracts:
        namespace = contract.namespace
        for consumer in order.consumers:
            caller = consumer.hsa_id
            draft.authorizations += [authorization(a.hsa_id, namespace, caller) for a in addressees]
        if order.kind == "producer":
            producer, url, profile = order.component.hsa_id, order.url, order.rivta_profile
            draft.routes += [route(a.hsa_id, namespace, producer, url, profile) for a in addressees]


def _take_back(
    made: Content, order: Order, contract: ContractSpec, addressee: Addressee, existing: Existing
) -> None:
    """Undo one added route: close it, or make again the one that it replaces."""
    met = existing.routes(addressee.hsa_id, contract.namespace)
    if any(_is_ordered(row, order) for row in met):
        made.limits[Limit.PROLONGED] += 1
        return
    earlier = next((row for row in met if existing.can_be_ordered_back(row)), None)
    if earlier is not None:
        made.limits[Limit.RESTORED] += 1
        _make_again(made.undo, earlier, contract, addressee, existing)
        return
    if met:
        made.limits[Limit.LOST] += 1
    made.undo.closed_routes.append(
        route(addressee.hsa_id, contract.namespace, order.component.hsa_id, order.url, order.rivta_profile)
    )


def _is_ordered(row: Route, order: Order) -> bool:
    """Whether tak-web would take the row for the ordered route, and only prolong it."""
    return (
        row.url == order.url
        and comparable(row.rivta_profile) == order.rivta_profile
        and producers(row) == {order.component.hsa_id}
    )


def _make_again(
    draft: Draft, row: Route, contract: ContractSpec, addressee: Addressee, existing: Existing
) -> None:
    draft.add_contract(contract)
    draft.add_addressee(addressee.hsa_id, addressee.name)
    producer = comparable(row.producer)
    if is_orderable(producer):
        draft.add_component(producer, existing.description(producer))
    else:
        # An id that TAK no longer takes is in the database all the same: it is referred to as it stands
        # there.
        producer = row.producer
    draft.routes.append(route(addressee.hsa_id, contract.namespace, producer, row.url, row.rivta_profile))


def _removing(order: Order, addressees: Sequence[Addressee], context: TakContext) -> Content:
    made = Content()
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
    return made


def _is_anothers(
    order: Order, contract: ContractSpec, addressee: Addressee, existing: Existing | None
) -> bool:
    """Whether the addressee's route leads to a producer that the order does not name."""
    met = existing.routes(addressee.hsa_id, contract.namespace) if existing else []
    return any(order.component.hsa_id not in producers(row) for row in met)


def _close_route(
    made: Content, order: Order, contract: ContractSpec, addressee: Addressee, context: TakContext
) -> None:
    namespace, producer, existing = contract.namespace, order.component, context.existing
    if (addressee.hsa_id, namespace) in context.added.routes:
        return
    met = existing.routes(addressee.hsa_id, namespace) if existing is not None else []
    if existing is not None and not met:
        return
    stated = route(addressee.hsa_id, namespace, producer.hsa_id, order.url, order.rivta_profile)
    made.order.closed_routes.append(stated)
    if existing is not None:
        earlier = next((row for row in met if existing.can_be_ordered_back(row)), None)
        if earlier is not None:
            made.limits[Limit.RESTORED] += 1
            _make_again(made.undo, earlier, contract, addressee, existing)
        else:
            made.limits[Limit.LOST] += 1
    elif order.url:
        made.undo.add_contract(contract)
        made.undo.add_addressee(addressee.hsa_id, addressee.name)
        made.undo.add_component(producer.hsa_id, producer.name)
        made.undo.routes.append(stated)
    else:
        made.limits[Limit.NO_URL] += 1


def _end_authorization(
    made: Content, contract: ContractSpec, consumer: Party, addressee: Addressee, context: TakContext
) -> None:
    identity = (addressee.hsa_id, contract.namespace, consumer.hsa_id)
    if identity in context.added.authorizations:
        return
    if context.existing is not None and not context.existing.authorizations(*identity):
        return
    item = authorization(*identity)
    made.order.ended_authorizations.append(item)
    made.undo.add_contract(contract)
    made.undo.add_addressee(addressee.hsa_id, addressee.name)
    made.undo.add_component(consumer.hsa_id, consumer.name)
    made.undo.authorizations.append(item)
    made.limits[Limit.AGREEMENTS] += 1
