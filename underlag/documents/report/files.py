"""The files of the package on the report page: purposes, links, and those that belong to an order."""

import re
from functools import lru_cache
from typing import Final, NamedTuple
from urllib.parse import quote

from underlag.documents.package_names import Files
from underlag.lazy_pattern import LazyPattern
from underlag.orders.order import Order
from underlag.text.numbers import number

#: The TAK files of an order, by the first part of their names.
_TAK_FILES: Final = {"bestallning": "TAK-beställning", "aterstall": "Återställning"}
_TAK_FILE: Final = LazyPattern(
    rf"tak/(?P<stem>{'|'.join(_TAK_FILES)})-(?P<number>\d+)"
    r"(-del-(?P<part>\d+)-av-\d+)?(-steg-(?P<step>\d+))?\.json"
)


class FileView(NamedTuple):
    """A file of the package: name, address relative to the page, purpose, and size as text."""

    name: str
    href: str
    purpose: str
    size: str


def file_views(files: Files) -> list[FileView]:
    """Return the files of the package, none when there is no package."""
    return [
        FileView(name, href(name), file.purpose, "" if file.size is None else _size(file.size))
        for name, file in files.items()
    ]


@lru_cache(maxsize=256)  # the packages of a batch have most names in common
def href(name: str) -> str:
    """Return the address of a file of the package, relative to the page."""
    return quote(name)


def guide_links(order: Order, files: Files) -> list[tuple[str, str]]:
    """Return the guides to an order as (text of the link, address)."""
    links = [
        (f"{order.file_stem}.html", "Vägledning"),
        (f"{order.file_stem}.txt", "Vägledning som text"),
    ]
    return [(text, href(name)) for name, text in links if name in files]


def tak_links(order: Order, files: Files) -> list[tuple[str, str]]:
    """Return the TAK files of an order as (text of the link, address)."""
    found: dict[str, list[tuple[str, str]]] = {stem: [] for stem in _TAK_FILES}
    for name in files:
        match = _TAK_FILE.fullmatch(name)
        if match and int(match["number"]) == order.number:
            named = [
                f"{word} {match[key]}" for word, key in (("del", "part"), ("steg", "step")) if match[key]
            ]
            text = ", ".join([f"{_TAK_FILES[match['stem']]} {order.number}", *named])
            found[match["stem"]].append((text, href(name)))
    return [link for links in found.values() for link in links]


def first_file(files: Files, pattern: str) -> str:
    """Return the first file whose whole name matches, '' if there is none."""
    return next((name for name in files if re.fullmatch(pattern, name)), "")


def _size(size: int) -> str:
    if size < 1000:  # noqa: PLR2004 - where kB begin
        return f"{number(size)}\N{NO-BREAK SPACE}byte"
    if size < 1_000_000:  # noqa: PLR2004 - where MB begin
        return f"{number(round(size / 1000))}\N{NO-BREAK SPACE}kB"
    return f"{size / 1_000_000:.1f}\N{NO-BREAK SPACE}MB".replace(".", ",")
