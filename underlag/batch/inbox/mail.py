"""The headers of a mail, as far as cases and replies need them."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from email.errors import MessageError
from email.header import decode_header, make_header
from email.utils import getaddresses, parsedate_to_datetime
from typing import Any, Final, NamedTuple

from underlag.values.case_number import clean_case_number, is_case_number
from underlag.values.contact import Mailbox

#: A case number in a subject, in any brackets.
_TICKET: Final = re.compile(
    r"(?<![^\W_])(?:CS|INC|BS|TFF|TSK)[\s_.:#-]{0,2}[0-9]{3,12}(?![^\W_])", re.IGNORECASE
)
_MESSAGE_ID: Final = re.compile(r"<[!-;=?-~]{1,250}>")
_ENCODED_WORD: Final = re.compile(r'(?<!")=\?[^?\s"]{1,40}\?[bqBQ]\?[^?\s"]*\?=(?!")')
#: How the subjects of automatic replies begin, and their header (RFC 3834, 5).
_AUTOMATIC_SUBJECT: Final = re.compile(
    r"\s*(?:autosvar|automatiskt svar|automatic reply|auto[- ]?reply|out of office|frånvaromeddelande)\b",
    re.IGNORECASE,
)
_AUTO_REPLIED: Final = "auto-replied"
#: Maximum ids kept of a thread: the first, which began it, and the latest.
_MOST_IDS: Final = 20


class Mail(NamedTuple):
    """A mail.

    Attributes:
        sender: the address in From, '' if there is none.
        subject: on one line.
        to, cc: the recipients.
        message_id: in angle brackets.
        references: the ids of the earlier mails of the thread, from References.
        sent: when it was sent (ISO 8601, UTC).
        reply_to: where replies go: Reply-To, otherwise From.
        in_reply_to: the ids in In-Reply-To.
        delivered_to: the addresses of the mailbox in which it arrived, as far as the headers state them.
        outer_ticket: the case number of the mail that it is attached to, as a ticket system forwards it.
    """

    sender: str = ""
    subject: str = ""
    to: tuple[Mailbox, ...] = ()
    cc: tuple[Mailbox, ...] = ()
    message_id: str = ""
    references: tuple[str, ...] = ()
    sent: str = ""
    reply_to: tuple[Mailbox, ...] = ()
    in_reply_to: tuple[str, ...] = ()
    delivered_to: tuple[str, ...] = ()
    outer_ticket: str = ""

    @classmethod
    def from_data(cls, data: Any) -> "Mail":
        """Return the mail of `as_data`."""
        sender, subject, to, cc, message_id, references, sent, reply_to, in_reply_to, delivered, *more = data
        boxes = [tuple(Mailbox(*one) for one in boxes) for boxes in (to, cc, reply_to)]
        return cls(
            sender,
            subject,
            boxes[0],
            boxes[1],
            message_id,
            tuple(references),
            sent,
            boxes[2],
            tuple(in_reply_to),
            tuple(delivered),
            *more,
        )

    def as_data(self) -> tuple[Any, ...]:
        """Return the mail as data for JSON; an outer case number only where there is one.

        Registers without these know a mail that has no message id by its data.
        """
        return self[:] if self.outer_ticket else self[:-1]

    def __bool__(self) -> bool:
        """Whether anything is known of it."""
        return any(self[:])

    @property
    def thread(self) -> tuple[str, ...]:
        """The ids that it shares with the mails that it answers, and those that answer it."""
        return tuple(dict.fromkeys(filter(None, (*self.references, *self.in_reply_to, self.message_id))))

    @property
    def chain(self) -> tuple[str, ...]:
        """The References of a reply to it, as RFC 5322, 3.6.4 has them."""
        only_parent = self.in_reply_to if len(self.in_reply_to) == 1 else ()
        return tuple(dict.fromkeys(filter(None, (*(self.references or only_parent), self.message_id))))

    @property
    def ticket(self) -> str:
        """The case number in the subject, otherwise the outer mail's, '' if there is none."""
        return ticket_in(self.subject) or self.outer_ticket

    def within(self, outer: "Mail") -> "Mail":
        """Return the mail as one that is attached to another."""
        return self._replace(outer_ticket=self.outer_ticket or outer.ticket)


def ticket_in(subject: str) -> str:
    """Return the case number in a subject, '' if there is none."""
    found = _TICKET.search(subject)
    number = clean_case_number(found[0]).text if found else ""
    return number if is_case_number(number) else ""


def is_automatic(subject: str, auto_submitted: str) -> bool:
    """Whether a mail is an automatic reply, by its subject and its field Auto-Submitted."""
    replied = auto_submitted.strip().casefold().startswith(_AUTO_REPLIED)
    return replied or _AUTOMATIC_SUBJECT.match(subject) is not None


def message_ids(*fields: str) -> tuple[str, ...]:
    """Return the ids in header fields, each once: of many, the first and the latest."""
    found = list(dict.fromkeys(one for field in fields for one in _MESSAGE_ID.findall(field)))
    return tuple(found if len(found) <= _MOST_IDS else [found[0], *found[1 - _MOST_IDS :]])


def mailboxes(*fields: str | None) -> tuple[Mailbox, ...]:
    """Return the addresses in header fields, each once; what is no address is omitted."""
    found: dict[str, Mailbox] = {}
    # Encoded words may hold characters that end a name; as quoted strings they stay whole.
    quoted = [_ENCODED_WORD.sub(r'"\g<0>"', field) for field in fields if field]
    for name, address in getaddresses(quoted):
        if "@" in address and address.isascii() and address.isprintable():
            found.setdefault(address.casefold(), Mailbox(address, decoded(name)))
    return tuple(found.values())


def decoded(text: str) -> str:
    """Return a header's text with its encoded words (RFC 2047) decoded, on one line."""
    try:
        pieces = decode_header(text)
    except (ValueError, MessageError):  # other bytes
        return one_line([text])
    try:
        whole = str(make_header(pieces))
    except (LookupError, ValueError, MessageError):  # an unknown encoding, or bytes that it does not have
        whole = "".join(_piece_text(*piece) for piece in pieces)
    return one_line([whole])


def _piece_text(piece: bytes | str, encoding: str | None) -> str:
    """Return a piece of a header as text, with � for bytes that are none."""
    if isinstance(piece, str):
        return piece
    try:
        return piece.decode(encoding or "ascii", "replace")
    except LookupError:
        return piece.decode("utf-8", "replace")


def sent_at(field: str | datetime | None) -> str:
    """Return the moment of a Date field in ISO 8601, UTC, '' for anything else."""
    try:
        moment = parsedate_to_datetime(field) if isinstance(field, str) else field
        if moment is None:
            return ""
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=UTC)
        return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    except (ValueError, TypeError, OverflowError):
        return ""


def one_line(fields: Iterable[str]) -> str:
    """Return header fields of one name as one, folded lines unfolded, without what has no encoding."""
    text = ", ".join(" ".join(field.split()) for field in fields)
    return text.encode("utf-8", "replace").decode("utf-8")
