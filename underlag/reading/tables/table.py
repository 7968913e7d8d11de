"""Reads a sheet of the profile as a table, or as a form of labels with values.

Findings: FLI003, FLI005, FLI017.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Final

from underlag.account import UnresolvedColumn
from underlag.findings import Finding, finding
from underlag.profiles.profile import SheetSpec
from underlag.reading.cells.identifiers import is_value
from underlag.reading.formats.grid import Sheet
from underlag.reading.tables.column_findings import (
    about_blank_formulas,
    about_hidden,
    ambiguous_columns,
    free_columns,
)
from underlag.reading.tables.form_layout import Form, read_form, read_forms
from underlag.reading.tables.header_roles import Chosen, HeaderNames
from underlag.reading.tables.headers import ROWS_SEARCHED, Headers, find_headers, heading
from underlag.reading.tables.odd_rows import is_left_empty
from underlag.reading.tables.row_sorting import RowText
from underlag.reading.tables.rows import Rows, no_column, read_rows
from underlag.reading.tables.sections import Section, find_sections
from underlag.reading.tables.swapped_columns import about_swapped
from underlag.reading.tables.unread import is_orderable
from underlag.text.lists import MOST_NAMED, listed
from underlag.workbook import Cells, Field

#: Minimum labels below one another that make a form, even an empty one.
_LABELS: Final = 2
#: Minimum headers that describe a table.
_FEW: Final = 2


class Part:
    """One of the tables of a sheet: its headers, the rows below them, and the rows with totals."""

    def __init__(self, headers: Headers, rows: list[int], texts: list[RowText], totals: list[int]) -> None:
        self.headers = headers
        self.rows = rows
        self.texts = texts
        self.totals = totals


class Table:
    """The contents of a sheet of the profile.

    Attributes:
        spec: the sheet of the profile.
        sheet: its name in the workbook.
        columns: the header cell of each role.
        rows: the rows that were read below (or next to) the headers.
        found: whether headers were found; without them nothing is read.
        parts: the tables of the sheet, from the top.
        forms: its labels with their values, if it is a form.
        outside: the numbers of rows with other texts.
        ambiguous: roles that several columns match equally well.
        unresolved: roles without a column that was read: none matches, or several do equally well.
    """

    def __init__(self, spec: SheetSpec, sheet: str) -> None:
        self.spec = spec
        self.sheet = sheet
        self.columns: dict[str, Field] = {}
        self.rows = Rows()
        self.found = True
        self.parts: list[Part] = []
        self.forms: list[Form] = []
        self.outside: list[int] = []
        self.ambiguous: set[str] = set()
        self.unresolved: list[UnresolvedColumn] = []
        self.findings: list[Finding] = []

    def forget_left_empty(self) -> None:
        """Drop texts that say that the table is left empty on purpose: they deny no row."""
        for part in self.parts:
            part.texts = [text for text in part.texts if not is_left_empty(text.at.text)]


def read_table(
    sheet: Sheet,
    spec: SheetSpec,
    given: frozenset[str],
    needed: frozenset[str],
    contracts: Collection[str] = (),
    *,
    chosen: Chosen | None = None,
    may_be_empty: bool = False,
) -> Table:
    """Read a sheet of the profile, with headers in a row or as labels next to their values.

    Args:
        sheet: the sheet.
        spec: what the profile says of it.
        given: roles for which the profile has a fixed value: their columns may be missing.
        needed: roles that every order requires.
        contracts: names of contracts in lower case, to recognise them in texts that are not read.
        chosen: decided roles of its columns.
        may_be_empty: whether the sheet may lack headers: the profile and another sheet give all values.
    """
    table = Table(spec, sheet.name)
    names = HeaderNames(spec, chosen)
    headers = find_headers(sheet, names)
    if headers is None or _is_label(sheet, names, headers):
        if not _take_forms(table, sheet, names, contracts):
            _take_nothing(table, sheet, contracts, may_be_empty=may_be_empty)
            return table
        seen = [label.text for label in table.columns.values()]
        table.findings += [found for _, found in _missing(table, set(table.columns) | given, needed, seen)]
    else:
        for section in find_sections(sheet, names, headers):
            _take_section(table, sheet, names, section, contracts, given=given, needed=needed)
        _report_loose(table)
    swapped, cells = about_swapped(sheet.name, spec, table.rows.parts, contracts)
    table.rows.unreadable |= cells
    table.findings += [*table.rows.findings, *about_blank_formulas(sheet, table.rows.parts), *swapped]
    return table


def _take_forms(table: Table, sheet: Sheet, names: HeaderNames, contracts: Collection[str]) -> bool:
    """Read the sheet as labels with values; return False if it is none."""
    forms = read_forms(sheet, names, contracts)
    labels = [label for form in forms for label in form.labels.values()]
    if not any(form.values for form in forms) and len({label.row for label in labels}) < _LABELS:
        return False
    for form in forms:
        table.columns = form.labels | table.columns
        _append(table.rows, form.rows(), sheet.name)
        table.findings += form.findings
        table.outside += form.outside
        table.forms.append(form)
    return True


def _take_nothing(table: Table, sheet: Sheet, contracts: Collection[str], *, may_be_empty: bool) -> None:
    """Report missing headers, unless the sheet has no contents that need them."""
    rows = [
        number
        for number, row in enumerate(sheet.rows, start=1)
        if any(not isinstance(cell, str) or cell.strip() for cell in row)
    ]
    texts = (str(cell) for number in rows for cell in sheet.rows[number - 1])
    if may_be_empty and not sheet.errors and not any(is_orderable(text, contracts) for text in texts):
        table.outside = rows
        return
    table.found = False
    table.findings.append(finding("FLI003", sheet=sheet.name, rader=ROWS_SEARCHED, sökta=_wanted(table.spec)))


def _take_section(
    table: Table,
    sheet: Sheet,
    names: HeaderNames,
    section: Section,
    contracts: Collection[str],
    *,
    given: frozenset[str],
    needed: frozenset[str],
) -> None:
    """Read one of the tables of a sheet."""
    headers = section.headers
    part = sheet if section.end == len(sheet.rows) else replace(sheet, rows=sheet.rows[: section.end])
    also = frozenset(headers.columns)
    above = read_form(sheet, names, contracts, first=section.top, last=headers.top, also=also)
    carried = above.carried()
    columns = above.labels | _positions(sheet, headers)
    table.columns = columns | table.columns
    table.ambiguous |= headers.ambiguous.keys()
    ambiguous = ambiguous_columns(part, table.spec, headers)
    seen = [str(cell).strip() for cell in sheet.rows[headers.row] if cell != ""]
    missing = _missing(table, {*columns, *headers.ambiguous, *given}, needed, seen)
    free = free_columns(part, headers) if missing else []
    table.unresolved += [*ambiguous, *(UnresolvedColumn(role, free, found) for role, found in missing)]
    table.findings += [
        *above.findings,
        *(one.question for one in ambiguous),
        *about_hidden(part, headers),
        *(found for _, found in missing),
    ]
    rows = read_rows(part, table.spec, headers, names, above=carried, given=given)
    rows.unreadable |= above.unreadable
    table.parts.append(Part(headers, rows.read, rows.texts, rows.totals))
    table.outside += above.outside
    _append(table.rows, rows, sheet.name)


def joined(tables: Sequence[Table]) -> Table:
    """Return several sheets that are one of the profile's as one table; each row keeps its sheet.

    Args:
        tables: the table of each.
    """
    first, *others = tables
    for table in others:
        first.columns = table.columns | first.columns
        first.rows.sheets = [
            *(first.rows.sheets or [first.sheet] * len(first.rows.numbers)),
            *[table.sheet] * len(table.rows.numbers),
        ]
        _append(first.rows, table.rows, first.sheet, table.sheet)
        first.found &= table.found
        first.ambiguous |= table.ambiguous
        first.findings += table.findings
    if others:
        before = len(first.rows.findings)
        _report_loose(first)
        first.findings += first.rows.findings[before:]
    return first


def _append(rows: Rows, further: Rows, sheet: str, other: str = "") -> None:
    """Append the rows of a further table; a column that only one of them has is empty in the other.

    Args:
        rows: get the further ones.
        further: the further ones.
        sheet: the sheet of the first.
        other: the sheet of the further ones, '' for the same.
    """
    if further.numbers and not rows.numbers:
        rows.numbers, rows.parts = further.numbers, further.parts
    elif further.numbers:
        for role in {**rows.parts, **further.parts}:
            values = Cells(rows.parts.get(role) or no_column(sheet, rows.numbers))
            values.extend(further.parts.get(role) or no_column(other or sheet, further.numbers))
            rows.parts[role] = values
        rows.numbers = [*rows.numbers, *further.numbers]
    elif not rows.numbers:
        rows.parts = further.parts | rows.parts
    rows.loose += further.loose
    rows.unreadable |= further.unreadable
    rows.findings += further.findings


def _report_loose(table: Table) -> None:
    """Report rows without addressee that no table below them uses, if another table has addressees."""
    if not table.rows.numbers:
        return
    for row in table.rows.loose:
        if own := next((value for value in row.values() if value.text), None):
            table.rows.findings.append(finding("FLI017", own, rad=own.row))
    table.rows.loose = []


def _missing(
    table: Table, there: set[str], needed: frozenset[str], seen: list[str]
) -> list[tuple[str, Finding]]:
    """Return the roles that have no column, each with its finding."""
    found = listed([f"”{text}”" for text in seen], most=MOST_NAMED)
    return [
        (column.role, finding("FLI005", sheet=table.sheet, kolumn=column.title, funna=found))
        for column in table.spec.columns
        if (column.required or column.role in needed) and column.role not in there
    ]


def _is_label(sheet: Sheet, names: HeaderNames, headers: Headers) -> bool:
    """Whether the only header is a label: its value is next to it, or another label below it.

    A value below it, and none next to it, makes it the header of a column.
    """
    if len(headers.columns) + len(headers.ambiguous) > 1 or headers.ambiguous:
        return False
    ((role, column),) = headers.columns.items()
    marked = any(row == headers.row + 1 and c > column + 1 for row, c in {*sheet.errors, *sheet.uncached})
    body = sheet.rows[headers.row + 1 :][:ROWS_SEARCHED]
    below = [row[column] for row in body if column < len(row)]
    beside = [cell for cell in sheet.rows[headers.row][column + 1 :] if cell != ""]
    if below and is_value(below[0]) and not marked and not any(map(is_value, beside)):
        return False
    return bool(beside) or marked or any(names.exact(cell)[0] not in ("", role) for cell in below)


def _wanted(spec: SheetSpec) -> str:
    """Return the columns that a sheet must have; if that is only one, all columns except names."""
    wanted = [column.title for column in spec.columns if column.required]
    if len(wanted) < _FEW:
        wanted = [column.title for column in spec.columns if not column.role.endswith("_name")]
    return listed([f"”{title}”" for title in wanted], most=MOST_NAMED)


def _positions(sheet: Sheet, headers: Headers) -> dict[str, Field]:
    return {role: heading(sheet, headers, column) for role, column in headers.columns.items()}
