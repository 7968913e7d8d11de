"""Reads the rows of a table: repeated values are carried down, other texts are skipped with a note.

Findings: FLI017.
"""

from collections.abc import Iterable, Mapping, Sequence

from underlag.columns import row_places
from underlag.findings import Finding, finding
from underlag.profiles.profile import SheetSpec
from underlag.reading.cells import carried_values
from underlag.reading.cells.cell_findings import about_cells
from underlag.reading.cells.columns import Column, read_columns
from underlag.reading.cells.crowd import refuse_crowd
from underlag.reading.cells.split_rows import pair_names, split_rows
from underlag.reading.formats.grid import Sheet
from underlag.reading.tables.header_roles import HeaderNames
from underlag.reading.tables.headers import Headers
from underlag.reading.tables.row_sorting import RowSorting, RowText
from underlag.workbook import Cells, Field


class Rows:
    """The rows below the headers, as columns of equal length.

    Attributes:
        numbers: the rows' numbers in Excel.
        parts: the values of each role that has a column.
        loose: rows with nothing but carried values, if no row has an addressee.
        read: the numbers of all rows that were read, loose ones included, each once.
        texts: texts between and below the rows.
        totals: the numbers of the rows that count others.
        sheets: the sheet of each row, where they are of several.
        unreadable: positions of cells with an error.
    """

    def __init__(self) -> None:
        self.numbers: list[int] = []
        self.parts: dict[str, Cells] = {}
        self.loose: list[dict[str, Field]] = []
        self.read: list[int] = []
        self.texts: list[RowText] = []
        self.totals: list[int] = []
        self.sheets: list[str] = []
        self.unreadable: set[tuple[str, int, int]] = set()
        self.findings: list[Finding] = []


def no_column(sheet: str, numbers: Iterable[int]) -> Cells:
    """Return the empty values of rows without a column that other rows have."""
    return Cells(Field("", sheet, number, 0) for number in numbers)


def read_rows(
    sheet: Sheet,
    spec: SheetSpec,
    headers: Headers,
    names: HeaderNames,
    *,
    above: Mapping[str, Field],
    given: frozenset[str],
) -> Rows:
    """Read the rows below the headers.

    Args:
        sheet: the sheet.
        spec: what the profile says of it.
        headers: its headers.
        names: the meanings of headers, to recognise repeated ones.
        above: values above the table, from labels, by role.
        given: roles for which the profile has a fixed value.

    Raises:
        UnreadableError: more rows than the limits have contents, or contents but no HSA-ID; or as
            `read_columns`.
    """
    first = headers.row + 2
    carried = {column.role for column in spec.columns if column.carry_down}
    columns = read_columns(sheet, first, headers.columns, carried)
    sorting = RowSorting(sheet, headers, columns, names, needs_addressee="addressee" not in given)
    kept, loose = sorting.sort()
    result = Rows()
    result.findings, result.texts, result.totals = sorting.findings, sorting.texts, sorting.totals
    by_role = {column.role: column for column in columns}
    numbers = range(first, first + len(sheet.rows))
    result.read = list(map(numbers.__getitem__, kept))
    if "action" in by_role and "action" not in above:
        result.findings += carried_values.removals(sheet.name, numbers, by_role["action"], kept, loose)
    result.findings += pair_names(by_role, sheet.name, first, set(kept))
    findings, result.unreadable = about_cells(sheet, first, columns, set(kept))
    result.findings += findings
    parts = _fields(sheet.name, spec, by_role, numbers, kept, above=above)
    own: Sequence[int] = kept
    if loose:
        _part_loose(result, kept, loose, parts, by_role)
        left = [at for at, i in enumerate(kept) if i not in loose]
        parts = {role: values.take(left) for role, values in parts.items()}
        own = [kept[at] for at in left]
    result.numbers, result.parts = list(map(numbers.__getitem__, own)), parts
    if not own and not result.loose and above:
        # Values above a table without rows apply to addressees from elsewhere.
        empty = {role: Field("", sheet.name, first, at.index + 1) for role, at in by_role.items()}
        result.loose = [{**empty, **above}]
    if any(column.pieces for column in columns):
        result.numbers, result.parts = split_rows(sheet.name, result.numbers, parts, by_role, first)
    return result


def _part_loose(
    result: Rows, kept: Sequence[int], loose: set[int], parts: dict[str, Cells], by_role: dict[str, Column]
) -> None:
    """Move rows without addressee to `loose`: they apply to rows below or to addressees from elsewhere."""
    if len(loose) == len(kept):
        result.loose = [{role: values[at] for role, values in parts.items()} for at in range(len(kept))]
        return
    used = {values[at].row for values in parts.values() for at, i in enumerate(kept) if i not in loose}
    for at, i in enumerate(kept):
        own = [values[at] for role, values in parts.items() if role in by_role and by_role[role].filled(i)]
        if i in loose and own and own[0].row not in used:
            result.findings.append(finding("FLI017", own[0], rad=own[0].row))
            refuse_crowd(result.findings)


def _fields(
    sheet: str,
    spec: SheetSpec,
    by_role: Mapping[str, Column],
    numbers: range,
    kept: Sequence[int],
    *,
    above: Mapping[str, Field],
) -> dict[str, Cells]:
    """Return for each role the values of the rows that are read, carried values included."""
    ends = carried_values.ends(spec, by_role, kept)
    carried = {column.role for column in spec.columns if column.carry_down}
    every = len(kept) == len(numbers)
    places = row_places(numbers if every else map(numbers.__getitem__, kept))
    parts = {
        role: column.fields(
            sheet,
            numbers,
            kept,
            places,
            carried=role in carried,
            before=above.get(role),
            ends=ends.get(role, ()),
        )
        for role, column in by_role.items()
    }
    return parts | {
        role: Cells.repeated(value, len(kept)) for role, value in above.items() if role not in by_role
    }
