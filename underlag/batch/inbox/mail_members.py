"""The attachments of a saved mail: .eml, and winmail.dat, which Outlook makes of a mail's attachments."""

import struct
from binascii import a2b_base64
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

from underlag.batch.inbox.mail import Mail, decoded, is_automatic, mailboxes, message_ids, one_line, sent_at
from underlag.batch.inbox.members import Members, one_of
from underlag.batch.inbox.refusal import UnusableError
from underlag.batch.inbox.share_links import share_links
from underlag.batch.inbox.tnef import tnef_files
from underlag.reading.remarks.mail_texts import own_text, plain_text, remarks_in

if TYPE_CHECKING:
    from email.message import EmailMessage, MIMEPart

#: Where mail systems note the mailbox in which a mail arrived.
_DELIVERED: Final = ("Delivered-To", "X-Original-To", "Envelope-To")


def eml_members(content: bytes) -> Members:
    """Open a mail.

    Raises:
        UnusableError: it is damaged.
    """
    from underlag.batch.inbox.eml import message_of  # noqa: PLC0415 - only mails need it

    try:
        message = message_of(content)
        parts = list(_attachments(message))
        names = [_eml_name(part) for part in parts]
        contents = [_eml_part(part) for part in parts]
        mail = mail_of(message)
        links = share_links(_texts(message))
        shown = _shown(message)
        remarks, text = remarks_in(shown, mail.subject), own_text(shown, mail.subject)
        automatic = is_automatic(mail.subject, _as_text(message.get("Auto-Submitted", "")))
    except UnusableError:
        raise
    except Exception as error:  # a damaged mail fails in more ways than its reader lists
        raise UnusableError("är ett skadat mejl") from error
    return Members(names, one_of(contents), [mail] * len(names), mail, links, remarks, automatic, text)


def _texts(message: "EmailMessage") -> "Iterator[str]":
    """Yield the texts of a mail."""
    for part in _unattached(message):
        if part.get_content_maintype() == "text":
            payload = part.get_payload(decode=True)
            yield (payload if isinstance(payload, bytes) else b"").decode("utf-8", "replace")


def _shown(part: "MIMEPart") -> str:
    """Return the text of a mail as people see it: of alternatives the plain one, or that of the HTML."""
    if _is_mail(part) or part.get_filename():
        return ""
    if part.is_multipart():
        inner = list(part.iter_parts())
        texts = [_shown(one) for one in inner]
        if part.get_content_subtype() == "alternative":
            plain = [
                text for one, text in zip(inner, texts, strict=True) if one.get_content_subtype() == "plain"
            ]
            texts = plain if any(map(str.strip, plain)) else texts
        return "\n\n".join(texts)
    if part.get_content_maintype() != "text":
        return ""
    payload = part.get_payload(decode=True)
    content = payload if isinstance(payload, bytes) else b""
    try:
        text = content.decode(part.get_content_charset() or "utf-8", "replace")
    except LookupError:  # an encoding that Python does not know
        text = content.decode("latin-1")
    if part.get_content_subtype() == "html":
        return plain_text(text)
    return text if part.get_content_subtype() == "plain" else ""


def _unattached(part: "MIMEPart") -> "Iterator[MIMEPart]":
    """Yield the parts that are no files."""
    if _is_mail(part) or part.get_filename():
        return
    if not part.is_multipart():
        yield part
        return
    for inner in part.iter_parts():
        yield from _unattached(inner)


def mail_of(message: "EmailMessage") -> Mail:
    """Return the headers of a mail."""

    def field(name: str) -> str:
        return one_line(map(_as_text, message.get_all(name, [])))

    senders = mailboxes(field("From"))
    return Mail(
        senders[0].address if senders else "",
        decoded(field("Subject")),
        mailboxes(field("To")),
        mailboxes(field("Cc")),
        next(iter(message_ids(field("Message-ID"))), ""),
        message_ids(field("References")),
        sent_at(field("Date")),
        mailboxes(field("Reply-To")) or senders,
        message_ids(field("In-Reply-To")),
        tuple(box.address for box in mailboxes(*map(field, _DELIVERED))),
    )


def _as_text(value: object) -> str:
    """Return a field as text: bytes beyond ASCII, which are not allowed there, are mostly UTF-8."""
    return str(value).encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _attachments(part: "MIMEPart") -> "Iterator[MIMEPart]":
    """Yield the parts that are files, also nameless ones, without those of an attached mail."""
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
    # The name is often just the subject, which may end like a workbook's.
    return name if name.casefold().endswith(".eml") else f"{name or 'vidarebefordrat mejl'}.eml"


def _eml_part(part: "MIMEPart") -> "bytes | UnusableError":
    if _is_mail(part):
        inner: Any = part.get_payload()
        if not inner:
            return UnusableError("är ett skadat mejl")
        content = bytes(inner[0].as_bytes())
        # Not allowed by RFC 2046, but written by some mail programs; the library does not decode it.
        encoded = str(part.get("Content-Transfer-Encoding", "")).strip().casefold() == "base64"
        return a2b_base64(content) if encoded else content
    data = part.get_payload(decode=True)
    return data if isinstance(data, bytes) else UnusableError("är skadad i mejlet")


def tnef_members(content: bytes) -> Members:
    """Open a winmail.dat.

    Raises:
        UnusableError: it is damaged.
    """
    try:
        files = tnef_files(content)
    except (ValueError, struct.error) as error:
        raise UnusableError("är skadade bilagor i Outlooks eget format") from error
    contents: list[bytes | UnusableError] = [file.content for file in files]
    return Members([file.name or "bilaga" for file in files], one_of(contents), [Mail()] * len(files))
