"""Opens mails in Outlook's format (.msg), with the mails attached to them."""

import io
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from underlag.batch.inbox.mail import Mail, is_automatic, mailboxes, message_ids, one_line, sent_at
from underlag.batch.inbox.mail_members import mail_of
from underlag.batch.inbox.members import MAX_MAIL_DEPTH, ONLY_LINK, TOO_DEEP, Members, one_of
from underlag.batch.inbox.refusal import NoWorkbookError, UnusableError
from underlag.batch.inbox.share_links import share_links
from underlag.reading.remarks.mail_texts import own_text, plain_text, remarks_in
from underlag.values.contact import Mailbox

if TYPE_CHECKING:
    from oxmsg import Message
    from oxmsg.attachment import Attachment

#: Properties in Outlook's format, [MS-OXPROPS]. Of a message: the sender's SMTP address, the subject, the
#: internet headers, the ids of the mail and of those that it answers. Of a recipient: whether it is in To or
#: Cc. Of an attachment: its short name, its title, how it is attached, and the address of a link.
_SENDER_SMTP_ADDRESS: Final = 0x5D01
_SUBJECT: Final = 0x0037
_TRANSPORT_HEADERS: Final = 0x007D
_MESSAGE_ID: Final = 0x1035
_REFERENCES: Final = 0x1039
_IN_REPLY_TO: Final = 0x1042
_TEXTS: Final = (
    _SENDER_SMTP_ADDRESS, _SUBJECT, _TRANSPORT_HEADERS, _MESSAGE_ID, _REFERENCES, _IN_REPLY_TO,
)  # fmt: skip
_AUTO_SUBMITTED: Final = re.compile(r"(?im)^auto-submitted:(.*)$")
_RECIPIENT_TYPE: Final = 0x0C15
_TO: Final = 1
_CC: Final = 2
_SHORT_FILE_NAME: Final = 0x3704
_DISPLAY_NAME: Final = 0x3001
_ATTACH_METHOD: Final = 0x3705
_ATTACH_LONG_PATHNAME: Final = 0x370D
_EMBEDDED_MESSAGE: Final = 5
_OLE_OBJECT: Final = 6
#: The storage of a message within an attachment, and the bytes before its properties ([MS-OXMSG] 2.4.1).
_EMBEDDED_STORAGE: Final = "__substg1.0_3701000D"
_EMBEDDED_HEAD: Final = 24


def msg_members(content: bytes) -> Members:
    """Open a mail in Outlook's format.

    Raises:
        UnusableError: it is damaged.
    """
    from oxmsg import Message  # noqa: PLC0415 - only Outlook's files need it

    try:
        message = Message.load(io.BytesIO(content))
        found = list(_msg_files(message, Mail(), "", 1))
        mail, links = _mail(message, Mail()), _links(message)
        shown = _shown(message)
        remarks, text = remarks_in(shown, mail.subject), own_text(shown, mail.subject)
        automatic = is_automatic(mail.subject, _auto_submitted(message))
    except Exception as error:  # a damaged file fails in more ways than its reader lists
        raise UnusableError("är ett skadat mejl") from error
    return Members(
        [one.name for one in found],
        one_of([one.content for one in found]),
        [one.mail for one in found],
        mail,
        links,
        remarks,
        automatic,
        text,
    )


class _MsgFile(NamedTuple):
    """A file in a mail, and the headers of that mail."""

    name: str
    content: bytes | UnusableError
    mail: Mail


def _msg_files(message: "Message", mail: Mail, above: str, depth: int) -> Iterator[_MsgFile]:
    """Yield the files of a mail and of the mails attached to it, which are storages and not files."""
    mail = _mail(message, mail)
    for attachment in message.attachments:
        name = above + _msg_name(attachment)
        inner = _msg_within(attachment)
        if inner is None:
            yield _MsgFile(name, _msg_content(attachment), mail)
        elif depth == MAX_MAIL_DEPTH:
            yield _MsgFile(name, UnusableError(TOO_DEEP), mail)
        elif not inner.attachments:
            links = _links(inner)
            error = UnusableError(ONLY_LINK.format(", ".join(links))) if links else NoWorkbookError()
            yield _MsgFile(name, error, _mail(inner, mail))
        else:
            yield from _msg_files(inner, mail, f"{name}/", depth + 1)


def _mail(message: "Message", around: Mail) -> Mail:
    """Return the headers of a mail; the mail around it states what it lacks itself.

    A mail that came by the internet has its headers as text. One from within the organisation has none.
    """
    texts = {pid: message.properties.str_prop_value(pid) or "" for pid in _TEXTS}
    headers = _headers(texts[_TRANSPORT_HEADERS])
    senders = headers.reply_to or mailboxes(message.sender, texts[_SENDER_SMTP_ADDRESS])[:1]
    return Mail(
        headers.sender or (senders[0].address if senders else around.sender),
        one_line([texts[_SUBJECT]]) or around.subject,
        headers.to or _recipients(message, _TO),
        headers.cc or _recipients(message, _CC),
        next(iter(message_ids(texts[_MESSAGE_ID])), "") or headers.message_id or around.message_id,
        message_ids(texts[_REFERENCES]) or headers.references or around.references,
        sent_at(message.sent_date) or headers.sent or around.sent,
        senders or around.reply_to,
        message_ids(texts[_IN_REPLY_TO]) or headers.in_reply_to,
        headers.delivered_to,
        around.ticket,
    )


def _headers(text: str) -> Mail:
    """Return what the internet headers of a mail state; nothing if they exceed the limits."""
    from underlag.batch.inbox.eml import message_of  # noqa: PLC0415 - only Outlook's files need it

    try:
        return mail_of(message_of(text.encode("utf-8", "replace")))
    except UnusableError:
        return Mail()


def _shown(message: "Message") -> str:
    """Return the text of a mail as people see it."""
    body = message.body or ""
    return body if body.strip() else plain_text(_html(message))


def _auto_submitted(message: "Message") -> str:
    """Return the field Auto-Submitted of the internet headers, '' without one."""
    found = _AUTO_SUBMITTED.search(message.properties.str_prop_value(_TRANSPORT_HEADERS) or "")
    return found[1] if found else ""


def _html(message: "Message") -> str:
    try:
        return message.html_body or ""
    except (LookupError, ValueError):  # an encoding that Python does not know, or other bytes
        return ""


def _links(message: "Message") -> tuple[str, ...]:
    return share_links([message.body or "", _html(message)])


def _recipients(message: "Message", kind: int) -> tuple[Mailbox, ...]:
    found = (one for one in message.recipients if one.properties.int_prop_value(_RECIPIENT_TYPE) == kind)
    boxes = (Mailbox(one.email_address, one_line([one.name])) for one in found)
    return tuple(box for box in boxes if "@" in box.address)


def _msg_within(attachment: "Attachment") -> "Message | None":
    """Return the mail that is attached, None for anything else."""
    from oxmsg import Message  # noqa: PLC0415 - as above
    from oxmsg.properties import Properties  # noqa: PLC0415 - as above

    class Embedded(Message):
        """A mail within another, whose properties have a shorter header."""

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
    link = attachment.properties.str_prop_value(_ATTACH_LONG_PATHNAME) or ""
    where = f" ({link})" if link.casefold().startswith(("https://", "http://")) else ""
    return UnusableError(f"är bara en länk i mejlet{where}, inte en bilaga")
