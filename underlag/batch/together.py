"""The end of a run: takes the workbooks into the ledger, writes loads, replies and the summary."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from pathlib import Path
from typing import Any, Final, NamedTuple

from underlag import json_text
from underlag.batch.ledger.conflicts import waiting
from underlag.batch.ledger.decide import Choice, chosen, chosen_before
from underlag.batch.ledger.events import Event
from underlag.batch.ledger.keep import Ledger, StoredLoad
from underlag.batch.ledger.notes.absent_units import absent_sentences
from underlag.batch.ledger.notes.messages import with_cases
from underlag.batch.ledger.notes.stated_regions import stated_regions
from underlag.batch.ledger.notes.stops import stops
from underlag.batch.ledger.notes.unit_names import differing_names
from underlag.batch.ledger.overview import open_cases, replaced_rows
from underlag.batch.ledger.sums import book_sums
from underlag.batch.loads.planned import FOLDER, PlannedLoad, is_written
from underlag.batch.processes.known_taks import is_compared
from underlag.batch.processes.pool import Pool
from underlag.batch.records.ledger import LoadView, ReplyView, Stop
from underlag.batch.records.load_texts import lost_loads
from underlag.batch.records.workbooks import Batch, State
from underlag.batch.register.store import Register
from underlag.batch.replies.stored import replies_to_report
from underlag.documents.package_names import INDEX, REPLY
from underlag.gc_pause import garbage_collection_paused
from underlag.package.folder import PackageError
from underlag.profiles import profiles
from underlag.regions.region import Regions
from underlag.text.numbers import counted, counted_in_notice

#: The folder in which earlier versions merged the orders of a run.
_EARLIER: Final = "samlad"
_EARLIER_STAYS: Final = (
    "Mappen samlad är från en tidigare version av underlag och lämnas orörd. Det som ska läsas in ligger nu "
    "i numrerade mappar i inlasningar."
)

#: The latest reply of a case, where no reply was noted since it was made.
_UNSENT: Final = """
SELECT text FROM events WHERE number = (
    SELECT max(number) FROM events WHERE case_number = :case AND kind = :drafted
) AND number > (
    SELECT coalesce(max(number), 0) FROM events WHERE case_number = :case AND kind = :replied AND book = 0
)
"""


class Place(NamedTuple):
    """The output folder, its folder for unfinished files, and the addresses of customer service.

    `register` is its file, or its folder where the file has the usual name.
    """

    out: Path
    work: Path
    own: tuple[str, ...]
    register: Path


@garbage_collection_paused()
def conclude(  # noqa: PLR0917 - the parts of a run
    batch: Batch,
    register: Register,
    place: Place,
    pool: Pool,
    choices: Sequence[Choice],
    regions: Regions,
) -> None:
    """Take a finished run's workbooks into the ledger, and write its loads, replies and summary.

    Only then the register records the run as reported, so that after an interruption the next run reports it.
    """
    from underlag.batch.summary.write import write_summary  # noqa: PLC0415 - only a finished run needs it

    ledger = Ledger(register, batch.now, regions, place.out / FOLDER)
    try:
        with _loads_written(ledger, place, pool):  # those of an interrupted run, as they were then
            pass
        if any(book.made and not book.unchanged for book in batch.workbooks):
            pool.begin("pandas")  # merging rows needs it, and its import takes as long as `take_in`
        ledger.take_in(
            batch.workbooks, batch.rejected, choices, lambda made: is_compared(made, pool.settings)
        )
        with _loads_written(ledger, place, pool) as go_on:
            # Meanwhile the workers merge the rows: at the end there would be nothing left for them to do.
            with register.translated_errors():
                _describe(batch, ledger, regions)
                batch.chosen = chosen(ledger.database, choices)
                batch.notices += chosen_before(choices, chosen(ledger.database))
            batch.replies = _write_replies(register, place, pool, go_on)
            _note_replies(batch, register)
        with register.translated_errors():
            against = stops(ledger.database)
        batch.loads = [_load_view(load, against) for load in ledger.loads_to_report()]
        pending = ledger.pending_loads()
        batch.pending = [_load_view(load, against) for load in pending if (load.folder / INDEX).is_file()]
        batch.lost = [load.folder.name for load in pending if not (load.folder / INDEX).is_file()]
        if batch.lost:
            batch.notices.append(lost_loads(batch.lost))
        if (place.out / _EARLIER).is_dir():
            batch.notices.append(_EARLIER_STAYS)
        write_summary(batch, place.out, place.register)
    except PackageError as error:
        raise PackageError(f"{error} {_what_is_done(batch)}") from error
    ledger.mark_reported([book.made.fingerprint for book in batch.workbooks if book.made])


def carry_over_earlier(batch: Batch, register: Register, regions: Regions) -> None:
    """Convert a register without a ledger, before anything new is registered, and add a notice.

    Until a run has finished, each one adds it: the first may have been interrupted.
    """
    ledger = Ledger(register, batch.now, regions, Path())
    ledger.carry_over()
    if books := ledger.carried_over():
        batch.notices.append(
            "Registret från en tidigare version av underlag är övertaget: "
            f"{counted_in_notice(books, 'arbetsbok', 'arbetsböcker')}. "
            "Det de beställde räknas som beställt och läses inte in igen."
        )


def _write_replies(
    register: Register, place: Place, pool: Pool, meanwhile: Callable[[], None]
) -> list[ReplyView]:
    """Write the replies of this run, and those of an interrupted one."""
    own = {address.casefold() for address in (*place.own, *(each.mail_to for each in profiles().values()))}
    replies = replies_to_report(register, place.out, own)
    if not replies:
        return []
    from underlag.batch.replies.write import ReplyWriter  # noqa: PLC0415 - only runs with replies need it

    return ReplyWriter(register, place.work, own).write(replies, pool, meanwhile)


def _what_is_done(batch: Batch) -> str:
    """Return how many packages are finished, for an error that follows."""
    made = sum(book.made is not None for book in batch.workbooks)
    if made == len(batch.workbooks):
        return "Arbetsböckernas paket är klara. Kör igen."
    return f"{made} av {counted(len(batch.workbooks), 'arbetsbok', 'arbetsböcker')} har fått paket. Kör igen."


@contextmanager
def _loads_written(ledger: Ledger, place: Place, pool: Pool) -> Iterator[Callable[[], None]]:
    """Begin to write the planned loads that do not exist yet; when the context ends they do.

    The context is a function to call now and then, so that each goes on when it can.
    """
    loads = (
        PlannedLoad(load.number, load.environment, load.folder, load.made_at, place.register)
        for load in ledger.loads_to_report()
    )
    with ExitStack() as begun:
        steps = [
            begun.enter_context(_load_written(ledger, load, place, pool))
            for load in loads
            if not is_written(load)
        ]

        def go_on() -> None:
            for step in steps:
                step()

        yield go_on


def _load_written(
    ledger: Ledger, load: PlannedLoad, place: Place, pool: Pool
) -> AbstractContextManager[Callable[[], None]]:
    """Begin to write a load; when the context ends it is there."""
    from underlag.batch.loads.folder import load_written  # noqa: PLC0415 - only runs with loads need it
    from underlag.batch.loads.ledger_rows import replaced_by, rows_of_load  # noqa: PLC0415 - as above

    rows = rows_of_load(ledger.database, load.number)
    return load_written(load, rows, replaced_by(ledger.database, load.number), place.work, pool)


def _describe(batch: Batch, ledger: Ledger, regions: Regions) -> None:
    """Fill in the state of the ledger."""
    database = ledger.database
    batch.conflicts = waiting(database)
    batch.rejected = with_cases(database, batch.rejected)
    batch.replaced = replaced_rows(database)
    known = [book for book in batch.workbooks if book.made and book.state is not State.TWICE]
    for book in known:
        fingerprint = book.made.fingerprint if book.made else ""
        found = database.execute(
            "SELECT number, case_number FROM books WHERE fingerprint = ? ORDER BY number DESC", (fingerprint,)
        ).fetchone()
        if found:
            book.number, book.case = found
    sums = book_sums(database, (book.number for book in known if book.number))
    for book in known:
        book.rows = sums.get(book.number, book.rows)
    batch.cases = open_cases(database, sums)
    batch.notices += differing_names(database)
    batch.notices += absent_sentences(database)
    batch.notices += stated_regions(database, (b for b in known if not b.unchanged), regions)


def _note_replies(batch: Batch, register: Register) -> None:
    """Fill in the latest reply about each workbook and case.

    A duplicate has that of the workbook that came first.
    """
    batch.cases = [case._replace(draft=_draft(register, case.number)) for case in batch.cases]
    for book in batch.workbooks:
        found = register.query(
            "SELECT folder FROM replies WHERE number = (SELECT max(reply) FROM answered "
            "WHERE book = ? AND book > 0)",
            ((book.same_as or book).number,),
        )
        path = register.resolved(found[0][0]) / REPLY if found else None
        book.reply = path if path is not None and path.is_file() else None


def _draft(register: Register, case: int) -> Path | None:
    """Return the file of the latest reply of a case, None where a reply was noted since it was made."""
    about = {"case": case, "drafted": Event.DRAFTED, "replied": Event.REPLIED}
    found = register.query(_UNSENT, about)
    path = register.resolved(found[0][0]) / REPLY if found else None
    return path if path is not None and path.is_file() else None


def _load_view(load: StoredLoad, against: Sequence[Stop]) -> LoadView:
    index: dict[str, Any] = json_text.parse((load.folder / INDEX).read_bytes())
    return LoadView(
        load.number,
        load.environment,
        load.folder,
        len(index["bestallningar"]),
        index["adressater"],
        index["rader"],
        tuple(stop for stop in against if stop.load == load.number),
    )
