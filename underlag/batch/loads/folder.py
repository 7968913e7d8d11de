"""The folder of a load: TAK orders and their undo, lists of addressees, and where each row is from.

A load is written once and never touched again. Merging is done in another process, like the work on the
workbooks, and what passes between the processes lies where nobody else can write.
"""

import errno
import os
import pickle
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any, Final, TypeVar

from underlag.batch.loads.json_document import MergedEntry, entry, load_json
from underlag.batch.loads.orders import merge
from underlag.batch.loads.page import load_html, rows_csv
from underlag.batch.loads.planned import PlannedLoad
from underlag.batch.loads.row_table import LoadIndex, LoadRows, table_of
from underlag.batch.processes.known_taks import has_tak
from underlag.batch.processes.pool import Died, Job, Pool, Results
from underlag.batch.processes.unanswered import UnansweredError
from underlag.batch.records.load_texts import relative
from underlag.batch.records.workbooks import Settings
from underlag.documents.package_names import INDEX, FileEntry
from underlag.gc_pause import garbage_collection_paused
from underlag.orders.order import Addressee, Order
from underlag.package.folder import PackageError, write_folder
from underlag.package.work_folder import private_folder
from underlag.profiles import ProfileError, profiles
from underlag.text.file_names import natural
from underlag.text.system_errors import why_and_remedy

#: In the folder that processes share, the rows to be merged.
ROWS: Final = "rows"

_Result = TypeVar("_Result")


@contextmanager
def load_written(load: PlannedLoad, rows: LoadRows, work: Path, pool: Pool) -> Iterator[Callable[[], None]]:
    """Begin to write the folder of a load; when the context ends it is there.

    The context is a function to call now and then: it goes on with the next step once the first is done.

    Args:
        load: the load.
        rows: its rows.
        work: a folder for what is not finished.
        pool: does the work, also during the context.

    Raises:
        PackageError: the operating system refuses to write.
    """
    staged = work / load.folder.name
    staged.mkdir()
    with private_folder() as shared:
        (shared / ROWS).write_bytes(pickle.dumps(rows))
        writing = _Writing(load, shared, staged, pool)
        yield writing.go_on
        entries, files = writing.finish()
    _finish(load, rows, staged, entries, files, pool.settings)


class _Writing:
    """The files of a load, which are written in two steps."""

    def __init__(self, load: PlannedLoad, shared: Path, staged: Path, pool: Pool) -> None:
        self._load = load
        self._shared = shared
        self._staged = staged
        self._pool = pool
        # The list needs no merged orders, so both are made at the same time.
        jobs: list[Job[Any]] = [MergeJob(load, shared), RowsJob(shared / ROWS, staged)]
        self._first = pool.results(jobs)
        self._second: Results[list[FileEntry] | str | Died] | None = None
        self._entries: list[MergedEntry] = []
        self._files: list[FileEntry] = []

    def go_on(self) -> None:
        """Begin the second step if the first is done."""
        if self._second is None and self._first.are_there():
            self._second = self._begin_second()

    def finish(self) -> tuple[list[MergedEntry], list[FileEntry]]:
        """Wait for the files, and return the descriptions of the merged orders and the files."""
        second = self._second or self._begin_second()
        self._files += [file for files in _all(second, self._load) for file in files]
        return self._entries, sorted(self._files, key=lambda file: natural(file.name))

    def _begin_second(self) -> Results[list[FileEntry] | str | Died]:
        self._entries, self._files = _all(self._first, self._load)
        orders = tuple(self._shared / f"{one.number}.order" for one in self._entries)
        jobs: list[Job[list[FileEntry] | str]] = [ListsJob(orders, self._staged)]
        jobs += [
            TakJob(str(tak), tuple(orders[at] for at in shared_by), orders if removes else (), self._staged)
            for (tak, removes), shared_by in _sharing(self._entries).items()
        ]
        return self._pool.results(jobs)


def _finish(  # noqa: PLR0917 - what is known of a load
    load: PlannedLoad,
    rows: LoadRows,
    staged: Path,
    entries: Sequence[MergedEntry],
    files: list[FileEntry],
    settings: Settings,
) -> None:
    """Write the page and the index, and put the folder of a load in its place."""
    index = LoadIndex(
        load.number,
        load.environment,
        rows.count,
        len(set(rows.rows.unit)),
        load.made_at,
        {} if _restores(load, rows, settings) else rows.replaced,
    )
    files += _write(
        staged, [("sida.html", load_html(index, rows, files, relative(load.register, load.folder)))]
    )
    _put_in_place(staged, load.folder, [file.name for file in files], load_json(index, entries, files))


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


