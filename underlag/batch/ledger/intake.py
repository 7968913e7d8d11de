"""Takes a run's workbooks into the ledger: assigns each its case and records its rows."""

import sqlite3
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import astuple
from itertools import repeat
from typing import Any, Final, NamedTuple

from underlag import json_text
from underlag.batch.inbox.mail import Mail
from underlag.batch.ledger.cases import Request, case_of
from underlag.batch.ledger.events import Event, EventLog
from underlag.batch.ledger.packed_rows import Head, PackedBook, PackedRows
from underlag.batch.ledger.unit_rows import Reason
from underlag.batch.records.workbooks import PackageRecord
from underlag.findings import kind
from underlag.orders.order import Party
from underlag.regions.region import Regions

#: HSA-IDs in one question to the database.
_AT_ONCE: Final = 500
#: Reasons that a person decided on; they apply to the same bytes however often these are read.
_DECIDED: Final = (Reason.NOT_CHOSEN.value, Reason.CLOSED.value)
#: Fault, state, reason, load and other row of a row to be judged.
_NEW: Final = ("", "ny", "", 0, 0)


class Received(NamedTuple):
    """A workbook that was checked, and the mail that it came with.

    `compared` states whether it was compared with the content of its TAK.
    """

    made: PackageRecord
    origin: str
    mail: Mail
    content: PackedBook
    compared: bool = False


class _Settled(NamedTuple):
    """A row of an earlier reading that is in a load, that a person decided about, or that was held back."""

    number: int
    load: int
    state: str
    reason: str
    other: int
    fault: str


#: Settled rows by head, contract, unit, sheet and cell.
_Earlier = dict[tuple[object, ...], _Settled]


