"""Fuzz targets: each accepts any bytes, and must not raise."""

import tempfile
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final

import underlag
from underlag.batch.inbox.containers import UnusableError, kind_of, members
from underlag.files.toml import TomlError, parse_toml
from underlag.options import Options
from underlag.reading.order_details.order_file import read_order_file
from underlag.reference import read_reference
from underlag.tak.holdings.export import read_catalogue
from underlag.tak.judge import judge

_NOW: Final = datetime(2027, 2, 1, 9, 0, tzinfo=UTC)
_DAY: Final = date(2027, 2, 15)


def read(content: bytes) -> None:
    """Read and check a workbook, and make its orders."""
    options = Options(now=_NOW)
    checked = underlag.check(underlag.read(content, options, name="Underlag PROD-LiV.xlsx"), options)
    if not checked.blocked:
        underlag.make_orders(checked)


def export(content: bytes) -> None:
    """Read a TAK export."""
    read_catalogue(content, day=_DAY, name="takdump_ntjp_prod.json")


def order(content: bytes) -> None:
    """Judge a TAK order."""
    judge(content, today=_DAY)


def mail(content: bytes) -> None:
    """Open a mail or zip file, and the files in it, one layer down."""
    try:
        opened = members(kind_of("mejl.eml", content), content)
    except (UnusableError, KeyError):  # the second: it is no container
        return
    for index, name in enumerate(opened.names):
        try:
            kind_of(name, opened.content(index))
        except UnusableError:
            continue


def hsa_list(content: bytes) -> None:
    """Read a list from the HSA catalogue."""
    _on_disk(content, read_reference)


def toml(content: bytes) -> None:
    """Read order details."""
    try:
        parse_toml(content)
    except TomlError:
        return
    _on_disk(content, read_order_file)


def _on_disk(content: bytes, take: Callable[[Path], object]) -> None:
    with tempfile.NamedTemporaryFile() as file:
        file.write(content)
        file.flush()
        take(Path(file.name))


TARGETS: Final[dict[str, Callable[[bytes], None]]] = {
    "read": read,
    "export": export,
    "order": order,
    "mail": mail,
    "hsa-list": hsa_list,
    "toml": toml,
}
