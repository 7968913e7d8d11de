"""The mails that workbooks came with: each recorded once, with everything that was in it."""

import sqlite3
from typing import NamedTuple

from underlag import json_text
from underlag.batch.inbox.mail import Mail
from underlag.batch.register.stored_values import of_stored
from underlag.checksum import sha256_of
from underlag.text.moments import when


class Arrival(NamedTuple):
    """A file of a mail: a workbook by its number, or 0 and why it could not be read (Swedish)."""

    mail: Mail
    book: int
    name: str
    refused: str = ""


def record(database: sqlite3.Connection, run: int, arrival: Arrival) -> bool:
    """Record a file of a mail within the caller's transaction; return False if that was done before."""
    mail = arrival.mail
    headers = json_text.compact(mail.as_data(), default=tuple).decode()
    key = f"{mail.message_id} {mail.sender}" if mail.message_id else sha256_of(headers.encode())
    database.execute("INSERT OR IGNORE INTO mails (key, headers) VALUES (?, ?)", (key, headers))
    added = database.execute(
        "INSERT OR IGNORE INTO enclosed (mail, book, name, refused, run) "
        "SELECT number, ?, ?, ?, ? FROM mails WHERE key = ?",
        (arrival.book, arrival.name, arrival.refused, run, key),
    )
    return added.rowcount > 0


def mails_with_id(database: sqlite3.Connection, message_id: str) -> list[Mail]:
    """Return the recorded mails with a message id."""
    found = database.execute(
        "SELECT headers FROM mails WHERE key BETWEEN ? AND ?", (f"{message_id} ", f"{message_id}!")
    )
    return [_mail(headers) for (headers,) in found]


def senders(database: sqlite3.Connection, book: int) -> str:
    """Return the addresses that a workbook was sent from, the first one first; '' for a loose file."""
    found = database.execute(
        "SELECT headers FROM mails WHERE number IN (SELECT mail FROM enclosed WHERE book = ? AND book > 0) "
        "ORDER BY number",
        (book,),
    )
    return ", ".join(dict.fromkeys(_mail(one).sender for (one,) in found))


def came_on(received: str, sent: str) -> str:
    """Return the Swedish day on which a workbook's mail was sent, or else the workbook was received."""
    return when(sent or received)[:10]


def came_at(received: str, sent: str) -> str:
    """Return the Swedish time at which a workbook's mail was sent, or else the workbook was received."""
    return when(sent or received)


def mail_of(database: sqlite3.Connection, number: int) -> Mail:
    """Return a mail by its number, an empty one for 0."""
    found = database.execute("SELECT headers FROM mails WHERE number = ?", (number,)).fetchone()
    return _mail(found[0]) if found else Mail()


@of_stored
def _mail(headers: str) -> Mail:
    return Mail.from_data(json_text.parse(headers))
