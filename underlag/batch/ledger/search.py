"""Questions to the ledger: who ordered what, when, with which workbook and in which load, and is it live."""

import re
from collections.abc import Callable, Iterator
from functools import lru_cache, partial
from typing import Any, Final

from underlag.batch.ledger.events import Event, tak_day
from underlag.batch.ledger.overview import answered_at, latest_readings, loads_of
from underlag.batch.ledger.row_places import DECIDED_BY, rows_where
from underlag.batch.ledger.settle import LEFT_OUT, MADE, TAKEN_BACK, WAITS
from underlag.batch.ledger.sums import book_sums
from underlag.batch.ledger.unit_rows import BLOCKED, Reason
from underlag.batch.records.ledger import RowSums
from underlag.batch.register.arrivals import senders
from underlag.batch.register.store import Register
from underlag.batch.register.tables import Table
from underlag.characters.cleaning import clean_hsa_id
from underlag.privacy.identity import shown_identity, shown_text
from underlag.regions.region import Regions
from underlag.values.case_number import clean_case_number
from underlag.values.hsa import HsaId, parse_hsa_id

_ROWS: Final = (
    ("hsaId", "HSA-ID"), ("kontrakt", "Tjänstekontrakt"), ("anger", "Anger"), ("lage", "Läge"),
    ("inlasning", "Inläsning"),
    ("iDrift", "I drift"), ("region", "Region"), ("miljo", "Miljö"), ("arende", "Ärende"),
    ("nummer", "Arbetsbok"), ("fil", "Fil"), ("flik", "Flik"), ("cell", "Cell"), ("mottagen", "Mottagen"),
    ("avsandare", "Avsändare"),
)  # fmt: skip
_CASES: Final = (
    ("arende", "Ärende"), ("region", "Region"), ("miljo", "Miljö"), ("arendenummer", "Ärendenummer"),
    ("oppnat", "Öppnat"), ("besvarat", "Besvarat"),
    ("stangt", "Stängt"), ("arbetsbocker", "Arbetsböcker"), ("lasta", "Lästa"), ("inlasta", "Inlästa"),
    ("klara", "Klara"), ("vantar", "Väntar"), ("utelamnade", "Utelämnade"), ("inlasningar", "Inläsningar"),
)  # fmt: skip
_EVENTS: Final = (
    ("tid", "Tid"), ("vem", "Vem"), ("handelse", "Händelse"), ("arende", "Ärende"), ("nummer", "Arbetsbok"),
    ("inlasning", "Inläsning"), ("rad", "Rad"), ("text", "Text"),
)  # fmt: skip
#: Why a row waits or is left out, in words; other reasons are words already.
_REASONS: Final = {
    BLOCKED: "arbetsboken har fel",
    Reason.FAULT: "raden har fel",
    Reason.NOT_NEEDED: "behövs inte",
    Reason.HELD_BACK: "skulle ändra det som finns i TAK",
    Reason.REPLACED: "ersatt av en senare rad",
    Reason.OLDER: "äldre än en annan rad",
    Reason.DUPLICATE: "samma rad finns redan",
    Reason.CLOSED: "ärendet är stängt",
    Reason.PRODUCER: "en annan producent anges",
    Reason.ROUTES: "ett annat vägval anges",
    Reason.REGIONS: "flera regioner beställer enheten",
    Reason.VERSIONS: "flera versioner, oklart vilken som är nyast",
    Reason.FAULTY_NEWER: "en nyare version har fel",
    Reason.UNIT: "enheten väntar i ett annat tjänstekontrakt",
}
#: What people write before the number of a case: "ärende 3", "ärende nr 3".
_CASE: Final = re.compile(r"^ärende\W*(?:nr\W*)?(?=\d+$)", re.IGNORECASE)
_DECIDING: Final = f"FROM rows AS o LEFT JOIN loads AS l ON l.number = o.load WHERE o.number = {DECIDED_BY}"
_MORE: Final = ", ".join(
    (
        "rows.state, rows.reason, rows.fault, cases.region, cases.environment, cases.number",
        "books.received_at",
        "(SELECT state FROM loads WHERE number = rows.load)",
        f"(SELECT o.book {_DECIDING})",
        f"(SELECT l.state {_DECIDING})",
        (
            "max("
            "coalesce((SELECT max(printf('%012d %s %s', number, at, text)) FROM events "
            "WHERE load = rows.load AND load > 0 AND kind = 'uppföljd'), ''), "
            "coalesce((SELECT max(printf('%012d %s %s', number, at, text)) FROM events "
            "WHERE case_number = cases.number AND book = rows.book AND rows.load > 0 "
            "AND kind = 'uppföljd'), '')"
            ")"
        ),
        (
            "coalesce((SELECT max(printf('%012d %s', number, text)) FROM events "
            "WHERE row = rows.number AND row > 0 AND kind = 'ej i drift'), '')"
        ),
        "heads.action",
    )
)


