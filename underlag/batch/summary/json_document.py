"""sammanstallning.json: what the workbooks of a batch are together; the other two files are made of it."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from underlag import json_text
from underlag.privacy.identity import shown_text

if TYPE_CHECKING:
    from underlag.batch.records.workbooks import Batch, Counts, Workbook


class Summary(NamedTuple):
    """The file's object, of the form `SummaryModel`, and its bytes."""

    object: dict[str, Any]
    content: bytes


def summary_json(batch: "Batch", out: Path) -> Summary:
    """Return the summary of a batch, for its output folder."""
    states = [book.state.value for book in batch.workbooks]
    total = batch.total
    summary = {
        "version": 1,
        "skapad": batch.now.isoformat(),
        "summa": {
            "arbetsbocker": len(batch.workbooks),
            "klara": states.count("klar"),
            "delvis": states.count("delvis"),
            "med_fel": states.count("fel"),
            "avvisade": states.count("avvisad"),
            "oforandrade": sum(book.unchanged for book in batch.workbooks),
            **_numbers(total),
        },
        "arbetsbocker": [_workbook(book, out) for book in batch.workbooks],
        "ej_arbetsbocker": [
            {"ursprung": shown_text(one.origin), "skal": one.reason} for one in batch.rejected
        ],
        "konflikter": [
            {
                "slag": conflict.kind.value,
                "miljo": conflict.environment,
                "kontrakt": conflict.contract,
                "adressater": list(conflict.addressees),
                "arbetsbocker": [shown_text(origin) for origin in conflict.workbooks],
                "beskrivning": shown_text(conflict.message),
            }
            for conflict in batch.conflicts
        ],
        "samlad": [
            {
                "miljo": merged.environment,
                "mapp": _relative(merged.folder, out),
                "bestallningar": merged.orders,
                "adressater": merged.addressees,
            }
            for merged in batch.merged
        ],
    }
    return Summary(summary, json_text.document(summary))


def _workbook(book: "Workbook", out: Path) -> dict[str, Any]:
    from underlag.batch.records.workbooks import Counts, State  # noqa: PLC0415 - the batch is there when this runs

    made = book.made
    return {
        "fil": shown_text(book.found.name),
        "ursprung": shown_text(book.found.origin),
        "sha256": book.found.sha256,
        "tillstand": book.state.value,
        "oforandrad": book.unchanged,
        "skal": shown_text(book.reason),
        "profil": made.profile if made else "",
        "miljo": made.environment if made else "",
        "region": shown_text(made.region) if made else "",
        "arende": shown_text(made.case_number) if made else "",
        "datum": made.day if made else "",
        **_numbers(made.counts if made else Counts()),
        "mapp": _relative(made.folder, out) if made else "",
        "samlad": book.state in {State.DONE, State.PARTLY} and not book.superseded,
    }


def _numbers(counts: "Counts") -> dict[str, Any]:
    return {
        "enheter": counts.units,
        "antal": {"fel": counts.errors, "varning": counts.warnings, "info": counts.infos},
        "rader": {"lasta": counts.read, "bestallda": counts.ordered, "utelamnade": counts.left_out},
        "bestallningar": counts.orders,
    }


def _relative(folder: Path, out: Path) -> str:
    """Return the way from the output folder; the whole path to another drive of Windows."""
    try:
        return Path(os.path.relpath(folder, out)).as_posix()
    except ValueError:
        return folder.as_posix()
