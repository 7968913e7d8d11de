"""What a mail without a workbook is about, for the person who reads it."""

import sqlite3
from collections.abc import Iterable

from underlag.batch.inbox import Rejected
from underlag.batch.inbox.refusal import NO_WORKBOOK, READ_IT
from underlag.batch.ledger.cases import cases_of_mail
from underlag.batch.ledger.overview import loads_of
from underlag.characters.cleaning import shown
from underlag.text.lists import listed


def with_cases(database: sqlite3.Connection, rejected: Iterable[Rejected]) -> list[Rejected]:
    """Return what is no workbook, with the cases of each mail in its reason."""
    return [one._replace(reason=_reason(database, one)) if one.is_message else one for one in rejected]


def _reason(database: sqlite3.Connection, message: Rejected) -> str:
    cases = [_case(database, number) for number in cases_of_mail(database, message.mail)]
    belongs = f" Det hör till {listed(cases)}." if cases else ""
    quoted = [f"”{shown(one).rstrip('.')}”" for one in message.remarks]
    says = f" Det säger: {' '.join(quoted)}." if quoted else ""
    return f"{NO_WORKBOOK}.{belongs}{says} {READ_IT}"


def _case(database: sqlite3.Connection, number: int) -> str:
    environment, region = database.execute(
        "SELECT environment, region FROM cases WHERE number = ?", (number,)
    ).fetchone()
    loads = [f"inläsning {load:04d}" for load in loads_of(database, number)]
    return f"ärende {number} ({', '.join(filter(None, (region, environment, *loads)))})"
