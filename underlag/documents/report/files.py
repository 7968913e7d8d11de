"""The files of the package: what each is for, which belong to an order, and how to link to them."""

import re
from collections.abc import Mapping
from typing import Final, NamedTuple
from urllib.parse import quote

from underlag.orders.order import Order
from underlag.text.numbers import number

#: Content of each file, or its size where the content is not at hand.
Files = Mapping[str, bytes | int]

#: The file that is written last, for it lists all the others: it belongs to each package.
INDEX: Final = "rapport.json"
#: The annotated workbook.
ANNOTATED: Final = r"granskad-.*"

#: What a file is for, by its name, in reading order; guides share a place, so that those of an order meet.
_PURPOSES: Final = tuple(
    (place, re.compile(pattern), purpose)
    for place, pattern, purpose in (
        (0, r"rapport\.html", "Den här sidan."),
        (
            1,
            ANNOTATED,
            "Allt som hittats, på första fliken. I en .xlsx eller .xlsm är också cellerna märkta.",
        ),
        (2, r"svar\.eml", "Utkast till svar till den som skickade arbetsboken. Öppnas i Outlook."),
        (2, r"bortvalda\.csv", "Raderna som inte beställs, med skälen. Öppnas i Excel."),
        (
            3,
            r"bestallning-\d+-.*\.html",
            "Vägledning till Beställningsstödet, med knappar som kopierar värdena.",
        ),
        (3, r"bestallning-\d+-.*\.txt", "Samma vägledning som ren text."),
        (
            4,
            r"kundservice/.*\.eml",
            "Utkast till mejl till kundservice. Öppnas i Outlook med bilagorna på plats.",
        ),
        (
            5,
            r"kundservice/.*\.csv",
            "Adressaterna för kundservices massinläsning: HSA-ID;Namn, utan rubriker.",
        ),
        (6, r"kundservice/.*\.xlsx", "Adressaterna att läsa i Excel, en flik per tjänstekontrakt."),
        (7, r"tak/bestallning-.*", "Beställningen i TAK:s eget format. Kundservice läser in den i TAK."),
        (8, r"tak/aterstall-.*", "Ångrar beställningen med samma nummer, om den behöver tas tillbaka."),
        (9, re.escape(INDEX), "Samma uppgifter för program: alla fynd, och varje fil med sin kontrollsumma."),
    )
)


class FileView(NamedTuple):
    """A file of the package: name, address relative to the page, purpose, size in words."""

    name: str
    href: str
    purpose: str
    size: str


def file_views(files: Files) -> list[FileView]:
    """Return the files of the package in reading order, none when there is no package."""
    names = sorted({*files, INDEX} if files else files, key=_reading_order)
    return [
        FileView(name, href(name), _purpose(name), _size(files[name]) if name in files else "")
        for name in names
    ]


def href(name: str) -> str:
    """Return the address of a file of the package, relative to the page."""
    return quote(name)


def order_files(order: Order, files: Files) -> list[tuple[str, str]]:
    """Return the files of an order as (text of the link, address)."""
    links = [
        (f"{order.file_stem}.html", "Vägledning"),
        (f"{order.file_stem}.txt", "Vägledning som text"),
    ]
    found = [(text, href(name)) for name, text in links if name in files]
    for stem, text in (("bestallning", "TAK-beställning"), ("aterstall", "Återställning")):
        pattern = re.compile(rf"tak/{stem}-{order.number}(-del-(?P<part>\d+)-av-\d+)?\.json")
        for name in sorted(files, key=_reading_order):
            if match := pattern.fullmatch(name):
                part = match["part"]
                found.append((f"{text}, del {part}" if part else text, href(name)))
    return found


def first_file(files: Files, pattern: str) -> str:
    """Return the first file whose whole name matches, '' if there is none."""
    return next((name for name in sorted(files, key=_reading_order) if re.fullmatch(pattern, name)), "")


def _reading_order(name: str) -> tuple[int, list[int | str]]:
    # bestallning-10 stands after bestallning-9.
    parts: list[int | str] = [int(p) if p.isdecimal() else p for p in re.split(r"(\d+)", name)]
    return _known(name)[0], parts


def _purpose(name: str) -> str:
    return _known(name)[1]


def _known(name: str) -> tuple[int, str]:
    """Return place and purpose of a file; one that nobody described stands last."""
    return next(
        ((place, purpose) for place, pattern, purpose in _PURPOSES if pattern.fullmatch(name)),
        (len(_PURPOSES), ""),
    )


def _size(content: bytes | int) -> str:
    size = content if isinstance(content, int) else len(content)
    if size < 1000:  # noqa: PLR2004 - where kB begin
        return f"{number(size)}\N{NO-BREAK SPACE}byte"
    if size < 1_000_000:  # noqa: PLR2004 - where MB begin
        return f"{number(round(size / 1000))}\N{NO-BREAK SPACE}kB"
    return f"{size / 1_000_000:.1f}\N{NO-BREAK SPACE}MB".replace(".", ",")
