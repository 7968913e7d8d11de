"""Which replies a run makes: one for each sender, about what came and what has changed since earlier runs.

A sender whose mails have several case numbers gets a reply for each, since each belongs to a case of its own.
A workbook without a mail has a reply of its own, and so has a mail that customer service sent itself, e.g. by
forwarding: whose workbooks those are is unknown.
"""

import sqlite3
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from underlag.batch.inbox.mail import Mail
from underlag.batch.ledger.events import Event, EventLog
from underlag.batch.ledger.packed_rows import unpack_review
from underlag.batch.register.arrivals import mail_of

#: Earlier workbooks with rows in a run's loads (0), with rows that those of another workbook replaced, or
#: with rows that a choice of the run leaves out (0), unless an earlier choice did.
_CHANGED = """
SELECT DISTINCT books.number, 0
FROM loads JOIN rows ON rows.load = loads.number JOIN books ON books.number = book
WHERE loads.run = :run AND books.run < :run AND rows.reason != 'samma-rad'
UNION
SELECT DISTINCT books.number, winner.book FROM loads JOIN rows AS winner ON winner.load = loads.number
JOIN rows ON rows.other = winner.number AND rows.other > 0 JOIN books ON books.number = rows.book
WHERE loads.run = :run AND books.run < :run AND rows.reason NOT IN ('samma-rad', 'dubblett')
UNION
SELECT DISTINCT books.number, 0 FROM decisions JOIN rows AS winner ON winner.book = decisions.book
JOIN rows ON rows.other = winner.number AND rows.other > 0
JOIN books ON books.number = rows.book
WHERE decisions.run = :run AND books.run < :run AND rows.reason = 'bortvald'
AND decisions.unit IN (0, rows.unit) AND NOT EXISTS (
    SELECT 1 FROM decisions AS earlier WHERE earlier.run < :run AND earlier.book = winner.book
    AND earlier.unit IN (0, rows.unit) AND max(rows.book, winner.book) <= earlier.latest_book
)
ORDER BY 1, 2
"""


class Item(NamedTuple):
    """Something that a reply is about: a workbook, a mail, or a workbook of a mail; 0 for none."""

    mail: int
    book: int


@dataclass(slots=True)
class PlannedReply:
    """A reply to write: what it is about, and the mails that it answers."""

    items: list[Item] = field(default_factory=list)
    mails: dict[int, Mail] = field(default_factory=dict)


def plan_replies(
    database: sqlite3.Connection,
    run: int,
    log: EventLog,
    folder_of: Callable[[int, Sequence[int]], str],
    own: Collection[str],
) -> None:
    """Plan the replies of a run, once, within the caller's transaction.

    Args:
        database: the register's connection.
        run: the number of the run.
        log: receives the events.
        folder_of: returns the folder of a reply, by its number and its workbooks, as the register stores it.
        own: the addresses of customer service, in lower case.
    """
    if database.execute("SELECT 1 FROM replies WHERE run = ?", (run,)).fetchone():
        return
    number = database.execute("SELECT coalesce(max(number), 0) FROM replies").fetchone()[0]
    for reply in _planned(database, run, own):
        number += 1
        books = list(dict.fromkeys(item.book for item in reply.items if item.book))
        folder = folder_of(number, books)
        database.execute("INSERT INTO replies (number, run, folder) VALUES (?, ?, ?)", (number, run, folder))
        database.executemany(
            "INSERT OR IGNORE INTO answered (reply, mail, book) VALUES (?, ?, ?)",
            [(number, *item) for item in reply.items],
        )
        for book in books:
            case = database.execute("SELECT case_number FROM books WHERE number = ?", (book,)).fetchone()[0]
            log.add(Event.DRAFTED, case=case, book=book, text=folder)


