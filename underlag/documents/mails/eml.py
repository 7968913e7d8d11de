"""Writes a mail as an .eml file: a draft that Outlook opens for editing and sending (`X-Unsent: 1`).

The same input gives the same bytes.
"""

import re
from binascii import b2a_base64
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from underlag.values.contact import Mailbox, is_email

if TYPE_CHECKING:
    from email.headerregistry import Address
    from email.message import EmailMessage
    from email.policy import EmailPolicy

#: Placeholder of an attachment, as the whole body of its part. No other line of a mail can equal it, because
#: quoted-printable writes '=' as '=3D'.
_PLACE: Final = "=_bilaga_="
_LINE: Final = 76
#: Fields of message ids.
_IDS: Final = ("In-Reply-To", "References")

#: Headers that are kept parsed.
_HEADERS: Final = 256

#: Media types by extension; other attachments are plain bytes.
_TYPES: Final = {
    "csv": ("text", "csv"),
    "xlsx": ("application", "vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "xlsm": ("application", "vnd.ms-excel.sheet.macroEnabled.12"),
    "xls": ("application", "vnd.ms-excel"),
    "xlsb": ("application", "vnd.ms-excel.sheet.binary.macroEnabled.12"),
    "ods": ("application", "vnd.oasis.opendocument.spreadsheet"),
}


class Headers(NamedTuple):
    """The headers of a reply that tie it to the mail that it answers.

    Attributes:
        subject: '' for a reply that answers no mail.
        to, cc: the recipients.
        in_reply_to, references: message ids in angle brackets.
    """

    subject: str = ""
    to: tuple[Mailbox, ...] = ()
    cc: tuple[Mailbox, ...] = ()
    in_reply_to: tuple[str, ...] = ()
    references: tuple[str, ...] = ()


class Attachment(NamedTuple):
    """A file attached to a mail; `ending` (xlsx, csv) determines its media type."""

    name: str
    ending: str
    content: bytes


class Draft(NamedTuple):
    """The content of a draft.

    Attributes:
        to: the recipients, none to leave it to the sender. Anything but a plain address is omitted.
        subject: on one line.
        moment: the date of the mail.
        text: the body as plain text.
        html: the body as HTML.
        attachments: in this order.
        sender: the sender, None to let the mail program fill it in.
        cc: the recipients of copies.
        in_reply_to: the ids of the mails that it answers, in angle brackets.
        references: the ids of the thread.
    """

    to: Sequence[Mailbox]
    subject: str
    moment: datetime
    text: str
    html: str
    attachments: Sequence[Attachment] = ()
    sender: Mailbox | None = None
    cc: Sequence[Mailbox] = ()
    in_reply_to: Sequence[str] = ()
    references: Sequence[str] = ()


def as_eml(draft: Draft) -> bytes:
    """Return a draft as an .eml file."""
    # Imported here: the import is slow, and few commands write mail.
    from email.message import EmailMessage  # noqa: PLC0415

    message = EmailMessage(policy=_policy())
    message["X-Unsent"] = "1"
    people = {"From": [draft.sender] if draft.sender else [], "To": draft.to, "Cc": draft.cc}
    for name, boxes in people.items():
        if addresses := _addresses(boxes):
            message[name] = addresses
    message["Subject"] = plain_line(draft.subject)
    message["Date"] = draft.moment
    for name, ids in {"In-Reply-To": draft.in_reply_to, "References": draft.references}.items():
        if ids:
            message[name] = " ".join(ids)
    message.set_content(_encodable(draft.text), cte="quoted-printable")
    message.add_alternative(_encodable(draft.html), subtype="html", cte="quoted-printable")
    for attachment in draft.attachments:
        _attach(message, attachment)
    _set_boundaries(message)
    return _with_contents(message.as_bytes(), (each.content for each in draft.attachments))


def plain_line(text: str) -> str:
    """Return a text without characters that would end a header's line, or begin an encoded word.

    The library decodes words of RFC 2047 in a text that it is to write, and fails on their unknown encodings.
    """
    line = re.sub(r"[\x00-\x1f\x7f\x85\u2028\u2029]+", " ", _encodable(text)).strip()
    return line.replace("=?", "= ?")


def is_plain_address(email: str) -> bool:
    """Whether a text is one e-mail address that every mail program accepts."""
    return email.isascii() and is_email(email)


def _addresses(boxes: Iterable[Mailbox]) -> "list[Address]":
    from email.headerregistry import Address  # noqa: PLC0415 - as in as_eml

    return [
        Address(plain_line(box.name), addr_spec=box.address) for box in boxes if is_plain_address(box.address)
    ]


@lru_cache(maxsize=1)
def _policy() -> "EmailPolicy":
    """Return the policy of SMTP, except that ids are folded between them and never encoded.

    The library writes an id longer than a line as encoded words, which no mail program takes for an id.
    Headers never change, so those that are in every mail are parsed and folded once.
    """
    from email.policy import EmailPolicy  # noqa: PLC0415 - as in as_eml

    parsed = lru_cache(maxsize=_HEADERS)(EmailPolicy().header_store_parse)
    most = lru_cache(maxsize=_HEADERS)(EmailPolicy().header_max_count)

    class Policy(EmailPolicy):
        def header_max_count(self, name: str) -> int | None:
            return most(name)

        def header_store_parse(self, name: str, value: Any) -> tuple[str, Any]:
            return parsed(name, value) if isinstance(value, str) else super().header_store_parse(name, value)

        def fold_binary(self, name: str, value: Any) -> bytes:
            if name in _IDS:
                return f"{name}: {f'{self.linesep} '.join(value.split())}{self.linesep}".encode("ascii")
            kept = vars(value)
            if "folded" not in kept:
                kept["folded"] = super().fold_binary(name, value)
            folded: bytes = kept["folded"]
            return folded

    return Policy(linesep="\r\n")


def _encodable(text: str) -> str:
    """Return the text with half surrogate pairs, which have no encoding, replaced."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _attach(message: "EmailMessage", attachment: Attachment) -> None:
    main, sub = _TYPES.get(attachment.ending, ("application", "octet-stream"))
    name = plain_line(attachment.name)
    message.add_attachment(b"", maintype=main, subtype=sub, filename=name, cte="base64")
    # The library parses a body line by line, four times; so a placeholder is filled in afterwards.
    list(message.iter_attachments())[-1].set_payload(f"{_PLACE}\n")


def _with_contents(message: bytes, contents: Iterable[bytes]) -> bytes:
    """Replace the placeholders by the attachments, as base64 in lines of 76."""
    pieces = iter(message.split(f"\r\n\r\n{_PLACE}\r\n".encode()))
    filled = [next(pieces)]
    for content, after in zip(contents, pieces, strict=True):
        encoded = b2a_base64(content, newline=False)
        lines = [encoded[i : i + _LINE] for i in range(0, len(encoded), _LINE)]
        filled += (b"\r\n\r\n", b"\r\n".join(lines), b"\r\n", after)
    return b"".join(filled)


def _set_boundaries(message: "EmailMessage") -> None:
    """Replace the random boundaries by fixed ones."""
    parts = [part for part in message.walk() if part.is_multipart()]
    for number, part in enumerate(parts, 1):
        part.set_boundary(f"=_underlag_{number}")