class Intake:
    """Writes workbooks and rows within the caller's transaction.

    Args:
        database: the register's connection.
        run: the number of this run.
        log: where the events go.
        regions: the known regions.

    Attributes:
        touched: the addressees (as numbers) to judge: those with rows of several workbooks, or with several
            rows for one contract. What one workbook alone states, each contract once, is ready as it is.
    """

    def __init__(self, database: sqlite3.Connection, run: int, log: EventLog, regions: Regions) -> None:
        self._database = database
        self._run = run
        self._log = log
        self._regions = regions
        self.touched: set[int] = set()
        self._texts: dict[str, int] = dict(database.execute("SELECT text, number FROM texts"))
        self._heads: dict[Head, int] = {}

    def knows(self, fingerprint: str) -> bool:
        """Whether a workbook, asked for in the same way, was taken in already."""
        found = self._database.execute("SELECT 1 FROM books WHERE fingerprint = ?", (fingerprint,))
        return found.fetchone() is not None

    def receive(self, received: Received) -> int:
        """Take a workbook in and return its number."""
        made = received.made
        now = made.made_at.isoformat()
        region = self._regions.named(made.region)
        request = Request(made.environment, region, received.mail, made.case_number, made.sha256)
        case, is_new = case_of(self._database, request, now)
        if is_new:
            self._log.add(Event.OPENED, case=case)
        number = self._add_book(received, case)
        self._log.add(Event.RECEIVED, case=case, book=number, text=received.origin)
        self._log.add(Event.CHECKED, case=case, book=number, text=made.state.value)
        self._add_parties(received.content.parties)
        self._add_rows(number, received.content.rows, self._earlier(number, received, case))
        return number

    def _add_book(self, received: Received, case: int) -> int:
        made = received.made
        values = (
            case,
            self._run,
            made.fingerprint,
            made.sha256,
            made.name,
            received.origin,
            made.profile,
            received.mail.ticket or made.case_number,
            made.saved,
            received.mail.sent,
            json_text.compact(astuple(made.counts)).decode(),
            made.made_at.isoformat(),
        )
        return (
            self._database.execute(
                "INSERT INTO books (case_number, run, fingerprint, sha256, name, origin, profile, "
                "ticket, saved, sent, "
                "counts, received_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                values,
            ).lastrowid
            or 0
        )

    def _add_parties(self, parties: Iterable[Party]) -> None:
        self._database.executemany(
            "INSERT INTO parties VALUES (?, ?, ?) ON CONFLICT (hsa_id) DO UPDATE SET name = excluded.name "
            "WHERE name = ''",
            [(party.hsa_id, party.name, int(party.fixed)) for party in parties],
        )

    def _earlier(self, book: int, received: Received, case: int) -> _Earlier:
        """Return the settled rows of an earlier reading of the same bytes in the case.

        Without the content of the TAK, rows that an earlier reading with it held back stay so.
        """
        held_back = "" if received.compared else Reason.HELD_BACK.value
        found = self._database.execute(
            "SELECT head, contract, unit, sheet, cell, rows.number, load, state, reason, other, fault "
            "FROM books CROSS JOIN rows ON book = books.number "  # few workbooks, but maybe no index of rows
            "WHERE sha256 = ? AND case_number = ? AND books.number != ? "
            "AND (load > 0 OR reason != '' AND reason IN (?, ?, ?)) ORDER BY load > 0, rows.number",
            (received.made.sha256, case, book, *_DECIDED, held_back),
        )
        return {row[:5]: _Settled(*row[5:]) for row in found}

    def _add_rows(self, book: int, rows: PackedRows, earlier: _Earlier) -> None:
        facts = self._facts(book, rows)
        _, contracts, units, *_ = facts
        asked = list(zip(units, contracts, strict=True))
        if len(set(asked)) < len(asked):
            self.touched.update(unit for (unit, _), count in Counter(asked).items() if count > 1)
        verdicts: Iterable[Iterable[object]] = map(repeat, _NEW)
        if earlier or any(rows.fault):
            known = map(earlier.get, zip(*facts, strict=True))
            verdicts = zip(*map(_verdict, rows.fault, rows.is_faulty, known), strict=True)
        self._database.executemany(
            "INSERT INTO rows (book, head, contract, unit, sheet, cell, fault, state, reason, load, other) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            zip(repeat(book), *facts, *verdicts),
        )

    def _facts(self, book: int, rows: PackedRows) -> tuple[Sequence[Any], ...]:
        """Return head, contract, unit, sheet and cell of the rows: numbers of the ledger, and the cells."""
        heads = {head: self._head(head) for head in dict.fromkeys(rows.head)}
        texts = {
            text: self._text(text)
            for pair in dict.fromkeys(zip(rows.contract, rows.sheet, strict=True))
            for text in pair
        }
        units = self._units(book, rows)
        return (
            list(map(heads.__getitem__, rows.head)),
            list(map(texts.__getitem__, rows.contract)),
            list(map(units.__getitem__, rows.unit)),
            list(map(texts.__getitem__, rows.sheet)),
            rows.cell,
        )

    def _head(self, head: Head) -> int:
        known = self._heads.get(head)
        if known is None:
            columns = ", ".join(Head._fields)
            marks = ", ".join("?" * len(head))
            self._database.execute(f"INSERT OR IGNORE INTO heads ({columns}) VALUES ({marks})", head)  # noqa: S608 - our own names
            found = self._database.execute(
                f"SELECT number FROM heads WHERE ({columns}) = ({marks})",  # noqa: S608 - as above
                head,
            ).fetchone()
            known = self._heads[head] = int(found[0])
        return known

    def _text(self, text: str) -> int:
        known = self._texts.get(text)
        if known is None:
            added = self._database.execute("INSERT INTO texts (text) VALUES (?)", (text,))
            known = self._texts[text] = added.lastrowid or 0
        return known

    def _units(self, book: int, rows: PackedRows) -> dict[str, int]:
        """Return the numbers of the addressees; new ones are added, and a name where there was none.

        Rows that cannot be ordered name nothing. A name that differs from the known one is kept for its book.
        """
        names = dict.fromkeys(rows.unit, "")
        backwards = zip(reversed(rows.unit), reversed(rows.name), reversed(rows.fault), strict=True)
        names |= {unit: name for unit, name, fault in backwards if name and not fault}  # the first one counts
        known = self._known_units(list(names))
        (last,) = self._database.execute("SELECT coalesce(max(number), 0) FROM units").fetchone()
        new = {
            unit: number
            for number, unit in enumerate((unit for unit in names if unit not in known), last + 1)
        }
        self._database.executemany(
            "INSERT INTO units (hsa_id, number, name) VALUES (?, ?, ?)",
            [(unit, number, names[unit]) for unit, number in new.items()],
        )
        named = [(number, name, names[unit]) for unit, (number, name) in known.items() if names[unit]]
        self._database.executemany(
            "UPDATE units SET name = ? WHERE number = ?",
            [(name, number) for number, before, name in named if not before],
        )
        self._database.executemany(
            "INSERT INTO names (unit, book, name) VALUES (?, ?, ?)",
            [(number, book, name) for number, before, name in named if before and before != name],
        )
        earlier = {unit: number for unit, (number, _) in known.items()}
        self.touched.update(earlier.values())
        return new | earlier

    def _known_units(self, units: Sequence[str]) -> dict[str, tuple[int, str]]:
        """Return the numbers and names of those addressees that the ledger knows."""
        found: dict[str, tuple[int, str]] = {}
        for start in range(0, len(units), _AT_ONCE):
            some = units[start : start + _AT_ONCE]
            marks = ", ".join("?" * len(some))
            for hsa_id, number, name in self._database.execute(
                f"SELECT hsa_id, number, name FROM units WHERE hsa_id IN ({marks})",  # noqa: S608 - marks alone
                some,
            ):
                found[hsa_id] = number, name
        return found


def _verdict(fault: str, is_faulty: bool, earlier: _Settled | None) -> tuple[str, str, str, int, int]:
    """Return fault, state, reason, load and other row of a new row."""
    if fault:
        return fault, "utelämnad", (Reason.FAULT if is_faulty else _why_not_ordered(fault)).value, 0, 0
    if earlier is None:
        return _NEW
    if earlier.reason == Reason.HELD_BACK:
        return earlier.fault, earlier.state, earlier.reason, 0, 0
    if earlier.reason in _DECIDED:
        return "", earlier.state, earlier.reason, 0, earlier.other
    first = earlier.other if earlier.reason == Reason.SAME_ROW else earlier.number
    return "", earlier.state, Reason.SAME_ROW.value, earlier.load, first


def _why_not_ordered(codes: str) -> Reason:
    """Return the reason of a row that has findings, but no errors."""
    asks = any(kind(code).asks_first for code in codes.split(", "))
    return Reason.HELD_BACK if asks else Reason.NOT_NEEDED