def _planned(database: sqlite3.Connection, run: int, own: Collection[str]) -> list[PlannedReply]:
    mails = {
        number: mail_of(database, number)
        for (number,) in database.execute(
            "SELECT DISTINCT mail FROM enclosed WHERE run = ? ORDER BY mail", (run,)
        ).fetchall()
    }
    enclosed = [
        Item(*row)
        for row in database.execute(
            "SELECT mail, book FROM enclosed WHERE run = ? ORDER BY mail, book = 0, book", (run,)
        )
    ]
    replies = [
        PlannedReply([item for item in enclosed if item.mail in together], together)
        for together in _by_sender(mails, own)
    ]
    loose = database.execute(
        "SELECT number FROM books WHERE run = ? AND NOT EXISTS (SELECT 1 FROM enclosed WHERE book = number "
        "AND book > 0) ORDER BY number",
        (run,),
    ).fetchall()
    replies += [PlannedReply([Item(0, book)]) for (book,) in loose]
    _add_news(database, replies, database.execute(_CHANGED, {"run": run}).fetchall(), own)
    return replies


def _by_sender(mails: dict[int, Mail], own: Collection[str]) -> list[dict[int, Mail]]:
    """Return the mails of each sender, apart where they have case numbers of their own."""
    senders: defaultdict[str, list[int]] = defaultdict(list)
    for number, mail in mails.items():
        senders[_sender(mail, own) or f"#{number}"].append(number)
    found = []
    for numbers in senders.values():
        tickets = list(dict.fromkeys(mails[n].ticket for n in numbers if mails[n].ticket))
        groups: dict[str, dict[int, Mail]] = {ticket: {} for ticket in tickets}
        for number in numbers:
            groups.setdefault(_ticket(number, numbers, mails, tickets), {})[number] = mails[number]
        found += list(groups.values())
    return found


def _sender(mail: Mail, own: Collection[str]) -> str:
    """Return the address that a reply goes to, '' if it is unknown or customer service's own."""
    address = (mail.reply_to[0].address if mail.reply_to else mail.sender).casefold()
    return "" if address in own else address


def _ticket(number: int, numbers: Iterable[int], mails: dict[int, Mail], tickets: Sequence[str]) -> str:
    """Return the case number of a mail: its own, that of its thread, or the sender's only one."""
    mail = mails[number]
    if mail.ticket or not tickets:
        return mail.ticket
    thread = set(mail.thread)
    for other in numbers:
        if mails[other].ticket and thread & set(mails[other].thread):
            return mails[other].ticket
    return tickets[0] if len(tickets) == 1 else ""


def _add_news(
    database: sqlite3.Connection,
    replies: list[PlannedReply],
    changed: Iterable[tuple[int, int]],
    own: Collection[str],
) -> None:
    """Add earlier workbooks whose rows have changed, to their sender's reply or to a new one.

    Args:
        database: the register's connection.
        replies: the replies, which are added to.
        changed: the workbooks, each with the one whose rows replaced theirs (0 for none). Nothing is added
            where that one is in the same reply, or one to the same orderer, which states what it replaces.
        own: the addresses of customer service.
    """
    answered = {item.book for reply in replies for item in reply.items}
    by_sender = {_sender(mail, own): reply for reply in reversed(replies) for mail in reply.mails.values()}
    for book, other in changed:
        if book in answered:
            continue
        found = database.execute("SELECT min(mail) FROM enclosed WHERE book = ?", (book,)).fetchone()[0] or 0
        mail = mail_of(database, found)
        sender = _sender(mail, own)
        reply = by_sender.get(sender) if sender else None
        if not found and other in answered and _orderer(database, book) == _orderer(database, other):
            continue
        if reply is not None and other and any(item.book == other for item in reply.items):
            continue
        answered.add(book)
        if reply is None:
            reply = PlannedReply([], {found: mail} if mail else {})
            replies.append(reply)
            if sender:
                by_sender[sender] = reply
        reply.items.append(Item(found, book))


def _orderer(database: sqlite3.Connection, book: int) -> str:
    """Return the address of a workbook's orderer; of one that came by mail or has none, its own number."""
    content = database.execute(
        "SELECT content FROM books JOIN made USING (fingerprint) WHERE books.number = ? AND NOT EXISTS "
        "(SELECT 1 FROM enclosed WHERE book = books.number)",
        (book,),
    ).fetchone()
    review = unpack_review(bytes(content[0])) if content else None
    return review.orderer.casefold() if review and review.orderer else str(book)
