"""Mails that speak against a load: a later 'Vänta med denna' about what is in one that is not loaded yet."""

import sqlite3
from collections.abc import Iterator
from typing import Final

from underlag.batch.ledger.cases import cases_marks, was_sent
from underlag.batch.ledger.events import Event
from underlag.batch.ledger.overview import latest_readings, unanswered_messages
from underlag.batch.ledger.packed_rows import unpack_review
from underlag.batch.ledger.settle import MADE
from underlag.batch.records.ledger import Stop
from underlag.privacy.quoting import quoted_text
from underlag.profiles.words import words
from underlag.reading.remarks.mail_sentences import weight_in_mail

#: Maximum characters of a sentence that are quoted.
_LONGEST: Final = 300
#: The cases of loads, each with its latest workbook in the load.
_CASES_IN_LOADS: Final = (
    "SELECT loads.number, case_number, max(books.number) FROM loads JOIN rows ON rows.load = loads.number "
    "JOIN books ON books.number = rows.book WHERE {} "
    "GROUP BY loads.number, case_number ORDER BY loads.number, case_number"
)
#: Workbooks of a case that came after one, and after its last reply was noted, with their packages.
_LATER_BOOKS: Final = """
SELECT books.number, content FROM books JOIN made USING (fingerprint)
WHERE books.case_number = :case AND books.number > :book AND EXISTS (
    SELECT 1 FROM events WHERE events.book = books.number AND kind = :received AND events.number > (
        SELECT coalesce(max(number), 0) FROM events WHERE case_number = :case AND kind = :replied AND book = 0
    )
)
"""


def stops(database: sqlite3.Connection, load: int = 0) -> list[Stop]:
    """Return what unanswered mails say against loads, by load and case.

    A mail counts if it came after the workbooks of its case that are in the load, either with a workbook that
    it holds back or without one. It counts until the reply of the case is noted.

    Args:
        database: the register's connection.
        load: the load to look at; 0 for all that are not noted as loaded.
    """
    condition, value = ("loads.number = ?", load) if load else ("loads.state = ?", MADE)
    found = database.execute(_CASES_IN_LOADS.format(condition), (value,)).fetchall()
    return [
        Stop(number, case, tuple(dict.fromkeys(sentences)))
        for number, case, book in found
        if (sentences := [*_with_workbooks(database, case, book), *_without(database, case, book)])
    ]


def _with_workbooks(database: sqlite3.Connection, case: int, book: int) -> Iterator[str]:
    """Yield the sentences that hold back workbooks of a case that came after one."""
    about = {"case": case, "book": book, "received": Event.RECEIVED, "replied": Event.REPLIED}
    later = database.execute(_LATER_BOOKS, about).fetchall()
    latest = {number for number, _ in latest_readings(database, case)} if later else ()
    for number, content in later:
        review = unpack_review(bytes(content)) if number in latest else None
        yield from review.held_by if review else ()


def _without(database: sqlite3.Connection, case: int, book: int) -> Iterator[str]:
    """Yield what unanswered mails without a workbook say against a case, if they came after a workbook."""
    messages = unanswered_messages(database, case)
    if not messages:
        return
    (book_sent,) = database.execute("SELECT sent FROM books WHERE number = ?", (book,)).fetchone()
    marks = cases_marks(database, case)
    found = database.execute(
        f"SELECT DISTINCT sent, text FROM objections WHERE mark IN ({', '.join('?' * len(marks))}) "  # noqa: S608 - only question marks
        "ORDER BY sent, text",
        marks,
    )
    for sent, text in found:
        is_later = not (book_sent and sent) or sent >= book_sent
        if is_later and _speaks_against(text) and any(was_sent(one, sent) for one in messages):
            yield quoted_text(text, longest=_LONGEST)


def _speaks_against(sentence: str) -> bool:
    """Whether a sentence withdraws, limits or moves an order, and does not merely state a fact."""
    return bool(weight_in_mail(sentence)) or words().mails.moves_date(sentence)
