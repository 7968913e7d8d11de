"""Finds the workbooks in files, folders, zip files and mails, also nested ones.

Everything that is not a workbook is reported with the reason, so that nothing is lost unseen.
"""

import hashlib
import os
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from underlag.batch.inbox.containers import MAX_ZIP_DEPTH, Kind, closed, kind_of, members
from underlag.batch.inbox.mail import Mail
from underlag.batch.inbox.members import MAX_MAIL_DEPTH, NO_ATTACHMENTS, ONLY_LINK, TOO_DEEP, Members, Spent
from underlag.batch.inbox.order_files import UNUSED, is_order_file, order_files
from underlag.batch.inbox.refusal import UnusableError
from underlag.characters.cleaning import visible
from underlag.documents.lists.recognised import is_addressee_list
from underlag.files.regular import is_regular, read_regular
from underlag.files.workbook_names import WORKBOOK_ENDINGS
from underlag.reading.formats.limits import MAX_FILE
from underlag.text.file_names import shown_name
from underlag.text.system_errors import why

_SEPARATOR: Final = " › "
_FOREIGN: Final = "är varken en arbetsbok, en zip-fil eller ett sparat mejl"
#: Files that are not the workbook itself, by the start and the end of their names.
_ASIDE: Final = (
    ("~$", "", "är låsfilen till en arbetsbok som är öppen i Excel, inte arbetsboken själv"),
    (".~lock.", "#", "är låsfilen till en arbetsbok som är öppen i LibreOffice, inte arbetsboken själv"),
    ("._", "", "är en systemfil från macOS, inte arbetsboken själv"),
)
_OWN_LIST: Final = "är en egen adressatlista och läses inte: arbetsboken gäller"
_TEMPORARY: Final = "är en tillfällig fil från Office, inte arbetsboken själv"
_TEMPORARY_WORKBOOK: Final = (
    "är en tillfällig fil från Office med en arbetsbok i. Är det underlaget, spara det under eget namn och "
    "kör igen"
)
_UNFINISHED: Final = "är en nedladdning som inte är klar. Hämta filen på nytt och kör igen"
_UNFINISHED_ENDINGS: Final = (".crdownload", ".part", ".partial", ".download")


class Found(NamedTuple):
    """A workbook.

    Attributes:
        name: its file name.
        origin: where it was, for a person: 'mejl.eml › Underlag.xlsx'.
        path, inside: the file on disk and the indexes of the members that lead to it, for `load`.
        mail: the mail that it came with, an empty one if it did not.
        sha256: of its bytes.
        order_file: the bestallning.toml that came with it in a mail or zip file, empty without one.
    """

    name: str
    origin: str
    path: Path
    inside: tuple[int, ...] = ()
    mail: Mail = Mail()
    sha256: str = ""
    order_file: bytes = b""

    @property
    def sender(self) -> str:
        """The e-mail address of the mail that it came with, '' if it did not."""
        return self.mail.sender


class Rejected(NamedTuple):
    """Something that is no workbook, or cannot be opened, and why (Swedish, follows after the name).

    Attributes:
        origin: where it was, for a person.
        reason: why.
        foreign: not sent as a workbook or with any inside, e.g. the picture below a mail.
        mail: the mail that it came with, an empty one if it did not.
        is_mail: it is a mail itself.
    """

    origin: str
    reason: str
    foreign: bool = False
    mail: Mail = Mail()
    is_mail: bool = False

    @property
    def name(self) -> str:
        """Its name, without the way to it."""
        return "Mejlet" if self.is_mail else self.origin.rpartition(_SEPARATOR)[2]


def collect(paths: Iterable[Path], *, leave_out: Collection[Path] = ()) -> Iterator[Found | Rejected]:
    """Yield every workbook and everything else, in the order of the paths; within folders by name.

    A file that is named twice, e.g. directly and by its folder, is found once.

    Args:
        paths: files and folders.
        leave_out: folders that are not entered, such as the output, and files that are skipped.
    """
    passed = {os.path.realpath(path) for path in leave_out}
    given = list(paths)
    top = _top(given)
    for path in given:
        if path.is_dir():
            yield from _folder(path, top, passed)
        elif _is_new(path, passed):
            yield from _file(path, _origin(path, top))


