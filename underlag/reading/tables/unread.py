"""Finds texts outside tables and forms that look like something to order.

Findings: FLI034.
"""

from collections.abc import Collection, Iterable
from typing import Final

from underlag.findings import Finding, finding
from underlag.reading.cells.cell_text import shown
from underlag.reading.cells.identifiers import mentions_value
from underlag.reading.formats.grid import Sheet
from underlag.workbook import Field

#: Minimum words of a sentence; instructions mention contracts in sentences.
_SENTENCE: Final = 6


def is_orderable(text: str, contracts: Collection[str]) -> bool:
    """Whether a text contains an HSA-ID, an address or, unless it is a sentence, one of these contracts.

    Args:
        text: a cell.
        contracts: names of contracts in lower case.
    """
    if mentions_value(text):
        return True
    folded = text.casefold()
    return len(text.split()) < _SENTENCE and any(contract in folded for contract in contracts)


def about_values(
    sheet: Sheet, rows: Iterable[int], contracts: Collection[str], columns: Collection[int] = ()
) -> list[Finding]:
    """Report cells outside tables and labels that look like something to order.

    Instructions mention examples in sentences, so only contracts and values in short texts count, and any
    short text that begins a row where the values of a form are.

    Args:
        sheet: the sheet.
        rows: the Excel row numbers.
        contracts: names of contracts in lower case.
        columns: the columns of a form's values.
    """
    found = []
    for row in sorted(rows):
        begun = False
        for column, cell in enumerate(sheet.rows[row - 1], start=1):
            text = shown(cell).strip()
            if not text:
                continue
            is_value = column in columns and not begun
            begun = True
            if len(text.split()) < _SENTENCE and (
                is_value or (isinstance(cell, str) and is_orderable(text, contracts))
            ):
                found.append(finding("FLI034", Field(text, sheet.name, row, column)))
    return found
