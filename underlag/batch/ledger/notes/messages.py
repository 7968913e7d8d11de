"""What a mail without a workbook is about, for the person who reads it."""

import sqlite3
from collections.abc import Iterable
from typing import Final

from underlag.batch.inbox import Rejected
from underlag.batch.inbox.refusal import NO_WORKBOOK, READ_IT
from underlag.batch.ledger.cases import cases_of_mail, described
from underlag.batch.ledger.overview import loads_of, unanswered_messages
from underlag.characters.cleaning import shown
from underlag.text.lists import listed

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
    quoted = [f"”{shown(one).rstrip('.')}”" for one in message.remarks]
    says = f" Det säger: {' '.join(quoted)}." if quoted else ""
    return message._replace(reason=f"{NO_WORKBOOK}.{belongs}{says} {READ_IT}")


def _case(database: sqlite3.Connection, number: int) -> str:
    environment, region = database.execute(
        "SELECT environment, region FROM cases WHERE number = ?", (number,)
    ).fetchone()
    loads = [f"inläsning {load:04d}" for load in loads_of(database, number)]
    return f"ärende {number} ({', '.join(filter(None, (region, environment, *loads)))})"
