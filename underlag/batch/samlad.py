"""The folder samlad/: merged lists and TAK orders for each environment, replaced as a whole."""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from underlag.batch.frame import gather
from underlag.batch.merge import MergedOrder, merge
from underlag.batch.model import Batch, Conflict, Merged, Settings, State, Workbook
from underlag.batch.pool import Died, Job, Pool
from underlag.batch.routes import judge_routes
from underlag.orders.model import Order
from underlag.writing.merged_json import merged_json
from underlag.writing.place import INDEX, PackageError, place
from underlag.writing.report_json import FileEntry

FOLDER: Final = "samlad"


def write_merged(
    batch: Batch, out: Path, work: Path, content: Callable[[str], bytes], pool: Pool
) -> list[Conflict]:
    """Merge the right workbooks of a batch, note the folders in it, and return what contradicts.

    Args:
        batch: the batch; `superseded` is settled already.
        out: the output folder.
        work: a folder for what is not finished.
        content: gives the packed orders for a fingerprint.
        pool: does the writing.

    Raises:
        PackageError: the operating system refuses to write.
    """
    by_environment: defaultdict[str, list[Workbook]] = defaultdict(list)
    for book in batch.workbooks:
        if book.made and book.state in {State.DONE, State.PARTLY} and not book.superseded:
            by_environment[book.made.environment].append(book)
    conflicts: list[Conflict] = []
    for environment in sorted(by_environment):
        rows = gather(by_environment[environment], content)
        judged = judge_routes(rows, environment)
        conflicts += judged.conflicts
        orders = merge(rows, judged.right, environment)
        origins = [book.found.origin for book in rows.books]
        if orders:
            staged = work / f"{FOLDER}-{environment}"
            files = _made_files(orders, staged, batch.now, pool)
            index = merged_json(environment, orders, origins, files, batch.now)
            folder = out / FOLDER / environment
            place(folder, _contents(staged, files, index), overwrite=True)
            units = {addressee.hsa_id for merged in orders for addressee in merged.order.addressees}
            batch.merged.append(Merged(environment, folder, len(orders), len(units), tuple(files)))
    _clear(out / FOLDER, {merged.folder for merged in batch.merged}, batch.now)
    return conflicts


@dataclass(slots=True, frozen=True)
class TakJob:
    """An order whose TAK files are to be written into a folder."""

    order: Order
    beside: tuple[Order, ...]
    folder: Path

    def run(self, settings: Settings) -> list[FileEntry] | str:
        """Write them; return what was written, or what the operating system says."""
        from underlag.batch.tak import catalogue_for  # noqa: PLC0415 - only the workers need these
        from underlag.tak.files import tak_files  # noqa: PLC0415

        catalogue = catalogue_for(self.order, settings)
        files = tak_files(self.order, settings.options, catalogue, beside=self.beside).files
        return _write(self.folder, {f"tak/{name}": content for name, content in files.items()})


@dataclass(slots=True, frozen=True)
class ListsJob:
    """Orders whose addressee lists are to be written into a folder."""

    orders: tuple[Order, ...]
    folder: Path
    now: datetime

    def run(self, settings: Settings) -> list[FileEntry] | str:
        """Write them; return what was written, or what the operating system says."""
        del settings
        from underlag.writing.addressee_list import (  # noqa: PLC0415 - only the workers need it
            addressees_csv,
            addressees_workbook,
            listed,
        )
        from underlag.writing.form import LIST_FILES  # noqa: PLC0415 - as above

        files = {
            name: addressees_csv(addressees)
            for action, name in LIST_FILES.items()
            if (addressees := listed(self.orders, action))
        }
        if files:
            files["kundservice/logiska-adressater.xlsx"] = addressees_workbook(self.orders, self.now)
        return _write(self.folder, files)


def _write(folder: Path, files: dict[str, bytes]) -> list[FileEntry] | str:
    try:
        for name, content in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
    except OSError as error:
        return str(error.strerror or error)
    return [
        FileEntry(name, hashlib.sha256(content).hexdigest(), len(content)) for name, content in files.items()
    ]


def _made_files(orders: Sequence[MergedOrder], staged: Path, now: datetime, pool: Pool) -> list[FileEntry]:
    every = tuple(merged.order for merged in orders)
    # Only a removal must know what the others add: the rest of the jobs stay small.
    jobs: list[Job[list[FileEntry] | str]] = [ListsJob(every, staged, now)]
    jobs += [TakJob(order, every if order.action == "remove" else (), staged) for order in every]
    files: list[FileEntry] = []
    for result in pool.results(jobs):
        if isinstance(result, Died | str):
            why = result if isinstance(result, str) else "processen som skrev den avslutades oväntat"
            raise PackageError(
                f"Det gick inte att skriva mappen {FOLDER}: {why}. Paketen är klara; kör igen."
            )
        files += result
    return sorted(files)


def _contents(staged: Path, files: Sequence[FileEntry], index: bytes) -> Iterator[tuple[str, bytes]]:
    for file in files:
        yield file.name, (staged / file.name).read_bytes()
    yield INDEX, index


def _clear(parent: Path, kept: set[Path], now: datetime) -> None:
    """Take away what an earlier run merged where there is nothing now; a person's own files stay."""
    if not parent.is_dir():
        return
    for folder in sorted(parent.iterdir()):
        if folder not in kept and (folder / INDEX).is_file():
            place(folder, [(INDEX, merged_json(folder.name, (), (), (), now))], overwrite=True)
            (folder / INDEX).unlink()
            if not any(folder.iterdir()):
                folder.rmdir()
    if not any(parent.iterdir()):
        parent.rmdir()
