"""To whom a reply goes, under which subject, and in which thread.

As a mail program's "reply to all": To is Reply-To, otherwise From; Cc is everybody else who got the mail. The
addresses of customer service itself are left out: their replies to themselves would open new cases.

Source: RFC 5322, 3.6.3 and 3.6.4.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from typing import Final

from underlag.batch.inbox.mail import Mail, ticket_in
from underlag.documents.mails.eml import Headers
from underlag.privacy.identity import without_private
from underlag.values.contact import Mailbox

#: What mail programs put before the subject of a reply or a forwarded mail.
_PREFIX: Final = re.compile(r"\s*(?:re|sv|aw|vs|vb|fw|fwd|tr|wg)\s*(?:\[\d+\])?\s*:\s*", re.IGNORECASE)
_LONGEST_SUBJECT: Final = 250


def headers_of(mails: Sequence[Mail], own: Collection[str], ticket: str) -> Headers:
    """Return the headers of the reply to the mails of one sender.

    Args:
        mails: in the order in which they were sent; the reply answers the last one, and all by In-Reply-To.
        own: the addresses of customer service.
        ticket: the case number of their thread, put into a subject that has none.
    """
    if not mails:
        return Headers()
    last = mails[-1]
    mine = {address.casefold() for address in (*own, *last.delivered_to)}
    if len(last.to) + len(last.cc) == 1:
        # The only recipient is the mailbox in which the mail was found.
        mine |= {box.address.casefold() for box in (*last.to, *last.cc)}
    to = _others(last.reply_to, mine) or _others(last.to, mine)
    copies = _others((*last.to, *last.cc), mine | {box.address.casefold() for box in to})
    return Headers(
        subject_of(last, ticket),
        to,
        copies,
        tuple(dict.fromkeys(mail.message_id for mail in mails if mail.message_id)),
        last.chain if last.message_id else (),
    )


def subject_of(mail: Mail, ticket: str) -> str:
    """Return the subject of the reply to a mail: SV: and its own, with a case number."""
    text = mail.subject
    while (found := _PREFIX.match(text)) is not None:
        text = text[found.end() :]
    text = without_private(text.strip())
    if len(text) > _LONGEST_SUBJECT:
        text = f"{text[: _LONGEST_SUBJECT - 1]}…"
        ticket = mail.ticket or ticket
        if ticket not in text:
            text = f"{text} [{ticket}]"
        return f"SV: {text}"
    ticket = ticket or mail.ticket
    if ticket and not ticket_in(mail.subject):
        text = f"{text} [{ticket}]".strip()
    return f"SV: {text or 'Underlag för TAKning'}"


def _others(boxes: Iterable[Mailbox], known: Collection[str]) -> tuple[Mailbox, ...]:
    found = {box.address.casefold(): box for box in reversed(list(boxes))}
    return tuple(box for key, box in reversed(found.items()) if key not in known)
