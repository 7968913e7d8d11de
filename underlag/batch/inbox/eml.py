"""Parses saved mails with the standard library, within limits, since it has none.

A header field of ten thousand encoded words or parameters would take it minutes, and nested parts longer.
"""

import email
import re
from collections.abc import Iterator
from email.message import EmailMessage
from email.policy import EmailPolicy
from itertools import count
from typing import Any, Final

from underlag.batch.inbox.refusal import UnusableError
from underlag.files.limits import MAIL_FIELD, MAIL_LINES, MAIL_PARTS, how_to_raise

#: The fields that determine the type and the name of a part.
_ABOUT_PARTS: Final = {"content-type", "content-disposition", "content-transfer-encoding"}
#: The fields of people and threads. One that is too long counts as absent: the workbooks matter more.
_ABOUT_MAIL: Final = {
    "from", "reply-to", "to", "cc", "subject", "date", "message-id", "references", "in-reply-to",
    "delivered-to", "x-original-to", "envelope-to",
}  # fmt: skip
#: Declared boundaries; the parser compares each open one with every line.
_BOUNDARY: Final = re.compile(rb"boundary\s*=", re.IGNORECASE)
_MOST_BOUNDARIES: Final = 200
_FIELDS_PER_PART: Final = 10


def _too_many() -> str:
    return f"är sammansatt av för många delar. {how_to_raise()[:-1]}"


class _Limited(EmailPolicy):
    """The default policy for one mail, with limits on the length and the number of its fields."""

    _numbers: Iterator[int]

    def __init__(self) -> None:
        super().__init__(message_factory=EmailMessage)
        object.__setattr__(self, "_numbers", count(1))  # a policy lets nothing else be set

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        """Return a field's name and text; the text is '' if it is too long and about people or threads.

        Raises:
            UnusableError: a field about a part is too long.
        """
        if next(self._numbers) > _FIELDS_PER_PART * MAIL_PARTS.value:
            raise UnusableError(_too_many())
        name, text = super().header_source_parse(sourcelines)
        if len(text) > MAIL_FIELD.value and name.lower() in _ABOUT_PARTS:
            raise UnusableError(
                f"har en rubrik ({name}) som är längre än {MAIL_FIELD.value} tecken. {how_to_raise()[:-1]}"
            )
        return name, "" if len(text) > MAIL_FIELD.value and name.lower() in _ABOUT_MAIL else text

    def header_fetch_parse(self, name: str, value: Any) -> Any:
        """Return a field parsed if it is about a part, otherwise its text.

        The parser raises on hostile fields. Those of people and threads are decoded by `mail_members`.
        """
        return super().header_fetch_parse(name, value) if name.lower() in _ABOUT_PARTS else value


def message_of(content: bytes) -> EmailMessage:
    """Parse a mail.

    Raises:
        UnusableError: a field is too long, or there are too many parts or lines.
    """
    if content.count(b"\n") > MAIL_LINES.value:
        raise UnusableError(f"har fler än {MAIL_LINES.value} rader. {how_to_raise()[:-1]}")
    if content.count(b"\n--") > MAIL_PARTS.value or len(_BOUNDARY.findall(content)) > _MOST_BOUNDARIES:
        raise UnusableError(_too_many())
    policy = _Limited()
    message = email.message_from_bytes(content, _class=EmailMessage, policy=policy)
    if not isinstance(message, EmailMessage):
        raise TypeError("the policy makes mails of another class")
    return message
