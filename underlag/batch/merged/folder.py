"""The folder samlad/: merged lists and TAK orders for each environment, replaced as a whole.

The merging is done in another process, like the work on the workbooks: the one that shares out the work never
holds the rows of all of them.
"""

import hashlib
import pickle
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final, TypeVar

from underlag.batch.merged.conflicts import find_route_conflicts
from underlag.batch.merged.json_document import MergedEntry, entry, merged_json
from underlag.batch.merged.orders import merge
from underlag.batch.merged.row_table import Source, gather
from underlag.batch.processes.pool import Died, Job, Pool
from underlag.batch.records.workbooks import Batch, Conflict, Merged, Settings, State
from underlag.documents.package_names import INDEX, FileEntry
from underlag.orders.order import Order
from underlag.package.folder import Content, PackageError, write_folder
from underlag.package.work_folder import private_folder
from underlag.text.system_errors import why

FOLDER: Final = "samlad"

_Result = TypeVar("_Result")


def write_merged(
    batch: Batch, out: Path, work: Path, content: Callable[[str], bytes], pool: Pool
) -> list[Conflict]:
    """Merge the right workbooks of a batch, note the folders in it, and return what contradicts.

    Args:
        batch: the batch; `superseded` is published already.
        out: the output folder.
        work: a folder for what is not finished.
        content: gives the packed orders for a fingerprint.
        pool: does the work.

    Raises:
        PackageError: the operating system refuses to write.
    """
    by_environment: defaultdict[str, list[Source]] = defaultdict(list)
    for book in batch.workbooks:
        if (made := book.made) and made.state is not State.FAULTY and not book.superseded:
            source = Source(book.found.origin, made.profile, made.region, made.case_number, made.fingerprint)
            by_environment[made.environment].append(source)
    conflicts: list[Conflict] = []
    for environment, sources in sorted(by_environment.items()):
        staged = work / f"{FOLDER}-{environment}"
        staged.mkdir()
        # What passes between the processes lies where nobody else can write.
        with private_folder() as shared:
            for source in sources:
                (shared / source.mark).write_bytes(content(source.mark))
            result = _all(pool, [MergeJob(environment, tuple(sources), shared)])[0]
            files = _made_files(result, shared, staged, pool)
        conflicts += result.conflicts
        if files:
            index = merged_json(environment, result.entries, files, batch.now)
            folder = out / FOLDER / environment
            write_folder(folder, _contents(staged, files, index), overwrite=True)
            batch.merged.append(Merged(environment, folder, len(result.entries), result.units, tuple(files)))
    _clear(batch, out / FOLDER)
    return conflicts


def _made_files(result: "MergeResult", shared: Path, staged: Path, pool: Pool) -> list[FileEntry]:
    """Write the files of the merged orders; none where nothing was merged."""
    if not result.entries:
        return []
    orders = tuple(shared / f"{one.number}.order" for one in result.entries)
    jobs: list[Job[list[FileEntry] | str]] = [ListsJob(orders, staged)]
    jobs += [
        TakJob(str(tak), tuple(orders[at] for at in shared_by), orders if removes else (), staged)
        for (tak, removes), shared_by in _sharing(result.entries).items()
    ]
    return sorted(file for written in _all(pool, jobs) for file in written)


def _sharing(entries: Sequence[MergedEntry]) -> dict[tuple[int, bool], list[int]]:
    """Return which orders share TAK orders, by the number of these and whether they remove."""
    found: defaultdict[tuple[int, bool], list[int]] = defaultdict(list)
    for at, one in enumerate(entries):
        found[one.tak, one.removes].append(at)
    return found


def _all(pool: Pool, jobs: Sequence[Job[_Result | str]]) -> list[_Result]:
    """Return the result of every job.

    Raises:
        PackageError: one could not be done.
    """
    found = []
    for result in pool.results(jobs):
        if isinstance(result, Died | str):
            reason = result if isinstance(result, str) else "processen som skrev den avslutades oväntat"
            raise PackageError(f"Det gick inte att skriva mappen {FOLDER}: {reason}.")
        found.append(result)
    return found