def load(found: Found) -> bytes:
    """Return the content of a workbook.

    Raises:
        OSError: the file is gone or not readable.
        UnusableError: the container has changed since it was collected.
    """
    content = read_regular(found.path, MAX_FILE + 1)
    name = found.path.name
    for index in found.inside:
        opened = members(kind_of(name, content), content)
        if index >= len(opened.names):
            raise UnusableError("finns inte längre kvar i sin fil")
        name, content = opened.names[index], opened.content(index)
    return content


def _top(paths: Sequence[Path]) -> Path:
    """Return the folder that origins are relative to: the one that all paths have in common."""
    folders = [path if path.is_dir() else path.parent for path in paths]
    try:
        return Path(os.path.commonpath([folder.absolute() for folder in folders]))
    except ValueError:  # several drives of Windows, or no path at all
        return Path()


def _origin(path: Path, top: Path) -> str:
    whole = path.absolute()
    return _legible((whole.relative_to(top) if whole.is_relative_to(top) else whole).as_posix())


def _legible(text: str) -> str:
    """Return a text without characters that control a terminal or cannot be written."""
    return text if text.isprintable() else visible(text)


def _is_new(path: Path, passed: set[str]) -> bool:
    """Whether a file or folder was not passed yet; it is recorded as passed."""
    real = os.path.realpath(path)
    if real in passed:
        return False
    passed.add(real)
    return True


def _folder(folder: Path, top: Path, passed: set[str]) -> Iterator[Found | Rejected]:
    refused: list[OSError] = []
    for here, folders, files in os.walk(folder, onerror=refused.append):
        at = Path(here)
        yield from _not_entered(refused, top)
        for name in sorted(folders):
            path = at / name
            if path.is_symlink():
                if os.path.realpath(path) not in passed:
                    yield Rejected(
                        _origin(path, top), "är en länk till en annan mapp: ange den mappen för sig"
                    )
            elif name.startswith("."):
                folders.remove(name)
                yield Rejected(_origin(path, top), "är en dold mapp och genomsöks inte", foreign=True)
            elif not _is_new(path, passed):
                folders.remove(name)
        folders.sort()
        for name in sorted(files):
            if _is_new(at / name, passed):
                yield from _file(at / name, _origin(at / name, top))
    yield from _not_entered(refused, top)


def _not_entered(refused: list[OSError], top: Path) -> Iterator[Rejected]:
    """Yield the folders that could not be opened."""
    while refused:
        error = refused.pop(0)
        yield Rejected(_origin(Path(os.fsdecode(error.filename)), top), f"gick inte att öppna: {why(error)}")


def _file(path: Path, origin: str) -> Iterator[Found | Rejected]:
    if aside := _aside(path.name):
        yield Rejected(origin, aside, foreign=True)
        return
    if path.name.casefold() in {".ds_store", "thumbs.db", "desktop.ini", "bestallning.toml"}:
        return
    try:
        status = path.stat()
        if not is_regular(status):
            yield Rejected(origin, "är ingen vanlig fil", foreign=True)
            return
        if status.st_size > MAX_FILE and not path.name.casefold().endswith(WORKBOOK_ENDINGS):
            yield Rejected(origin, f"är för stor (gränsen är {MAX_FILE // 1_000_000} MB)")
            return
        content = read_regular(path, MAX_FILE + 1)
    except OSError as error:
        yield Rejected(origin, f"gick inte att öppna: {why(error)}")
        return
    yield from _walk(_Location(path, shown_name(path.name), origin, Spent()), content)


