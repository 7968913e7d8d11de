"""Packs what the ledger and the reply need of a workbook: its rows, the components they name, and its review.

The worker that checks the workbook packs it, and the register keeps it.
"""

import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from underlag import json_text
from underlag.batch.ledger.judge_unit import BLOCKED
from underlag.checked import Checked
from underlag.columns import NOTHING
from underlag.findings import Finding, Severity
from underlag.orders.order import Order, Party
from underlag.profiles.profile import FlowSpec
from underlag.requests import Request, default_action
from underlag.workbook import Entries, Entry, text_of

if TYPE_CHECKING:
    from underlag.documents.mails.review import Review

#: Parts of what earlier versions packed.
_WITHOUT_REVIEW: Final = 3


class Head(NamedTuple):
    """The request of a row without contract and addressee; HSA-IDs are in upper case."""

    profile: str
    flow: str
    kind: str
    action: str
    component: str
    url: str
    rivta_profile: str
    consumer: str
    day: str


class PackedRow(NamedTuple):
    """An addressee for a contract, and the cell of the addressee.

    `fault` has the codes of the findings that prevent its order, '' for none. `is_faulty`: they are errors;
    otherwise there was nothing to order.
    """

    head: Head
    contract: str
    unit: str
    name: str
    sheet: str
    cell: str
    fault: str
    is_faulty: bool = False


class PackedBook(NamedTuple):
    """The rows of a workbook and the components they name."""

    rows: list[PackedRow]
    parties: list[Party]


def rows_of(checked: Checked) -> Iterator[PackedRow]:
    """Yield every row that was read: one for each addressee and contract, as rapport.json counts them."""
    requests = {entry: request for rows in checked.requests.values() for entry, request in rows}
    faults = _Faults(checked)
    heads = _Heads(checked)
    for flow in checked.underlag.flows:
        # By columns: an entry looks its parts up one by one.
        entries = flow.entries
        columns = (entries, _places(entries), entries.texts("addressee_name"), entries.texts("contract"))
        for entry, (unit, sheet, cell), name, contract in zip(*columns, strict=True):
            request = requests.get(entry)
            known = request.known_contract if request else None
            yield PackedRow(
                heads.head(flow.spec, entry, request),
                known.title if known else contract,
                unit.upper(),
                name or checked.names.get(unit, ""),
                sheet,
                cell or f"rad {entry.row}",
                *faults.of(entry),
            )


def _places(entries: Entries) -> Iterable[tuple[str, str, str]]:
    """Return the addressee of each row, its sheet and its cell, '' where it is in none."""
    if not entries.has("addressee"):
        return [("", one.sheet, "") for one in entries]
    return [
        (value.text, one.sheet if value is NOTHING else value.sheet, value.cell)
        for one, value in zip(entries, entries.cells("addressee"), strict=True)
    ]


class _Faults:
    """Why rows are not ordered: the codes of findings, and whether they are errors."""

    def __init__(self, checked: Checked) -> None:
        self._blocked = checked.blocked
        self._ordered = set() if checked.blocked else {e for rows in checked.entries.values() for e in rows}
        self._left_out = {one.entry: one for one in checked.left_out}
        self._errors = _errors(checked)

    def of(self, entry: Entry) -> tuple[str, bool]:
        """Return the codes, '' for a row that is ordered, and whether they are errors."""
        if entry in self._ordered:
            return "", False
        known = self._left_out.get(entry)
        codes = [one.code for one in known.reasons] if known else self._errors.get((entry.sheet, entry.row))
        is_faulty = self._blocked or known is None or any(map(_is_error, known.reasons))
        return ", ".join(dict.fromkeys(codes or [BLOCKED])), is_faulty


def _is_error(found: Finding) -> bool:
    return found.severity is Severity.ERROR


def _errors(checked: Checked) -> defaultdict[tuple[str, int], list[str]]:
    """Return the codes of the errors by sheet and row."""
    found: defaultdict[tuple[str, int], list[str]] = defaultdict(list)
    for one in checked.findings:
        if one.severity is Severity.ERROR and one.row:
            found[one.sheet, one.row].append(one.code)
    return found


class _Heads:
    """The heads of a workbook's rows, shared by many rows."""

    def __init__(self, checked: Checked) -> None:
        underlag = checked.underlag
        self._profile = underlag.profile.key if underlag.profile else ""
        self._day = underlag.details.day.isoformat() if underlag.details.day else ""
        self._action = default_action(underlag, checked.options)
        self._known: dict[int, Head] = {}

    def head(self, flow: FlowSpec, entry: Entry, request: Request | None) -> Head:
        if request is None:
            return self._of(flow, self._action, text_of(entry.consumer), text_of(entry.producer), "", "")
        known = self._known.get(id(request))
        if known is None:
            known = self._known[id(request)] = self._of(
                flow, request.action, request.consumer, request.producer, request.url, request.rivta_profile
            )
        return known

    def _of(  # noqa: PLR0917 - the parts of a head
        self, flow: FlowSpec, action: str, consumer: str, producer: str, url: str, rivta_profile: str
    ) -> Head:
        is_route = flow.order == "producer"
        return Head(
            self._profile,
            flow.key,
            flow.order,
            action,
            (producer if is_route else consumer).upper(),
            url if is_route else "",
            rivta_profile if is_route else "",
            consumer.upper(),
            self._day,
        )


def pack(checked: Checked, orders: Sequence[Order], review: "Review") -> bytes:
    """Return a workbook's rows, the components of its orders and its review, as bytes."""
    numbers: dict[str | Head, int] = {}
    rows = [
        [
            *(
                numbers.setdefault(text, len(numbers))
                for text in (row.head, row.contract, row.sheet, row.fault)
            ),
            row.unit,
            row.name,
            row.cell,
            row.is_faulty,
        ]
        for row in rows_of(checked)
    ]
    parties = {party.hsa_id: party for order in orders for party in (order.component, *order.consumers)}
    packed = [list(numbers), rows, list(parties.values()), review.as_data()]
    return zlib.compress(json_text.compact(packed, default=tuple), 6)


def unpack(content: bytes) -> PackedBook:
    """Return the rows and components that `pack` packed."""
    texts, rows, parties, *_ = json_text.parse(zlib.decompress(content))
    shared = [Head(*text) if isinstance(text, list) else text for text in texts]
    return PackedBook(
        [
            PackedRow(shared[head], shared[contract], unit, name, shared[sheet], cell, shared[fault], faulty)
            for head, contract, sheet, fault, unit, name, cell, faulty in rows
        ],
        [Party(*party) for party in parties],
    )


def unpack_review(content: bytes) -> "Review | None":
    """Return the review that `pack` packed, None for content of an earlier version."""
    from underlag.documents.mails.review import Review  # noqa: PLC0415 - only replies need it

    parts = json_text.parse(zlib.decompress(content))
    return Review.from_data(parts[3]) if len(parts) > _WITHOUT_REVIEW else None
