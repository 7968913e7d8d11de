"""The part of a run that updates the ledger: decisions, new workbooks, and the loads that result."""

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from underlag.batch.inbox import Rejected
from underlag.batch.ledger.carry_over import add_run, carry_over
from underlag.batch.ledger.cases import record_message
from underlag.batch.ledger.decide import Choice, choose
from underlag.batch.ledger.events import Event, EventLog, user
from underlag.batch.ledger.intake import Intake, Received
from underlag.batch.ledger.packed_rows import unpack
from underlag.batch.ledger.settle import MADE, make_loads, settle
from underlag.batch.records.workbooks import PackageRecord, Workbook
from underlag.batch.register.arrivals import Arrival, record
from underlag.batch.register.later_mails import record_objections
from underlag.batch.register.schema import first_rows_indexed_at_once
from underlag.batch.register.store import Register
from underlag.regions.region import Regions


class StoredLoad(NamedTuple):
    """A load of the register."""

    number: int
    environment: str
    folder: Path
    made_at: datetime
    state: str


class Ledger:
    """The ledger of a register, for one run.

    Args:
        register: the register, opened to be written.
        now: the time of the run.
        regions: the known regions.
        loads: the folder where loads are put.
    """

    def __init__(self, register: Register, now: datetime, regions: Regions, loads: Path) -> None:
        self._register = register
        self._now = now
        self._regions = regions
        self._loads = loads

    @property
    def database(self) -> sqlite3.Connection:
        """The connection to the register."""
        return self._register.connection

    def carry_over(self) -> None:
        """Convert a register without a ledger."""
        if not self._register.has_ledger:
            with self._register.transaction() as database:
                carry_over(self._register, EventLog(database, self._now, user()), self._regions)

    def carried_over(self) -> int:
        """Return the number of workbooks carried over, 0 if a run has finished since."""
        # They are the first workbooks of the ledger, in the runs of that time.
        found = self._register.query(
            "SELECT text FROM events WHERE kind = ? AND NOT EXISTS (SELECT 1 FROM runs WHERE told_at != '' "
            "AND number > (SELECT coalesce(max(run), 0) FROM books WHERE number <= CAST(text AS INTEGER)))",
            (Event.CARRIED_OVER.value,),
        )
        return int(found[0][0]) if found else 0

    def take_in(
        self,
        books: Sequence[Workbook],
        rejected: Iterable[Rejected],
        choices: Iterable[Choice],
        is_compared: Callable[[PackageRecord], bool],
    ) -> None:
        """Record decisions, mails and new workbooks and plan the loads that come of them: all or nothing.

        Args:
            books: the workbooks of the run.
            rejected: what it rejected.
            choices: a person's decisions.
            is_compared: returns whether a workbook was compared with the content of its TAK.

        Raises:
            RegisterError: the register cannot be used.
            UnusableChoiceError: a decision is about nothing that waits.
        """
        with self._register.transaction() as database, first_rows_indexed_at_once(database):
            run = add_run(database, self._now.isoformat())
            log = EventLog(database, self._now, user())
            for choice in choices:
                choose(database, run, log, choice)
            intake = Intake(database, run, log, self._regions)
            new = []
            for book in books:
                made = book.made
                if made is None or intake.knows(made.fingerprint):
                    continue
                content = unpack(self._register.content(made.fingerprint))
                about = Received(made, book.found.origin, book.found.mail, content, is_compared(made))
                new.append(intake.receive(about))
            rejected = list(rejected)
            self._record_mails(run, log, books, rejected)
            record_objections(database, rejected)
            make_loads(database, run, log, settle(database, log, new, intake.touched), self._folder_of)

    def _record_mails(
        self, run: int, log: EventLog, books: Iterable[Workbook], rejected: Iterable[Rejected]
    ) -> None:
        database = self.database
        for book in books:
            made = (book.same_as or book).made
            if book.found.mail and made is not None:
                number = database.execute(
                    "SELECT max(number) FROM books WHERE fingerprint = ?", (made.fingerprint,)
                ).fetchone()[0]
                record(database, run, Arrival(book.found.mail, number, book.found.name))
        for one in rejected:
            if one.is_message:
                record_message(database, log, one.mail)
            elif one.mail and not one.foreign:
                arrival = Arrival(one.mail, 0, one.name, one.reason)
                if record(database, run, arrival):
                    log.add(Event.REFUSED, text=f"{one.origin} {one.reason}")

    def _folder_of(self, number: int, environment: str) -> str:
        return self._register.stored(self._loads / f"{number:04d}-{environment}")

    def loads_to_report(self) -> list[StoredLoad]:
        """Return the loads that no finished run has reported, in their order."""
        return stored_loads(self._register, "told_at = ''")

    def pending_loads(self) -> list[StoredLoad]:
        """Return the loads of earlier runs that are not marked as loaded, in order."""
        return stored_loads(self._register, "told_at != '' AND state = ?", (MADE,))

    def mark_reported(self, fingerprints: Iterable[str]) -> None:
        """Record that a finished run has reported its loads and the packages of its workbooks."""
        at = self._now.isoformat()
        with self._register.transaction() as database:
            database.execute("UPDATE loads SET told_at = ? WHERE told_at = ''", (at,))
            database.execute("UPDATE runs SET told_at = ? WHERE told_at = ''", (at,))
            database.executemany(
                "UPDATE made SET told_at = ? WHERE fingerprint = ? AND told_at = ''",
                [(at, one) for one in fingerprints],
            )
            database.execute("DELETE FROM remarks")


def stored_loads(
    register: Register, condition: str = "1", values: tuple[object, ...] = ()
) -> list[StoredLoad]:
    """Return the loads of a condition, in their order."""
    query = f"SELECT number, environment, folder, made_at, state FROM loads WHERE {condition} ORDER BY number"  # noqa: S608 - our own conditions
    with register.translated_errors():
        return [
            StoredLoad(number, environment, register.resolved(folder), datetime.fromisoformat(made_at), state)
            for number, environment, folder, made_at, state in register.connection.execute(query, values)
        ]
