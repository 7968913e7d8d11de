"""The TAK files of orders: the orders themselves and their undo, in parts that tak-web's form accepts.

Source: skltp/tak, tak-web: only the calendar day of `genomforandeTidpunkt` counts, in the server's time zone,
so it is written as noon. An order is sent form-encoded, and the server accepts forms of up to 2 MB.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any, NamedTuple

from underlag import json_text
from underlag.options import STOCKHOLM, Options
from underlag.orders.order import Order
from underlag.tak.holdings.catalogue import Catalogue
from underlag.tak.orders.comment import Heading, order_comment, report_notes, undo_comment
from underlag.tak.orders.content import Added, TakContext
from underlag.tak.orders.existing import Existing
from underlag.tak.orders.layout import header_lines
from underlag.tak.orders.load_time import load_time
from underlag.tak.orders.parts import Part, make_parts
from underlag.tak.orders.size import encoded_size
from underlag.tak.orders.storable import storable
from underlag.tak.orders.undo import Limit
from underlag.workbook import text_of


class ShownOrder(NamedTuple):
    """A TAK file laid out for display: its name, its first day, and its lines."""

    name: str
    day: date
    lines: list[str]


class TakNotes(NamedTuple):
    """The report's notes on TAK files.

    Attributes:
        sentences: in Swedish: what the files assume, the steps of the undo, and what cannot be undone.
        shown: the files laid out, each order before its undo.
    """

    sentences: tuple[str, ...] = ()
    shown: Sequence[ShownOrder] = ()


class TakFiles(NamedTuple):
    """The TAK files of one or more orders.

    files: content by file name, without folder: bestallning-2.json and aterstall-2.json, or for each part
        bestallning-2-del-1-av-4.json and aterstall-2-del-1-av-4.json. An undo in several steps is
        aterstall-2-steg-1.json … in the order of loading. Empty when there is nothing to order. An order
        without anything to undo has no undo.
    notes: for the report.
    """

    files: dict[str, bytes]
    notes: TakNotes


def tak_files(
    order: Order,
    options: Options,
    catalogue: Catalogue | None = None,
    *,
    all_orders: Sequence[Order] = (),
) -> TakFiles:
    """Write the TAK files of an order.

    Args:
        order: the order.
        options: `now` is the time of ordering, and the day of an order without one; `only_new` leaves out
            what the catalogue has already, `replace_routes` removes planned ends; `largest_part` is the
            exclusive maximum of a form-encoded body. An order for a single addressee is never split.
        catalogue: the content of the TAK; with it, the undo restores the earlier state, and a removal spares
            the routes of other producers. None without an export.
        all_orders: all orders of the Underlag, so that a removal spares what another of them adds.
    """
    case_number = text_of(order.details.case_number)
    heading = Heading(order, case_number, f"beställning {order.ordinal}")
    return _files((order,), heading, str(order.number), options, catalogue, all_orders)


def packed_tak_files(
    orders: Sequence[Order],
    name: str,
    options: Options,
    catalogue: Catalogue | None = None,
    *,
    all_orders: Sequence[Order] = (),
) -> TakFiles:
    """Write the TAK files of orders that may share files, as few as their size allows.

    Each part can be loaded alone and in any order, and its undo undoes just that part.

    Args:
        orders: orders of one environment, day and action.
        name: the part of the file names after bestallning-: bestallning-NAME-del-1-av-4.json.
        options: as in `tak_files`.
        catalogue: as in `tak_files`.
        all_orders: as in `tak_files`.
    """
    cases = {text_of(order.details.case_number) for order in orders} - {""}
    heading = Heading(orders[0], next(iter(cases)) if len(cases) == 1 else "", f"samlad beställning {name}")
    return _files(tuple(orders), heading, name, options, catalogue, all_orders)


def _files(  # noqa: PLR0917 - the parameters of both public functions
    orders: tuple[Order, ...],
    heading: Heading,
    name: str,
    options: Options,
    catalogue: Catalogue | None,
    all_orders: Sequence[Order],
) -> TakFiles:
    """Write orders and undo, part by part; each part is freed once it is written."""
    day = carried_out_on(orders[0], options)
    header = _Header.of(orders, options)
    context = TakContext(
        Existing(catalogue, day) if catalogue else None,
        Added.by(all_orders) if orders[0].action == "remove" else Added(),
        options.only_new,
        options.replace_routes,
    )
    most = encoded_size(header.joined("å" * 255, b"{}", day))
    made = make_parts(orders, day, context, options.largest_part - most)
    limits: Counter[Limit] = sum((part.limits for part in made), Counter())
    parts = [part for part in reversed(made) if not part.is_empty]
    notes = report_notes(heading, limits, day, name, [part.undo_counts for part in reversed(parts)])
    made.clear()
    writer = _Writer(heading, header, name, day, len(parts))
    for number in range(1, len(parts) + 1):
        writer.write(
            number, parts.pop()
        )  # each is in memory once: together they may be hundreds of megabytes
    if len(writer.orders) > 1:
        notes += (load_time(map(len, writer.orders.values())).sentence,)
    return TakFiles(writer.orders | writer.undos, TakNotes(notes, writer.shown))


def carried_out_on(order: Order, options: Options) -> date:
    """Return the day that the TAK files state: the order's; without one, the day of writing.

    tak-web rejects an order without a day. No later day is invented: a comment in the file states it.
    """
    return order.day or options.now.date()


class _Header(NamedTuple):
    """The header shared by all files, but for comment and day."""

    fields: dict[str, Any]

    @classmethod
    def of(cls, orders: Sequence[Order], options: Options) -> "_Header":
        """Return the header of the files of these orders."""
        regions = {text_of(order.details.region) for order in orders}
        region = regions.pop() if len(regions) == 1 else ""
        return cls(
            {
                "plattform": orders[0].environment.platform,
                "formatVersion": 1.0,
                "version": 1,
                "bestallningsTidpunkt": _moment(options.now),
                "utforare": storable(f"{region} (underlag)" if region else "underlag"),
            }
        )

    def for_day(self, comment: str, day: date) -> dict[str, Any]:
        """Return the header of a file."""
        noon = datetime.combine(day, time(12), STOCKHOLM)
        return {**self.fields, "genomforandeTidpunkt": _moment(noon), "kommentar": comment}

    def joined(self, comment: str, sections: bytes, day: date) -> bytes:
        """Prepend the header to sections that are serialised already, on one line: see `storable`."""
        head = json_text.compact(self.for_day(comment, day))
        return b"".join((head.removesuffix(b"}"), b",", sections.removeprefix(b"{")))


class _Writer:
    """Collects the files of the parts."""

    def __init__(self, heading: Heading, header: _Header, name: str, day: date, total: int) -> None:
        self.orders: dict[str, bytes] = {}
        self.undos: dict[str, bytes] = {}
        self.shown: list[ShownOrder] = []
        self._heading = heading
        self._header = header
        self._name = name
        self._day = day
        self._total = total

    def write(self, number: int, part: Part) -> None:
        """Write a part and the steps of its undo."""
        several = self._total > 1
        name = f"{self._name}-del-{number}-av-{self._total}" if several else self._name
        text = f"del {number} av {self._total}" if several else ""
        comment = order_comment(self._heading, text, part.limits)
        self._add(self.orders, f"bestallning-{name}.json", comment, part.order, part.lines, self._day)
        for at, step in enumerate(part.undo, start=1):
            count = len(part.undo)
            file = f"aterstall-{name}.json" if count == 1 else f"aterstall-{name}-steg-{at}.json"
            steps = ", ".join(filter(None, (text, f"steg {at} av {count}" if count > 1 else "")))
            comment = undo_comment(self._heading, steps, part.limits, step.day)
            self._add(self.undos, file, comment, step.content, step.lines, step.day)

    def _add(  # noqa: PLR0917 - one file
        self,
        files: dict[str, bytes],
        name: str,
        comment: str,
        sections: bytes,
        lines: list[str],
        day: date,
    ) -> None:
        files[name] = self._header.joined(comment, sections, day)
        head = header_lines(self._header.for_day(comment, day))
        self.shown.append(ShownOrder(name, day, [*head, *lines]))


def _moment(moment: datetime) -> str:
    """Write a moment as tak-web parses it: +0100, not +01:00, which it rejects."""
    return moment.strftime("%Y-%m-%dT%H:%M:%S%z")
