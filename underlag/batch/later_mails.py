"""Mails of a run that speak against workbooks of the same run: 'Stopp! Beställ inte' in the same thread."""

from collections.abc import Iterable, Mapping

from underlag.batch.inbox import Found, Rejected
from underlag.batch.inbox.mail import Mail

#: The mails without a workbook that speak against an order, by each id of their thread and their case number.
LaterMails = Mapping[str, list[Rejected]]


def later_mails(rejected: Iterable[Rejected]) -> LaterMails:
    """Return the mails that bring nothing but sentences against an order."""
    found: dict[str, list[Rejected]] = {}
    for one in rejected:
        if one.is_message and one.remarks:
            for mark in _marks(one.mail):
                found.setdefault(mark, []).append(one)
    return found


def with_later_mails(found: Found, mails: LaterMails) -> Found:
    """Return a workbook with what later mails of its thread, or its case number, say against it.

    A mail counts as later unless the time of both is known.
    """
    about = {id(one): one for mark in _marks(found.mail) for one in mails.get(mark, ())}
    sent = found.mail.sent
    later = [one for one in about.values() if not (sent and one.mail.sent) or one.mail.sent >= sent]
    remarks = dict.fromkeys((*found.remarks, *(text for one in later for text in one.remarks)))
    return found._replace(remarks=tuple(remarks))


def _marks(mail: Mail) -> tuple[str, ...]:
    return (*mail.thread, *filter(None, [mail.ticket]))
