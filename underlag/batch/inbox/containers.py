"""Containers of files: zip files and saved mails (.eml, .msg, winmail.dat), each as names and contents.

Nothing is unpacked to disk; a name is only ever shown, never followed as a path.
"""

import io
import struct
import zipfile
from binascii import a2b_base64
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from underlag.batch.inbox.refusal import UnusableError
from underlag.batch.inbox.tnef import SIGNATURE, tnef_files
from underlag.files.limits import ARCHIVE_FILES, how_to_raise
from underlag.reading.formats.limits import MAX_FILE, MAX_UNPACKED

if TYPE_CHECKING:
    from email.message import MIMEPart

    from oxmsg import Message
    from oxmsg.attachment import Attachment

#: A zip file within a zip file is opened; one within that is not.
MAX_ZIP_DEPTH: Final = 2
#: A mail forwarded as an attachment of a forwarded mail, and so on.
MAX_MAIL_DEPTH: Final = 5
NO_ATTACHMENTS: Final = "är ett mejl utan bilagor"
TOO_DEEP: Final = "ligger för djupt: packa upp den och kör igen"
#: More members than this in one container is no collection of workbooks.
MAX_MEMBERS: Final = 2_000

_ZIP: Final = (b"PK\x03\x04", b"PK\x05\x06")
_ENTRY: Final = b"PK\x01\x02"
_COMPOUND: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
#: What people also send files in, by its first bytes or its ending: not opened here, but not overlooked.
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

#: Properties of a message in Outlook's format, [MS-OXPROPS]: the sender's SMTP address; an attachment's short
#: name, its title, and the method by which it is attached.
_SENDER_SMTP_ADDRESS: Final = 0x5D01
_SHORT_FILE_NAME: Final = 0x3704
_DISPLAY_NAME: Final = 0x3001
_ATTACH_METHOD: Final = 0x3705
_EMBEDDED_MESSAGE: Final = 5
_OLE_OBJECT: Final = 6
#: The storage of a message within an attachment, and the bytes before its properties ([MS-OXMSG] 2.4.1).
_EMBEDDED_STORAGE: Final = "__substg1.0_3701000D"
_EMBEDDED_HEAD: Final = 24
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
    TNEF = "tnef"
    OTHER = "other"


@dataclass(slots=True)
class Members:
    """The files of a container.

    `senders` tells for each who sent it, '' where the mail does not say; it is None for a zip file.
    `content` gives that of one file, by its place among the names, and raises UnusableError. It is asked for
    one file at a time, so that a zip file with hundreds of workbooks is never unpacked as a whole.
    """

    names: list[str]
    content: Callable[[int], bytes]
    senders: list[str] | None = None


#: Files that a person means as workbooks, whatever their bytes are: reading then says what is wrong.
WORKBOOK_ENDINGS: Final = (".xlsx", ".xlsm", ".xls", ".xlsb", ".ods")


def kind_of(name: str, content: bytes) -> Kind:
    """Tell what a file is, by its bytes; by its name only where the bytes leave it open."""
    ending = "." + name.rpartition(".")[2].casefold()
    if content.startswith(_ZIP):
        return _kind_of_zip(content, ending)
    if content.startswith(_COMPOUND):
        return _kind_of_compound(content, ending)
    if content.startswith(SIGNATURE):
        return Kind.TNEF
    if ending in WORKBOOK_ENDINGS:
        return Kind.WORKBOOK
    first = content[:400].lstrip(b"\xef\xbb\xbf\r\n").decode("latin-1").casefold()
    if ending == ".eml" or (first.startswith(_MAIL_HEADERS) and "\n" in first):
        return Kind.EML
    return {".zip": Kind.ZIP, ".msg": Kind.MSG}.get(ending, Kind.OTHER)


def _kind_of_zip(content: bytes, ending: str) -> Kind:
    if content.count(_ENTRY) > ARCHIVE_FILES.value:
        return Kind.WORKBOOK if ending in WORKBOOK_ENDINGS else Kind.ZIP
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
    except Exception:  # noqa: BLE001 - a damaged file fails in more ways than its reader lists
        return Kind.MSG if ending == ".msg" else Kind.OTHER
    if "__properties_version1.0" in entries:
        return Kind.MSG
    return Kind.WORKBOOK if entries & {"workbook", "book"} else Kind.OTHER