def _aside(name: str) -> str:
    """Return why a file is not the workbook itself, by its name: '' for any other file."""
    return next((why for start, end, why in _ASIDE if name.startswith(start) and name.endswith(end)), "")


class _Location(NamedTuple):
    """A place in the walk: the file on disk, the current name, and the way to it."""

    path: Path
    name: str
    origin: str
    spent: Spent
    inside: tuple[int, ...] = ()
    mail: Mail = Mail()
    zips: int = 0
    mails: int = 0
    order_file: bytes = b""

    def found(self, sha256: str) -> Found:
        """Return the file as a workbook."""
        return Found(self.name, self.origin, self.path, self.inside, self.mail, sha256, self.order_file)

    def rejected(self, reason: str, *, foreign: bool = False) -> Rejected:
        """Return the file as rejected."""
        return Rejected(self.origin, reason, foreign, self.mail)


def _walk(location: _Location, content: bytes) -> Iterator[Found | Rejected]:
    kind = kind_of(location.name, content)
    if reason := _left_over(location.name, kind):
        yield location.rejected(reason, foreign=reason is _TEMPORARY)
    elif is_addressee_list(location.name, content):
        yield location.rejected(_OWN_LIST, foreign=True)
    elif kind is Kind.WORKBOOK:
        yield location.found(hashlib.sha256(content).hexdigest())
    elif kind is Kind.OTHER:
        reason = closed(location.name, content)
        yield location.rejected(reason or _FOREIGN, foreign=not reason)
    else:
        yield from _container(location, kind, content)


def _left_over(name: str, kind: Kind) -> str:
    """Return why a file that may be or contain a workbook is not read as one; '' for other files."""
    if name.casefold().endswith(_UNFINISHED_ENDINGS):
        return _UNFINISHED
    if name.casefold().endswith(".tmp"):
        return _TEMPORARY_WORKBOOK if kind is Kind.WORKBOOK else _TEMPORARY
    return ""


def _container(location: _Location, kind: Kind, content: bytes) -> Iterator[Found | Rejected]:
    holds_files = kind in {Kind.ZIP, Kind.MBOX}
    zips, mails = location.zips + holds_files, location.mails + (not holds_files)
    if zips > MAX_ZIP_DEPTH or mails > MAX_MAIL_DEPTH:
        yield location.rejected(TOO_DEEP)
        return
    try:
        opened = members(kind, content, location.spent)
    except UnusableError as error:
        yield location.rejected(str(error))
        return
    matters = False
    for one in _members(location, opened, zips, mails):
        matters |= isinstance(one, Found) or not one.foreign
        yield one
    mail = opened.mail or location.mail
    if opened.links and not matters:
        reason = ONLY_LINK.format(", ".join(map(_legible, opened.links)))
        yield Rejected(location.origin, reason, mail=mail, is_mail=True)
    elif not opened.names:
        reason = "är en tom zip-fil" if opened.mails is None else NO_ATTACHMENTS
        yield Rejected(location.origin, reason, is_mail=opened.mails is not None)


def _members(location: _Location, opened: Members, zips: int, mails: int) -> Iterator[Found | Rejected]:
    stated = order_files(opened)
    for index, name in enumerate(opened.names):
        last = name.replace("\\", "/").rstrip("/").rpartition("/")[2] or "namnlös"
        inside = _Location(
            location.path,
            shown_name(last),
            f"{location.origin}{_SEPARATOR}{_legible(name)}",
            location.spent,
            (*location.inside, index),
            opened.mails[index] if opened.mails and opened.mails[index].sender else location.mail,
            zips,
            mails,
            stated.get(index, b""),
        )
        if is_order_file(name):
            if not stated:
                yield inside.rejected(UNUSED, foreign=True)
            continue
        if aside := _aside(last):
            yield inside.rejected(aside, foreign=True)
            continue
        try:
            inner = opened.content(index)
        except UnusableError as error:
            yield inside.rejected(str(error))
            continue
        yield from _walk(inside, inner)
