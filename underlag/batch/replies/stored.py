"""The replies of runs that are not reported yet, as the register has them."""

import re
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Final, NamedTuple

from underlag.batch.ledger.events import EventLog, user
from underlag.batch.register.store import Register
from underlag.batch.replies.plan import plan_replies
from underlag.text.file_names import ascii_stem

#: In the output folder.
FOLDER: Final = "svar"
_LONGEST_NAME: Final = 40
_UNREPORTED: Final = """
SELECT replies.number, run, folder, at FROM replies JOIN runs ON runs.number = run WHERE told_at = ''
ORDER BY replies.number
"""


class StoredReply(NamedTuple):
    """A reply of the register."""

    number: int
    run: int
    folder: Path
    at: datetime


def replies_to_report(register: Register, out: Path, own: Collection[str]) -> list[StoredReply]:
    """Return the replies of runs that are not reported yet, and plan those that are not planned.

    Args:
        register: the register.
        out: the output folder.
        own: the addresses of customer service, in lower case.
    """

    def folder_of(number: int, books: Sequence[int]) -> str:
        facts = (
            register.query(
                "SELECT ticket, region FROM books JOIN cases ON cases.number = case_number "
                "WHERE books.number = ?",
                (books[0],),
            )[0]
            if books
            else ()
        )
        return register.stored(out / FOLDER / folder_name(number, facts))

    with register.transaction() as database:
        for run, at in database.execute(
            "SELECT number, at FROM runs WHERE told_at = '' ORDER BY number"
        ).fetchall():
            log = EventLog(database, datetime.fromisoformat(at), user())
            plan_replies(database, run, log, folder_of, own)
    return [
        StoredReply(number, run, register.resolved(folder), datetime.fromisoformat(at))
        for number, run, folder, at in register.query(_UNREPORTED)
    ]


def folder_name(number: int, texts: Iterable[str]) -> str:
    """Return the name of a reply's folder: 0007-CS123456-Gotland.

    Args:
        number: the number of the reply.
        texts: the case number and the region, '' where unknown.
    """
    named = "-".join(ascii_stem(f"{text}.eml") for text in texts if text)
    flat = re.sub(r"[^A-Za-z0-9_-]+", "-", named)[:_LONGEST_NAME].strip("-_")
    return f"{number:04d}-{flat or 'svar'}"
