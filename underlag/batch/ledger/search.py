"""Questions to the ledger: who ordered what, when, with which workbook and in which load, and is it live."""

from collections.abc import Callable, Iterator
from typing import Any, Final

from underlag.batch.ledger.events import Event, tak_day
from underlag.batch.ledger.overview import answered_at, latest_readings, loads_of
from underlag.batch.ledger.row_places import DECIDED_BY, rows_where
from underlag.batch.ledger.settle import LEFT_OUT, MADE, TAKEN_BACK, WAITS
from underlag.batch.ledger.sums import book_sums
from underlag.batch.ledger.unit_rows import BLOCKED, Reason
from underlag.batch.records.ledger import RowSums
from underlag.batch.register.store import Register
from underlag.batch.register.tables import Table
from underlag.privacy.identity import shown_identity, shown_text
from underlag.regions.region import Regions

_ROWS: Final = (
    ("hsaId", "HSA-ID"), ("kontrakt", "Tjänstekontrakt"), ("anger", "Anger"), ("lage", "Läge"),
    ("inlasning", "Inläsning"),
    ("iDrift", "I drift"), ("region", "Region"), ("miljo", "Miljö"), ("arende", "Ärende"),
    ("nummer", "Arbetsbok"), ("fil", "Fil"), ("flik", "Flik"), ("cell", "Cell"), ("mottagen", "Mottagen"),
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
            "coalesce((SELECT max(number) FROM events WHERE row = rows.number AND row > 0 "
            "AND kind = 'ej i drift'), 0)"
        ),
    )
)


def search(register: Register, text: str, regions: Regions) -> Table:
    """Return the rows of an addressee, or the cases of a case number, a case or a region."""
    wanted = text.strip()
    with register.translated_errors():
        unit = register.connection.execute(
            "SELECT number FROM units WHERE hsa_id = ?", (wanted.upper(),)
        ).fetchone()
        if unit:
            return _rows(register, "rows.unit = ?", (unit[0],))
        found = register.connection.execute(
            "SELECT case_number FROM marks WHERE mark IN (?, ?) UNION "
            "SELECT number FROM cases WHERE region_key = ? OR CAST(number AS TEXT) = ? ORDER BY 1",
            (f"ärende:{wanted}", f"ärende:{wanted.upper()}", regions.named(wanted).key, wanted.lstrip("0")),
        ).fetchall()
        return _cases(register, [number for (number,) in found])


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
        )


def row_state(
    state: str, reason: str, load: str | None, other: int | None, other_load: str | None = None
) -> str:
    """Return in words what became of a row; `other` is the workbook of the row that decided it.

    `load` and `other_load` are the states of their loads.
    """
    about = f" (arbetsbok {other})" if other else ""
    if state in {LEFT_OUT, WAITS}:
        return f"{state}: {_REASONS.get(reason, reason)}{about}"
    if other:
        return f"ersatt av arbetsbok {other}{', som är återtagen' if other_load == TAKEN_BACK else ''}"
    return {MADE: "klar att läsas in", None: "beställd före inläsningarna"}.get(load, load or "")


def _live(followed: str, missing: int) -> str:
    """Return whether a row was live, and on which day: the TAK's, as the latest follow-up noted it.

    Args:
        followed: the number of the follow-up's event, its moment and its note; '' if there is none.
        missing: the number of the latest event that the row is not live; such events follow their
            follow-up's own.
    """
    if not followed:
        return ""
    number, at, text = followed.split(" ", 2)
    return f"{'nej' if missing > int(number) else 'ja'}, {tak_day(text) or at[:10]}"


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
