"""Runs a batch: finds the workbooks, makes packages of new or changed ones, updates the ledger, reports."""

import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

from underlag.batch.fingerprint import Fingerprints, order_file_beside
from underlag.batch.inbox import Found, collect
from underlag.batch.ledger.decide import Choice
from underlag.batch.ledger.packed_rows import unpack_review
from underlag.batch.processes.pool import Died, Pool
from underlag.batch.publish import Publisher
from underlag.batch.records.workbooks import (
    Batch,
    PackageRecord,
    Settings,
    State,
    Workbook,
)
from underlag.batch.register.later_mails import LaterMails
from underlag.batch.register.store import Register, altered_files
from underlag.batch.resent import Resent, replaced_by
from underlag.batch.together import Place, carry_over_earlier, conclude
from underlag.batch.workbook_job import Failure, WorkbookJob
from underlag.reading.order_details.order_file import NAME as ORDER_FILE
from underlag.regions.region import Regions, known_regions

#: Folder in the output folder for unfinished files; leftovers of an interrupted run are deleted.
WORK: Final = ".underlag-arbete"
#: File in that folder that one run at a time locks: an empty register.
_LOCK: Final = "las.sqlite"

_DIED: Final = (
    "Processen som granskade arbetsboken avslutades oväntat, kanske för att minnet tog slut. Granska den "
    "för sig med underlag bestall."
)

#: Called with the number of finished workbooks, their total, and the name of the last one.
Progress = Callable[[int, int, str], None]


def run_batch(
    paths: Iterable[Path],
    out: Path,
    pool: Pool,
    *,
    register: Path,
    progress: Progress = lambda _done, _total, _name: None,
    stopped: Callable[[], bool] = lambda: False,
    choices: Sequence[Choice] = (),
    regions: Regions | None = None,
    own: Sequence[str] = (),
    wait: float = 0,
    waiting: Callable[[], None] = lambda: None,
) -> Batch:
    """Process every workbook in files, folders, zip files and mails.

    Args:
        paths: the files and folders to process.
        out: the output folder; created if it does not exist.
        pool: the worker processes; their settings apply to every workbook.
        register: the register's file.
        progress: called after each workbook.
        stopped: returns whether to stop. Started workbooks are then finished, and the ledger stays unchanged.
        choices: a person's decisions on conflicts.
        regions: the known regions; by default those of the package.
        own: customer service's own e-mail addresses, to which no reply is copied.
        wait: seconds to wait for another run in the same output folder or register.
        waiting: called once before waiting.

    Raises:
        RegisterError: the register cannot be used.
        UnusableChoiceError: a decision concerns nothing that waits.
        PackageError: loads, replies or the summary cannot be written.
        OSError: the output folder cannot be created.
    """
    out = out.resolve()
    out.mkdir(parents=True, exist_ok=True)
    batch = Batch(pool.settings.options.now)
    regions = regions or known_regions()
    with Register(register, wait=wait, waiting=waiting, may_begin=lambda: _why_not(register, out)) as noted:
        work = out / WORK
        work.mkdir(exist_ok=True)
        # Runs with different registers must not share the output folder at the same time.
        lock = Register(work / _LOCK, wait=wait, waiting=waiting)
        try:
            with lock:
                _clear(work, lock.files)
                # A worker of a killed run may still write to that run's folder for a moment.
                fresh = Path(tempfile.mkdtemp(dir=work))
                carry_over_earlier(batch, noted, regions)
                found = _collected(batch, paths, [out, *noted.files])
                run = _Run(batch, noted, Publisher(noted, out, fresh), fresh, progress, regions)
                run.work(found, pool, stopped)
                if not batch.interrupted:
                    place = Place(out, fresh, tuple(own), noted.place)
                    conclude(batch, noted, place, pool, choices, regions)
        finally:
            shutil.rmtree(work, ignore_errors=True)
    return batch


def _why_not(register: Path, out: Path) -> str:
    """Return why an empty register must not be created: next to packages all would be ordered again."""
    if not any(out.glob("*/rapport.json")) and not any(out.glob("inlasningar/*/rapport.json")):
        return ""
    return (
        f"Registret {register} saknas, men i {out} finns paket eller inläsningar från tidigare. Lägg "
        "tillbaka registret från en säkerhetskopia, peka ut det med --register, eller ange en ny katalog för "
        "--ut. Annars skulle samma sak kunna beställas två gånger. Inget har ändrats."
    )


def _clear(work: Path, kept: Sequence[Path]) -> None:
    """Delete the leftovers of an interrupted run."""
    for path in work.iterdir():
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        elif path not in kept:
            path.unlink(missing_ok=True)


def _collected(batch: Batch, paths: Iterable[Path], leave_out: Sequence[Path]) -> list[Found]:
    found: list[Found] = []
    for one in collect(paths, leave_out=leave_out):
        if isinstance(one, Found):
            found.append(one)
        else:
            batch.rejected.append(one)
    batch.planned = len(found)
    return found


