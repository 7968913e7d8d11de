"""Text outside tables and forms: a note, or a warning where it looks like something to order.

Findings: FLI018, FLI034.
"""

import re
from collections.abc import Collection, Iterable
from typing import Final

from underlag.findings import Finding, finding
from underlag.reading.formats.grid import Sheet
from underlag.text.lists import spans
from underlag.workbook import Field

_VALUE: Final = re.compile(
    r"(?:SE|TST[A-Z]*)(?:16)?\d{10}-[0-9A-Z]+|\d{10}-[0-9A-Z]+|https?://\S", re.IGNORECASE
)
#: Instructions mention contracts in sentences of so many words.
_SENTENCE: Final = 6


def holds_value(text: str, contracts: Collection[str] = ()) -> bool:
    """Whether a text holds an HSA-ID, an address or, unless it is a sentence, one of these contracts.

    Args:
        text: a cell.
        contracts: names of contracts in lower case.
    """
    if _VALUE.search(text):
        return True
    folded = text.casefold()
    return len(text.split()) < _SENTENCE and any(contract in folded for contract in contracts)


def about_unread(sheet: Sheet, rows: Iterable[int], contracts: Collection[str]) -> list[Finding]:
    """Say which rows are not read: each cell that looks like a value with a warning, the rest together.

    Args:
        sheet: the sheet.
        rows: the rows as Excel counts them.
        contracts: names of contracts in lower case.
    """
    found: list[Finding] = []
    plain: set[int] = set()
    for row in sorted(rows):
        valued = [
            Field(cell.strip(), sheet.name, row, column)
            for column, cell in enumerate(sheet.rows[row - 1], start=1)
            if isinstance(cell, str) and holds_value(cell, contracts)
        ]
        found += (finding("FLI034", at) for at in valued)
        if not valued:
            plain.add(row)
    if plain:
        found.append(finding("FLI018", sheet=sheet.name, rader=spans(plain)))
    return found
