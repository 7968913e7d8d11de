"""Containers of files: zip files and saved mails (.eml, .msg), each as a list of names and contents.

Nothing is unpacked to disk; a name is only ever shown, never followed as a path.
"""

import io
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from underlag.reading.limits import MAX_FILE, MAX_UNPACKED

if TYPE_CHECKING:
    from email.message import MIMEPart

    from oxmsg.attachment import Attachment

#: More members than this in one container is no collection of workbooks.
MAX_MEMBERS: Final = 2_000

_ZIP: Final = (b"PK\x03\x04", b"PK\x05\x06")
_COMPOUND: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
#: Properties of a message in Outlook's format, [MS-OXPROPS]: the sender's SMTP address; an attachment's short
#: name, and the method by which it is attached.
_SENDER_SMTP_ADDRESS: Final = 0x5D01
_SHORT_FILE_NAME: Final = 0x3704
_ATTACH_METHOD: Final = 0x3705
_EMBEDDED_MESSAGE: Final = 5
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
    """The files of a container. `mail` is None for a zip file.

    `content` gives that of one file, by its place among the names, and raises UnusableError. It is asked for
    one file at a time, so that a zip file with hundreds of workbooks is never unpacked as a whole.
    """

    names: list[str]
    content: Callable[[int], bytes]
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
        archive = zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise UnusableError("zip-filen är skadad") from error
    infos = [info for info in archive.infolist() if not info.is_dir()]
    unpacked = _Unpacked(archive, infos)
    return Members([_zip_name(info) for info in infos], unpacked.content)


def _zip_name(info: zipfile.ZipInfo) -> str:
    """The member's name; without the UTF-8 flag it is in the code page of a Swedish Windows."""
    if info.flag_bits & 0x800:
        return info.filename
    try:
        return info.filename.encode("cp437").decode("cp850")
    except UnicodeError:
        return info.filename


class _Unpacked:
    """The files of an archive, and how much of it was unpacked so far."""

    def __init__(self, archive: zipfile.ZipFile, infos: list[zipfile.ZipInfo]) -> None:
        self._archive = archive
        self._infos = infos
        self._total = 0

    def content(self, index: int) -> bytes:
        info = self._infos[index]
        if info.flag_bits & 0x1:
            raise UnusableError("är skyddad med lösenord i zip-filen")
        try:
            with self._archive.open(info) as member:
                data = member.read(MAX_FILE + 1)
        except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, ValueError) as error:
            raise UnusableError("är skadad i zip-filen") from error
        self._total += len(data)
        if len(data) > MAX_FILE:
            raise UnusableError(f"är för stor uppackad (gränsen är {MAX_FILE // 1_000_000} MB)")
        if self._total > MAX_UNPACKED:
            raise UnusableError(f"ryms inte: zip-filen är större än {MAX_UNPACKED // 1_000_000} MB uppackad")
        return data


def _eml_members(content: bytes) -> Members:
    import email  # noqa: PLC0415 - only mails need it
    from email import policy  # noqa: PLC0415 - as above
    from email.utils import parseaddr  # noqa: PLC0415 - as above

    try:
        message = email.message_from_bytes(content, policy=policy.default)
        parts = list(_attachments(message))
        names = [str(part.get_filename() or "vidarebefordrat mejl.eml") for part in parts]
        contents = [_eml_part(part) for part in parts]
        sender = parseaddr(str(message.get("From", "")))[1]
    except (ValueError, LookupError, TypeError, AttributeError, IndexError) as error:
        raise UnusableError("mejlet är skadat") from error
    return Members(names, _one_of(contents), Mail(sender if "@" in sender else ""))


def _one_of(contents: list[bytes | UnusableError]) -> Callable[[int], bytes]:
    def content(index: int) -> bytes:
        found = contents[index]
        if isinstance(found, UnusableError):
            raise found
        return found

    return content


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
    from email.utils import parseaddr  # noqa: PLC0415 - only mails need it

    from oxmsg import Message  # noqa: PLC0415 - only Outlook's files need it

    try:
        message = Message.load(io.BytesIO(content))
        attachments = list(message.attachments)
        names = [_msg_name(attachment) for attachment in attachments]
        contents = [_msg_content(attachment) for attachment in attachments]
        senders = (message.sender or "", message.properties.str_prop_value(_SENDER_SMTP_ADDRESS) or "")
    except Exception as error:  # a damaged file fails in more ways than its reader lists
        raise UnusableError("mejlet är skadat") from error
    # Within an organisation the sender is an address of Exchange's own; the SMTP address stands beside it.
    addresses = (parseaddr(sender)[1] for sender in senders)
    return Members(names, _one_of(contents), Mail(next((a for a in addresses if "@" in a), "")))


def _msg_name(attachment: "Attachment") -> str:
    return attachment.file_name or attachment.properties.str_prop_value(_SHORT_FILE_NAME) or "bilaga"


def _msg_content(attachment: "Attachment") -> bytes | UnusableError:
    if (data := attachment.file_bytes) is not None:
        return data
    if attachment.properties.int_prop_value(_ATTACH_METHOD) == _EMBEDDED_MESSAGE:
        return UnusableError("är ett vidarebefordrat mejl inuti mejlet: spara det för sig och kör igen")
    return UnusableError("är bara en länk i mejlet, inte en bilaga")
