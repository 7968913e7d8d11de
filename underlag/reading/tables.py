"""A sheet as a table: its columns, and its rows as columns of Fields."""

from dataclasses import dataclass, field
from typing import Final

from underlag.findings import Finding, finding
from underlag.model import Field, column_letters
from underlag.profiles.model import SheetSpec
from underlag.reading.form import read_form
from underlag.reading.grid import Sheet
from underlag.reading.headers import ROWS_SEARCHED, HeaderNames, Headers, find_headers
from underlag.reading.ranges import listed, spans
from underlag.reading.rows import Rows, read_rows

#: So many labels under one another are a form, even if nobody has filled it in.
_LABELS: Final = 2


@dataclass(slots=True)
class Table:
    """What a sheet of the profile says.

    Attributes:
        spec: the sheet of the profile.
        sheet: its name in the workbook.
        columns: where the header of each role stands.
        rows: what was read below (or beside) the headers.
        found: whether headers were found at all; without them nothing was read.
    """

    spec: SheetSpec
    sheet: str
    columns: dict[str, Field] = field(default_factory=dict)
    rows: Rows = field(default_factory=Rows)
    found: bool = True
    findings: list[Finding] = field(default_factory=list)


def read_table(sheet: Sheet, spec: SheetSpec, given: frozenset[str], needed: frozenset[str]) -> Table:
    """Read a sheet of the profile, whether its headers stand in a row or as labels beside their values.

    Args:
        sheet: the sheet.
        spec: what the profile says of it.
        given: roles that the profile gives a value of its own here: their columns may be missing.
        needed: roles that no order can do without.
    """
    table = Table(spec, sheet.name)
    names = HeaderNames(spec)
    headers = find_headers(sheet, names)
    if headers is None or _is_label(sheet, names, headers):
        form = read_form(sheet, names, len(sheet.rows))
        if not form.values and len({label.row for label in form.labels.values()}) < _LABELS:
            table.found = False
            table.findings.append(
                finding("FLI003", sheet=sheet.name, rader=ROWS_SEARCHED, sökta=_wanted(spec))
            )
            return table
        table.columns = form.labels
        table.rows = form.rows()
        table.findings += form.findings
        seen = [label.text for label in table.columns.values()]
    else:
        above = read_form(sheet, names, headers.row, also=frozenset(headers.columns))
        table.columns = above.labels | _positions(sheet, headers)
        table.rows = read_rows(sheet, spec, headers, names, above=above.carried(), given=given)
        table.findings += [
            *above.findings,
            *_about_headers(sheet, spec, headers),
            *_about_layout(sheet, headers),
        ]
        seen = [str(cell).strip() for cell in sheet.rows[headers.row] if cell != ""]
    ambiguous = headers.ambiguous if headers else {}
    table.findings += [
        finding("FLI005", sheet=sheet.name, kolumn=column.title, funna=listed([f"”{text}”" for text in seen]))
        for column in spec.columns
        if (column.required or column.role in needed)
        and column.role not in {*table.columns, *ambiguous, *given}
    ]
    table.findings += table.rows.findings
    return table


def _is_label(sheet: Sheet, names: HeaderNames, headers: Headers) -> bool:
    """Whether the one header found is a label: its value stands beside it, or another label below it."""
    if len(headers.columns) + len(headers.ambiguous) > 1 or headers.ambiguous:
        return False
    ((role, column),) = headers.columns.items()
    marked = any(row == headers.row + 1 and c > column + 1 for row, c in {*sheet.errors, *sheet.uncached})
    below = (names.exact(row[column])[0] for row in sheet.rows[headers.row + 1 :][:ROWS_SEARCHED])
    beside = any(cell != "" for cell in sheet.rows[headers.row][column + 1 :])
    return beside or marked or any(found not in ("", role) for found in below)


def _wanted(spec: SheetSpec) -> str:
    return listed(
        [f"”{column.title}”" for column in spec.columns if column.required] or [f"”{spec.columns[0].title}”"]
    )


def _positions(sheet: Sheet, headers: Headers) -> dict[str, Field]:
    return {
        role: Field(str(sheet.rows[headers.row][column]).strip(), sheet.name, headers.row + 1, column + 1)
        for role, column in headers.columns.items()
    }


def _about_headers(sheet: Sheet, spec: SheetSpec, headers: Headers) -> list[Finding]:
    found: list[Finding] = []
    for role, columns in headers.ambiguous.items():
        cells = [
            Field(str(sheet.rows[headers.row][column]).strip(), sheet.name, headers.row + 1, column + 1)
            for column in columns
        ]
        column_spec = spec.column(role)
        found.append(
            finding(
                "FLI004",
                cells[0],
                value=str(sheet.rows[headers.row][columns[0]]),
                kolumn=column_spec.title if column_spec else role,
                rubriker=listed([f"”{cell.text}” i {cell.cell}" for cell in cells]),
                related=tuple(cell.position for cell in cells[1:]),
            )
        )
    taken = {*headers.columns.values(), *(c for columns in headers.ambiguous.values() for c in columns)}
    body = sheet.rows[headers.row + 1 :]
    width = max(map(len, sheet.rows), default=0)
    extra = [c for c in range(width) if c not in taken and any(row[c] != "" for row in body if c < len(row))]
    if extra:
        names = [_column_name(sheet, headers.row, column) for column in extra]
        found.append(finding("FLI011", sheet=sheet.name, kolumner=listed(names)))
    return found


def _column_name(sheet: Sheet, row: int, column: int) -> str:
    header = str(sheet.rows[row][column]).strip() if column < len(sheet.rows[row]) else ""
    return f"”{header}”" if header else f"kolumn {column_letters(column + 1)} (utan rubrik)"


def _about_layout(sheet: Sheet, headers: Headers) -> list[Finding]:
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
        letters = listed([column_letters(column + 1) for column in columns])
        found.append(finding("FLI022", sheet=sheet.name, kolumner=letters))
    return found
