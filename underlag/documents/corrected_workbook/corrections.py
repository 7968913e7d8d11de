"""Corrections: texts to write into cells."""

from collections.abc import Iterable
from typing import Final, NamedTuple

from underlag.column_letters import column_letters
from underlag.findings import Finding

#: The kind of finding whose related cells hold the same value.
MISSPELT: Final = "KTR003"
#: A sheet, a row and a column.
Position = tuple[str, int, int]


class Correction(NamedTuple):
    """A text for a cell.

    Attributes:
        sheet: the sheet's name.
        row, column: the cell, 1-based.
        text: the text to write; '' empties the cell.
        instead_of: the value to replace, which may be a part of the cell's text; None for the whole cell,
            whatever its content.
    """

    sheet: str
    row: int
    column: int
    text: str
    instead_of: str | None = None

    @property
    def position(self) -> Position:
        """The cell."""
        return self.sheet, self.row, self.column

    @property
    def cell(self) -> str:
        """The cell in A1 form."""
        return f"{column_letters(self.column)}{self.row}"


def suggested(findings: Iterable[Finding]) -> dict[Correction, list[Finding]]:
    """Return the corrections that findings suggest, each with the findings that it resolves.

    A value with two different suggestions is left out: only a person can choose.
    """
    found_by: dict[tuple[Position, str], dict[Correction, list[Finding]]] = {}
    for found in findings:
        if not found.correction or not found.column:
            continue
        alike = found.related if found.code == MISSPELT else ()
        for position in (found.position, *alike):
            correction = Correction(*position, found.correction, found.value)
            found_by.setdefault((position, found.value), {}).setdefault(correction, []).append(found)
    return {
        correction: answered
        for corrections in found_by.values()
        if len(corrections) == 1
        for correction, answered in corrections.items()
    }
