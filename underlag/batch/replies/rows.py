"""The rows of a workbook in the ledger, and what became of each."""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from operator import itemgetter
from typing import Any, Final, NamedTuple

from underlag.batch.ledger.row_places import DECIDED_BY, asked
from underlag.batch.ledger.settle import BEFORE_LOADS, IN_LOAD, LEFT_OUT, LOADED, TAKEN_BACK, WAITS
from underlag.batch.ledger.unit_rows import BLOCKED, Reason
from underlag.batch.register.arrivals import came_on
from underlag.findings import kind

#: Rows in one query.
_AT_ONCE: Final = 500

_ROWS: Final = f"""
SELECT rows.number, head, contract, units.hsa_id, coalesce(names.name, units.name), sheet, cell, rows.state,
    rows.reason, rows.load, fault, {DECIDED_BY}
FROM rows JOIN units ON units.number = rows.unit
LEFT JOIN names ON names.unit = rows.unit AND names.book = rows.book
WHERE rows.book = ? ORDER BY rows.number
"""  # noqa: S608 - our own words
_HEAD: Final = """
SELECT flow, heads.profile, kind, action, component, coalesce(parties.name, '')
FROM heads LEFT JOIN parties ON parties.hsa_id = component WHERE number = ?
"""
_OTHERS: Final = """
SELECT rows.number, books.number, books.name, received_at, sent, region, region_key, component,
    sheets.text, cell, load, coalesce(loads.state, ''),
    rows.state, reason, kind, action, component, url, rivta_profile, consumer, day
FROM rows JOIN heads ON heads.number = head JOIN books ON books.number = book
JOIN cases ON cases.number = case_number JOIN texts AS sheets ON sheets.number = sheet
LEFT JOIN loads ON loads.number = load
WHERE rows.number IN ({marks})
"""


class Fate(StrEnum):
    """What became of a row, as the reply states it."""

    GOES_ON = "går vidare"
    ON_ITS_WAY = "på väg"
    LOADED = "inläst"
    TAKEN_BACK = "återtagen"
    EARLIER = "beställd tidigare"
    WAITS = "väntar"
    WAITS_FOR_US = "väntar på oss"
    REPLACED = "ersatt"
    OLDER = "äldre"
    NOT_CHOSEN = "bortvald"
    DUPLICATE = "dubblett"
    NOT_NEEDED = "behövs inte"
    HELD_BACK = "ändrar i TAK"
    CLOSED = "stängt"
    RETURNED = "tillbaka"


@dataclass(slots=True, frozen=True, eq=False)
class RowHead:
    """What rows have in common: direction of traffic, action and component. Rows share one object."""

    flow: str
    profile: str
    kind: str
    action: str
    component: str
    component_name: str


class FateRow(NamedTuple):
    """A row of a workbook, as the ledger has it."""

    number: int
    head: RowHead
    contract: str
    unit: str
    name: str
    sheet: str
    cell: str
    state: str
    reason: str
    load: int
    load_state: str
    load_run: int
    fault: str
    other: int


#: The facts of a row that decide what became of it.
DECIDING: Final = itemgetter(slice(FateRow._fields.index("state"), None))


class OtherRow(NamedTuple):
    """The row for which another one waits or is left out."""

    book: int
    book_name: str
    received: str
    region: str
    region_key: str
    component: str
    sheet: str
    cell: str
    load: int
    load_state: str
    state: str
    reason: str
    asks: str

    @property
    def waits(self) -> bool:
        """Whether the row waits itself."""
        return self.state == WAITS


def rows_of(database: sqlite3.Connection, book: int) -> list[FateRow]:
    """Return the rows of a workbook, in their order.

    Heads, texts and loads, which many rows share, are looked up once each instead of joined to every row.
    """
    found = database.execute(_ROWS, (book,)).fetchall()
    if not found:
        return []

    def look_up(query: str, numbers: Iterable[int]) -> dict[int, tuple[Any, ...]]:
        return {one: database.execute(query, (one,)).fetchone() for one in dict.fromkeys(numbers)}

    number, head, contract, unit, name, sheet, cell, state, reason, load, fault, other = zip(
        *found, strict=True
    )
    heads = {one: RowHead(*facts) for one, facts in look_up(_HEAD, head).items()}
    texts = {
        one: text
        for one, (text,) in look_up("SELECT text FROM texts WHERE number = ?", (*contract, *sheet)).items()
    }
    loads = look_up("SELECT state, run FROM loads WHERE number = ?", load)
    states = {one: facts[0] if facts else "" for one, facts in loads.items()}
    runs = {one: facts[1] if facts else 0 for one, facts in loads.items()}
    return list(
        map(
            FateRow,
            number,
            map(heads.__getitem__, head),
            map(texts.__getitem__, contract),
            unit,
            name,
            map(texts.__getitem__, sheet),
            cell,
            state,
            reason,
            load,
            map(states.__getitem__, load),
            map(runs.__getitem__, load),
            fault,
            other,
        )
    )


def others_of(database: sqlite3.Connection, numbers: Iterable[int]) -> dict[int, OtherRow]:
    """Return rows by their numbers."""
    wanted = sorted(set(numbers))
    found: dict[int, OtherRow] = {}
    for start in range(0, len(wanted), _AT_ONCE):
        some = wanted[start : start + _AT_ONCE]
        query = _OTHERS.format(marks=", ".join("?" * len(some)))
        for row in database.execute(query, some):
            found[row[0]] = _other(row)
    return found


def _other(row: tuple[Any, ...]) -> OtherRow:
    _, book, name, received, sent, region, key, component, sheet, cell, load, load_state, *more = row
    state, reason, *asks = more
    place = (book, name, came_on(received, sent), region, key, component, sheet, cell)
    return OtherRow(*place, load, load_state, state, reason, asked(*asks))


def fate_of(row: FateRow, run: int, *, blocked_by_us: bool) -> Fate:
    """Return what became of a row.

    Args:
        row: the row.
        run: the run of the reply.
        blocked_by_us: whether faults of the TAK alone keep the whole workbook from being ordered.
    """
    if row.state == IN_LOAD:
        return _in_load(row, run)
    if row.state == LEFT_OUT:
        return _left_out(row, blocked_by_us=blocked_by_us)
    return Fate.WAITS


def _in_load(row: FateRow, run: int) -> Fate:
    if row.other:
        return Fate.REPLACED
    if row.load == BEFORE_LOADS:
        return Fate.EARLIER
    if row.load_state == TAKEN_BACK:
        return Fate.TAKEN_BACK
    if row.load_state == LOADED:
        return Fate.LOADED
    return Fate.GOES_ON if row.load_run == run else Fate.ON_ITS_WAY


def _left_out(row: FateRow, *, blocked_by_us: bool) -> Fate:
    by_reason = {
        Reason.REPLACED: Fate.REPLACED,
        Reason.OLDER: Fate.OLDER,
        Reason.NOT_CHOSEN: Fate.NOT_CHOSEN,
        Reason.DUPLICATE: Fate.DUPLICATE,
        Reason.NOT_NEEDED: Fate.NOT_NEEDED,
        Reason.HELD_BACK: Fate.HELD_BACK,
        Reason.TAKEN_BACK: Fate.TAKEN_BACK,
        Reason.CLOSED: Fate.CLOSED,
    }
    if row.reason != Reason.FAULT:
        return by_reason.get(Reason(row.reason), Fate.RETURNED)
    ours = all(code != BLOCKED and kind(code).of_tak for code in row.fault.split(", "))
    return Fate.WAITS_FOR_US if ours or blocked_by_us else Fate.RETURNED