def _restores(load: PlannedLoad, rows: LoadRows, settings: Settings) -> bool:
    """Whether the undo brings back what the load replaces: that takes the content of the TAK."""
    environments = (profiles()[head.profile].environment(load.environment) for head in rows.heads.values())
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


@dataclass(slots=True, frozen=True)
class MergeJob:
    """A load whose rows lie in a folder. The merged orders are put there too."""

    load: PlannedLoad
    folder: Path

    @garbage_collection_paused()
    def run(self, settings: Settings) -> list[MergedEntry] | str:
        """Merge them; return the description of each, or the operating system's message."""
        del settings
        try:
            found: LoadRows = pickle.loads((self.folder / ROWS).read_bytes())  # noqa: S301 - our own, of this run
            merged = merge(table_of(found), self.load.environment)
            for order, _ in merged:
                _put_order(self.folder / f"{order.number}.order", order)
        except ProfileError as error:
            return str(error)
        except OSError as error:
            return why_and_remedy(error)
        numbers: dict[tuple[date | None, str], int] = {}
        return [
            entry(
                order,
                numbers.setdefault((order.day, order.action), len(numbers) + 1),
                [found.books[at] for at in books],
            )
            for order, books in merged
        ]


@dataclass(slots=True, frozen=True)
class RowsJob:
    """The rows of a load, in a file, that are to be listed in rader.csv."""

    rows: Path
    folder: Path

    @garbage_collection_paused()
    def run(self, settings: Settings) -> list[FileEntry] | str:
        """Write the list; return the files, or the operating system's message."""
        del settings
        try:
            found: LoadRows = pickle.loads(self.rows.read_bytes())  # noqa: S301 - our own, of this very run
            return _write(self.folder, [("rader.csv", rows_csv(found))])
        except OSError as error:
            return why_and_remedy(error)


@dataclass(slots=True, frozen=True)
class TakJob:
    """Merged orders of one day and action whose TAK files are to be written into a folder, called by `name`.

    `all_orders` are all orders, where it removes: it must then spare what the others add.
    """

    name: str
    orders: tuple[Path, ...]
    all_orders: tuple[Path, ...]
    folder: Path

    @garbage_collection_paused()
    def run(self, settings: Settings) -> list[FileEntry] | str:
        """Write them; return the files, or the operating system's message."""
        from underlag.batch.processes.tak_export import catalogue_for  # noqa: PLC0415 - only the workers need these
        from underlag.tak.orders.files import packed_tak_files  # noqa: PLC0415

        try:
            orders = list(map(_order, self.orders))
            catalogue = catalogue_for(orders, settings)
            all_orders = [_order(path) for path in self.all_orders]
            made = packed_tak_files(orders, self.name, settings.options, catalogue, all_orders=all_orders)
            return _write(self.folder, ((f"tak/{name}", content) for name, content in made.files.items()))
        except UnansweredError as error:
            return str(error)
        except OSError as error:
            return why_and_remedy(error)


@dataclass(slots=True, frozen=True)
class ListsJob:
    """Merged orders whose addressee lists are to be written into a folder."""

    orders: tuple[Path, ...]
    folder: Path

    @garbage_collection_paused()
    def run(self, settings: Settings) -> list[FileEntry] | str:
        """Write them; return the files, or the operating system's message."""
        from underlag.documents.lists.addressees import (  # noqa: PLC0415 - only the workers need it
            addressees_csv,
            addressees_workbook,
            listed,
        )
        from underlag.documents.package_names import LIST_FILES  # noqa: PLC0415 - as above

        try:
            orders = [_order(path) for path in self.orders]
            files = {
                name: addressees_csv(addressees)
                for action, name in LIST_FILES.items()
                if (addressees := listed(orders, action))
            }
            if files:
                now = settings.options.now
                files["kundservice/logiska-adressater.xlsx"] = addressees_workbook(orders, now)
            return _write(self.folder, files.items())
        except OSError as error:
            return why_and_remedy(error)


def _put_order(path: Path, order: Order) -> None:
    """Write an order; its addressees as columns, which take a quarter of the time of objects."""
    columns = tuple(zip(*order.addressees, strict=True))
    path.write_bytes(pickle.dumps((replace(order, addressees=()), columns)))


def _order(path: Path) -> Order:
    """Return an order that this run put into its private folder."""
    order: Order
    order, columns = pickle.loads(path.read_bytes())  # noqa: S301 - our own, of this very run
    return replace(order, addressees=tuple(map(Addressee, *columns)))


def _write(folder: Path, files: Iterable[tuple[str, bytes]]) -> list[FileEntry]:
    written = []
    for name, content in files:
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
        written.append(FileEntry.of(name, content))
    return written
