"""Rows that repeat or contradict each other.

A TAK has one route for each addressee and contract, and tak-web rejects an order that lists one twice.
Source: skltp/tak, duplicates of a JSON order.

Findings: ADR001, ADR011, KOM003, KOM004, KOM008.
"""

from collections import Counter
from collections.abc import Iterator
from typing import Final, NamedTuple

from underlag.characters.likeness import folded_name
from underlag.checks.rules.context import CheckContext
from underlag.findings import Finding, finding
from underlag.requests import Request
from underlag.workbook import Entry, Field, Flow

#: Values in which two rows for one addressee and contract must agree, and the code if they do not.
_ROUTE: Final = (("producer", "KOM003"), ("url", "KOM004"), ("rivta_profile", "KOM008"))

_ROUTE_CODES: Final = frozenset(code for _, code in _ROUTE)

#: The roles in which such rows may differ when they share the addressee's cell.
_ROLES: Final = {
    **{code: (role,) for role, code in _ROUTE},
    "ADR001": ("consumer", "contract", "producer", "url"),
    "ADR011": ("action",),
}


_Row = tuple[Entry, Request]


class _Scope(NamedTuple):
    """The identity of a row besides its addressee: the contract, and in a consumer's order the consumer."""

    contract: str
    consumer: str


#: Scope and HSA-ID.
_Key = tuple[_Scope, str]


def check_rows(context: CheckContext) -> Iterator[Finding]:
    """Find duplicates, addressees with two routes, and addressees that are both added and removed."""
    reported: set[tuple[str, Field]] = set()
    pairs: set[tuple[str, Field, Field]] = set()
    for flow in context.flows:
        for code, scope, entry, other in _pairs(context, flow):
            here, there = _cells(entry, other, _ROLES[code])
            # Where sheets are combined, one pair of cells meets in many rows, and in either order.
            if (code, here) not in reported and (code, there, here) not in pairs:
                reported.add((code, here))
                pairs.add((code, here, there))
                yield _finding(context, code, scope, (entry, here), (other, there))


def _pairs(context: CheckContext, flow: Flow) -> Iterator[tuple[str, _Scope, Entry, Entry]]:
    """Yield code, scope and rows for each row that repeats or contradicts an earlier one."""
    # For each contract (and consumer, in a consumer's order) the first row of each addressee.
    first: dict[_Key, _Row] = {}
    # Every row of a conflict is reported, or it would be ordered when the others are left out: the rows that
    # agree with an addressee's first row, and the first row that does not.
    agreeing: dict[_Key, list[_Row]] = {}
    opposed: dict[_Key, _Row] = {}
    # Addressees with several rows that differ in their consumers.
    several: dict[_Key, dict[str, Entry]] = {}
    for key, row in _rows(context, flow):
        known_row = first.setdefault(key, row)
        if known_row is row:
            continue
        entry, known = row[0], known_row[0]
        if code := _conflict(context, row, known_row):
            opposed.setdefault(key, row)
            yield code, key[0], entry, known
            for earlier in agreeing.pop(key, ()):
                if code := _conflict(context, earlier, row):
                    yield code, key[0], earlier[0], entry
            continue
        if (other := opposed.get(key)) and (code := _conflict(context, row, other)):
            yield code, key[0], entry, other[0]
            continue
        agreeing.setdefault(key, []).append(row)
        if flow.same_as:
            continue  # addressees that another flow shares are judged there
        consumers = several.get(key)
        if consumers is None:
            consumers = several[key] = {_text(context, known, "consumer"): known}
        same = consumers.setdefault(_text(context, entry, "consumer"), entry)
        if same is not entry and _same_name(entry, same):
            yield "ADR001", key[0], entry, same


def _rows(context: CheckContext, flow: Flow) -> Iterator[tuple[_Key, _Row]]:
    """Yield each row that shares scope and addressee with another, after these."""
    unreadable, unidentified = context.underlag.unreadable, context.unidentified
    rows = context.rows(flow)
    scopes = {request: _scope(request) for request in dict.fromkeys(rows.requests)}
    units = rows.entries.texts("addressee")
    if len(set(units)) == len(units):
        return
    keys = list(zip(map(scopes.__getitem__, rows.requests), units, strict=True))
    counts = Counter(keys)
    shared = [at for at, key in enumerate(keys) if counts[key] > 1 and key[0].contract]
    for row, at in zip(rows.take(shared), shared, strict=True):
        if not (unit := keys[at][1]) or unit in unidentified:
            continue
        if not unreadable or context.is_readable(row[0].addressee):
            yield keys[at], row


def _scope(request: Request) -> _Scope:
    spec, consumer = request.known_contract, "" if request.asks_route else request.consumer
    return _Scope(spec.title if spec else "", consumer)


def _conflict(context: CheckContext, row: _Row, known_row: _Row) -> str:
    """Return the code of the first way in which two rows contradict each other, '' if they do not."""
    (entry, request), (known, known_request) = row, known_row
    if request is known_request:
        return ""
    if request.action != known_request.action:
        return "ADR011"
    for role, code in _ROUTE:
        mine, theirs = _text(context, entry, role), _text(context, known, role)
        if mine != theirs and mine and theirs:
            return code
    return ""


def _cells(entry: Entry, other: Entry, roles: tuple[str, ...]) -> tuple[Field, Field]:
    """Return the cells at which to report two rows: the addressees', or what differs if that is one cell."""
    known: list[tuple[Field, Field]] = []
    for role in ("addressee", *roles):
        mine, theirs = entry.part(role), other.part(role)
        if mine is None or theirs is None:
            continue
        if mine.column and mine.position != theirs.position:
            return mine, theirs
        known.append((mine, theirs))
    return next((pair for pair in known if pair[0].column), known[0])


def _finding(
    context: CheckContext, code: str, scope: _Scope, mine: tuple[Entry, Field], theirs: tuple[Entry, Field]
) -> Finding:
    """Make the finding about two rows."""
    (entry, here), (other, there) = mine, theirs
    role = _ROLES[code][0]
    stated = _text(context, entry, role)
    # Point to what differs in the other row, not to its addressee.
    differing: Field | None = getattr(other, role) if code in _ROUTE_CODES else None
    place = differing if differing is not None and differing.column else there
    return finding(
        code,
        here,
        varde=here.text if here == entry.addressee or code == "ADR001" else "Varje adressat",
        kontrakt=scope.contract,
        producent=stated,
        adress=stated,
        profil=stated,
        annan=_text(context, other, role),
        annan_cell=place.cell,
        related=(there.position,),
    )


def _same_name(left: Entry, right: Entry) -> bool:
    """Whether two rows give their addressee the same name; different names have a finding of their own."""
    mine, theirs = left.text("addressee_name"), right.text("addressee_name")
    return not mine or not theirs or mine == theirs or folded_name(mine) == folded_name(theirs)


def _text(context: CheckContext, entry: Entry, role: str) -> str:
    if context.underlag.unreadable and not context.is_readable(entry.part(role)):
        return ""
    text = entry.text(role)
    return text.upper() if role == "rivta_profile" else text
