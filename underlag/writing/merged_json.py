"""rapport.json of a folder in samlad/: its orders, where they stem from, and every file with its checksum."""

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

import orjson

from underlag.orders.model import Order, Party
from underlag.writing.identity import without_private
from underlag.writing.names import shown_name
from underlag.writing.report_json import FileEntry

if TYPE_CHECKING:
    from underlag.batch.merge import MergedOrder

_KINDS: Final = {"consumer": "konsument", "producer": "producent"}
_ACTIONS: Final = {"add": "lägg till", "remove": "ta bort"}


def merged_json(
    environment: str,
    orders: "Sequence[MergedOrder]",
    origins: Sequence[str],
    files: Sequence[FileEntry],
    now: datetime,
) -> bytes:
    """Return the file; its form is `MergedModel` of `underlag.writing.summary_model`.

    Args:
        environment: key of the environment.
        orders: the merged orders.
        origins: the workbooks that the orders' places count in.
        files: every other file of the folder.
        now: when it was made.
    """
    names = [file.name for file in files]
    report = {
        "version": 1,
        "miljo": environment,
        "skapad": now.isoformat(),
        "bestallningar": [_order(merged.order, merged.books, origins, names) for merged in orders],
        "filer": [{"namn": file.name, "sha256": file.sha256, "storlek": file.size} for file in files],
    }
    return orjson.dumps(report, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def shown_origin(origin: str) -> str:
    """Return a text of the user's for a document: what no text can hold is replaced, persons masked."""
    return without_private(shown_name(origin))


def _order(
    order: Order, books: Sequence[int], origins: Sequence[str], names: Sequence[str]
) -> dict[str, Any]:
    own = tuple(f"tak/{stem}-{order.number}{end}" for stem in ("bestallning", "aterstall") for end in ".-")
    return {
        "nummer": order.number,
        "av": order.total,
        "typ": _KINDS[order.kind],
        "atgard": _ACTIONS[order.action],
        "riktning": order.flow.title,
        "datum": order.day.isoformat() if order.day else "",
        "komponent": _party(order.component),
        "kontrakt": [contract.title for contract in order.contracts],
        "anropsadress": order.url,
        "rivtaprofil": order.rivta_profile,
        "konsumenter": [_party(party) for party in order.consumers],
        "adressater": len(order.addressees),
        "arbetsbocker": [shown_origin(origins[number]) for number in books],
        "filer": [name for name in names if name.startswith(own)],
    }


def _party(party: Party) -> dict[str, str]:
    return {"hsaId": party.hsa_id, "namn": party.name}
