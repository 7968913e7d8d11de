"""Packs what the ledger and the reply need of a workbook: its rows, the components they name, and its review.

The worker that checks the workbook packs it, and the register keeps it.
"""

import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, Any, Final, NamedTuple, Self

from underlag import json_text
from underlag.batch.ledger.unit_rows import BLOCKED
from underlag.batch.register.stored_values import of_stored
from underlag.checked import Checked
from underlag.columns import NOTHING, Cells
from underlag.findings import Finding, Severity
from underlag.orders.order import Order, Party
from underlag.profiles.profile import FlowSpec
from underlag.requests import Request, RequestedRows, default_action
from underlag.workbook import Entries, Entry, Flow, text_of

if TYPE_CHECKING:
    from underlag.documents.mails.review import Review

#: Of a row that is ordered: no codes of findings, and no error.
_ORDERED: Final = ("", False)
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


#: The columns whose texts many rows share.
_SHARED: Final = ("head", "contract", "sheet", "fault")
#: zlib's fastest level: higher ones save little here, for the columns repeat the same numbers.
_LEVEL: Final = 1


class PackedRows(NamedTuple):
    """Rows as columns, each named as in `PackedRow`."""

    head: Sequence[Head]
    contract: Sequence[str]
    unit: Sequence[str]
    name: Sequence[str]
    sheet: Sequence[str]
    cell: Sequence[str]
    fault: Sequence[str]
    is_faulty: Sequence[bool]

    @classmethod
    def of(cls, rows: Iterable[PackedRow]) -> Self:
        """Return rows as columns."""
        return cls(*zip(*rows, strict=True)) if (rows := list(rows)) else cls(*[()] * len(cls._fields))


class PackedBook(NamedTuple):
    """The rows of a workbook and the components they name."""

    rows: PackedRows
    parties: list[Party]


def _rows_of(checked: Checked) -> list[list[Any]]:
    """Return every row that was read: one for each addressee and contract, as rapport.json counts them.

    They are columns, in the order of `PackedRows`.
    """
    faults = _Faults(checked)
    heads = _Heads(checked)
    columns: list[list[Any]] = [[] for _ in PackedRows._fields]
    for flow in checked.underlag.flows:
        entries = flow.entries
        if not entries:
            continue
        requests = _requests(checked, flow)
        units, names = entries.texts("addressee"), entries.texts("addressee_name")
        more: tuple[Iterable[Any], ...] = (
            heads.of(flow, requests),
            _contracts(entries, requests),
            map(str.upper, units),
            (own or checked.names.get(unit, "") for own, unit in zip(names, units, strict=True)),
            *_places(entries),
            *zip(*faults.of(flow), strict=True),
        )
        for column, some in zip(columns, more, strict=True):
            column.extend(some)
    return columns


def _requests(checked: Checked, flow: Flow) -> Sequence[Request | None]:
    """Return the request of each row of a flow, None for one that has none."""
    known = checked.requests.get(flow.spec.key, RequestedRows())
    if len(known) == len(flow.entries):
        return known.requests
    by_entry = dict(known)
    return [by_entry.get(entry) for entry in flow.entries]


def _contracts(entries: Entries, requests: Iterable[Request | None]) -> Iterator[str]:
    """Yield the title of each row's contract, or what the row states instead."""
    for request, stated in zip(requests, entries.texts("contract"), strict=True):
        known = request.known_contract if request else None
        yield known.title if known else stated


def _places(entries: Entries) -> tuple[list[str], list[str]]:
    """Return the sheet and the cell of each row's addressee, or the row where it is in no cell."""
    cells = entries.cells("addressee") if entries.has("addressee") else Cells([NOTHING] * len(entries))
    if cells.all_in_cells:
        return cells.references()
    sheets, places = [], []
    for entry, value in zip(entries, cells, strict=True):
        sheets.append(entry.sheet if value is NOTHING else value.sheet)
        places.append(value.cell or f"rad {entry.row}")
    return sheets, places


class _Faults:
    """Why rows are not ordered: the codes of findings, and whether they are errors."""

    def __init__(self, checked: Checked) -> None:
        self._blocked = checked.blocked
        self._rows = {} if checked.blocked else checked.entries
        self._left_out = {one.entry: one for one in checked.left_out}
        self._errors = _errors(checked)

    def of(self, flow: Flow) -> list[tuple[str, bool]]:
        """Return for each row the codes, '' if it is ordered, and whether they are errors."""
        ordered = self._rows.get(flow.spec.key, ())
        if len(ordered) == len(flow.entries):
            return [_ORDERED] * len(flow.entries)
        known = set(ordered)
        return [_ORDERED if entry in known else self._of(entry) for entry in flow.entries]

    def _of(self, entry: Entry) -> tuple[str, bool]:
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
    """The heads of a workbook's rows; rows with the same request share one."""

    def __init__(self, checked: Checked) -> None:
        underlag = checked.underlag
        self._profile = underlag.profile.key if underlag.profile else ""
        self._day = underlag.details.day.isoformat() if underlag.details.day else ""
        self._action = default_action(underlag, checked.options)

    def of(self, flow: Flow, requests: Sequence[Request | None]) -> Iterator[Head]:
        """Yield the head of each row of a flow."""
        known = {
            request: self._of_request(flow.spec, request) for request in dict.fromkeys(requests) if request
        }
        for entry, request in zip(flow.entries, requests, strict=True):
            yield known[request] if request else self._without_request(flow.spec, entry)

    def _without_request(self, flow: FlowSpec, entry: Entry) -> Head:
        return self._head(flow, self._action, text_of(entry.consumer), text_of(entry.producer), "", "")

    def _of_request(self, flow: FlowSpec, request: Request) -> Head:
        return self._head(
            flow, request.action, request.consumer, request.producer, request.url, request.rivta_profile
        )

    def _head(  # noqa: PLR0917 - the parts of a head
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
    texts: dict[str | Head, int] = {}
    numbered = [
        _numbered(column, texts) if name in _SHARED else column
        for name, column in zip(PackedRows._fields, _rows_of(checked), strict=True)
    ]
    parties = {party.hsa_id: party for order in orders for party in (order.component, *order.consumers)}
    packed = [list(texts), numbered, list(parties.values()), review.as_data()]
    return zlib.compress(json_text.compact(packed, default=tuple), _LEVEL)


def _numbered(column: Sequence[str | Head], texts: dict[str | Head, int]) -> list[int]:
    """Return the number of each text of a column; new texts get the next numbers."""
    for text in dict.fromkeys(column):
        texts.setdefault(text, len(texts))
    return list(map(texts.__getitem__, column))


@of_stored
def unpack(content: bytes) -> PackedBook:
    """Return the rows and components that `pack` packed."""
    texts, columns, parties, *_ = json_text.parse(zlib.decompress(content))
    shared = [Head(*text) if isinstance(text, list) else text for text in texts]
    filled: Iterable[Any] = (
        list(map(shared.__getitem__, column)) if name in _SHARED else column
        for name, column in zip(PackedRows._fields, columns, strict=True)
    )
    return PackedBook(PackedRows(*filled), [Party(*party) for party in parties])


@of_stored
def unpack_review(content: bytes) -> "Review | None":
    """Return the review that `pack` packed, None for content of an earlier version."""
    from underlag.documents.mails.review import Review  # noqa: PLC0415 - only replies need it

    parts = json_text.parse(zlib.decompress(content))
    return Review.from_data(parts[3]) if len(parts) > _WITHOUT_REVIEW else None
