"""The rows of a workbook in the ledger, and what became of each."""

import sqlite3
from collections.abc import Iterable
from enum import StrEnum
from typing import Any, Final, NamedTuple

from underlag.batch.ledger.row_places import DECIDED_BY, asked
from underlag.batch.ledger.settle import BEFORE_LOADS, IN_LOAD, LEFT_OUT, LOADED, TAKEN_BACK, WAITS
from underlag.batch.ledger.unit_rows import BLOCKED, Reason
from underlag.batch.register.arrivals import came_on
from underlag.findings import kind

#: Rows in one query.
_AT_ONCE: Final = 500

_ROWS: Final = f"""
SELECT rows.number, flow, heads.profile, kind, action, component, coalesce(parties.name, ''), contracts.text,
    units.hsa_id, coalesce(names.name, units.name),
    sheets.text, cell, rows.state, reason, load, coalesce(loads.state, ''),
    coalesce(loads.run, 0), fault, {DECIDED_BY}
FROM rows JOIN heads ON heads.number = head JOIN units ON units.number = rows.unit
JOIN texts AS contracts ON contracts.number = contract JOIN texts AS sheets ON sheets.number = sheet
LEFT JOIN names ON names.unit = rows.unit AND names.book = rows.book
LEFT JOIN loads ON loads.number = load LEFT JOIN parties ON parties.hsa_id = component
WHERE rows.book = ? ORDER BY rows.number
"""  # noqa: S608 - our own words
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


class FateRow(NamedTuple):
    """A row of a workbook, as the ledger has it."""

    number: int
    flow: str
    profile: str
    kind: str
    action: str
    component: str
    component_name: str
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
    """Return the rows of a workbook, in their order."""
    return list(map(FateRow._make, database.execute(_ROWS, (book,))))


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
