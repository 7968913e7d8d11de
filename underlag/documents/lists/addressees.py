"""The lists of logical addressees for customer service: a CSV for their script, and a workbook for people.

Only producer orders are listed: the script creates a route to the region's system for every line, and the
only addressee of a consumer order is the service's own system.

Source of the CSV's format: rojeras/MkTakJson, WebCertRoutes.py (semicolon, UTF-8, no header row).
"""

import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Final

from underlag.documents.guide.order_form import party_text
from underlag.lazy_pattern import LazyPattern
from underlag.orders.order import Address, Addressee, Order

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

_ACTIONS: Final = {"add": "Lägg till", "remove": "Ta bort"}
#: The title property of the workbook, and the name of its last sheet.
TITLE: Final = "Logiska adressater"
ORDERS_SHEET: Final = "Beställningar"
_HEADERS: Final = (("HSA-ID", 34), ("Namn", 60), ("Beställning", 12))
_ORDER_HEADERS: Final = (
    ("Beställning", 12),
    ("Tjänstekontrakt", 36),
    ("Åtgärd", 11),
    ("Antal adressater", 17),
    ("Tjänsteproducent", 48),
    ("Anropsadress", 90),
    ("RIV-TA-profil", 14),
    ("Tjänstekonsument", 60),
)

#: Characters that take quotes around a name.
_QUOTED: Final = ';"\n\r'

#: Where a word of a contract's name ends.
_END_OF_WORD: Final = LazyPattern(r"[a-zåäö0-9](?=[A-ZÅÄÖ])")
#: Excel's limit for the name of a sheet.
_LONGEST_SHEET_NAME: Final = 31


def listed(orders: Iterable[Order], action: str) -> list[Addressee]:
    """Return the addressees of all producer orders that add, or remove: each HSA-ID once, as ordered."""
    lists = [order.addressees for order in orders if order.kind == "producer" and order.action == action]
    found: dict[str, Addressee] = {}
    for addressees in {id(each): each for each in lists}.values():  # equal lists are one object
        for addressee in addressees:
            found.setdefault(addressee.hsa_id, addressee)
    return list(found.values())


def addressees_csv(addressees: Iterable[Addressee]) -> bytes:
    """Return lines of HSA-ID;Namn, no header: UTF-8 with byte-order mark, CRLF, quotes only where needed."""
    rows: list[tuple[str, str]] = list(addressees)
    names = "".join([name for _, name in rows])
    if any(char in names for char in _QUOTED):
        rows = [(hsa_id, _quoted(name)) for hsa_id, name in rows]
    return "\r\n".join([*map(";".join, rows), ""]).encode("utf-8-sig")


def addressees_workbook(orders: Sequence[Order], now: datetime) -> bytes:
    """Return a workbook with a sheet for each contract, and a last sheet with the route of each list.

    Args:
        orders: all orders; those of producers are listed.
        now: timestamp written to the workbook.
    """
    # Imported here: only this file needs them, and commands that write nothing should not wait.
    from io import BytesIO  # noqa: PLC0415

    from xlsxwriter import Workbook  # noqa: PLC0415

    from underlag.documents.lists.sheet_rows import AddresseeRows, AddresseeSheet  # noqa: PLC0415

    lists = _by_contract(orders)
    rows = AddresseeRows()
    stream = BytesIO()
    with Workbook(stream, {"in_memory": True}) as book:
        book.set_properties({"title": TITLE, "created": now.replace(tzinfo=None)})
        heading = book.add_format({"bold": True, "bottom": 1})
        names = sheet_names(lists)
        for title, its_orders in lists.items():
            sheet = book.add_worksheet(names[title], AddresseeSheet)
            _head(sheet, heading, _HEADERS, sum(len(order.addressees) for order in its_orders))
            for order in its_orders:
                sheet.add_rows(rows, order.addressees, order.number)
        sheet = book.add_worksheet(ORDERS_SHEET)
        described = [row for title, its_orders in lists.items() for row in _described(title, its_orders)]
        _head(sheet, heading, _ORDER_HEADERS, len(described))
        for place, row in enumerate(described, 1):
            for column, value in enumerate(row):
                if isinstance(value, int):
                    sheet.write_number(place, column, value)
                else:
                    sheet.write_string(place, column, value)
    for sheet in book.worksheets()[:-1]:
        sheet.close()
    return stream.getvalue()


def sheet_names(titles: Iterable[str]) -> dict[str, str]:
    """Return a valid sheet name for each contract: a long one is cut after a word and keeps its version."""
    names: dict[str, str] = {}
    taken = {ORDERS_SHEET.casefold()}
    for title in titles:
        plain = re.sub(r"[\[\]:*?/\\']", "-", title)
        name, _, version = plain.rpartition(" ")
        number = 1
        while True:
            tail = f" {version}" if number == 1 else f" {version} ({number})"
            candidate = _cut(name, _LONGEST_SHEET_NAME - len(tail)) + tail
            if candidate.casefold() not in taken:
                break
            number += 1
        taken.add(candidate.casefold())
        names[title] = candidate
    return names


def _cut(name: str, longest: int) -> str:
    """Return a name of words written as one ('SendMessageToCare'), cut after a word if it is too long."""
    if len(name) <= longest:
        return name
    # The letter after the cut shows whether a word ends there.
    words = [at.end() for at in _END_OF_WORD.finditer(name[:longest])]
    return f"{name[: words[-1] if words else longest - 1]}…"


def _by_contract(orders: Iterable[Order]) -> dict[str, list[Order]]:
    """Group producer orders by the title of their contracts."""
    lists: dict[str, list[Order]] = {}
    for order in orders:
        if order.kind == "producer":
            for contract in order.contracts:
                lists.setdefault(contract.title, []).append(order)
    return lists


def _address(order: Order, title: str) -> Address:
    return next(order.address(contract) for contract in order.contracts if contract.title == title)


def _described(title: str, orders: Iterable[Order]) -> list[tuple[str | int, ...]]:
    """Return the rows of the last sheet for one contract."""
    return [
        (
            order.number,
            title,
            _ACTIONS[order.action],
            len(order.addressees),
            party_text(order.component),
            *_address(order, title),
            ", ".join(party_text(consumer) for consumer in order.consumers),
        )
        for order in orders
    ]


def _head(sheet: "Worksheet", heading: "Format", headers: Sequence[tuple[str, int]], rows: int) -> None:
    """Write a sheet's header row, with widths, filter and print settings."""
    for column, (header, width) in enumerate(headers):
        sheet.write_string(0, column, header, heading)
        sheet.set_column(column, column, width)
    sheet.freeze_panes(1, 0)
    # In print: one page wide, any number of pages long, with the headers on each.
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.autofilter(0, 0, max(rows, 1), len(headers) - 1)


def _quoted(name: str) -> str:
    if any(char in name for char in _QUOTED):
        return '"' + name.replace('"', '""') + '"'
    return name