def closed(name: str, content: bytes) -> str:
    """Return why a file that may hold workbooks is not opened, '' for one that holds none."""
    by_start = (reason for start, reason in _CLOSED_STARTS.items() if content.startswith(start))
    return next(by_start, _CLOSED_ENDINGS.get("." + name.rpartition(".")[2].casefold(), ""))


@dataclass(slots=True)
class Spent:
    """How many bytes were unpacked so far of one file, with the zip files in it."""

    total: int = 0


def members(kind: Kind, content: bytes, spent: Spent | None = None) -> Members:
    """Open a container.

    Args:
        kind: what it is.
        content: its bytes.
        spent: what was unpacked of the file that it lies in, counted on.

    Raises:
        UnusableError: it is damaged, protected or too large.
    """
    if kind is Kind.ZIP and content.count(_ENTRY) > ARCHIVE_FILES.value:
        raise UnusableError(f"innehåller fler än {ARCHIVE_FILES.value} filer. {how_to_raise()[:-1]}")
    openers = {
        Kind.ZIP: lambda packed: _zip_members(packed, spent or Spent()),
        Kind.EML: _eml_members,
        Kind.MSG: _msg_members,
        Kind.TNEF: _tnef_members,
    }
    opened = openers[kind](content)
    if len(opened.names) > MAX_MEMBERS:
        raise UnusableError(f"innehåller {len(opened.names)} filer, fler än gränsen {MAX_MEMBERS}")
    return opened


def _zip_members(content: bytes, spent: Spent) -> Members:
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise UnusableError("är en skadad zip-fil") from error
    infos = [info for info in archive.infolist() if not info.filename.endswith("/")]
    unpacked = _Unpacked(archive, infos, spent)
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
    """The files of an archive, of which no more is unpacked than a person can mean."""

    def __init__(self, archive: zipfile.ZipFile, infos: list[zipfile.ZipInfo], spent: Spent) -> None:
        self._archive = archive
        self._infos = infos
        self._spent = spent

    def content(self, index: int) -> bytes:
        info = self._infos[index]
        if info.flag_bits & 0x1:
            raise UnusableError("är skyddad med lösenord i zip-filen")
        if self._spent.total > MAX_UNPACKED:
            raise UnusableError(f"ryms inte: zip-filen är större än {MAX_UNPACKED // 1_000_000} MB uppackad")
        try:
            with self._archive.open(info) as member:
                data = member.read(MAX_FILE + 1)
        except Exception as error:  # each method of packing has failures of its own
            raise UnusableError("är skadad i zip-filen") from error
        self._spent.total += len(data)
        if len(data) > MAX_FILE:
            raise UnusableError(f"är för stor uppackad (gränsen är {MAX_FILE // 1_000_000} MB)")
        return data


def _eml_members(content: bytes) -> Members:
    from underlag.batch.inbox.eml import message_of  # noqa: PLC0415 - only mails need it

    try:
        message = message_of(content)
        parts = list(_attachments(message))
        names = [_eml_name(part) for part in parts]
        contents = [_eml_part(part) for part in parts]
        sender = _address(str(message.get("From", "")))
    except UnusableError:
        raise
    except Exception as error:  # a damaged mail fails in more ways than its reader lists
        raise UnusableError("är ett skadat mejl") from error
    return Members(names, _one_of(contents), [sender] * len(names))


def _address(*senders: str | None) -> str:
    """Return the first e-mail address among what is said of a sender."""
    from email.utils import parseaddr  # noqa: PLC0415 - only mails need it

    addresses = (parseaddr(sender or "")[1] for sender in senders)
    return next((address for address in addresses if "@" in address), "")


def _one_of(contents: list[bytes | UnusableError]) -> Callable[[int], bytes]:
    def content(index: int) -> bytes:
        found = contents[index]
        if isinstance(found, UnusableError):
            raise found
        return found

    return content


def _attachments(part: "MIMEPart") -> "Iterator[MIMEPart]":
    """The parts that are files, also nameless ones; what lies in an attached mail belongs to that mail."""
    if part.is_multipart() and not _is_mail(part):
        for inner in part.iter_parts():
            yield from _attachments(inner)
    elif part.get_filename() or part.get_content_maintype() == "application" or _is_mail(part):
        yield part


def _is_mail(part: "MIMEPart") -> bool:
    return part.get_content_type() == "message/rfc822"


