"""The files of the package: what each is for, which belong to an order, and how to link to them."""

import re
from collections.abc import Mapping
from typing import Final, NamedTuple
from urllib.parse import quote

from underlag.orders.model import Order
from underlag.writing.swedish import number

#: Content of each file, or its size where the content is not at hand.
Files = Mapping[str, bytes | int]

#: What a file is for, by its name; the first that matches counts.
_PURPOSES: Final = tuple(
    (re.compile(pattern), purpose)
    for pattern, purpose in (
        (r"rapport\.html", "Den här sidan."),
        (r"rapport\.json", "Samma uppgifter för program: alla fynd, och varje fil med sin kontrollsumma."),
        (r"granskad-.*", "Arbetsboken med felen markerade i cellerna och listade på en egen flik först."),
        (r"bortvalda\.csv", "Raderna som inte beställs, med skälen. Öppnas i Excel."),
        (
            r"bestallning-\d+-.*\.html",
            "Vägledning till Beställningsstödet, med knappar som kopierar varje värde.",
        ),
        (r"bestallning-\d+-.*\.txt", "Samma vägledning som ren text."),
        (r"tak/bestallning-.*", "Beställningen i TAK:s eget format. Kundservice läser in den i TAK-webben."),
        (r"tak/aterstall-.*", "Ångrar beställningen med samma nummer, om den behöver tas tillbaka."),
        (r"kundservice/.*\.csv", "Adressaterna för kundservice massinläsning: HSA-ID;Namn, utan rubriker."),
        (r"kundservice/.*\.xlsx", "Adressaterna att läsa i Excel, en flik per tjänstekontrakt."),
        (
            r"kundservice/.*\.eml",
            "Utkast till mejl till kundservice. Öppnas i Outlook med bilagorna på plats.",
        ),
    )
)
_FOLDER_ORDER: Final = ("", "kundservice", "tak")


class FileView(NamedTuple):
    """A file of the package: name, address relative to the page, purpose, size in words."""

    name: str
    href: str
    purpose: str
    size: str


def file_views(files: Files) -> list[FileView]:
    """Return the files in reading order: those of the package itself, then each folder."""
    return [
        FileView(name, href(name), _purpose(name), _size(files[name]))
        for name in sorted(files, key=_reading_order)
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
    folder = name.rpartition("/")[0]
    place = _FOLDER_ORDER.index(folder) if folder in _FOLDER_ORDER else len(_FOLDER_ORDER)
    # bestallning-10 stands after bestallning-9.
    parts: list[int | str] = [int(p) if p.isdigit() else p for p in re.split(r"(\d+)", name)]
    return place, parts


def _purpose(name: str) -> str:
    return next((purpose for pattern, purpose in _PURPOSES if pattern.fullmatch(name)), "")


def _size(content: bytes | int) -> str:
    size = content if isinstance(content, int) else len(content)
    if size < 1000:  # noqa: PLR2004 - where kB begin
        return f"{number(size)}\N{NO-BREAK SPACE}byte"
    if size < 1_000_000:  # noqa: PLR2004 - where MB begin
        return f"{number(round(size / 1000))}\N{NO-BREAK SPACE}kB"
    return f"{size / 1_000_000:.1f}\N{NO-BREAK SPACE}MB".replace(".", ",")
