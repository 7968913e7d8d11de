"""Findings about a table's columns: headers with the same meaning, hidden columns, blank formulas.

Findings: CEL016, FLI004, FLI022.
"""

from collections.abc import Mapping, Sequence
from itertools import islice
from typing import Final

from underlag.account import UnresolvedColumn
from underlag.column_letters import column_letters
from underlag.findings import Finding, finding
from underlag.profiles.profile import SheetSpec
from underlag.reading.cells.cell_text import shown
from underlag.reading.formats.grid import Sheet
from underlag.reading.tables.headers import Headers, heading
from underlag.text.lists import MOST_NAMED, listed, spans
from underlag.workbook import Field

#: Maximum columns to choose from for a role that no column has.
_MOST_FREE: Final = 60


def ambiguous_columns(sheet: Sheet, spec: SheetSpec, headers: Headers) -> list[UnresolvedColumn]:
    """Return the roles that several columns of a table match equally well, and disagree about."""
    found: list[UnresolvedColumn] = []
    for role, columns in headers.ambiguous.items():
        cells = [heading(sheet, headers, column) for column in columns]
        column_spec = spec.column(role)
        question = finding(
            "FLI004",
            cells[0],
            value=cells[0].text,
            kolumn=column_spec.title if column_spec else role,
            rubriker=listed([f"”{cell.text}” i {cell.cell}" for cell in cells], most=MOST_NAMED),
            skillnad=_difference(sheet, headers.row, columns),
            related=tuple(cell.position for cell in cells[1:]),
        )
        found.append(UnresolvedColumn(role, cells, question))
    return found


def free_columns(sheet: Sheet, headers: Headers) -> list[Field]:
    """Return the headers of the columns that have no role and hold something; of very many, the first."""
    taken = {*headers.columns.values(), *(one for columns in headers.ambiguous.values() for one in columns)}
    width = max(map(len, sheet.rows[headers.row :]), default=0)
    holding = (
        column
        for column in range(width)
        if column not in taken and any(cell != "" for cell in sheet.column(column, headers.row + 1))
    )
    return [heading(sheet, headers, column) for column in islice(holding, _MOST_FREE)]


def about_hidden(sheet: Sheet, headers: Headers) -> list[Finding]:
    """Report which of the columns that are read Excel hides."""
    hidden = sorted(column for column in headers.columns.values() if column + 1 in sheet.hidden_columns)
    if not hidden:
        return []
    letters = listed([column_letters(column + 1) for column in hidden], most=MOST_NAMED)
    return [finding("FLI022", sheet=sheet.name, kolumner=letters)]


def _difference(sheet: Sheet, row: int, columns: list[int]) -> str:
    """Return the first cells in which columns of one meaning differ; '' if they are empty."""
    rows = zip(*(sheet.column(column, row + 1) for column in columns), strict=True)
    for number, cells in enumerate(rows, start=row + 2):
        texts = {shown(cell).strip(): column for cell, column in zip(cells, columns, strict=True)}
        if len(texts) > 1:
            places = [f"{column_letters(at + 1)}{number} ”{text}”" for text, at in texts.items()]
            return f" De säger inte detsamma: {listed(places)}."
    return ""


def about_blank_formulas(sheet: Sheet, parts: Mapping[str, Sequence[Field]]) -> list[Finding]:
    """Report values that are missing because a formula returns an empty text.

    Args:
        sheet: the sheet.
        parts: the values read from it, by role.
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
