"""Converts a register without a ledger: workbooks become cases, and their orders count as ordered.

Which orders were loaded is not recorded. They were handed over in samlad/ or in the packages, so they are not
ordered again.
"""

import sqlite3
from collections.abc import Iterable
from typing import Final

from underlag.batch.inbox.mail import Mail
from underlag.batch.ledger.earlier_rows import unpack
from underlag.batch.ledger.events import Event, EventLog
from underlag.batch.ledger.intake import Intake, Received
from underlag.batch.ledger.packed_rows import Head, PackedBook, PackedRow, PackedRows
from underlag.batch.ledger.settle import count_as_ordered, settle
from underlag.batch.records.workbooks import PackageRecord
from underlag.batch.register.schema import finish_upgrade
from underlag.batch.register.store import Register
from underlag.orders.order import Party
from underlag.regions.region import Regions

#: Prefix that no fingerprint has: a package with it is made again, in the same folder.
_OTHER: Final = "1:"


def carry_over(register: Register, log: EventLog, regions: Regions) -> None:
    """Take the workbooks of an earlier register into the ledger, within the caller's transaction."""
    database = register.connection
    records = list(register.all_records())
    reported = [made for made in records if made.told_at]
    books, touched = [], set()
    for at in sorted({made.told_at for made in reported}):
        run = add_run(database, at, told_at=at)
        intake = Intake(database, run, log, regions)
        books += [
            intake.receive(
                Received(made, made.name, Mail(), _packed(made, register.content(made.fingerprint)))
            )
            for made in reported
            if made.told_at == at
        ]
        touched |= intake.touched
    count_as_ordered(database, settle(database, log, books, touched))
    _make_again(database, (made for made in records if not made.told_at))
    log.add(Event.CARRIED_OVER, text=str(len(books)))
    finish_upgrade(database)


def add_run(database: sqlite3.Connection, at: str, *, told_at: str = "") -> int:
    """Record a run and return its number; `told_at` is when its result was reported, '' if it was not yet."""
    return database.execute("INSERT INTO runs (at, told_at) VALUES (?, ?)", (at, told_at)).lastrowid or 0


def _make_again(database: sqlite3.Connection, records: Iterable[PackageRecord]) -> None:
    """Have packages of an interrupted run made again, because their rows have the earlier form."""
    database.executemany(
        "UPDATE made SET fingerprint = ? || fingerprint WHERE fingerprint = ?",
        [(_OTHER, made.fingerprint) for made in records],
    )


def _packed(made: PackageRecord, content: bytes) -> PackedBook:
    parties: dict[str, Party] = {}
    rows = []
    for order in unpack(content).orders:
        parties |= {party.hsa_id: party for party in (order.component, *order.consumers)}
        for consumer in [party.hsa_id for party in order.consumers] or [""]:
            head = Head(
                made.profile,
                order.flow,
                order.kind,
                order.action,
                order.component.hsa_id,
                order.url,
                order.rivta_profile,
                consumer,
                order.day,
            )
            rows += [
                PackedRow(head, contract, hsa_id, name, "", "", "")
                for contract in order.contracts
                for hsa_id, name in order.addressees
            ]
    return PackedBook(PackedRows.of(rows), list(parties.values()))
