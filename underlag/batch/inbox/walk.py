"""Walks through files: workbooks, zip files and mails, also nested ones."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

from underlag.batch.inbox.asides import TEMPORARY, why_aside, why_left_over
from underlag.batch.inbox.containers import MAX_ZIP_DEPTH, Kind, closed, kind_of, members
from underlag.batch.inbox.found import SEPARATOR, Found, Rejected
from underlag.batch.inbox.mail import Mail
from underlag.batch.inbox.members import MAX_MAIL_DEPTH, ONLY_LINK, TOO_DEEP, Members, Spent
from underlag.batch.inbox.order_files import UNUSED, is_order_file, order_files
from underlag.batch.inbox.refusal import NoWorkbookError, UnusableError
from underlag.characters.cleaning import shown
from underlag.checksum import sha256_of
from underlag.documents.lists.recognised import is_addressee_list
from underlag.files.regular import read_regular
from underlag.reading.formats.limits import MAX_FILE
from underlag.reading.order_details.companions import own_remarks
from underlag.text.file_names import shown_name

_FOREIGN: Final = "är varken en arbetsbok, en zip-fil eller ett sparat mejl"
_EMPTY: Final = "innehåller inga filer"
_MAILS: Final = frozenset({Kind.EML, Kind.EMLX, Kind.MSG})
_AUTOMATIC: Final = "är ett automatiskt svar"
_OWN_LIST: Final = "är en egen adressatlista och läses inte: arbetsboken gäller"


class Location(NamedTuple):
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
    remarks: tuple[str, ...] = ()

    def found(self, sha256: str) -> Found:
        """Return the file as a workbook."""
        own = (self.name, self.origin, self.path, self.inside, self.mail)
        return Found(*own, sha256, self.order_file, self.remarks)

    def rejected(self, reason: str, *, foreign: bool = False) -> Rejected:
        """Return the file as rejected."""
        return Rejected(self.origin, reason, foreign, self.mail)

    def refused(self, error: UnusableError) -> Rejected:
        """Return the file as rejected for an error."""
        is_message = isinstance(error, NoWorkbookError)
        remarks = self.remarks if is_message else ()
        return Rejected(
            self.origin,
            str(error),
            mail=self.mail,
            is_mail=is_message,
            is_message=is_message,
            remarks=remarks,
        )


def walk(location: Location, content: bytes) -> Iterator[Found | Rejected]:
    """Yield the workbooks in a file, and everything else in it with the reason."""
    kind = kind_of(location.name, content)
    if reason := why_left_over(location.name, kind):
        yield location.rejected(reason, foreign=reason == TEMPORARY)
    elif is_addressee_list(location.name, content):
        yield location.rejected(_OWN_LIST, foreign=True)
    elif kind is Kind.WORKBOOK:
        yield location.found(sha256_of(content))
    elif kind is Kind.OTHER:
        reason = closed(location.name, content)
        yield location.rejected(reason or _FOREIGN, foreign=not reason)
    else:
        yield from _container(location, kind, content)


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


def _container(location: Location, kind: Kind, content: bytes) -> Iterator[Found | Rejected]:
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
    if opened.automatic and not matters:
        yield Rejected(location.origin, _AUTOMATIC, foreign=True, mail=mail, is_mail=True)
    elif opened.links and not matters:
        reason = ONLY_LINK.format(", ".join(map(shown, opened.links)))
        yield Rejected(location.origin, reason, mail=mail, is_mail=True)
    elif kind in _MAILS and not matters:
        remarks = (*location.remarks, *opened.remarks)
        refused = location._replace(mail=mail, remarks=remarks).refused(NoWorkbookError())
        yield refused._replace(text=opened.text)
    elif not opened.names:
        yield location.rejected(_EMPTY, foreign=kind is Kind.TNEF)


def _mail_of(opened: Members, index: int, around: Mail) -> Mail:
    """Return the mail that a file of a container came with."""
    mail = opened.mails[index] if opened.mails else Mail()
    return mail.within(around) if mail.sender else around


def _members(location: Location, opened: Members, zips: int, mails: int) -> Iterator[Found | Rejected]:
    stated = order_files(opened)
    for index, name in enumerate(opened.names):
        last = name.replace("\\", "/").rstrip("/").rpartition("/")[2] or "namnlös"
        inside = Location(
            location.path,
            shown_name(last),
            f"{location.origin}{SEPARATOR}{shown(name)}",
            location.spent,
            (*location.inside, index),
            _mail_of(opened, index, location.mail),
            zips,
            mails,
            stated.get(index, b""),
            (*location.remarks, *own_remarks(opened.remarks, name, opened.names)),
        )
        if is_order_file(name):
            if not stated:
                yield inside.rejected(UNUSED, foreign=True)
            continue
        if aside := why_aside(last):
            yield inside.rejected(aside, foreign=True)
            continue
        try:
            inner = opened.content(index)
        except UnusableError as error:
            yield inside.refused(error)
            continue
        yield from walk(inside, inner)
