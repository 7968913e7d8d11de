"""The folder of a load: TAK orders and their undo, lists of addressees, and where each row is from.

A load is written once and never touched again. Other processes do the work, like that on the workbooks.
"""

import errno
import os
from collections import defaultdict
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from underlag.batch.ledger.packed_rows import Head
from underlag.batch.loads.jobs import ListsJob, MergeJob, PageJob, RowsJob, TakJob, put_rows
from underlag.batch.loads.json_document import MergedEntry
from underlag.batch.loads.planned import PlannedLoad
from underlag.batch.loads.row_table import LoadRows
from underlag.batch.processes.known_taks import has_tak
from underlag.batch.processes.pool import Died, Job, Pool, Results
from underlag.batch.records.workbooks import Settings
from underlag.documents.package_names import INDEX, FileEntry
from underlag.package.folder import PackageError, write_folder
from underlag.package.work_folder import private_folder
from underlag.profiles import profiles
from underlag.text.file_names import natural
from underlag.text.system_errors import why_and_remedy

_Result = TypeVar("_Result")


@contextmanager
def load_written(
    load: PlannedLoad, rows: Iterable[LoadRows], replaced: Mapping[int, int], work: Path, pool: Pool
) -> Iterator[Callable[[], None]]:
    """Begin to write the folder of a load; when the context ends it is there.

    The context is a function to call now and then: it goes on with the next step once the one before is done.

    Args:
        load: the load.
        rows: its rows, in parts.
        replaced: counts the rows of earlier loads that these replace, by the number of the load.
        work: a folder for what is not finished.
        pool: does the work, also during the context.

    Raises:
        PackageError: the operating system refuses to write.
    """
    staged = work / load.folder.name
    staged.mkdir()
    with private_folder() as shared:
        heads = put_rows(shared, rows)
        not_restored = {} if _restores(load, heads.values(), pool.settings) else replaced
        writing = _Writing(load, not_restored, shared, staged, pool)
        yield writing.go_on
        writing.finish()
    _put_in_place(staged, load.folder, [file.name for file in writing.files], writing.index)


class _Writing:
    """The files of a load, which are written in steps: each needs the results of the one before.

    Attributes:
        files: the files, once all are written.
        index: the content of rapport.json, once there is one.
    """

    def __init__(
        self, load: PlannedLoad, not_restored: Mapping[int, int], shared: Path, staged: Path, pool: Pool
    ) -> None:
        self.files: list[FileEntry] = []
        self.index = b""
        self._load = load
        self._not_restored = not_restored
        self._shared = shared
        self._staged = staged
        self._pool = pool
        self._steps = self._in_steps()
        self._results: Results[Any] | None = pool.results(next(self._steps))

    def go_on(self) -> None:
        """Begin the next step if the one before is done."""
        if self._results is not None and self._results.are_there():
            self._begin_next(self._results)

    def finish(self) -> None:
        """Wait for all steps."""
        while self._results is not None:
            self._begin_next(self._results)

    def _begin_next(self, results: Results[Any]) -> None:
        try:
            jobs = self._steps.send(_all(results, self._load))
        except StopIteration:
            self._results = None
        else:
            self._results = self._pool.results(jobs)

    def _in_steps(self) -> Generator[list[Job[Any]], list[Any], None]:
        """Yield the jobs of each step, and receive their results."""
        # The list needs no merged orders, so both are made at the same time.
        entries, files = yield [MergeJob(self._load, self._shared), RowsJob(self._shared, self._staged)]
        orders = tuple(self._shared / f"{one.number}.order" for one in entries)
        jobs: list[Job[Any]] = [ListsJob(orders, self._staged)]
        jobs += [
            TakJob(str(tak), tuple(orders[at] for at in shared_by), orders if removes else (), self._staged)
            for (tak, removes), shared_by in _sharing(entries).items()
        ]
        files += [file for some in (yield jobs) for file in some]
        files.sort(key=lambda file: natural(file.name))
        last = PageJob(
            self._load, self._not_restored, tuple(entries), tuple(files), self._shared, self._staged
        )
        ((page, self.index),) = yield [last]
        self.files = [*files, page]


def _put_in_place(staged: Path, folder: Path, names: Sequence[str], index: bytes) -> None:
    """Write the index of a finished folder, and rename the folder; on another disk, copy it.

    Raises:
        PackageError: the operating system refuses.
    """
    try:
        with (staged / INDEX).open("xb") as file:
            file.write(index)
            # The index has the checksums that reveal a file lost in a power failure.
            file.flush()
            os.fsync(file.fileno())
        folder.parent.mkdir(parents=True, exist_ok=True)
        staged.rename(folder)
    except OSError as error:
        if error.errno == errno.EXDEV:
            write_folder(folder, [*((name, staged / name) for name in names), (INDEX, index)])
            return
        raise PackageError(
            f"Det gick inte att skriva inläsningen {folder.name}: {why_and_remedy(error)}."
        ) from error


def _restores(load: PlannedLoad, heads: Iterable[Head], settings: Settings) -> bool:
    """Whether the undo brings back what the load replaces: that takes the content of the TAK."""
    environments = (profiles()[head.profile].environment(load.environment) for head in heads)
    return all(has_tak(one.platform, settings) for one in environments if one)


def _sharing(entries: Sequence[MergedEntry]) -> dict[tuple[int, bool], list[int]]:
    """Return which orders share TAK orders, by the number of these and whether they remove."""
    found: defaultdict[tuple[int, bool], list[int]] = defaultdict(list)
    for at, one in enumerate(entries):
        found[one.tak, one.removes].append(at)
    return found


def _all(results: Iterable[_Result | str | Died], load: PlannedLoad) -> list[_Result]:
    """Return the result of every job.

    Raises:
        PackageError: one could not be done.
    """
    found = []
    for result in results:
        if isinstance(result, Died | str):
            reason = result if isinstance(result, str) else "processen som skrev den avslutades oväntat"
            raise PackageError(f"Det gick inte att skriva inläsningen {load.folder.name}: {reason}.")
        found.append(result)
    return found
