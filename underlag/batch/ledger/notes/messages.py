"""What a mail without a workbook is about, for the person who reads it."""

import sqlite3
from collections.abc import Iterable
from typing import Final

from underlag.batch.inbox import Rejected
from underlag.batch.inbox.refusal import NO_WORKBOOK, READ_IT
from underlag.batch.ledger.cases import cases_of_mail, described
from underlag.batch.ledger.overview import latest_readings, loads_of, unanswered_messages
from underlag.batch.ledger.packed_rows import unpack_review
from underlag.characters.cleaning import shown
from underlag.privacy.quoting import quoted_text
from underlag.text.lists import listed

#: What releases a workbook that a mail holds back.
_RELEASE: Final = (
    ". Ska arbetsboken nu beställas som den är: be om den igen i ett svar, eller spara den ur sitt mejl i "
    "inkorgen som en egen fil och kör igen"
)
#: Maximum characters of a mail that are quoted.
_LONGEST: Final = 300
_ANSWERED: Final = "Svaret i ärendet är redan noterat"


def with_cases(database: sqlite3.Connection, rejected: Iterable[Rejected]) -> list[Rejected]:
    """Return what is no workbook, with the cases of each mail in its reason.

    A mail whose cases have got their reply since it came waits for nobody, also when it comes again.
    """
    return [_about_cases(database, one) if one.is_message else one for one in rejected]


def _about_cases(database: sqlite3.Connection, message: Rejected) -> Rejected:
    numbers = cases_of_mail(database, message.mail)
    belongs = f" Det hör till {listed([_case(database, one) for one in numbers])}." if numbers else ""
    text = described(message.mail)
    if numbers and all(text not in unanswered_messages(database, one) for one in numbers):
        return message._replace(reason=f"{NO_WORKBOOK}.{belongs} {_ANSWERED}", foreign=True)
    quoted = shown(quoted_text(message.text, longest=_LONGEST)).rstrip(".")
    says = f" Det säger: ”{quoted}”." if quoted else ""
    held = any(_is_held_by_mail(database, one) for one in numbers)
    return message._replace(reason=f"{NO_WORKBOOK}.{belongs}{says} {READ_IT}{_RELEASE if held else ''}")


def _is_held_by_mail(database: sqlite3.Connection, case: int) -> bool:
    """Whether nothing of a case is in a load, and its latest workbook has an error of a mail."""
    if loads_of(database, case):
        return False
    number = max((number for number, _ in latest_readings(database, case)), default=0)
    found = database.execute(
        "SELECT content FROM books JOIN made USING (fingerprint) WHERE books.number = ?", (number,)
    ).fetchone()
    review = unpack_review(bytes(found[0])) if found else None
    return review is not None and review.is_held_by_mail


def _case(database: sqlite3.Connection, number: int) -> str:
    environment, region = database.execute(
        "SELECT environment, region FROM cases WHERE number = ?", (number,)
    ).fetchone()
    loads = [f"inläsning {load:04d}" for load in loads_of(database, number)]
    return f"ärende {number} ({', '.join(filter(None, (region, environment, *loads)))})"
