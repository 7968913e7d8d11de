"""rapport.json of a folder in samlad/: its orders, where they stem from, and every file with its checksum."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple

from underlag import json_text
from underlag.documents.package_names import FileEntry
from underlag.documents.report.json_document import order_object, tak_file_starts
from underlag.orders.order import Order
from underlag.privacy.identity import shown_text


class MergedEntry(NamedTuple):
    """What there is to tell of a merged order, without its addressees."""

    number: int
    removes: bool
    tak: int
    object: dict[str, Any]


def entry(order: Order, tak: int, origins: Sequence[str]) -> MergedEntry:
    """Return what there is to tell of a merged order.

    Args:
        order: the order.
        tak: the number of the TAK orders that it shares with the others of its day and action.
        origins: the workbooks that it stems from.
    """
    told = order_object(order) | {"arbetsbocker": [shown_text(origin) for origin in origins]}
    return MergedEntry(order.number, order.action == "remove", tak, told)


def merged_json(
    environment: str, entries: Sequence[MergedEntry], files: Sequence[FileEntry], now: datetime
) -> bytes:
    """Return the file; its form is `MergedModel` of `underlag.batch.summary.schema`.

    Args:
        environment: key of the environment.
        entries: the merged orders.
        files: every other file of the folder.
        now: when it was made.
    """
    names = [file.name for file in files]
    report = {
        "version": 1,
        "miljo": environment,
        "skapad": now.isoformat(),
        "bestallningar": [{**one.object, "filer": _files(one.tak, names)} for one in entries],
        "filer": [{"namn": file.name, "sha256": file.sha256, "storlek": file.size} for file in files],
    }
    return json_text.document(report)


def _files(tak: int, names: Sequence[str]) -> list[str]:
    return [name for name in names if name.startswith(tak_file_starts(tak))]
