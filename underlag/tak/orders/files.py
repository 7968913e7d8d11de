"""The TAK files of orders: the orders themselves and their undo, in parts that tak-web's form accepts.

Source: skltp/tak, tak-web: only the calendar day of `genomforandeTidpunkt` counts, in the server's time zone,
so it is written as noon. An order is sent form-encoded, and the server accepts forms of up to 2 MB.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
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
from underlag.tak.orders.parts import Part, complete, make_parts
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

    files: content by file name, without folder, serialised at each access: bestallning-2.json and
        aterstall-2.json, or for each part bestallning-2-del-1-av-4.json and aterstall-2-del-1-av-4.json. An
        undo in several steps is aterstall-2-steg-1.json … in the order of loading. Empty when there is
        nothing to order. An order without anything to undo has no undo.
    notes: for the report.
    """

    files: Mapping[str, bytes]
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
    """Pack orders and undo into parts, and write each file when it is asked for."""
    day = carried_out_on(orders[0], options)
    header = _Header.of(orders, options)
    context = TakContext(
        Existing(catalogue, day) if catalogue else None,
        Added.by(all_orders) if orders[0].action == "remove" else Added(),
        options.only_new,
        options.replace_routes,
    )
    most = encoded_size(header.joined("å" * 255, [b"{}"], day))
    made = make_parts(orders, day, context, options.largest_part - most)
    limits: Counter[Limit] = sum((part.limits for part in made), Counter())
    parts = [part for part in made if not part.is_empty]
    notes = report_notes(heading, limits, day, name, [part.undo_counts for part in parts])
    files = _Files(header, day, context)
    for number, part in enumerate(parts, start=1):
        files.add(part, heading, name, f"del {number} av {len(parts)}" if len(parts) > 1 else "")
    if len(parts) > 1:
        notes += (load_time(files.order_sizes()).sentence,)
    return TakFiles(files, TakNotes(notes, files.shown()))


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

    def joined(self, comment: str, sections: Sequence[bytes], day: date) -> bytes:
        """Prepend the header to sections that are serialised already, on one line: see `storable`.

        Args:
            comment: the comment of the file.
            sections: their JSON, in pieces.
            day: the day of the file.
        """
        head = json_text.compact(self.for_day(comment, day))
        first, *rest = sections
        return b"".join((head.removesuffix(b"}"), b",", first.removeprefix(b"{"), *rest))


class _File(NamedTuple):
    """A file: which part, which step of the undo (None for the order), its comment and its day."""

    part: int
    step: int | None
    comment: str
    day: date


class _Files(Mapping[str, bytes]):
    """The files of the parts by name, each serialised when it is asked for: each order before its undo.

    A part lets go of its content when another's is asked for: together they may be hundreds of megabytes.
    """

    def __init__(self, header: _Header, day: date, context: TakContext) -> None:
        self._header = header
        self._day = day
        self._context = context
        self._files: dict[str, _File] = {}
        self._parts: list[Part] = []
        self._open = 0

    def add(self, part: Part, heading: Heading, name: str, text: str) -> None:
        """Add a part and the steps of its undo; `text` says which part it is, '' for the only one."""
        number = len(self._parts)
        self._parts.append(part)
        name += f"-{text.replace(' ', '-')}" if text else ""
        comment = order_comment(heading, text, part.limits)
        self._files[f"bestallning-{name}.json"] = _File(number, None, comment, self._day)
        count = len(part.undo)
        for at, step in enumerate(part.undo):
            file = f"aterstall-{name}.json" if count == 1 else f"aterstall-{name}-steg-{at + 1}.json"
            steps = ", ".join(filter(None, (text, f"steg {at + 1} av {count}" if count > 1 else "")))
            comment = undo_comment(heading, steps, part.limits, step.day)
            self._files[file] = _File(number, at, comment, step.day)

    def shown(self) -> list[ShownOrder]:
        """Return every file laid out for display."""
        return [
            ShownOrder(
                name,
                file.day,
                [
                    *header_lines(self._header.for_day(file.comment, file.day)),
                    *self._lines(file),
                ],
            )
            for name, file in self._files.items()
        ]

    def _lines(self, file: _File) -> list[str]:
        part = self._parts[file.part]
        return part.lines if file.step is None else part.undo[file.step].lines

    def order_sizes(self) -> list[int]:
        """Return the bytes of each order, without its undo."""
        orders = [file for file in self._files.values() if file.step is None]
        heads = [len(self._header.joined(file.comment, [b"{}"], file.day)) - len(b"{}") for file in orders]
        return [head + self._parts[file.part].order_length for head, file in zip(heads, orders, strict=True)]

    def __getitem__(self, name: str) -> bytes:
        """Return the content of a file."""
        file = self._files[name]
        if self._open != file.part:
            self._parts[self._open] = self._parts[self._open].without_content()
            self._open = file.part
        part = self._parts[file.part] = complete(self._parts[file.part], self._day, self._context)
        sections = part.order if file.step is None else part.undo[file.step].content
        return self._header.joined(file.comment, sections, file.day)

    def __iter__(self) -> Iterator[str]:
        """Yield the names: each order, then its undo."""
        return iter(self._files)

    def __len__(self) -> int:
        """Return the number of files."""
        return len(self._files)


def _moment(moment: datetime) -> str:
    """Write a moment as tak-web parses it: +0100, not +01:00, which it rejects."""
    return moment.strftime("%Y-%m-%dT%H:%M:%S%z")
