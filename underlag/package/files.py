"""The files of a package in one table: name, purpose, order and maker of each.

A new file takes a function in `makers.py` and a line in `FILES`.
"""

import re
from collections.abc import Callable, Generator, Iterable
from functools import lru_cache
from typing import Final, NamedTuple

from underlag.documents.package_names import (
    ANNOTATED,
    INDEX,
    LEFT_OUT,
    LIST_FILES,
    LIST_WORKBOOK,
    MAIL,
    REPORT,
    FileEntry,
    Files,
    ListedFile,
)
from underlag.files.time_limit import limited_steps
from underlag.package import makers
from underlag.package.makers import Made, PackageContext
from underlag.reading.order_details.order_file import NAME as ORDER_FILE
from underlag.text.file_names import natural


class FileKind(NamedTuple):
    """A kind of file.

    Attributes:
        name: pattern of the whole name.
        purpose: the purpose of the file, in Swedish, as lists of the files show it.
        order: its place in such a list; files of one place are sorted by name.
        make: makes the files of this kind; kinds that are made together share it.
    """

    name: str
    purpose: str
    order: int
    make: Callable[[PackageContext], Made]


#: In the order of making: the report lists the files made before it, the index all of them.
FILES: Final = (
    FileKind(
        r"bestallning-\d+-.*\.html",
        "Vägledning till Beställningsstödet, med knappar som kopierar värdena.",
        4,
        makers.guides,
    ),
    FileKind(r"bestallning-\d+-.*\.txt", "Samma vägledning som ren text.", 4, makers.guides),
    FileKind(
        r"tak/bestallning-.*",
        "Beställningen i TAK:s eget format. Kundservice läser in den i TAK.",
        8,
        makers.tak_orders,
    ),
    FileKind(
        r"tak/aterstall-.*",
        "Ångrar beställningen med samma nummer, om den behöver tas tillbaka.",
        9,
        makers.tak_orders,
    ),
    FileKind(
        "|".join(map(re.escape, LIST_FILES.values())),
        "Adressaterna som kundservice läser in eller tar bort: HSA-ID;Namn, utan rubriker.",
        6,
        makers.addressee_lists,
    ),
    FileKind(
        re.escape(LIST_WORKBOOK),
        "Adressaterna att läsa i Excel, en flik per tjänstekontrakt.",
        7,
        makers.addressee_lists,
    ),
    FileKind(
        re.escape(ORDER_FILE),
        "Uppgifterna och besluten som beställningarna följer, utöver arbetsboken.",
        3,
        makers.order_file,
    ),
    FileKind(
        re.escape(MAIL),
        "Utkast till mejl till kundservice. Öppnas i Outlook med bilagorna på plats.",
        5,
        makers.mail,
    ),
    FileKind(
        re.escape(LEFT_OUT),
        "Raderna som inte beställs, med skälen. Öppnas i Excel.",
        2,
        makers.left_out_rows,
    ),
    FileKind(
        ANNOTATED,
        "Allt som hittats, på första fliken. I en .xlsx eller .xlsm är också cellerna märkta.",
        1,
        makers.annotated,
    ),
    FileKind(
        re.escape(REPORT),
        "Rapporten: vad som hittats, vad som beställs och vad som återstår att göra.",
        0,
        makers.report,
    ),
    FileKind(
        re.escape(INDEX),
        "Samma uppgifter för program: alla fynd, och varje fil med sin kontrollsumma.",
        10,
        makers.index,
    ),
)


def make_files(context: PackageContext) -> Generator[tuple[str, bytes], None, None]:
    """Make one file at a time, to keep few large ones in memory; close it unless all are made.

    Raises:
        TooLongError: making them takes too long.
    """
    yield from limited_steps(_made(context), len(context.checked.underlag.source.content))


def _made(context: PackageContext) -> Made:
    for make in dict.fromkeys(kind.make for kind in FILES):
        for name, content in make(context):
            context.made.append(FileEntry.of(name, content))
            yield name, content


def described(entries: Iterable[FileEntry]) -> Files:
    """Return the files in reading order, each with its purpose and size, followed by the index.

    Raises:
        LookupError: `FILES` has no line for a file.
    """
    if not (sizes := {entry.name: entry.size for entry in entries}):
        return {}
    kinds = {name: file_kind(name) for name in {*sizes, INDEX}}
    ordered = sorted(kinds, key=lambda name: (kinds[name].order, natural(name)))
    return {name: ListedFile(kinds[name].purpose, sizes.get(name)) for name in ordered}


@lru_cache(maxsize=256)  # the packages of a batch have most names in common
def file_kind(name: str) -> FileKind:
    """Return the kind of a file.

    Raises:
        LookupError: `FILES` has no line for it.
    """
    for kind in FILES:
        if re.fullmatch(kind.name, name):
            return kind
    raise LookupError(f"{name} is no file of a package: it has no line in FILES")
