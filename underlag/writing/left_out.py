"""bortvalda.csv: the rows that are not ordered, each with its reasons, to be mended and sent again."""

import csv
from collections.abc import Iterable
from io import StringIO
from typing import Final

from underlag.checks import LeftOut
from underlag.model import Field

HEADER: Final = (
    "Flik",
    "Rad",
    "HSA-ID",
    "Namn",
    "Tjänstekontrakt",
    "Felkod",
    "Cell",
    "Värde",
    "Fel",
    "Förslag",
)

#: What a spreadsheet would run as a formula when it opens a CSV.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def left_out_csv(rows: Iterable[LeftOut]) -> bytes:
    """Return a line per row and reason, as a Swedish Excel reads it: semicolon, UTF-8 with byte-order mark.

    This list is read by people, so a text that Excel would take for a formula is preceded by an apostrophe.
    """
    stream = StringIO()
    writer = csv.writer(stream, delimiter=";", lineterminator="\r\n")
    writer.writerow(HEADER)
    for row in rows:
        entry = row.entry
        said = [_text(value) for value in (entry.addressee, entry.addressee_name, entry.contract)]
        start = [entry.sheet, str(entry.row), *said]
        for reason in row.reasons:
            line = [*start, reason.code, reason.cell, reason.value, reason.message, reason.suggestion]
            writer.writerow([harmless(value) for value in line])
    return stream.getvalue().encode("utf-8-sig")


def _text(value: Field | None) -> str:
    return value.text if value else ""


def harmless(text: str) -> str:
    """Return a text for a table that people open in Excel: never as a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text
