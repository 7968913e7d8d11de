"""Packs orders into parts, as few as their size allows: each, and its undo, stays below a limit."""

import itertools
from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Final, NamedTuple

from underlag import json_text
from underlag.orders.order import Addressee, Order
from underlag.tak.orders.content import Content, TakContext, content
from underlag.tak.orders.draft import Draft
from underlag.tak.orders.sections import Sections
from underlag.tak.orders.size import encoded_size
from underlag.tak.orders.undo import Limit

_SAMPLE: Final = 64
#: Share of the limit to which parts are filled; the estimate from a sample is not exact.
_MARGIN: Final = 0.98
_EVENLY: Final = 1.02
#: Bytes of content that are kept until they are written; what is beyond them is serialised again then.
_KEPT: Final = 32_000_000
#: Maximum addressees of an order that is made without an estimate, and the share of the limit below which its
#: size must be then. A sample of it has at least a quarter of the addressees, so an estimate could not exceed
#: the limit.
_FEW: Final = 4 * _SAMPLE
_SHARE: Final = 1 / 6


class Step(NamedTuple):
    """A step of an undo: its day, its sections as JSON in pieces, and laid out for people."""

    day: date
    content: tuple[bytes, ...]
    lines: list[str]


class Part(NamedTuple):
    """The content of a part, without header.

    Attributes:
        pieces: the addressees of each order.
        limits: the count of each limit.
        is_empty: whether it orders nothing.
        order: its sections as JSON, in pieces.
        lines: its sections, laid out for people.
        undo: the steps of its undo, by date; empty when there is nothing to undo.
        undo_counts: by the day of each step, the numbers of routes and authorizations included and excluded.
        order_length: the bytes of `order`.
        is_kept: whether `order` and the content of the steps are there; see `complete`.
    """

    pieces: Sequence["_Piece"]
    limits: Counter[Limit]
    is_empty: bool
    order: tuple[bytes, ...]
    lines: list[str]
    undo: tuple[Step, ...]
    undo_counts: dict[date, tuple[int, int]]
    order_length: int
    is_kept: bool = True

    @property
    def length(self) -> int:
        """The bytes of its content, without what order and undo share."""
        pieces = itertools.chain(self.order, *(step.content for step in self.undo))
        return sum(map(len, {id(piece): piece for piece in pieces}.values()))

    def without_content(self) -> "Part":
        """Return the part without what can be serialised again."""
        undo = tuple(step._replace(content=()) for step in self.undo)
        return self._replace(order=(), undo=undo, is_kept=False)


class _Piece(NamedTuple):
    """Some addressees of an order."""

    order: Order
    addressees: tuple[Addressee, ...]


def make_parts(orders: Sequence[Order], day: date, context: TakContext, room: int) -> list[Part]:
    """Pack orders into parts.

    Cuts by the size of a sample first; a part that turns out too large is cut in two. All parts of a large
    order may be hundreds of megabytes, so that only the first keep their content.

    Args:
        orders: the orders, of one environment, day and action.
        day: their day.
        context: the TAK and the other orders.
        room: exclusive maximum of a file's form-encoded sections; a single addressee may exceed it.
    """
    if len(orders) == 1 and len(orders[0].addressees) <= _FEW:
        part, files = _part([_Piece(orders[0], orders[0].addressees)], day, context)
        if not any(file.reaches(room * _SHARE) for file in files):
            return [part]
    found: list[Part] = []
    kept = 0
    waiting = _cut(orders, day, context, room)
    while waiting:
        pieces = waiting.pop()
        part, files = _part(pieces, day, context)
        several = sum(len(piece.addressees) for piece in pieces) > 1
        if several and any(file.reaches(room) for file in files):
            waiting += reversed(_halves(pieces))
        else:
            kept += part.length
            found.append(part if kept < _KEPT else part.without_content())
    return found


def complete(part: Part, day: date, context: TakContext) -> Part:
    """Return the part with its content; arguments as in `make_parts`."""
    return part if part.is_kept else _part(part.pieces, day, context)[0]


def _cut(orders: Sequence[Order], day: date, context: TakContext, room: int) -> list[list[_Piece]]:
    """Return parts of even size that should each fit, the last part first."""
    costs = [_cost(order, day, context) for order in orders]
    total = sum(each * len(order.addressees) for order, (_, each) in zip(orders, costs, strict=True))
    total += sum({key: size for listed, _ in costs for key, size in listed.items()}.values())
    most = max(room * _MARGIN, 1)
    count = max(1, -int(-total // most))
    # Slightly above the even share, so that the remainder from rounding makes no part of its own.
    full = min(_EVENLY * total / count, most)
    parts: list[list[_Piece]] = [[]]
    used, there = 0.0, set[str]()
    for order, (listed, each) in zip(orders, costs, strict=True):
        left = order.addressees
        while left:
            new = sum(size for key, size in listed.items() if key not in there)
            if used + new + each > full and parts[-1]:
                parts.append([])
                used, there = 0.0, set()
                continue
            length = max(1, round((full - used - new) / each))
            parts[-1].append(_Piece(order, left[:length]))
            used += new + each * len(left[:length])
            there |= listed.keys()
            left = left[length:]
    return [part for part in reversed(parts) if part]


def _cost(order: Order, day: date, context: TakContext) -> tuple[dict[str, int], float]:
    """Estimate the encoded size of an order: of what each part repeats, by key, and of each addressee."""
    sample = order.addressees[:: max(1, len(order.addressees) // _SAMPLE)]
    first = content(order, day, sample[:1], context)
    listed = {
        key: encoded_size(json_text.compact(item))
        for items in (first.order.contracts, first.order.components)
        for key, item in items.items()
    }
    one = _size(first)
    if len(sample) == 1:
        return listed, max(one - sum(listed.values()), 1)
    each = (_size(content(order, day, sample, context)) - one) / (len(sample) - 1)
    return listed, max(each, 1)


def _halves(pieces: list[_Piece]) -> list[list[_Piece]]:
    """Cut a part in two with as many addressees each."""
    half = sum(len(piece.addressees) for piece in pieces) // 2
    first: list[_Piece] = []
    second: list[_Piece] = []
    for order, addressees in pieces:
        if taken := addressees[:half]:
            first.append(_Piece(order, taken))
        if rest := addressees[half:]:
            second.append(_Piece(order, rest))
        half -= len(taken)
    return [first, second]


def _part(pieces: Sequence[_Piece], day: date, context: TakContext) -> tuple[Part, list[Sections]]:
    """Build the content of a part and serialise it; return it and the sections of each of its files."""
    made = content(pieces[0].order, day, pieces[0].addressees, context)
    for order, addressees in pieces[1:]:
        made.absorb(content(order, day, addressees, context))
    sections = Sections(made.order)
    steps = [(at, step, Sections(step, sections)) for at, step in made.undo.in_order()]
    text = sections.content
    part = Part(
        pieces,
        made.limits,
        made.order.is_empty,
        text,
        sections.lines,
        tuple(Step(at, undo.content, undo.lines) for at, _, undo in steps),
        {at: _counts(step) for at, step, _ in steps},
        sum(map(len, text)),
    )
    return part, [sections, *(undo for *_, undo in steps)]


def _size(made: Content) -> int:
    """Return the form-encoded size of the largest file."""
    order = Sections(made.order)
    return max(order.size, *(Sections(step, order).size for _, step in made.undo.in_order()), 0)


def _counts(step: Draft) -> tuple[int, int]:
    return (
        len(step.routes) + len(step.authorizations),
        len(step.closed_routes) + len(step.ended_authorizations),
    )
