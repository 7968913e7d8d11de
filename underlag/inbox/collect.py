"""Finding the workbooks in what was handed in: files, folders, zip files and mails, one within the other.

Everything that is not a workbook is told, with the reason: nothing is lost unseen.
"""

import hashlib
import os
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import Final, NamedTuple

from underlag.inbox.containers import WORKBOOK_ENDINGS, Kind, UnusableError, kind_of, members
from underlag.reading.limits import MAX_FILE
from underlag.system_errors import why

#: A zip file within a zip file is opened; one within that is not.
MAX_ZIP_DEPTH: Final = 2
#: A mail forwarded as an attachment of a forwarded mail, and so on.
MAX_MAIL_DEPTH: Final = 5
_SEPARATOR: Final = " › "


class Found(NamedTuple):
    """A workbook.

    `origin` shows a person where it was ('mejl.eml › Underlag.xlsx'); `path` and `inside` lead `load` to it;
    `sender` is the e-mail address of the mail that it came with, '' if it did not; `sha256` of its bytes.
    """

    name: str
    origin: str
    path: Path
    inside: tuple[int, ...] = ()
    sender: str = ""
    sha256: str = ""


class Rejected(NamedTuple):
    """Something that is no workbook, or cannot be opened, and why (Swedish, fits after the name).

    `foreign`: nobody means it as a workbook or as holding any, e.g. the picture below a mail.
    """

    origin: str
    reason: str
    foreign: bool = False


def collect(paths: Iterable[Path], *, leave_out: Collection[Path] = ()) -> Iterator[Found | Rejected]:
    """Find every workbook, in the order given; folders by name, the same on every machine.

    Args:
        paths: files and folders.
        leave_out: folders that are not entered, such as the output, and files that are passed over.
    """
    hidden = {path.resolve() for path in leave_out}
    for path in paths:
        if path.is_dir():
            yield from _folder(path, hidden)
        else:
            yield from _file(path, path.name)


def load(found: Found) -> bytes:
    """Return the content of a workbook.

    Raises:
        OSError: the file is gone or not readable.
        UnusableError: the container has changed since it was collected.
    """
    content = found.path.read_bytes()
    name = found.path.name
    for index in found.inside:
        opened = members(kind_of(name, content), content)
        if index >= len(opened.names):
            raise UnusableError("finns inte längre kvar i sin fil")
        name, content = opened.names[index], opened.content(index)
    return content


def _folder(folder: Path, hidden: set[Path]) -> Iterator[Found | Rejected]:
    for here, folders, files in os.walk(folder):
        at = Path(here)
        folders[:] = sorted(f for f in folders if (at / f).resolve() not in hidden and not f.startswith("."))
        for name in sorted(files):
            path = at / name
            if path.resolve() in hidden:
                continue
            yield from _file(path, path.relative_to(folder).as_posix())


def _file(path: Path, origin: str) -> Iterator[Found | Rejected]:
    if path.name.startswith("~$"):
        yield Rejected(
            origin, "är Excels låsfil för en öppen arbetsbok, inte arbetsboken själv", foreign=True
        )
        return
    if path.name.startswith(".") or path.name.casefold() in {"thumbs.db", "desktop.ini", "bestallning.toml"}:
        return
    try:
        size = path.stat().st_size
        if size > MAX_FILE and not path.name.casefold().endswith(WORKBOOK_ENDINGS):
            yield Rejected(origin, f"är för stor (gränsen är {MAX_FILE // 1_000_000} MB)")
            return
        content = path.read_bytes()
    except OSError as error:
        yield Rejected(origin, f"gick inte att öppna: {why(error)}")
        return
    yield from _walk(_Place(path, path.name, origin), content)


class _Place(NamedTuple):
    """Where the walk is: the file on disk, the present name, and the way down to it."""

    path: Path
    name: str
    origin: str
    inside: tuple[int, ...] = ()
    sender: str = ""
    zips: int = 0
    mails: int = 0


def _walk(place: _Place, content: bytes) -> Iterator[Found | Rejected]:
    kind = kind_of(place.name, content)
    if kind is Kind.WORKBOOK:
        sha256 = hashlib.sha256(content).hexdigest()
        yield Found(place.name, place.origin, place.path, place.inside, place.sender, sha256)
        return
    if kind is Kind.OTHER:
        yield Rejected(place.origin, "är varken en arbetsbok, en zip-fil eller ett sparat mejl", foreign=True)
        return
    zips, mails = place.zips + (kind is Kind.ZIP), place.mails + (kind is not Kind.ZIP)
    if zips > MAX_ZIP_DEPTH or mails > MAX_MAIL_DEPTH:
        yield Rejected(place.origin, "ligger för djupt: packa upp den och kör igen")
        return
    try:
        opened = members(kind, content)
    except UnusableError as error:
        yield Rejected(place.origin, str(error))
        return
    if not opened.names:
        yield Rejected(place.origin, "är ett mejl utan bilagor" if opened.mail else "är en tom zip-fil")
        return
    sender = opened.mail.sender if opened.mail else place.sender
    for index, name in enumerate(opened.names):
        last = name.replace("\\", "/").rstrip("/").rpartition("/")[2] or "namnlös"
        inside = _Place(
            place.path,
            last,
            f"{place.origin}{_SEPARATOR}{name}",
            (*place.inside, index),
            sender or place.sender,
            zips,
            mails,
        )
        if last.startswith(("~$", "._")):
            yield Rejected(
                inside.origin, "är en låsfil eller systemfil, inte arbetsboken själv", foreign=True
            )
            continue
        try:
            inner = opened.content(index)
        except UnusableError as error:
            yield Rejected(inside.origin, str(error))
            continue
        yield from _walk(inside, inner)
