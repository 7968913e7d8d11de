"""A whole batch: find the workbooks, make what is new or changed, and tell what they are together."""

import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

from underlag.batch.fingerprint import fingerprint, order_file_beside
from underlag.batch.inbox import Found, collect
from underlag.batch.ledger.decide import Choice
from underlag.batch.processes.pool import Died, Pool
from underlag.batch.publish import Publisher
from underlag.batch.records.workbooks import (
    Batch,
    PackageRecord,
    Settings,
    State,
    Workbook,
)
from underlag.batch.register.store import Register, altered_files
from underlag.batch.together import Place, carry_over_earlier, conclude
from underlag.batch.workbook_job import Failure, WorkbookJob
from underlag.regions.region import Regions, known_regions

#: In the output folder, what is not finished; whatever an interrupted run left there is thrown away.
WORK: Final = ".underlag-arbete"
#: In that folder, what one run at a time holds: a register of nothing.
_LOCK: Final = "las.sqlite"

_DIED: Final = (
    "Processen som granskade arbetsboken avslutades oväntat, kanske för att minnet tog slut. Granska den "
    "för sig med underlag bestall."
)

#: Is told how many workbooks are done, of how many, and the last one's name.
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
    """Work on every workbook in files, folders, zip files and mails.

    Args:
        paths: what was handed in.
        out: the output folder; made if it does not exist.
        pool: does the work; its settings count for every workbook.
        register: the register's file.
        progress: is called after each workbook.
        stopped: tells whether to stop; what is begun is then finished, and nothing is taken into the ledger.
        choices: a person's decisions in conflicts.
        regions: the known regions; those that ship with the package where none are given.
        own: customer service's own e-mail addresses, to which no reply is copied.
        wait: seconds to wait for another run in the same output folder or register.
        waiting: is called once before that.

    Raises:
        RegisterError: the register cannot be used.
        UnusableChoiceError: a decision is about nothing that waits.
        PackageError: what the workbooks are together cannot be written.
        OSError: the output folder cannot be made.
    """
    out = out.resolve()
    out.mkdir(parents=True, exist_ok=True)
    batch = Batch(pool.settings.options.now)
    regions = regions or known_regions()
    with Register(register, wait=wait, waiting=waiting, may_begin=lambda: _why_not(register, out)) as noted:
        work = out / WORK
        work.mkdir(exist_ok=True)
        # Runs with registers of their own must not meet in the output folder either.
        lock = Register(work / _LOCK, wait=wait, waiting=waiting)
        try:
            with lock:
                _clear(work, lock.files)
                # A process of a killed run may write for a moment more, in the folder of that run.
                fresh = Path(tempfile.mkdtemp(dir=work))
                carry_over_earlier(batch, noted, regions)
                found = _collected(batch, paths, [out, *noted.files])
                run = _Run(batch, noted, Publisher(noted, out, fresh), fresh, progress, regions)
                run.work(found, pool, stopped)
                if not batch.interrupted:
                    conclude(batch, noted, Place(out, fresh, tuple(own)), pool, choices, regions)
        finally:
            shutil.rmtree(work, ignore_errors=True)
    return batch


def _why_not(register: Path, out: Path) -> str:
    """Return why a register must not begin anew: beside old packages everything would be ordered again."""
    if not any(out.glob("*/rapport.json")) and not any(out.glob("inlasningar/*/rapport.json")):
        return ""
    return (
        f"Registret {register} saknas, men i {out} finns paket eller inläsningar från tidigare. Lägg "
        "tillbaka registret "
        "från en säkerhetskopia, peka ut det med --register, eller ange en ny katalog för --ut. Annars "
        "skulle samma sak "
        "kunna beställas två gånger. Inget har ändrats."
    )


def _clear(work: Path, kept: Sequence[Path]) -> None:
    """Throw away what an interrupted run left."""
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
    """The work on the workbooks of one run, in the order in which they were found."""

    def __init__(  # noqa: PLR0917 - what a run has
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
        """Make what is new or changed."""
        begun: list[tuple[Workbook, WorkbookJob]] = []
        results = pool.results(self._jobs(found, pool.settings, begun), stopped)
        # The result comes first: it is for this that the next workbook is begun.
        for result, (book, job) in zip(results, begun, strict=False):
            self._take(book, job, result)
            self._done(book)
        if len(self._finished) < len(found):
            self._batch.interrupted = True
            self._batch.workbooks = [book for book in self._batch.workbooks if id(book) in self._finished]

    def _jobs(
        self, found: Sequence[Found], settings: Settings, begun: list[tuple[Workbook, WorkbookJob]]
    ) -> Iterator[WorkbookJob]:
        """Yield what there is to do, noted in `begun`, and pass over what is done."""
        for number, one in enumerate(found):
            mark = fingerprint(one, settings)
            book = Workbook(one, State.REJECTED)
            self._batch.workbooks.append(book)
            if mark in self._first:
                self._is_twice(book, self._first[mark])
                self._done(book)
                continue
            self._first[mark] = book
            made = self._register.find(mark)
            if made is not None and altered_files(made) == []:
                self._keep(book, made)
                self._done(book)
                continue
            order_file = order_file_beside(one, settings.options.order_file)
            job = WorkbookJob(one, mark, order_file, self._work / str(number))
            begun.append((book, job))
            yield job

    def _done(self, book: Workbook) -> None:
        self._finished.add(id(book))
        self._progress(len(self._finished), self._batch.planned, book.found.name)

    def _take(self, book: Workbook, job: WorkbookJob, result: PackageRecord | Failure | Died) -> None:
        if isinstance(result, PackageRecord):
            earlier = self._seen.get(self._identity(result))
            if earlier is not None:
                self._is_twice(book, earlier)
                return
            published = self._publisher.publish(result, job.folder)
            if isinstance(published, Failure):
                book.reason = published.reason
                return
            book.made, book.reason = published
            book.state = book.made.state
            self._seen[self._identity(book.made)] = book
            return
        book.reason = _DIED if isinstance(result, Died) else result.reason

    def _keep(self, book: Workbook, made: PackageRecord) -> None:
        """Take over what an earlier run made; of an interrupted one, as if it were this run's."""
        book.made, book.state, book.unchanged = made, made.state, bool(made.told_at)
        self._seen[self._identity(made)] = book

    def _is_twice(self, book: Workbook, first: Workbook) -> None:
        book.state, book.same_as = State.TWICE, first
        book.reason = f"Har samma innehåll som {first.found.origin}, som redan är med."

    def _identity(self, made: PackageRecord) -> tuple[str, str, str]:
        return made.sha256, made.environment, self._regions.named(made.region).key
