"""Merged orders: what the rows of a load order together, each row once."""

from collections.abc import Iterator
from datetime import date
from typing import Any, Final, Literal, NamedTuple

from underlag.batch.loads.row_table import OrderHead, Rows
from underlag.orders.order import Address, Addressee, Order, Party
from underlag.workbook import Field, OrderDetails

#: Maximum addressees of an order. More are several orders: memory does not grow with their number.
MOST_ADDRESSEES: Final = 5_000
#: Case numbers that a comment in TAK names.
_MOST_CASES: Final = 3

_SOURCE: Final = "sammanställningen"


class MergedOrder(NamedTuple):
    """An order, and the numbers of the workbooks that it stems from."""

    order: Order
    books: tuple[int, ...]


def merge(rows: Rows, environment: str, *, most: int = MOST_ADDRESSEES) -> list[MergedOrder]:
    """Build orders of the rows of a load.

    Addressees are put together where profile, direction, component, address, consumers, action and date of
    change agree; nobody is authorised beyond what a workbook asks for.

    Args:
        rows: the rows.
        environment: the key of the environment.
        most: how many addressees an order may hold.

    Returns:
        The orders, numbered, in the order of the profile's directions.
    """
    found = sorted(_blocks(rows), key=lambda block: _rank(block.head))
    cut = [
        (block, block.addressees[start : start + most])
        for block in found
        for start in range(0, len(block.addressees), most)
    ]
    merged = []
    for number, (block, addressees) in enumerate(cut, start=1):
        order = _order(rows, block, addressees, environment)
        merged.append(MergedOrder(order._replace(number=number, total=len(cut)), block.books))
    return merged


class _Block(NamedTuple):
    """Addressees (as numbers) that are ordered for the same contracts (a bit for each of the direction's)."""

    head: OrderHead
    contracts: int
    addressees: list[int]
    books: tuple[int, ...]


def _blocks(rows: Rows) -> Iterator[_Block]:
    import pandas as pd  # noqa: PLC0415 - only where there is something to merge

    right = rows.table
    once = right.drop_duplicates(["head", "contract", "addressee"])
    bits = [
        (at, code, 1 << head_contracts.index(title))
        for at, head in enumerate(rows.heads)
        for head_contracts in [[contract.title for contract in head.flow_spec.contracts]]
        for code, title in rows.contracts.items()
        if title in head_contracts
    ]
    known = pd.DataFrame(bits, columns=["head", "contract", "bit"])
    asked = once.merge(known, on=["head", "contract"], how="left", validate="many_to_one")
    whole = asked.groupby(["head", "addressee"], sort=False, as_index=False)["bit"].sum()
    # A row that two workbooks have stems from both.
    stems = right.merge(whole, on=["head", "addressee"])[["head", "bit", "book"]].drop_duplicates()
    books = {key: tuple(sorted(group)) for key, group in stems.groupby(["head", "bit"])["book"]}
    key: Any
    for key, block in whole.groupby(["head", "bit"], sort=False):
        at, bit = key
        yield _Block(rows.heads[at], int(bit), block["addressee"].tolist(), books[key])


def _rank(head: OrderHead) -> tuple[str, int]:
    keys = [flow.key for flow in head.profile_spec.flows]
    return head.profile, keys.index(head.flow)


def _order(rows: Rows, block: _Block, addressees: list[int], environment: str) -> Order:
    head = block.head
    profile, flow = head.profile_spec, head.flow_spec
    spec = profile.environment(environment)
    if spec is None:
        raise ValueError(f"profile {profile.key} has no environment {environment}")
    names = rows.names
    kind: Literal["consumer", "producer"] = flow.order
    action: Literal["add", "remove"] = "remove" if head.action == "remove" else "add"
    contracts = profile.flow_contracts(flow)
    ordered = tuple(contract for at, contract in enumerate(contracts) if block.contracts >> at & 1)
    return Order(
        number=1,
        total=1,
        kind=kind,
        action=action,
        flow=flow,
        environment=spec,
        component=_party(rows, head.component),
        contracts=ordered,
        addresses=(Address(head.url, head.rivta_profile),) * len(ordered) if kind == "producer" else (),
        addressees=tuple(Addressee(*names[code]) for code in addressees),
        consumers=tuple(_party(rows, hsa_id) for hsa_id in head.consumers),
        day=date.fromisoformat(head.day) if head.day else None,
        details=_details(rows, block.books),
        remark="",
        bulk=len(addressees) >= profile.bulk_from,
    )


def _party(rows: Rows, hsa_id: str) -> Party:
    return rows.parties.get(hsa_id, Party(hsa_id))


def _details(rows: Rows, books: tuple[int, ...]) -> OrderDetails:
    """Return case numbers, and the region where there is but one, for the head of the order."""
    made = [rows.books[number] for number in books]
    cases = sorted({one.case_number for one in made if one.case_number})
    regions = {one.region for one in made}
    case = ", ".join(cases[:_MOST_CASES]) + (" m.fl." if len(cases) > _MOST_CASES else "")
    region = regions.pop() if len(regions) == 1 else ""
    return OrderDetails(
        case_number=Field(case, _SOURCE, 0, 0) if case else None,
        region=Field(region, _SOURCE, 0, 0) if region else None,
    )
