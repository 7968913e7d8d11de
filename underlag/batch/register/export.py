"""The register as text, JSON and CSV."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from io import StringIO
from typing import Any, Final, NamedTuple

from underlag import json_text
from underlag.batch.records.workbooks import PackageRecord, State
from underlag.batch.register.store import Register
from underlag.characters.cleaning import shown
from underlag.documents.lists.left_out import harmless
from underlag.privacy.identity import shown_text
from underlag.text.moments import when

#: Column titles of text and CSV, and the key in JSON.
_COLUMNS: Final = (
    ("Gjord", "gjord"),
    ("Region", "region"),
    ("Miljö", "miljo"),
    ("Ärende", "arende"),
    ("Datum", "datum"),
    ("Tillstånd", "tillstand"),
    ("Enheter", "enheter"),
    ("Fel", "fel"),
    ("Varningar", "varningar"),
    ("Beställningar", "bestallningar"),
    ("Lästa rader", "lasta_rader"),
    ("Beställda rader", "bestallda_rader"),
    ("Utelämnade rader", "utelamnade_rader"),
    ("Arbetsbok", "fil"),
    ("Mapp", "mapp"),
    ("SHA-256", "sha256"),
)
#: The case of each package's workbook, and whether it has rows in loads, all of which are loaded.
_FOLLOWED: Final = """
SELECT fingerprint, case_number, (
    SELECT count(*) > 0 AND sum(loads.state = 'inläst') = count(*)
    FROM rows LEFT JOIN loads ON loads.number = load
    WHERE book = books.number AND rows.state IN ('inläsning', 'ny', 'väntar')
) FROM books ORDER BY number
"""
#: What a line on the terminal has room for.
_SHORT: Final = (
    "gjord",
    "region",
    "miljo",
    "nummer",
    "arende",
    "tillstand",
    "enheter",
    "fel",
    "bestallningar",
    "mapp",
    "fil",
)


class Followed(NamedTuple):
    """What the ledger knows of a package: its case (0 for none), and whether all that it orders is loaded."""

    case: int
    is_loaded: bool


def followed(register: Register) -> dict[str, Followed]:
    """Return what the ledger knows of packages, by fingerprint."""
    if not register.has_ledger:
        return {}
    found = register.query(_FOLLOWED, ())
    return {fingerprint: Followed(case, bool(is_loaded)) for fingerprint, case, is_loaded in found}


def register_text(rows: Iterable[PackageRecord], known: Mapping[str, Followed]) -> str:
    """Return a table for the terminal.

    Args:
        rows: the packages.
        known: what the ledger knows of them, by fingerprint.
    """
    records = [_shown(made, known.get(made.fingerprint, Followed(0, is_loaded=False))) for made in rows]
    titles = {key: title for title, key in _COLUMNS} | {"nummer": "Ärende", "arende": "Ärendenummer"}
    lines = [
        [titles[key] for key in _SHORT],
        *([shown(str(record[key])) or "–" for key in _SHORT] for record in records),
    ]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join(_line(line, widths) for line in lines)


def _shown(made: PackageRecord, known: Followed) -> dict[str, Any]:
    states = [made.state.value] if made.state is not State.DONE or not known.is_loaded else []
    return {
        **_record(made),
        "gjord": when(made.made_at),
        "mapp": made.folder.name,
        "nummer": known.case or "",
        "tillstand": ", ".join([*states, *(["inläst"] if known.is_loaded else [])]),
    }


def register_json(rows: Iterable[PackageRecord]) -> bytes:
    """Return a list of objects."""
    return json_text.document([_record(made) for made in rows])


def register_csv(rows: Iterable[PackageRecord]) -> bytes:
    """Return a table as a Swedish Excel reads it: semicolon, UTF-8 with byte-order mark."""
    stream = StringIO()
    writer = csv.writer(stream, delimiter=";", lineterminator="\r\n")
    writer.writerow([title for title, _ in _COLUMNS])
    for made in rows:
        record = _record(made)
        writer.writerow([harmless(str(record[key])) for _, key in _COLUMNS])
    return stream.getvalue().encode("utf-8-sig")


def _record(made: PackageRecord) -> dict[str, Any]:
    counts = made.counts
    return {
        "gjord": made.made_at.isoformat(),
        "region": shown_text(made.region),
        "miljo": made.environment,
        "arende": shown_text(made.case_number),
        "datum": made.day,
        "tillstand": made.state.value,
        "enheter": counts.units,
        "fel": counts.errors,
        "varningar": counts.warnings,
        "bestallningar": counts.orders,
        "lasta_rader": counts.read,
        "bestallda_rader": counts.ordered,
        "utelamnade_rader": counts.left_out,
        "fil": shown_text(made.name),
        "mapp": made.folder.as_posix(),
        "sha256": made.sha256,
    }


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    return "  ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)).rstrip()
