"""A whole batch: find the workbooks, make what is new or changed, and tell what they are together."""

import shutil
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

from underlag.batch.fingerprint import fingerprint, order_file_beside
from underlag.batch.inbox import Found, collect
from underlag.batch.merged.folder import write_merged
from underlag.batch.merged.versions import find_versions
from underlag.batch.processes.pool import Died, Pool
from underlag.batch.publish import Publisher
from underlag.batch.records.workbooks import (
    Batch,
    Conflict,
    ConflictKind,
    PackageRecord,
    Settings,
    State,
    Workbook,
)
from underlag.batch.register.store import Register, altered_files
from underlag.batch.workbook_job import Failure, WorkbookJob
from underlag.package.folder import PackageError
from underlag.text.numbers import counted

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
) -> Batch:
    """Work on every workbook in files, folders, zip files and mails.

    Args:
        paths: what was handed in.
        out: the output folder; made if it does not exist.
        pool: does the work; its settings count for every workbook.
        register: the register's file.
        progress: is called after each workbook.
        stopped: tells whether to stop; what is begun is then finished, and nothing is merged.

    Raises:
        RegisterError: the register cannot be used.
        PackageError: what the workbooks are together cannot be written.
        OSError: the output folder cannot be made.
    """
    out = out.resolve()
    out.mkdir(parents=True, exist_ok=True)
    batch = Batch(pool.settings.options.now)
    with Register(register) as noted:
        work = out / WORK
        work.mkdir(exist_ok=True)
        # Runs with registers of their own must not meet in the output folder either.
        lock = Register(work / _LOCK)
        try:
            with lock:
                _clear(work, lock.files)
                # A process of a killed run may write for a moment more, in the folder of that run.
                own = Path(tempfile.mkdtemp(dir=work))
                found = _collected(batch, paths, [out, *noted.files])
                run = _Run(batch, noted, Publisher(noted, out, own), own, progress)
                run.work(found, pool, stopped)
                if not batch.interrupted:
                    _together(batch, noted, out, own, pool)
        finally:
            shutil.rmtree(work, ignore_errors=True)
    return batch


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

    def __init__(
        self, batch: Batch, register: Register, publisher: Publisher, work: Path, progress: Progress
    ) -> None:
        self._batch = batch
        self._register = register
        self._publisher = publisher
        self._work = work
        self._progress = progress
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
            earlier = self._seen.get(_identity(result))
            if earlier is not None:
                self._is_twice(book, earlier)
                return
            published = self._publisher.publish(result, job.folder)
            if isinstance(published, Failure):
                book.reason = published.reason
                return
            book.made, book.reason = published
            book.state = book.made.state
            self._seen[_identity(book.made)] = book
            return
        book.reason = _DIED if isinstance(result, Died) else result.reason

    def _keep(self, book: Workbook, made: PackageRecord) -> None:
        """Take over what an earlier run made; of an interrupted one, as if it were this run's."""
        book.made, book.state, book.unchanged = made, made.state, bool(made.told_at)
        self._seen[_identity(made)] = book

    def _is_twice(self, book: Workbook, first: Workbook) -> None:
        origins = (first.found.origin, book.found.origin)
        book.reason = f"Har samma innehåll som {first.found.origin}, som redan är med."
        message = f"{origins[1]} har samma innehåll som {origins[0]}. Bara den första är med."
        environment = first.made.environment if first.made else ""
        kind = ConflictKind.SAME_CONTENT
        self._batch.conflicts.append(Conflict(kind, environment, "", (), origins, message))


def _identity(made: PackageRecord) -> tuple[str, str, str]:
    return made.sha256, made.environment, made.region


def _together(batch: Batch, register: Register, out: Path, work: Path, pool: Pool) -> None:
    """Tell what the workbooks are together; only then the register notes that this run has told of them."""
    from underlag.batch.summary.write import write_summary  # noqa: PLC0415 - only a finished run needs it

    batch.conflicts += find_versions(batch.workbooks, register, batch.now)
    try:
        batch.conflicts += write_merged(batch, out, work, register.content, pool)
        write_summary(batch, out)
    except PackageError as error:
        raise PackageError(f"{error} {_what_is_done(batch)}") from error
    register.mark_reported([book.made.fingerprint for book in batch.workbooks if book.made], batch.now)


def _what_is_done(batch: Batch) -> str:
    """Say which packages are there, though what the workbooks are together could not be written."""
    made = sum(book.made is not None for book in batch.workbooks)
    if made == len(batch.workbooks):
        return "Arbetsböckernas paket är klara. Kör igen."
    return f"{made} av {counted(len(batch.workbooks), 'arbetsbok', 'arbetsböcker')} har fått paket. Kör igen."
