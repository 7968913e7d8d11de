"""rapport.json of a load: its orders, where they stem from, and every file with its checksum."""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from underlag import json_text
from underlag.batch.loads.planned import ORDERS
from underlag.batch.loads.row_table import LoadIndex, Source
from underlag.documents.package_names import FileEntry
from underlag.documents.report.json_document import order_object, tak_file_starts
from underlag.orders.order import Order
from underlag.privacy.identity import shown_text
from underlag.tak.orders.load_time import load_time


class MergedEntry(NamedTuple):
    """The description of a merged order, without its addressees, and the workbooks that it stems from."""

    number: int
    removes: bool
    tak: int
    object: dict[str, Any]
    day: date | None = None
    sources: tuple[Source, ...] = ()


def entry(order: Order, tak: int, sources: Sequence[Source]) -> MergedEntry:
    """Return the description of a merged order.

    Args:
        order: the order.
        tak: the number of the TAK orders that it shares with the others of its day and action.
        sources: the workbooks that it stems from.
    """
    described = order_object(order) | {
        "arbetsbocker": [shown_text(source.origin) for source in sources],
        "arenden": sorted({source.case for source in sources}),
    }
    return MergedEntry(order.number, order.action == "remove", tak, described, order.day, tuple(sources))


def load_json(load: LoadIndex, entries: Sequence[MergedEntry], files: Sequence[FileEntry]) -> bytes:
    """Return the file; its form is `LoadModel` of `underlag.batch.summary.schema`.

    Args:
        load: the load.
        entries: its orders.
        files: every other file of its folder.
    """
    names = [file.name for file in files]
    time = load_time(file.size for file in files if file.name.startswith(ORDERS))
    report = {
        "version": 1,
        "nummer": load.number,
        "miljo": load.environment,
        "skapad": load.made_at.isoformat(),
        "rader": load.rows,
        "adressater": load.addressees,
        "aterstalls_inte": [
            {"inlasning": number, "rader": rows} for number, rows in load.not_restored.items()
        ],
        "inlasningstid": {"ny": time.new, "igen": time.again},
        "bestallningar": [{**one.object, "filer": files_of(one.tak, names)} for one in entries],
        "filer": [{"namn": file.name, "sha256": file.sha256, "storlek": file.size} for file in files],
    }
    return json_text.document(report)


def files_of(tak: int, names: Sequence[str]) -> list[str]:
    """Return the names of the files that orders share, by the number of these."""
    return [name for name in names if name.startswith(tak_file_starts(tak))]