class _Run:
    """Processes the workbooks of a run, in the order in which they were found."""

    def __init__(  # noqa: PLR0917 - the parts of a run
        self,
        batch: Batch,
        register: Register,
        publisher: Publisher,
        work: Path,
        progress: Progress,
        regions: Regions,
    ) -> None:
        self._batch = batch
        self._register = register
        self._publisher = publisher
        self._work = work
        self._progress = progress
        self._regions = regions
        self._finished: set[int] = set()
        self._first: dict[str, Workbook] = {}
        self._seen: dict[tuple[str, str, str], Workbook] = {}

    def work(self, found: Sequence[Found], pool: Pool, stopped: Callable[[], bool]) -> None:
        """Make packages of new and changed workbooks."""
        begun: list[tuple[Workbook, WorkbookJob]] = []
        results = pool.results(self._jobs(found, pool.settings, begun), stopped)
        taken = 0
        for some in results.together():
            # Advancing `results` is what appends to `begun`.
            made = begun[taken : taken + len(some)]
            self._take([(book, job, result) for (book, job), result in zip(made, some, strict=True)])
            taken += len(some)
            for book, _ in made:
                self._done(book)
        if len(self._finished) < len(found):
            self._batch.interrupted = True
            self._batch.workbooks = [book for book in self._batch.workbooks if id(book) in self._finished]

    def _jobs(
        self, found: Sequence[Found], settings: Settings, begun: list[tuple[Workbook, WorkbookJob]]
    ) -> Iterator[WorkbookJob]:
        """Yield jobs for new and changed workbooks, recorded in `begun`; mark the others as finished."""
        fingerprints = Fingerprints(settings)
        mails = LaterMails(self._register, self._batch.rejected)
        resent = Resent(fingerprints, self._register, found, settings.options.now)
        replaced: list[tuple[Workbook, str]] = []
        counting: dict[str, Workbook] = {}
        for number, plain in enumerate(found):
            one, mark = plain, fingerprints.of(plain)
            book = Workbook(plain, State.TWICE)
            self._batch.workbooks.append(book)
            if instead := resent.replaced_by(mark):
                replaced.append((book, instead))
                continue
            counting.setdefault(mark, book)
            if plain.mail and self._register.find(mark) is None:
                if self._is_replaced_earlier(book, mark, resent):
                    self._done(book)
                    continue
                # A mail about a workbook that an earlier run examined waits for a person: it may be in a
                # load.
                book.found = one = mails.with_remarks(plain)
                mark = fingerprints.of(one)
            if self._is_known(book, mark):
                self._done(book)
                continue
            order_file = self._order_file(one, number, settings.options.order_file)
            job = WorkbookJob(one, mark, order_file, self._work / str(number))
            begun.append((book, job))
            yield job
        for book, instead in replaced:
            book.same_as = counting[instead]
            book.reason = replaced_by(counting[instead].found.origin, book.found.remarks)
            self._done(book)

    def _is_known(self, book: Workbook, mark: str) -> bool:
        """Whether a workbook came already, in this run or an earlier one; then it gets its state."""
        if mark in self._first:
            self._is_twice(book, self._first[mark])
            return True
        book.state = State.REJECTED
        self._first[mark] = book
        made = self._register.find(mark)
        if made is None or altered_files(made) != []:
            return False
        self._keep(book, made)
        return True

    def _is_replaced_earlier(self, book: Workbook, mark: str, resent: Resent) -> bool:
        """Whether an earlier run has a later copy of a workbook; a new mail is noted with that one."""
        earlier = resent.replaced_earlier(book.found, mark)
        if earlier is None:
            return False
        book.reason = replaced_by(earlier.origin, book.found.remarks)
        if not self._register.received(mark):
            counts = Found(earlier.name, earlier.origin, book.found.path)
            book.same_as = Workbook(counts, State.DONE, made=self._register.find(earlier.fingerprint))
        return True

    def _order_file(self, found: Found, number: int, given: Path | None) -> Path | None:
        """Return the order file of a workbook; one that came in a mail or zip file is unpacked."""
        if given is not None or not found.order_file:
            return order_file_beside(found, given)
        path = self._work / f"{number}-bestallning" / ORDER_FILE
        path.parent.mkdir()
        path.write_bytes(found.order_file)
        return path

    def _done(self, book: Workbook) -> None:
        self._finished.add(id(book))
        self._progress(len(self._finished), self._batch.planned, book.found.name)

    def _take(self, done: Iterable[tuple[Workbook, WorkbookJob, PackageRecord | Failure | Died]]) -> None:
        """Publish the packages of workbooks together, but of equal ones that of the first."""
        packages: dict[tuple[str, str, str], tuple[Workbook, PackageRecord, Path]] = {}
        for book, job, result in done:
            if not isinstance(result, PackageRecord):
                book.reason = _DIED if isinstance(result, Died) else result.reason
                continue
            identity = self._identity(result)
            if identity in packages:
                self._publish(packages.values())
                packages.clear()
            if identity in self._seen:
                self._is_twice(book, self._seen[identity])
            else:
                packages[identity] = book, result, job.folder
        self._publish(packages.values())

    def _publish(self, packages: Iterable[tuple[Workbook, PackageRecord, Path]]) -> None:
        packages = list(packages)
        results = self._publisher.publish([(made, folder) for _, made, folder in packages])
        for (book, _, _), published in zip(packages, results, strict=True):
            if isinstance(published, Failure):
                book.reason = published.reason
                continue
            book.made, about_package = published
            book.state, book.reason, book.quoted = book.made.state, about_package, book.made.message
            self._seen[self._identity(book.made)] = book

    def _keep(self, book: Workbook, made: PackageRecord) -> None:
        """Use the package of an earlier run; one of an interrupted run counts as this run's."""
        book.made, book.state, book.unchanged = made, made.state, bool(made.told_at)
        book.reason = self._register.remark(made.fingerprint) or ""
        if not book.unchanged or self._register.has_open_case(made.fingerprint):
            with self._register.translated_errors():
                found = unpack_review(self._register.content(made.fingerprint))
            book.quoted = found.quoted if found else ""
        self._seen[self._identity(made)] = book

    def _is_twice(self, book: Workbook, first: Workbook) -> None:
        book.state, book.same_as = State.TWICE, first
        book.reason = f"Har samma innehåll som {first.found.origin}, som redan är med."

    def _identity(self, made: PackageRecord) -> tuple[str, str, str]:
        return made.sha256, made.environment, self._regions.named(made.region).key
