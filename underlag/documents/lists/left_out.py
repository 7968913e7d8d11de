"""bortvalda.csv: the rows that are not ordered, with their reasons, to be corrected and sent again."""

import csv
from collections import Counter
from collections.abc import Iterable
from io import StringIO
from typing import Final

from underlag.checked import LeftOut
from underlag.findings import Finding
from underlag.privacy.identity import without_private, without_private_id
from underlag.workbook import Field, text_of

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

#: First characters that make a spreadsheet run a CSV field as a formula.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def left_out_csv(rows: Iterable[LeftOut]) -> bytes:
    """Return a line for each row and reason for Swedish Excel: semicolon, UTF-8 with byte-order mark.

    The list is for people, so a text that Excel would run as a formula is preceded by an apostrophe.
    """
    rows = list(rows)
    # A cell with several HSA-IDs is several units: count them by cell.
    together = Counter(unit.position for unit in {row.entry.addressee for row in rows} if unit is not None)
    stream = StringIO()
    writer = csv.writer(stream, delimiter=";", lineterminator="\r\n")
    writer.writerow(HEADER)
    for row in rows:
        entry = row.entry
        unit = entry.addressee
        texts = [without_private(text_of(value)) for value in (entry.addressee_name, entry.contract)]
        start = [entry.sheet, str(entry.row), without_private_id(text_of(unit)), *texts]
        several = unit is not None and together[unit.position] > 1
        for reason in row.reasons:
            message = reason.message
            if several and unit is not None and _is_of_another(reason, unit):
                message = f"Står i samma cell som ett annat HSA-ID som har fel: {message}"
            line = [
                *start,
                reason.code,
                _cell_of_row(reason, entry.sheet, entry.row),
                reason.value,
                message,
                reason.suggestion,
            ]
            writer.writerow([harmless(value) for value in line])
    return stream.getvalue().encode("utf-8-sig")


def _cell_of_row(reason: Finding, sheet: str, row: int) -> str:
    """Return the cell of a finding in a row, if it is about cells of several rows; else its first."""
    at = next((place for place in reason.related if place[:2] == (sheet, row)), None)
    return reason.cell if at is None or reason.row == row else Field("", *at).cell


def _is_of_another(reason: Finding, unit: Field) -> bool:
    """Whether a finding about a cell with several HSA-IDs concerns another of them."""
    return reason.position == unit.position and reason.value not in {unit.text, without_private_id(unit.text)}


def harmless(text: str) -> str:
    """Return a text that Excel does not run as a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text
