"""The rows of a workbook in the ledger, and what became of each.

Rows in a load that no other has replaced, nearly all, are read in groups, for replies list none of them.
"""

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby
from operator import attrgetter, itemgetter
from typing import Any, Final, NamedTuple

from underlag.batch.ledger.row_places import DECIDED_BY, asked
from underlag.batch.ledger.settle import BEFORE_LOADS, IN_LOAD, LEFT_OUT, LOADED, TAKEN_BACK, WAITS
from underlag.batch.ledger.unit_rows import BLOCKED, Reason
from underlag.batch.register.arrivals import came_at
from underlag.findings import kind

#: Of a group.
_FIRST: Final = attrgetter("first")
#: HSA-ID and name of an addressee.
_UNIT: Final = itemgetter(1, 2)
#: Rows in one query.
_AT_ONCE: Final = 500

_GROUPS: Final = """
SELECT min(rows.number), head, contract, state, reason, load, fault, other, count(*) FROM rows
WHERE book = ? AND state = 'inläsning' AND other = 0 GROUP BY head, contract, reason, load, fault ORDER BY 1
"""
_ROWS: Final = f"""
SELECT rows.number, head, contract, rows.state, rows.reason, rows.load, fault, {DECIDED_BY},
    units.hsa_id, coalesce(names.name, units.name), sheet, cell
FROM rows JOIN units ON units.number = rows.unit
LEFT JOIN names ON names.unit = rows.unit AND names.book = rows.book
WHERE rows.book = ? AND NOT (rows.state = 'inläsning' AND rows.other = 0) ORDER BY rows.number
"""  # noqa: S608 - our own words
#: The addressees of a workbook's rows in a load that no other has replaced.
_UNITS: Final = f"""
SELECT head, units.hsa_id, coalesce(names.name, units.name)
FROM rows JOIN units ON units.number = rows.unit
LEFT JOIN names ON names.unit = rows.unit AND names.book = rows.book
WHERE rows.book = ? AND rows.state = 'inläsning' AND rows.load = ? AND {DECIDED_BY} = 0 ORDER BY rows.number
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


class Facts(NamedTuple):
    """The facts of a row that decide what became of it."""

    state: str
    reason: str
    load: int
    load_state: str
    load_run: int
    fault: str
    other: int


class RowGroup(NamedTuple):
    """Rows of a workbook that differ in addressee and cell only; `first` is the number of the first one."""

    first: int
    head: RowHead
    contract: str
    facts: Facts
    size: int


class FateRow(NamedTuple):
    """A row of a workbook, as the ledger has it."""

    head: RowHead
    contract: str
    facts: Facts
    unit: str
    name: str
    sheet: str
    cell: str


class BookRows(NamedTuple):
    """The rows of a workbook.

    `groups` has all of them in the order of their first rows, `rows` those that are not simply in a load.
    """

    groups: list[RowGroup]
    rows: list[FateRow]


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


class Addressees(NamedTuple):
    """The addressees of adjacent rows with the same head: HSA-ID and name."""

    head: RowHead
    names: dict[str, str]


class RowReader:
    """Reads the rows of a workbook. Heads, texts and loads, which many rows share, are looked up once each.

    Args:
        database: the register's connection.
        book: the workbook's number.
    """

    def __init__(self, database: sqlite3.Connection, book: int) -> None:
        self._database = database
        self._book = book
        self._heads: dict[int, RowHead] = {}
        self._texts: dict[int, str] = {}
        self._loads: dict[int, tuple[str, int]] = {}

    def rows(self) -> BookRows:
        """Return the rows, in their order."""
        groups = [
            self._group(facts, size)
            for *facts, size in self._database.execute(_GROUPS, (self._book,)).fetchall()
        ]
        rows = []
        for *facts, unit, name, sheet, cell in self._database.execute(_ROWS, (self._book,)).fetchall():
            group = self._group(facts, 1)
            groups.append(group)
            rows.append(FateRow(*group[1:4], unit, name, self._text(sheet), cell))
        return BookRows(sorted(groups, key=_FIRST), rows)

    def addressees(self, load: int) -> list[Addressees]:
        """Return the addressees of the rows in a load that no other has replaced, in their order."""
        found = self._database.execute(_UNITS, (self._book, load)).fetchall()
        return [
            Addressees(self._head(head), dict(map(_UNIT, some)))
            for head, some in groupby(found, itemgetter(0))
        ]

    def _group(self, facts: Sequence[Any], size: int) -> RowGroup:
        number, head, contract, state, reason, load, fault, other = facts
        decide = Facts(state, reason, load, *self._load(load), fault, other)
        return RowGroup(number, self._head(head), self._text(contract), decide, size)

    def _head(self, number: int) -> RowHead:
        if number not in self._heads:
            self._heads[number] = RowHead(*self._database.execute(_HEAD, (number,)).fetchone())
        return self._heads[number]

    def _text(self, number: int) -> str:
        if number not in self._texts:
            query = "SELECT text FROM texts WHERE number = ?"
            self._texts[number] = self._database.execute(query, (number,)).fetchone()[0]
        return self._texts[number]

    def _load(self, number: int) -> tuple[str, int]:
        """Return the state and the run of a load, '' and 0 for none."""
        if number not in self._loads:
            query = "SELECT state, run FROM loads WHERE number = ?"
            self._loads[number] = self._database.execute(query, (number,)).fetchone() or ("", 0)
        return self._loads[number]


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
    place = (book, name, came_at(received, sent), region, key, component, sheet, cell)
    return OtherRow(*place, load, load_state, state, reason, asked(*asks))


def fate_of(row: Facts, run: int, *, blocked_by_us: bool) -> Fate:
    """Return what became of a row.

    Args:
        row: its facts.
        run: the run of the reply.
        blocked_by_us: whether faults of the TAK alone keep the whole workbook from being ordered.
    """
    if row.state == IN_LOAD:
        return _in_load(row, run)
    if row.state == LEFT_OUT:
        return _left_out(row, blocked_by_us=blocked_by_us)
    return Fate.WAITS


def _in_load(row: Facts, run: int) -> Fate:
    if row.other:
        return Fate.REPLACED
    if row.load == BEFORE_LOADS:
        return Fate.EARLIER
    if row.load_state == TAKEN_BACK:
        return Fate.TAKEN_BACK
    if row.load_state == LOADED:
        return Fate.LOADED
    return Fate.GOES_ON if row.load_run == run else Fate.ON_ITS_WAY


def _left_out(row: Facts, *, blocked_by_us: bool) -> Fate:
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
