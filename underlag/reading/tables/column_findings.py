"""What is said of a table's columns: headers that mean the same, what is not read, hidden, or a formula.

Findings: CEL016, FLI004, FLI011, FLI021, FLI022, FLI034.
"""

from collections.abc import Collection, Mapping, Sequence

from underlag.findings import Finding, finding
from underlag.profiles.profile import SheetSpec
from underlag.reading.formats.grid import Sheet
from underlag.reading.tables.headers import Headers, heading
from underlag.reading.tables.unread import holds_value
from underlag.text.lists import MOST_NAMED, listed, spans
from underlag.workbook import Field, column_letters


def about_headers(
    sheet: Sheet, spec: SheetSpec, headers: Headers, contracts: Collection[str]
) -> list[Finding]:
    """Say which headers mean the same, and which columns are not read; with a warning if one is a contract.

    Args:
        sheet: the sheet.
        spec: what the profile says of it.
        headers: where its headers stand.
        contracts: names of contracts in lower case.
    """
    found: list[Finding] = []
    for role, columns in headers.ambiguous.items():
        cells = [
            Field(heading(sheet, headers, column), sheet.name, headers.row + 1, column + 1)
            for column in columns
        ]
        column_spec = spec.column(role)
        found.append(
            finding(
                "FLI004",
                cells[0],
                value=cells[0].text,
                kolumn=column_spec.title if column_spec else role,
                rubriker=listed([f"”{cell.text}” i {cell.cell}" for cell in cells], most=MOST_NAMED),
                related=tuple(cell.position for cell in cells[1:]),
            )
        )
    taken = {*headers.columns.values(), *(c for columns in headers.ambiguous.values() for c in columns)}
    body = sheet.rows[headers.row + 1 :]
    width = max(map(len, sheet.rows), default=0)
    marked = {
        column - 1
        for row, column in (*sheet.errors, *sheet.uncached)
        if headers.row < row - 1 < len(sheet.rows)
    }
    filled = (c for c in range(width) if c in marked or any(row[c] != "" for row in body if c < len(row)))
    extra = [c for c in filled if c not in taken]
    if extra:
        names = [_column_name(sheet, headers, column) for column in extra]
        found.append(finding("FLI011", sheet=sheet.name, kolumner=listed(names, most=MOST_NAMED)))
        texts = [Field(heading(sheet, headers, c), sheet.name, headers.row + 1, c + 1) for c in extra]
        found += (finding("FLI034", text) for text in texts if holds_value(text.text, contracts))
    return found


def _column_name(sheet: Sheet, headers: Headers, column: int) -> str:
    header = heading(sheet, headers, column)
    return f"”{header}”" if header else f"kolumn {column_letters(column + 1)} (utan rubrik)"


def about_layout(sheet: Sheet, headers: Headers) -> list[Finding]:
    """Say which of the rows and columns that are read Excel hides."""
    found: list[Finding] = []
    rows = [
        number
        for number in sheet.hidden_rows
        if headers.row < number - 1 < len(sheet.rows) and any(cell != "" for cell in sheet.rows[number - 1])
    ]
    if rows:
        found.append(finding("FLI021", sheet=sheet.name, rader=spans(rows)))
    columns = sorted(column for column in headers.columns.values() if column + 1 in sheet.hidden_columns)
    if columns:
        letters = listed([column_letters(column + 1) for column in columns], most=MOST_NAMED)
        found.append(finding("FLI022", sheet=sheet.name, kolumner=letters))
    return found


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
