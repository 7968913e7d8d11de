"""Makes sammanstallning.json, from which the page and the workbook are made."""

from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from underlag import json_text
from underlag.batch.records.ledger import RowSums
from underlag.batch.records.load_texts import relative
from underlag.privacy.identity import shown_identity, shown_text

if TYPE_CHECKING:
    from underlag.batch.records.ledger import (
        CaseView,
        ChosenView,
        Conflict,
        LoadView,
        ReplacedRow,
        ReplyView,
        RowPlace,
    )
    from underlag.batch.records.workbooks import Batch, Counts, Workbook


class Summary(NamedTuple):
    """The file's object, of the form `SummaryModel`, and its bytes."""

    object: dict[str, Any]
    content: bytes


def summary_json(batch: "Batch", out: Path) -> Summary:
    """Return the summary of a batch, for its output folder."""
    states = [book.outcome.value for book in batch.workbooks]
    total = batch.total
    rows = sum((book.rows for book in batch.workbooks), RowSums())
    summary = {
        "version": 2,
        "skapad": batch.now.isoformat(),
        "summa": {
            "arbetsbocker": len(batch.workbooks),
            "klara": states.count("klar"),
            "vantar": states.count("väntar"),
            "delvis": states.count("delvis"),
            "med_fel": states.count("fel"),
            "avvisade": states.count("avvisad"),
            "dubbletter": states.count("dubblett"),
            "oforandrade": sum(book.unchanged for book in batch.workbooks),
            **_numbers(total, rows),
        },
        "arbetsbocker": [_workbook(book, out) for book in batch.workbooks],
        "ej_arbetsbocker": [
            {"ursprung": shown_text(one.origin), "skal": one.reason, "mejl": one.is_message}
            for one in batch.rejected
        ],
        "valda": [_chosen(one) for one in batch.chosen],
        "konflikter": [_conflict(conflict) for conflict in batch.conflicts],
        "ersatta": [_replaced(one) for one in batch.replaced],
        "svar": [_reply(reply, out) for reply in batch.replies],
        "inlasningar": [_load(load, out) for load in batch.loads],
        "ej_inlasta": [_load(load, out) for load in batch.pending],
        "arenden": [_case(case, out) for case in batch.cases],
        "att_veta": [shown_text(notice) for notice in batch.notices],
    }
    return Summary(summary, json_text.document(summary))


def _chosen(one: "ChosenView") -> dict[str, Any]:
    return {
        "nummer": one.book,
        "arbetsbok": shown_text(one.origin),
        "adressat": shown_identity(one.unit) if one.unit else "",
    }


def _conflict(conflict: "Conflict") -> dict[str, Any]:
    return {
        "slag": conflict.kind,
        "miljo": conflict.environment,
        "kontrakt": list(conflict.contracts),
        "adressater": list(map(shown_identity, conflict.addressees)),
        "arbetsbocker": [shown_text(origin) for _, origin in conflict.books],
        "rader": [_place(row) for row in conflict.rows],
        "beskrivning": shown_text(conflict.message),
        "valj": list(conflict.choices),
    }


def _replaced(one: "ReplacedRow") -> dict[str, Any]:
    return {
        "adressat": shown_identity(one.row.unit),
        "kontrakt": one.row.contract,
        "miljo": one.environment,
        "skal": one.reason,
        "rad": _place(one.row),
        "av": _place(one.by),
    }


def _place(row: "RowPlace") -> dict[str, Any]:
    return {
        "adressat": shown_identity(row.unit),
        "kontrakt": row.contract,
        "nummer": row.book,
        "arbetsbok": shown_text(row.origin),
        "flik": shown_text(row.sheet),
        "cell": row.cell,
        "anger": shown_text(row.asks),
        "inlasning": max(row.load, 0),
    }


def _load(load: "LoadView", out: Path) -> dict[str, Any]:
    return {
        "nummer": load.number,
        "miljo": load.environment,
        "mapp": relative(load.folder, out),
        "bestallningar": load.orders,
        "adressater": load.addressees,
        "rader": load.rows,
        "mejl_emot": [
            {"arende": stop.case, "skriver": list(map(shown_text, stop.sentences))} for stop in load.stops
        ],
    }


def _case(case: "CaseView", out: Path) -> dict[str, Any]:
    return {
        "nummer": case.number,
        "miljo": case.environment,
        "region": shown_text(case.region),
        "arenden": list(map(shown_text, case.tickets)),
        "oppnat": case.opened_at,
        "besvarat": case.answered_at,
        "arbetsbocker": [{"nummer": number, "fil": shown_text(origin)} for number, origin in case.books],
        "rader": _sums(case.rows),
        "inlasningar": list(case.loads),
        "mejl": list(map(shown_text, case.messages)),
        "utkast": relative(case.draft, out) if case.draft else "",
    }


def _workbook(book: "Workbook", out: Path) -> dict[str, Any]:
    from underlag.batch.records.workbooks import Counts  # noqa: PLC0415 - the batch is there when this runs

    made = book.made
    return {
        "nummer": book.number,
        "arende_nummer": book.case,
        "fil": shown_text(book.found.name),
        "ursprung": shown_text(book.found.origin),
        "sha256": book.found.sha256,
        "tillstand": book.outcome.value,
        "oforandrad": book.unchanged,
        "skal": shown_text(book.notes),
        "skriver": shown_text(book.quoted),
        "profil": made.profile if made else "",
        "miljo": made.environment if made else "",
        "region": shown_text(made.region) if made else "",
        "arende": shown_text(made.case_number) if made else "",
        "datum": made.day if made else "",
        **_numbers(made.counts if made else Counts(), book.rows),
        "mapp": relative(made.folder, out) if made else "",
        "svar": relative(book.reply, out) if book.reply else "",
    }


def _reply(reply: "ReplyView", out: Path) -> dict[str, Any]:
    return {
        "nummer": reply.number,
        "fil": relative(reply.path, out),
        "till": shown_text(reply.to),
        "amne": shown_text(reply.subject),
        "arbetsbocker": [{"nummer": number, "fil": shown_text(name)} for number, name in reply.books],
    }


def _numbers(counts: "Counts", rows: RowSums) -> dict[str, Any]:
    return {
        "enheter": counts.units,
        "antal": {"fel": counts.errors, "varning": counts.warnings, "info": counts.infos},
        "rader": _sums(rows),
        "bestallningar": counts.orders,
    }


def _sums(rows: RowSums) -> dict[str, Any]:
    return {
        "lasta": rows.read,
        "inlasta": rows.loaded,
        "klara": rows.ready,
        "vantar": rows.waiting,
        "utelamnade": rows.left_out,
        "skal": dict(rows.reasons),
    }