def _eml_name(part: "MIMEPart") -> str:
    name = str(part.get_filename() or "")
    if not _is_mail(part):
        return name or "namnlös bilaga"
    # Its name is often but its subject, and may end as that of a workbook.
    return name if name.casefold().endswith(".eml") else f"{name or 'vidarebefordrat mejl'}.eml"


def _eml_part(part: "MIMEPart") -> "bytes | UnusableError":
    if _is_mail(part):
        inner: Any = part.get_payload()
        if not inner:
            return UnusableError("är ett skadat mejl")
        content = bytes(inner[0].as_bytes())
        # Not allowed by RFC 2046, but written by some mail programs; the library then takes it as it stands.
        encoded = str(part.get("Content-Transfer-Encoding", "")).strip().casefold() == "base64"
        return a2b_base64(content) if encoded else content
    data = part.get_payload(decode=True)
    return data if isinstance(data, bytes) else UnusableError("är skadad i mejlet")


def _tnef_members(content: bytes) -> Members:
    try:
        files = tnef_files(content)
    except (ValueError, struct.error) as error:
        raise UnusableError("är skadade bilagor i Outlooks eget format") from error
    contents: list[bytes | UnusableError] = [file.content for file in files]
    return Members([file.name or "bilaga" for file in files], _one_of(contents), [""] * len(files))


def _msg_members(content: bytes) -> Members:
    from oxmsg import Message  # noqa: PLC0415 - only Outlook's files need it

    try:
        found = list(_msg_files(Message.load(io.BytesIO(content)), "", "", 1))
    except Exception as error:  # a damaged file fails in more ways than its reader lists
        raise UnusableError("är ett skadat mejl") from error
    return Members(
        [one.name for one in found], _one_of([one.content for one in found]), [one.sender for one in found]
    )


class _MsgFile(NamedTuple):
    """A file in a mail of Outlook's, and who sent the mail that it is in."""

    name: str
    content: bytes | UnusableError
    sender: str


def _msg_files(message: "Message", sender: str, above: str, depth: int) -> Iterator[_MsgFile]:
    """Yield the files of a mail and of the mails in it, which have no bytes of their own as files have."""
    # Within an organisation the sender is an address of Exchange's own; the SMTP address stands beside it.
    sender = _address(message.sender, message.properties.str_prop_value(_SENDER_SMTP_ADDRESS)) or sender
    for attachment in message.attachments:
        name = above + _msg_name(attachment)
        inner = _msg_within(attachment)
        if inner is None:
            yield _MsgFile(name, _msg_content(attachment), sender)
        elif depth == MAX_MAIL_DEPTH:
            yield _MsgFile(name, UnusableError(TOO_DEEP), sender)
        elif not inner.attachments:
            yield _MsgFile(name, UnusableError(NO_ATTACHMENTS), sender)
        else:
            yield from _msg_files(inner, sender, f"{name}/", depth + 1)


def _msg_within(attachment: "Attachment") -> "Message | None":
    """Return the mail that is attached, None for anything else."""
    from oxmsg import Message  # noqa: PLC0415 - as above
    from oxmsg.properties import Properties  # noqa: PLC0415 - as above

    class Embedded(Message):
        """A mail within another: its properties begin earlier."""

        @property
        def properties(self) -> Properties:
            return Properties(self._storage, properties_header_offset=_EMBEDDED_HEAD)

    if attachment.properties.int_prop_value(_ATTACH_METHOD) != _EMBEDDED_MESSAGE:
        return None
    parent: Any = attachment._storage  # noqa: SLF001 - its reader does not open mails within mails
    storage = next((one for one in parent.storages if one.name == _EMBEDDED_STORAGE), None)
    return None if storage is None else Embedded(storage)


def _msg_name(attachment: "Attachment") -> str:
    texts = (attachment.properties.str_prop_value(pid) for pid in (_SHORT_FILE_NAME, _DISPLAY_NAME))
    return attachment.file_name or next(filter(None, texts), "bilaga")


def _msg_content(attachment: "Attachment") -> bytes | UnusableError:
    if (data := attachment.file_bytes) is not None:
        return data
    if attachment.properties.int_prop_value(_ATTACH_METHOD) in {_EMBEDDED_MESSAGE, _OLE_OBJECT}:
        return UnusableError(
            "är inbäddad i mejlet och går inte att öppna här: spara bilagan i Outlook och kör igen"
        )
    return UnusableError("är bara en länk i mejlet, inte en bilaga")
