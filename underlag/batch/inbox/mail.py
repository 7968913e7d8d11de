"""What a mail says of itself, as far as cases and replies need it."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Final, NamedTuple

from underlag.values.case_number import clean_case_number, is_case_number

#: A case number in a subject, in whichever brackets.
_TICKET: Final = re.compile(r"\b(?:CS|INC|BS-|TFF-|TSK-|BS |TFF |TSK )\s?[0-9]{3,12}\b", re.IGNORECASE)
_MESSAGE_ID: Final = re.compile(r"<[^<>\s]{1,250}>")
#: Ids of a thread that are kept: the first, which began it, and the latest.
_MOST_IDS: Final = 20


class Mail(NamedTuple):
    """A mail: addresses and subject as it has them, ids in angle brackets, `sent` in ISO 8601, UTC."""

    sender: str = ""
    subject: str = ""
    to: str = ""
    cc: str = ""
    message_id: str = ""
    references: tuple[str, ...] = ()
    sent: str = ""

    @property
    def thread(self) -> tuple[str, ...]:
        """The ids that it has in common with the mails that it answers, and those that answer it."""
        return tuple(dict.fromkeys(filter(None, (*self.references, self.message_id))))

    @property
    def ticket(self) -> str:
        """The case number in the subject, '' if there is none."""
        found = _TICKET.search(self.subject)
        number = clean_case_number(found[0]).text if found else ""
        return number if is_case_number(number) else ""


def message_ids(*fields: str) -> tuple[str, ...]:
    """Return the ids in header fields, each once: of many, the first and the latest."""
    found = list(dict.fromkeys(one for field in fields for one in _MESSAGE_ID.findall(field)))
    return tuple(found if len(found) <= _MOST_IDS else [found[0], *found[1 - _MOST_IDS :]])


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
    """Return header fields of one name as one, folded lines unfolded."""
    return ", ".join(" ".join(field.split()) for field in fields)
