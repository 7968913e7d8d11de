"""What worker processes do for the folder of a load: merging its rows, and writing its files.

What passes between the processes lies in a folder where nobody else can write.
"""

import hashlib
import pickle
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from underlag.batch.ledger.packed_rows import Head
from underlag.batch.loads.json_document import MergedEntry, entry, load_json
from underlag.batch.loads.orders import merge
from underlag.batch.loads.page import load_html, rows_csv
from underlag.batch.loads.planned import PlannedLoad
from underlag.batch.loads.row_table import LoadIndex, LoadRows, table_of
from underlag.batch.processes.unanswered import UnansweredError
from underlag.batch.records.load_texts import relative
from underlag.batch.records.workbooks import Settings
from underlag.documents.package_names import FileEntry
from underlag.gc_pause import garbage_collection_paused
from underlag.orders.order import Addressee, Order
from underlag.profiles import ProfileError
from underlag.text.system_errors import why_and_remedy

#: In the folder that processes share, the rows of the load.
ROWS: Final = "rows"


def put_rows(folder: Path, parts: Iterable[LoadRows]) -> dict[int, Head]:
    """Put the rows of a load into the folder that processes share, part by part; return their heads."""
    heads: dict[int, Head] = {}
    with (folder / ROWS).open("xb") as file:
        for part in parts:
            pickle.dump(part, file)
            heads |= part.heads
    return heads


def _rows(folder: Path) -> LoadRows:
    """Return the rows that this run put there."""
    with (folder / ROWS).open("rb") as file:
        rows: LoadRows = pickle.load(file)  # noqa: S301 - our own, of this very run
        while file.peek(1):
            rows.add(pickle.load(file))  # noqa: S301 - as above
    return rows


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
            found = _rows(self.folder)
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
    """The rows of a load, in the folder `shared`, that are to be listed in rader.csv."""

    shared: Path
    folder: Path

    @garbage_collection_paused()
    def run(self, settings: Settings) -> list[FileEntry] | str:
        """Write the list; return the files, or the operating system's message."""
        del settings
        try:
            return [_write_parts(self.folder, "rader.csv", rows_csv(_rows(self.shared)))]
        except OSError as error:
            return why_and_remedy(error)


@dataclass(slots=True, frozen=True)
class PageJob:
    """A load whose orders and other files are written, and whose page is to be.

    `not_restored` is that of `LoadIndex`.
    """

    load: PlannedLoad
    not_restored: Mapping[int, int]
    orders: tuple[MergedEntry, ...]
    files: tuple[FileEntry, ...]
    shared: Path
    folder: Path

    @garbage_collection_paused()
    def run(self, settings: Settings) -> tuple[FileEntry, bytes] | str:
        """Write it; return the file and the content of rapport.json, or the operating system's message."""
        load = self.load
        try:
            rows = _rows(self.shared)
            units = len(set(rows.rows.unit))
            index = LoadIndex(
                load.number, load.environment, rows.count, units, load.made_at, self.not_restored
            )
            page = load_html(
                index,
                rows,
                self.orders,
                self.files,
                relative(load.register, load.folder),
                settings.options.now.date(),
            )
            (file,) = _write(self.folder, [("sida.html", page)])
        except OSError as error:
            return why_and_remedy(error)
        return file, load_json(index, self.orders, [*self.files, file])


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
    path.write_bytes(pickle.dumps((order._replace(addressees=()), columns)))


def _order(path: Path) -> Order:
    """Return an order that this run put into its private folder."""
    order: Order
    order, columns = pickle.loads(path.read_bytes())  # noqa: S301 - our own, of this very run
    return order._replace(addressees=tuple(map(Addressee, *columns)))


def _write(folder: Path, files: Iterable[tuple[str, bytes]]) -> list[FileEntry]:
    written = []
    for name, content in files:
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content)
        written.append(FileEntry.of(name, content))
    return written


def _write_parts(folder: Path, name: str, parts: Iterable[bytes]) -> FileEntry:
    """Write a file that may be too large to be in memory as a whole."""
    digest, size = hashlib.sha256(), 0
    with (folder / name).open("wb") as file:
        for part in parts:
            digest.update(part)
            size += file.write(part)
    return FileEntry(name, digest.hexdigest(), size)
