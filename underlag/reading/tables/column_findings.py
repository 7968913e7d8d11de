"""What is said of a table's columns: headers that mean the same, hidden ones, blank formulas.

Findings: CEL016, FLI004, FLI022.
"""

from collections.abc import Mapping, Sequence

from underlag.findings import Finding, finding
from underlag.profiles.profile import SheetSpec
from underlag.reading.cells.cell_text import shown
from underlag.reading.formats.grid import Sheet
from underlag.reading.tables.headers import Headers, heading
from underlag.text.lists import MOST_NAMED, listed, spans
from underlag.workbook import Field, column_letters


def about_headers(sheet: Sheet, spec: SheetSpec, headers: Headers) -> list[Finding]:
    """Say which headers mean the same and do not agree, and which of the columns that are read Excel hides.

    Args:
        sheet: the sheet.
        spec: what the profile says of it.
        headers: where its headers stand.
    """
    found: list[Finding] = []
    for role, columns in headers.ambiguous.items():
        cells = [heading(sheet, headers, column) for column in columns]
        column_spec = spec.column(role)
        found.append(
            finding(
                "FLI004",
                cells[0],
                value=cells[0].text,
                kolumn=column_spec.title if column_spec else role,
                rubriker=listed([f"”{cell.text}” i {cell.cell}" for cell in cells], most=MOST_NAMED),
                skillnad=_difference(sheet, headers.row, columns),
                related=tuple(cell.position for cell in cells[1:]),
            )
        )
    hidden = sorted(column for column in headers.columns.values() if column + 1 in sheet.hidden_columns)
    if hidden:
        letters = listed([column_letters(column + 1) for column in hidden], most=MOST_NAMED)
        found.append(finding("FLI022", sheet=sheet.name, kolumner=letters))
    return found


def _difference(sheet: Sheet, row: int, columns: list[int]) -> str:
    """Name the first cells in which columns that mean the same differ; '' where they are empty."""
    rows = zip(*(sheet.column(column, row + 1) for column in columns), strict=True)
    for number, cells in enumerate(rows, start=row + 2):
        texts = {shown(cell).strip(): column for cell, column in zip(cells, columns, strict=True)}
        if len(texts) > 1:
            places = [f"{column_letters(at + 1)}{number} ”{text}”" for text, at in texts.items()]
            return f" De säger inte detsamma: {listed(places)}."
    return ""


def about_blank_formulas(sheet: Sheet, parts: Mapping[str, Sequence[Field]]) -> list[Finding]:
    """Say where a value is missing because a formula gives an empty text.

    Args:
        sheet: the sheet.
        parts: the Fields that were read of it.
    """
    found: list[Finding] = []
    if not sheet.blank_formulas:
        return found
    for values in parts.values():
        blank = [value for value in values if not value.text and value.position[1:] in sheet.blank_formulas]
        if blank:
            rows = spans({value.row for value in blank})
            column = column_letters(blank[0].column)
            found.append(finding("CEL016", sheet=sheet.name, kolumn=column, rader=rows))
    return found
