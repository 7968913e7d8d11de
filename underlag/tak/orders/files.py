"""The TAK files of an order: the order itself and its undo, in parts that tak-web's form takes.

Source: skltp/tak, tak-web: only the calendar day of `genomforandeTidpunkt` counts, in the time zone of the
server, so it is written as noon. An order comes form-encoded, and the server's form takes 2 MB.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any, Final, NamedTuple

from underlag import json_text
from underlag.options import STOCKHOLM, Options
from underlag.orders.order import Addressee, Order
from underlag.tak.holdings.catalogue import Catalogue
from underlag.tak.orders.comment import order_comment, report_notes, undo_comment
from underlag.tak.orders.content import Added, Limit, TakContext, content
from underlag.tak.orders.existing import Existing
from underlag.tak.orders.size import LARGEST_BODY, encoded_size
from underlag.tak.orders.storable import storable
from underlag.workbook import text_of

_SAMPLE: Final = 64
_MARGIN: Final = 0.98


class TakFiles(NamedTuple):
    """The TAK files of an order.

    Attributes:
        files: content by file name, without folder: bestallning-2.json and aterstall-2.json, or for each part
            bestallning-2-del-1-av-4.json and aterstall-2-del-1-av-4.json. None: there is nothing to order. An
            order without anything to undo has no undo.
        notes: Swedish sentences for the report: what the files assume, and what cannot be undone.
    """

    files: dict[str, bytes]
    notes: tuple[str, ...]


def tak_files(
    order: Order,
    options: Options,
    catalogue: Catalogue | None = None,
    *,
    all_orders: Sequence[Order] = (),
    limit: int = LARGEST_BODY,
) -> TakFiles:
    """Write the TAK files of an order.

    Args:
        order: the order.
        options: `now` is when it was ordered, and the day where the order has none; with `only_new` an order
            leaves out what the catalogue has already.
        catalogue: what the TAK holds; the undo then puts back what was there before, and a removal spares the
            routes of other producers. None when nobody showed it.
        all_orders: all orders of the Underlag, so that a removal spares what another of them adds.
        limit: what a form-encoded body must be smaller than. An order for a single addressee is never split.
    """
    header = _Header.of(order, options)
    made = _parts(order, _context(order, options, catalogue, all_orders), header, limit)
    limits: Counter[Limit] = sum((part.limits for part in made), Counter())
    notes = report_notes(order, limits, carried_out_on(order, options).isoformat())
    parts = [part for part in reversed(made) if not part.is_empty]
    made.clear()
    orders: dict[str, bytes] = {}
    undos: dict[str, bytes] = {}
    total = len(parts)
    for number in range(1, total + 1):
        part = parts.pop()  # each stands in memory once: together they may be hundreds of megabytes
        name = f"{order.number}-del-{number}-av-{total}" if total > 1 else f"{order.number}"
        text = f"del {number} av {total}" if total > 1 else ""
        orders[f"bestallning-{name}.json"] = header.joined(
            order_comment(order, text, part.limits), part.order
        )
        if part.undo:
            undos[f"aterstall-{name}.json"] = header.joined(undo_comment(order, text, part.limits), part.undo)
    return TakFiles(orders | undos, notes)


def carried_out_on(order: Order, options: Options) -> date:
    """Return the day that the TAK files state: the order's; without one, the day on which they are made.

    tak-web takes no order without a day. No later day is made up: a comment in the file says what day it is.
    """
    return order.day or options.now.date()


def _context(
    order: Order, options: Options, catalogue: Catalogue | None, all_orders: Sequence[Order]
) -> TakContext:
    return TakContext(
        Existing(catalogue, carried_out_on(order, options)) if catalogue else None,
        Added.by(all_orders) if order.action == "remove" else Added(),
        options.only_new,
    )


class _Header(NamedTuple):
    """The header of every part; the comment differs."""

    fields: dict[str, Any]

    @classmethod
    def of(cls, order: Order, options: Options) -> "_Header":
        noon = datetime.combine(carried_out_on(order, options), time(12), STOCKHOLM)
        region = text_of(order.details.region)
        return cls(
            {
                "plattform": order.environment.platform,
                "formatVersion": 1.0,
                "version": 1,
                "bestallningsTidpunkt": _moment(options.now),
                "genomforandeTidpunkt": _moment(noon),
                "utforare": storable(f"{region} (underlag)" if region else "underlag"),
            }
        )

    def joined(self, comment: str, sections: bytes) -> bytes:
        """Put the header before sections that are written already, on one line: see `storable`."""
        head = json_text.compact({**self.fields, "kommentar": comment})
        return b"".join((head.removesuffix(b"}"), b",", sections.removeprefix(b"{")))


class _Part(NamedTuple):
    """Both texts of one part, without header, and how often each limit is met; `undo` is empty for none."""

    limits: Counter[Limit]
    is_empty: bool
    order: bytes
    undo: bytes


def _parts(order: Order, context: TakContext, header: _Header, limit: int) -> list[_Part]:
    """Split the addressees so that each part and its undo stay below the limit.

    The first cut is by the size of a sample; a part that turns out too large is cut in two.
    """
    longest = "del 9999 av 9999"
    every = order.addressees
    sample = _part(order, every[:: max(1, len(every) // _SAMPLE)], context)
    comments = (
        order_comment(order, longest, sample.limits),
        undo_comment(order, longest, sample.limits),
    )
    room = limit - max(encoded_size(header.joined(comment, b"{}")) for comment in comments)
    # Counts in the comments of other parts may have more digits than those of the sample.
    room -= 100
    found: list[_Part] = []
    waiting = _cut(every, sample, room)
    while waiting:
        addressees = waiting.pop()
        part = _part(order, addressees, context)
        if len(addressees) > 1 and _size(part) >= room:
            middle = len(addressees) // 2
            waiting += (addressees[middle:], addressees[:middle])
        else:
            found.append(part)
    return found


def _cut(addressees: tuple[Addressee, ...], sample: _Part, room: int) -> list[tuple[Addressee, ...]]:
    """Return slices of even size that should each fit, last first."""
    sampled = len(addressees[:: max(1, len(addressees) // _SAMPLE)])
    whole = _size(sample) / max(sampled, 1) * len(addressees)
    count = max(1, -int(-whole // max(room * _MARGIN, 1)))
    length = max(1, -(-len(addressees) // count))
    return [addressees[start : start + length] for start in range(0, len(addressees), length)][::-1]


def _part(order: Order, addressees: Sequence[Addressee], context: TakContext) -> _Part:
    made = content(order, addressees, context)
    return _Part(
        made.limits,
        made.order.is_empty,
        json_text.compact(made.order.sections()),
        b"" if made.undo.is_empty else json_text.compact(made.undo.sections()),
    )


def _size(part: _Part) -> int:
    return max(encoded_size(part.order), encoded_size(part.undo))


def _moment(moment: datetime) -> str:
    """Write a moment as tak-web reads it: +0100, not +01:00, which it refuses."""
    return moment.strftime("%Y-%m-%dT%H:%M:%S%z")
