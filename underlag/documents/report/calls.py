"""Who calls whom through the platform: from the orders, or from the workbook when nothing can be ordered."""

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Literal, NamedTuple

from underlag.characters.cleaning import shown
from underlag.privacy.identity import shown_identity, without_private
from underlag.text.lists import listed
from underlag.text.numbers import counted

if TYPE_CHECKING:
    from underlag.checked import Checked
    from underlag.orders.order import Order
    from underlag.workbook import Entries, Flow

#: Above this number, calls are summed up by direction of traffic.
MOST_CALLS = 7


class Node(NamedTuple):
    """One party of a call, or several of the same role.

    Attributes:
        name: its name; the HSA-ID if no name is stated.
        hsa_ids: one, or each of several.
        fixed: whether it is the profile's own party, not the region's.
    """

    name: str
    hsa_ids: tuple[str, ...]
    fixed: bool = False

    @property
    def label(self) -> str:
        """The second line: the HSA-ID, the number of several, or that none is stated."""
        if len(self.hsa_ids) > 1:
            return counted(len(self.hsa_ids), "system", "system")
        return "".join(self.hsa_ids)

    @property
    def text(self) -> str:
        """Name and HSA-IDs in running text."""
        ids = listed(self.hsa_ids) if len(self.hsa_ids) <= MOST_CALLS else self.label
        return self.name if ids in ("", self.name) else f"{self.name} ({ids})"


class Call(NamedTuple):
    """One direction of traffic: consumer -> platform -> producer.

    Attributes:
        title: the order or the sheet that it comes from.
        contracts: names with version.
        addressees: the number of logical addressees of the calls.
        removed: whether the connection is removed.
    """

    title: str
    consumer: Node
    producer: Node
    contracts: tuple[str, ...]
    addressees: int
    removed: bool = False

    @property
    def text(self) -> str:
        """The call as a sentence, for users who do not see the picture."""
        contracts = listed(self.contracts) or "ett kontrakt som inte är angivet"
        count = counted(self.addressees, "logisk adressat", "logiska adressater")
        ending = " Anslutningen tas bort." if self.removed else ""
        return (
            f"{self.consumer.text} anropar {self.producer.text} genom Tjänsteplattformen"
            f" med {contracts}. Anropen adresseras till {count}.{ending}"
        )


def calls_of(checked: "Checked", orders: Sequence["Order"]) -> list[Call]:
    """Return the calls that the orders enable or, without orders, those that the workbook describes.

    Many consumers, producers or addresses make many orders, which are then summed up by direction.
    """
    if not orders:
        return [_stated(flow, checked) for flow in checked.underlag.flows if flow.entries]
    calls = [_ordered(order) for order in orders]
    if len(calls) <= MOST_CALLS:
        return calls
    together = sorted(zip(orders, calls, strict=True), key=lambda pair: pair[0].flow.key)
    by_flow = {key: list(pairs) for key, pairs in groupby(together, key=lambda pair: pair[0].flow.key)}
    keys = dict.fromkeys(order.flow.key for order in orders)
    return [_summed(by_flow[key]) for key in keys]


def _ordered(order: "Order") -> Call:
    """Return the call of one order."""
    component = _node([(order.component.hsa_id, order.component.name)], fixed=order.component.fixed)
    if order.kind == "consumer":
        answering = [(a.hsa_id, a.name) for a in order.addressees]
        consumer, producer = (
            component,
            _node(answering, fixed=order.flow.fixed_value("addressee", order.environment.key) is not None),
        )
    else:
        calling = [(p.hsa_id, p.name) for p in order.consumers]
        consumer, producer = _node(calling, fixed=all(p.fixed for p in order.consumers)), component
    return Call(
        f"Beställning {order.ordinal}",
        consumer,
        producer,
        tuple(contract.title for contract in order.contracts),
        len(order.addressees),
        order.action == "remove",
    )


def _summed(pairs: Sequence[tuple["Order", Call]]) -> Call:
    """Return one call for several orders of one direction."""
    order, first = pairs[0]
    calls = [call for _order, call in pairs]
    count = counted(len(calls), "beställning", "beställningar")
    addressees: dict[str, None] = {}
    for each, _call in pairs:
        addressees.update(dict.fromkeys(a.hsa_id for a in each.addressees))
    return Call(
        f"{order.flow.title}, {count}",
        _merged([call.consumer for call in calls]),
        _merged([call.producer for call in calls]),
        tuple(dict.fromkeys(title for call in calls for title in call.contracts)),
        len(addressees),
        first.removed,
    )


def _merged(nodes: Sequence[Node]) -> Node:
    ids = tuple(dict.fromkeys(hsa_id for node in nodes for hsa_id in node.hsa_ids))
    if len(ids) == 1 or len({node.name for node in nodes}) == 1:
        return Node(nodes[0].name, ids, nodes[0].fixed)
    return Node(f"{nodes[0].name} med flera", ids, all(node.fixed for node in nodes))


def _stated(flow: "Flow", checked: "Checked") -> Call:
    """Return the call of a flow as the workbook states it; its values may still be wrong."""
    roles = (
        ("addressee", "addressee_name") if flow.spec.order == "consumer" else ("producer", "producer_name")
    )
    consumers = _pairs(flow.entries, "consumer", "consumer_name")
    producers = _pairs(flow.entries, *roles)
    names = {fixed.value: fixed.name for fixed in flow.spec.fixed if fixed.name}
    contracts = filter(None, dict.fromkeys(flow.entries.texts("contract")))
    addressees = set(flow.entries.texts("addressee")) - {""}
    asked = checked.requests[flow.spec.key].requests
    removed = len(asked) == len(flow.entries) and all(request.action == "remove" for request in asked)
    return Call(
        flow.spec.title,
        _node([(i, names.get(i) or n) for i, n in consumers], fixed=_all_fixed(consumers, names)),
        _node([(i, names.get(i) or n) for i, n in producers], fixed=_all_fixed(producers, names)),
        tuple(contracts),
        len(addressees),
        removed,
    )


def _all_fixed(pairs: Sequence[tuple[str, str]], names: dict[str, str]) -> bool:
    return bool(pairs) and all(hsa_id in names for hsa_id, _name in pairs)


def _pairs(entries: "Entries", role: str, name_role: str) -> list[tuple[str, str]]:
    """Return the distinct parties of a role, with their names."""
    found: dict[str, str] = {}
    for hsa_id, name in dict.fromkeys(zip(entries.texts(role), entries.texts(name_role), strict=True)):
        if hsa_id and not found.get(hsa_id):
            found[hsa_id] = name
    return [(shown_identity(hsa_id), shown(without_private(name))) for hsa_id, name in found.items()]


def _node(pairs: Sequence[tuple[str, str]], *, fixed: bool = False) -> Node:
    kind: Literal["", " med flera"] = " med flera" if len(pairs) > 1 else ""
    if not pairs:
        return Node("Inte angivet i underlaget", ())
    hsa_id, name = pairs[0]
    return Node(f"{name or hsa_id}{kind}", tuple(i for i, _name in pairs), fixed)