def search(register: Register, text: str, regions: Regions) -> Table:
    """Return the rows of an addressee, or the cases of a case number, a case or a region.

    Each may be in any usual writing, as workbooks and mails have it; an HSA-ID is found with and without the
    16 before its organisation number.
    """
    wanted = text.strip()
    with register.translated_errors():
        units = register.connection.execute(
            "SELECT number FROM units WHERE hsa_id IN (?, ?, ?)", _spellings(wanted)
        ).fetchall()
        if units:
            marks = ", ".join("?" * len(units))
            return _rows(register, f"rows.unit IN ({marks})", tuple(number for (number,) in units))
        bare = wanted.strip("[](){}<>#")
        tickets = (wanted, wanted.upper(), *clean_case_number(bare).text.split(", "))
        marks = ", ".join("?" * len(tickets))
        found = register.connection.execute(
            f"SELECT case_number FROM marks WHERE mark IN ({marks}) UNION "  # noqa: S608 - marks alone
            "SELECT number FROM cases WHERE region_key = ? OR CAST(number AS TEXT) = ? ORDER BY 1",
            (
                *(f"ärende:{one}" for one in tickets),
                regions.named(wanted).key,
                _CASE.sub("", wanted).lstrip("0"),
            ),
        ).fetchall()
        return _cases(register, [number for (number,) in found])


def _spellings(text: str) -> tuple[str, str, str]:
    """Return an HSA-ID as it is written, and with and without 16 before its organisation number."""
    written = clean_hsa_id(text).text.upper()
    parsed = parse_hsa_id(written)
    if not isinstance(parsed, HsaId) or not parsed.organisation or parsed.is_test:
        return written, written, written
    return written, f"SE{parsed.organisation}-{parsed.suffix}", f"SE16{parsed.organisation}-{parsed.suffix}"


def all_rows(register: Register) -> Table:
    """Return every row of the ledger."""
    with register.translated_errors():
        return _rows(register, "1", ())


def all_cases(register: Register) -> Table:
    """Return every case."""
    with register.translated_errors():
        found = register.connection.execute("SELECT number FROM cases ORDER BY number").fetchall()
        return _cases(register, [number for (number,) in found])


def events(register: Register) -> Table:
    """Return everything that happened, oldest first."""
    rows = register.query(
        "SELECT at, who, kind, coalesce(nullif(events.case_number, 0), books.case_number), "
        "coalesce(nullif(events.book, 0), rows.book), events.load, hsa_id, contracts.text, rows.cell, "
        "events.text, (SELECT book FROM rows AS o WHERE o.number = rows.other) "
        "FROM events LEFT JOIN rows ON rows.number = row AND row > 0 LEFT JOIN units ON units.number = unit "
        "LEFT JOIN texts AS contracts ON contracts.number = contract "
        "LEFT JOIN books ON books.number = coalesce(nullif(events.book, 0), rows.book) ORDER BY events.number"
    )
    return Table("Händelser", _EVENTS, [_event(*row) for row in rows])


def _event(  # noqa: PLR0917 - the columns
    at: str,
    who: str,
    kind: str,
    case: int | None,
    book: int | None,
    load: int,
    unit: str | None,
    contract: str | None,
    cell: str | None,
    text: str,
    other: int | None,
) -> tuple[str | int, ...]:
    if kind == Event.REPLACED and other:
        text = f"av arbetsbok {other}"
    row = f"{shown_identity(unit)} {contract} {cell}" if unit else ""
    return at, who, kind, case or "", book or "", _load(load), row, shown_text(text)


