"""Recognises files by their bytes, and opens containers: zip files and saved mails.

Mails are .eml, .emlx, .msg, winmail.dat and mailboxes (.mbox). A name in a container is only shown, never
followed as a path.
"""

import io
import zipfile
from enum import StrEnum
from typing import Final

from underlag.batch.inbox.mail_members import eml_members, tnef_members
from underlag.batch.inbox.mailbox_members import emlx_members, mbox_members, without_length
from underlag.batch.inbox.members import Members, Spent
from underlag.batch.inbox.outlook_members import msg_members
from underlag.batch.inbox.refusal import UnusableError
from underlag.batch.inbox.tnef import SIGNATURE
from underlag.batch.inbox.zip_members import zip_members
from underlag.files.limits import ARCHIVE_FILES, how_to_raise
from underlag.files.workbook_names import WORKBOOK_ENDINGS

#: Maximum nesting of zip files.
MAX_ZIP_DEPTH: Final = 2
#: Maximum members of a container.
MAX_MEMBERS: Final = 2_000

_ZIP: Final = (b"PK\x03\x04", b"PK\x05\x06")
_ENTRY: Final = b"PK\x01\x02"
_COMPOUND: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
#: Containers that are not opened but reported, by their first bytes or their ending.
_PACKED: Final = "är ett arkiv av ett slag som inte öppnas här: packa upp det och kör igen"
_SEALED: Final = (
    "är ett krypterat eller signerat mejl: öppna det i mejlprogrammet, spara bilagorna och kör igen"
)
_CLOSED_STARTS: Final = {
    b"7z\xbc\xaf\x27\x1c": _PACKED,
    b"Rar!\x1a\x07": _PACKED,
    b"\x1f\x8b": _PACKED,
    b"BZh": _PACKED,
    b"\xfd7zXZ\x00": _PACKED,
}
_CLOSED_ENDINGS: Final = {".tar": _PACKED, ".p7m": _SEALED}

#: Bytes that show whether a file is a mail.
_START: Final = 1_000
_MAIL_HEADERS: Final = (
    "received:",
    "from:",
    "to:",
    "date:",
    "subject:",
    "mime-version:",
    "message-id:",
    "return-path:",
    "delivered-to:",
    "x-",
    "content-type:",
)


class Kind(StrEnum):
    """The kind of a file by its bytes."""

    WORKBOOK = "workbook"
    ZIP = "zip"
    EML = "eml"
    EMLX = "emlx"
    MBOX = "mbox"
    MSG = "msg"
    TNEF = "tnef"
    OTHER = "other"


#: The kinds of containers whose bytes leave it open, by ending.
_BY_ENDING: Final = {
    ".zip": Kind.ZIP,
    ".msg": Kind.MSG,
    ".eml": Kind.EML,
    ".emlx": Kind.EMLX,
    ".mbox": Kind.MBOX,
    ".mbx": Kind.MBOX,
}


def kind_of(name: str, content: bytes) -> Kind:
    """Return what a file is by its bytes, and by its name only where the bytes leave it open."""
    ending = "." + name.rpartition(".")[2].casefold()
    if content.startswith(_ZIP):
        return _kind_of_zip(content, ending)
    if content.startswith(_COMPOUND):
        return _kind_of_compound(content, ending)
    if content.startswith(SIGNATURE):
        return Kind.TNEF
    if ending in WORKBOOK_ENDINGS:
        return Kind.WORKBOOK
    return _kind_of_text(content) or _BY_ENDING.get(ending, Kind.OTHER)


def _kind_of_text(content: bytes) -> Kind | None:
    """Return the kind of a mail by its first lines."""
    start = content[:_START].lstrip(b"\xef\xbb\xbf\r\n")
    if _is_mail(start):
        return Kind.EML
    if start.startswith(b"From ") and _is_mail(start.partition(b"\n")[2]):
        return Kind.MBOX
    return Kind.EMLX if _is_mail(without_length(start)) else None


def _is_mail(start: bytes) -> bool:
    return start.decode("latin-1").casefold().startswith(_MAIL_HEADERS) and b"\n" in start


def _kind_of_zip(content: bytes, ending: str) -> Kind:
    if ending in WORKBOOK_ENDINGS:
        return Kind.WORKBOOK
    if content.count(_ENTRY) > ARCHIVE_FILES.value:
        return Kind.ZIP
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return Kind.ZIP
    if names & {"xl/workbook.xml", "xl/workbook.bin", "content.xml"}:
        return Kind.WORKBOOK
    return Kind.OTHER if "[Content_Types].xml" in names else Kind.ZIP


def _kind_of_compound(content: bytes, ending: str) -> Kind:
    import olefile  # noqa: PLC0415 - only old files and Outlook's need it

    if ending in WORKBOOK_ENDINGS:
        return Kind.WORKBOOK
    try:
        with olefile.OleFileIO(io.BytesIO(content)) as compound:
            entries = {entry[0].casefold() for entry in compound.listdir()}
    except Exception:  # noqa: BLE001 - a damaged file fails in more ways than its reader lists
        return Kind.MSG if ending == ".msg" else Kind.OTHER
    if "__properties_version1.0" in entries:
        return Kind.MSG
    return Kind.WORKBOOK if entries & {"workbook", "book"} else Kind.OTHER


def closed(name: str, content: bytes) -> str:
    """Return why a file that may contain workbooks is not opened, '' for one that cannot."""
    by_start = (reason for start, reason in _CLOSED_STARTS.items() if content.startswith(start))
    return next(by_start, _CLOSED_ENDINGS.get("." + name.rpartition(".")[2].casefold(), ""))


def members(kind: Kind, content: bytes, spent: Spent | None = None) -> Members:
    """Open a container.

    Args:
        kind: what it is.
        content: its bytes.
        spent: the bytes unpacked so far of the file on disk, which is updated.

    Raises:
        UnusableError: it is damaged, protected or too large.
    """
    if kind is Kind.ZIP and content.count(_ENTRY) > ARCHIVE_FILES.value:
        raise UnusableError(f"innehåller fler än {ARCHIVE_FILES.value} filer. {how_to_raise()[:-1]}")
    openers = {
        Kind.ZIP: lambda packed: zip_members(packed, spent or Spent()),
        Kind.EML: eml_members,
        Kind.EMLX: emlx_members,
        Kind.MBOX: mbox_members,
        Kind.MSG: msg_members,
        Kind.TNEF: tnef_members,
    }
    opened = openers[kind](content)
    if kind is not Kind.MBOX and len(opened.names) > MAX_MEMBERS:
        raise UnusableError(f"innehåller {len(opened.names)} filer, fler än gränsen {MAX_MEMBERS}")
    return opened
