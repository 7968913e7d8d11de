"""Mails without a workbook that speak against the workbooks of their thread: 'Stopp! Beställ inte'."""

import sqlite3
from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from underlag.batch.inbox import Found, Rejected
from underlag.batch.inbox.mail import Mail
from underlag.batch.register.store import Register


class Objection(NamedTuple):
    """A sentence against an order, and when its mail was sent ('' if that is unknown)."""

    sent: str
    text: str


class LaterMails:
    """The mails that speak against orders: those of a run, and those that the register has from earlier ones.

    Args:
        register: the register.
        rejected: what the run rejected.
    """

    def __init__(self, register: Register, rejected: Iterable[Rejected]) -> None:
        self._register = register
        self._found: defaultdict[str, set[Objection]] = defaultdict(set)
        for mark, objection in _objections(rejected):
            self._found[mark].add(objection)

    def with_remarks(self, found: Found) -> Found:
        """Return a workbook with what later mails of its thread, or its case number, say against it.

        A mail counts as later unless the time of both is known.
        """
        marks = _marks(found.mail)
        said = {one for mark in marks for one in (*self._found.get(mark, ()), *self._stored(mark))}
        sent = found.mail.sent
        later = [one.text for one in sorted(said) if not (sent and one.sent) or one.sent >= sent]
        return found._replace(remarks=tuple(dict.fromkeys((*found.remarks, *later))))

    def _stored(self, mark: str) -> list[Objection]:
        if not self._register.has_ledger:
            return []
        rows = self._register.query("SELECT sent, text FROM objections WHERE mark = ?", (mark,))
        return [Objection(*row) for row in rows]


def record_objections(database: sqlite3.Connection, rejected: Iterable[Rejected]) -> None:
    """Record the sentences against orders of a run's mails, each once, within the caller's transaction."""
    database.executemany(
        "INSERT OR IGNORE INTO objections (mark, sent, text) VALUES (?, ?, ?)",
        [(mark, *objection) for mark, objection in _objections(rejected)],
    )


def _objections(rejected: Iterable[Rejected]) -> Iterable[tuple[str, Objection]]:
    for one in rejected:
        if one.is_message:
            for mark in _marks(one.mail):
                for text in one.remarks:
                    yield mark, Objection(one.mail.sent, text)


def _marks(mail: Mail) -> tuple[str, ...]:
    """Return what a mail shares with others about the same order: the ids of its thread, its case number."""
    return (*mail.thread, *filter(None, [mail.ticket]))
