"""Containers of files: zip files and saved mails (.eml, .msg), each as a list of names and contents.

Nothing is unpacked to disk; a name is only ever shown, never followed as a path.
"""

import io
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from underlag.reading.limits import MAX_FILE

if TYPE_CHECKING:
    from email.message import MIMEPart

#: More members than this in one container is no collection of workbooks.
MAX_MEMBERS: Final = 2_000

_ZIP: Final = (b"PK\x03\x04", b"PK\x05\x06")
_COMPOUND: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
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
    """What the bytes of a file are, as far as collecting cares."""

    WORKBOOK = "workbook"
    ZIP = "zip"
    EML = "eml"
    MSG = "msg"
    OTHER = "other"


class UnusableError(Exception):
    """A container, or a member of it, that cannot be opened; the text says why, in Swedish."""


@dataclass(slots=True)
class Mail:
    """The sender of a mail: '' where it does not say."""

    sender: str = ""


@dataclass(slots=True)
class Members:
    """The files of a container: names, and how to get each content. `mail` is None for a zip file."""

    names: list[str]
    contents: "list[bytes | UnusableError]" = field(repr=False)
    mail: Mail | None = None


#: Files that a person means as workbooks, whatever their bytes are: reading then says what is wrong.
WORKBOOK_ENDINGS: Final = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods")


def kind_of(name: str, content: bytes) -> Kind:
    """Tell what a file is, by its bytes; by its name only where the bytes leave it open."""
    ending = "." + name.rpartition(".")[2].casefold()
    if content.startswith(_ZIP):
        return _kind_of_zip(content, ending)
    if content.startswith(_COMPOUND):
        return _kind_of_compound(content, ending)
    if ending in WORKBOOK_ENDINGS:
        return Kind.WORKBOOK
    if ending == ".zip":
        return Kind.ZIP
    first = content[:400].lstrip(b"\xef\xbb\xbf\r\n").decode("latin-1").casefold()
    if ending == ".eml" or (first.startswith(_MAIL_HEADERS) and "\n" in first):
        return Kind.EML
    return Kind.MSG if ending == ".msg" else Kind.OTHER


def _kind_of_zip(content: bytes, ending: str) -> Kind:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError):
        return Kind.WORKBOOK if ending in WORKBOOK_ENDINGS else Kind.ZIP
    if ending in WORKBOOK_ENDINGS or names & {"xl/workbook.xml", "xl/workbook.bin", "content.xml"}:
        return Kind.WORKBOOK
    return Kind.OTHER if "[Content_Types].xml" in names else Kind.ZIP


def _kind_of_compound(content: bytes, ending: str) -> Kind:
    import olefile  # noqa: PLC0415 - only old files and Outlook's need it

    if ending in WORKBOOK_ENDINGS:
        return Kind.WORKBOOK
    try:
        with olefile.OleFileIO(io.BytesIO(content)) as compound:
            entries = {entry[0].casefold() for entry in compound.listdir()}
    except (OSError, ValueError, IndexError, TypeError):
        return Kind.MSG if ending == ".msg" else Kind.OTHER
    if "__properties_version1.0" in entries:
        return Kind.MSG
    return Kind.WORKBOOK if entries & {"workbook", "book"} else Kind.OTHER


def members(kind: Kind, content: bytes) -> Members:
    """Open a container.

    Raises:
        UnusableError: it is damaged, protected or too large.
    """
    opened = {Kind.ZIP: _zip_members, Kind.EML: _eml_members, Kind.MSG: _msg_members}[kind](content)
    if len(opened.names) > MAX_MEMBERS:
        raise UnusableError(f"innehåller {len(opened.names)} filer, fler än gränsen {MAX_MEMBERS}")
    return opened


def _zip_members(content: bytes) -> Members:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            infos = [info for info in archive.infolist() if not info.is_dir()]
            if len(infos) > MAX_MEMBERS:
                raise UnusableError(f"innehåller {len(infos)} filer, fler än gränsen {MAX_MEMBERS}")
            return Members([_zip_name(info) for info in infos], list(_zip_contents(archive, infos)))
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise UnusableError("zip-filen är skadad") from error


def _zip_name(info: zipfile.ZipInfo) -> str:
    """The member's name; without the UTF-8 flag it is in the code page of a Swedish Windows."""
    if info.flag_bits & 0x800:
        return info.filename
    try:
        return info.filename.encode("cp437").decode("cp850")
    except UnicodeError:
        return info.filename


def _zip_contents(
    archive: zipfile.ZipFile, infos: list[zipfile.ZipInfo]
) -> "Iterator[bytes | UnusableError]":
    total = 0
    for info in infos:
        if info.flag_bits & 0x1:
            yield UnusableError("är skyddad med lösenord i zip-filen")
            continue
        try:
            with archive.open(info) as member:
                data = member.read(MAX_FILE + 1)
        except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, ValueError):
            yield UnusableError("är skadad i zip-filen")
            continue
        total += len(data)
        if len(data) > MAX_FILE or total > 4 * MAX_FILE:
            yield UnusableError(f"är för stor uppackad (gränsen är {MAX_FILE // 1_000_000} MB)")
            continue
        yield data


def _eml_members(content: bytes) -> Members:
    import email  # noqa: PLC0415 - only mails need it
    from email import policy  # noqa: PLC0415 - as above
    from email.utils import parseaddr  # noqa: PLC0415 - as above

    try:
        message = email.message_from_bytes(content, policy=policy.default)
        parts = list(_attachments(message))
        names = [str(part.get_filename() or "vidarebefordrat mejl.eml") for part in parts]
        contents: list[bytes | UnusableError] = [_eml_part(part) for part in parts]
        sender = parseaddr(str(message.get("From", "")))[1]
    except (ValueError, LookupError, TypeError, AttributeError, IndexError) as error:
        raise UnusableError("mejlet är skadat") from error
    return Members(names, contents, Mail(sender))


def _attachments(part: "MIMEPart") -> "Iterator[MIMEPart]":
    """The parts that are files; what lies in an attached mail belongs to that mail."""
    if part.is_multipart() and part.get_content_type() != "message/rfc822":
        for inner in part.iter_parts():
            yield from _attachments(inner)
    elif part.get_filename() or part.get_content_type() == "message/rfc822":
        yield part


def _eml_part(part: "MIMEPart") -> "bytes | UnusableError":
    if part.get_content_type() == "message/rfc822":
        inner: Any = part.get_payload()
        return bytes(inner[0].as_bytes()) if inner else UnusableError("är ett skadat mejl")
    data = part.get_payload(decode=True)
    return data if isinstance(data, bytes) else UnusableError("är skadad i mejlet")


def _msg_members(content: bytes) -> Members:
    from oxmsg import Message  # noqa: PLC0415 - only Outlook's files need it

    try:
        message = Message.load(io.BytesIO(content))
        attachments = list(message.attachments)
        names = [attachment.file_name or "bilaga" for attachment in attachments]
        contents: list[bytes | UnusableError] = [
            attachment.file_bytes or UnusableError("är bara en länk i mejlet, inte en bilaga")
            for attachment in attachments
        ]
        sender = message.sender or ""
    except Exception as error:  # a damaged file fails in more ways than its reader lists
        raise UnusableError("mejlet är skadat") from error
    address = sender.rpartition("<")[2].strip("> ") if "@" in sender else ""
    return Members(names, contents, Mail(address))