@dataclass(slots=True, frozen=True)
class MergeResult:
    """The conflicts, what there is to tell of each merged order, and how many addressees they have in all."""

    conflicts: list[Conflict]
    entries: list[MergedEntry]
    units: int


@dataclass(slots=True, frozen=True)
class MergeJob:
    """Workbooks whose packed orders lie in a folder, by their marks. The merged orders are put there too."""

    environment: str
    sources: tuple[Source, ...]
    folder: Path

    def run(self, settings: Settings) -> MergeResult | str:
        """Merge them; return what came of it, or what the operating system says."""
        del settings
        try:
            rows = gather(self.sources, lambda mark: (self.folder / mark).read_bytes())
            judged = find_route_conflicts(rows, self.environment)
            merged = merge(rows, judged.right, self.environment)
            for order, _ in merged:
                (self.folder / f"{order.number}.order").write_bytes(pickle.dumps(order))
        except OSError as error:
            return why(error)
        units = {addressee.hsa_id for order, _ in merged for addressee in order.addressees}
        origins = [source.origin for source in self.sources]
        numbers: dict[tuple[date | None, str], int] = {}
        entries = [
            entry(
                order,
                numbers.setdefault((order.day, order.action), len(numbers) + 1),
                [origins[number] for number in books],
            )
            for order, books in merged
        ]
        return MergeResult(judged.conflicts, entries, len(units))


@dataclass(slots=True, frozen=True)
class TakJob:
    """Merged orders of one day and action whose TAK files are to be written into a folder, called by `name`.

    `all_orders` are all orders, where it removes: it must then spare what the others add.
    """

    name: str
    orders: tuple[Path, ...]
    all_orders: tuple[Path, ...]
    folder: Path

    def run(self, settings: Settings) -> list[FileEntry] | str:
        """Write them; return what was written, or what the operating system says."""
        from underlag.batch.processes.tak_export import catalogue_for  # noqa: PLC0415 - only the workers need these
        from underlag.tak.orders.files import packed_tak_files  # noqa: PLC0415

        try:
            orders = list(map(_order, self.orders))
            catalogue = catalogue_for(orders[0], settings)
            all_orders = [_order(path) for path in self.all_orders]
            made = packed_tak_files(orders, self.name, settings.options, catalogue, all_orders=all_orders)
            return _write(self.folder, {f"tak/{name}": content for name, content in made.files.items()})
        except OSError as error:
            return why(error)


@dataclass(slots=True, frozen=True)
class ListsJob:
    """Merged orders whose addressee lists are to be written into a folder."""

    orders: tuple[Path, ...]
    folder: Path

    def run(self, settings: Settings) -> list[FileEntry] | str:
        """Write them; return what was written, or what the operating system says."""
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
            return _write(self.folder, files)
        except OSError as error:
            return why(error)


def _order(path: Path) -> Order:
    """Return an order that this run put into its private folder."""
    order: Order = pickle.loads(path.read_bytes())  # noqa: S301 - our own, of this very run
    return order


def _write(folder: Path, files: dict[str, bytes]) -> list[FileEntry]:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
    return [
        FileEntry(name, hashlib.sha256(content).hexdigest(), len(content)) for name, content in files.items()
    ]


def _contents(staged: Path, files: Sequence[FileEntry], index: bytes) -> Iterator[Content]:
    for file in files:
        yield file.name, staged / file.name
    yield INDEX, index


def _clear(batch: Batch, parent: Path) -> None:
    """Take away what an earlier run merged where there is nothing now; a person's own files stay."""
    if not parent.is_dir():
        return
    kept = {merged.folder for merged in batch.merged}
    for folder in sorted(parent.iterdir()):
        if folder not in kept and (folder / INDEX).is_file():
            write_folder(folder, [(INDEX, merged_json(folder.name, (), (), batch.now))], overwrite=True)
            (folder / INDEX).unlink()
            if not any(folder.iterdir()):
                folder.rmdir()
    if not any(parent.iterdir()):
        parent.rmdir()