def _rows(register: Register, condition: str, values: tuple[Any, ...]) -> Table:
    return Table("Rader", _ROWS, list(_row_views(register, condition, values)))


def _row_views(
    register: Register, condition: str, values: tuple[Any, ...]
) -> Iterator[tuple[str | int, ...]]:
    sender_of = lru_cache(maxsize=None)(partial(senders, register.connection))
    for place, more in rows_where(register.connection, condition, values, _MORE):
        state, reason, fault, region, environment, case, received, load, other, other_load, *live = more
        yield (
            shown_identity(place.unit),
            place.contract,
            shown_text(place.asks),
            row_state(state, fault or reason, load, other, other_load),
            _load(place.load),
            _live(*live),
            shown_text(region),
            environment,
            case,
            place.book,
            shown_text(place.origin),
            shown_text(place.sheet),
            place.cell,
            received,
            shown_text(sender_of(place.book)),
        )


def row_state(
    state: str, reason: str, load: str | None, other: int | None, other_load: str | None = None
) -> str:
    """Return in words what became of a row; `other` is the workbook of the row that decided it.

    `load` and `other_load` are the states of their loads.
    """
    about = f" (arbetsbok {other})" if other else ""
    if reason == Reason.DUPLICATE and other_load == TAKEN_BACK:
        return f"{state}: samma rad var med i en inläsning som är återtagen{about}"
    if state in {LEFT_OUT, WAITS}:
        return f"{state}: {_REASONS.get(reason, reason)}{about}"
    if other:
        return f"ersatt av arbetsbok {other}{', som är återtagen' if other_load == TAKEN_BACK else ''}"
    return {MADE: "klar att läsas in", None: "beställd före inläsningarna"}.get(load, load or "")


def _live(followed: str, missing: str, action: str) -> str:
    """Return whether a row was live, and on which day: the TAK's, as the latest follow-up noted it.

    Args:
        followed: the number of the follow-up's event, its moment and its note; '' if there is none.
        missing: the number of the latest event that the TAK is not as the row asks for, and what it has
            instead; such events follow their follow-up's own.
        action: whether the row adds or removes.
    """
    if not followed:
        return ""
    number, at, text = followed.split(" ", 2)
    day = tak_day(text) or at[:10]
    wrong, _, instead = missing.partition(" ")
    is_wrong = bool(wrong) and int(wrong) > int(number)
    if action == "remove":
        return f"{'finns kvar' if is_wrong else 'borttagen'}, {day}"
    if not is_wrong:
        return f"ja, {day}"
    return f"nej, {day}" + (f": {shown_text(instead)}" if instead else "")


def _load(number: int) -> str:
    return f"{number:04d}" if number > 0 else ""


def _cases(register: Register, numbers: list[int]) -> Table:
    return Table("Ärenden", _CASES, [_case(register, number) for number in numbers])


def _case(register: Register, number: int) -> tuple[str | int, ...]:
    ask: Callable[..., Any] = register.connection.execute
    region, environment, opened, closed = ask(
        "SELECT region, environment, opened_at, closed_at FROM cases WHERE number = ?", (number,)
    ).fetchone()
    marks = ask("SELECT mark FROM marks WHERE case_number = ? AND mark LIKE 'ärende:%'", (number,)).fetchall()
    books = latest_readings(register.connection, number)
    sums = sum(book_sums(register.connection, (book for book, _ in books)).values(), RowSums())
    return (
        number,
        shown_text(region),
        environment,
        ", ".join(shown_text(mark.partition(":")[2]) for (mark,) in marks),
        opened,
        answered_at(register.connection, number),
        closed,
        ", ".join(f"{book}: {shown_text(origin)}" for book, origin in books),
        sums.read,
        sums.loaded,
        sums.ready,
        sums.waiting,
        sums.left_out,
        ", ".join(_load(load) for load in loads_of(register.connection, number)),
    )
