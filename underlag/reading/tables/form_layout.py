"""Reads the form layout: a label in one column, its value next to it, more values below or to the right.

Findings: FLI034.
"""

import itertools
from collections.abc import Collection, Sequence
from typing import NamedTuple

from underlag.characters.likeness import compact
from underlag.findings import Finding, finding
from underlag.reading.cells import split_cells
from underlag.reading.cells.cell_text import cell_finding, shown, special, treat
from underlag.reading.cells.header_names import LONGEST
from underlag.reading.cells.identifiers import is_value
from underlag.reading.cells.split_rows import NAME_OF
from underlag.reading.formats.grid import CellValue, Sheet
from underlag.reading.tables.header_roles import HeaderNames
from underlag.reading.tables.headers import NAME_HEADERS
from underlag.reading.tables.rows import Rows
from underlag.reading.tables.unread import about_values
from underlag.workbook import Cells, Field

#: The role that each name belongs to.
_PAIRED = {"consumer_name": "consumer", "producer_name": "producer", "addressee_name": "addressee"}


class OtherLabel(NamedTuple):
    """A label that the profile does not have, with the filled cells next to it."""

    at: Field
    values: list[Field]


class Form:
    """Labels and values of a sheet, or of the part of it above a table.

    `empty` has, for each label without a value, the empty cell where the value belongs.
    `others` are labels in between that the profile does not have.
    `outside` are the Excel row numbers of other texts.
    """

    def __init__(self) -> None:
        self.labels: dict[str, Field] = {}
        self.values: dict[str, list[Field]] = {}
        self.empty: dict[str, Field] = {}
        self.unreadable: set[tuple[str, int, int]] = set()
        self.others: list[OtherLabel] = []
        self.outside: list[int] = []
        self.entry_rows: list[int] = []
        self.findings: list[Finding] = []

    def carried(self) -> dict[str, Field]:
        """Return the first value of each role, for a whole table; report the others."""
        self.findings += (
            finding("FLI034", value) for values in self.values.values() for value in values[1:] if value.text
        )
        return {role: values[0] for role, values in self.values.items()}

    @property
    def filled_cells(self) -> list[Field]:
        """Return the cells that were read as values."""
        return [value for values in self.values.values() for value in values if value.text]

    @property
    def rows_filled(self) -> set[int]:
        """Return the rows with a label and values of its own, or with one of the form's values."""
        others = {other.at.row for other in self.others}
        return others | {value.row for values in self.values.values() for value in values}

    @property
    def is_transposed(self) -> bool:
        """Whether the units are in one row, each in a column of its own."""
        units = [value for value in self.values.get("addressee", ()) if value.text]
        return len({unit.row for unit in units}) == 1 and len({unit.column for unit in units}) > 1

    def columns_meant(self, cell: Field) -> frozenset[int]:
        """Return the columns of the units to which a cell next to another label applies; empty for all units.

        A single value applies to all units, unless it is below another unit than the first.
        """
        own = next((other.values for other in self.others if other.at.row == cell.row), [cell])
        first = min((value.column for value in self.filled_cells), default=0)
        if not self.is_transposed or (len(own) == 1 and cell.column == first and cell is own[0]):
            return frozenset()
        return frozenset({cell.column})

    def _actions_by_column(self) -> dict[int, Field]:
        """Return what is done with the unit of each column, where the units have columns of their own.

        One action alone in the first of the columns is that of all units.
        """
        actions = (
            [value for value in self.values.get("action", ()) if value.text] if self.is_transposed else []
        )
        first = min((unit.column for unit in self.values.get("addressee", ())), default=0)
        if len(actions) == 1 and actions[0].column == first:
            return {}
        return {action.column: action for action in actions}

    def units_in(self, row: int) -> list[tuple[str, int, int]]:
        """Return the cells of a row that were read as values."""
        return [value.position for value in self.filled_cells if value.row == row]

    def rows(self) -> Rows:
        """Return the form as rows: every combination of its values, names with their ids."""
        given = {role: self.values.get(role) or [empty] for role, empty in self.empty.items()}
        actions = self._actions_by_column()
        free = [
            role
            for role in given
            if (role not in _PAIRED or _PAIRED[role] not in given) and not (role == "action" and actions)
        ]
        rows = Rows()
        rows.unreadable = self.unreadable
        choices = [[(role, at) for at in range(len(given[role]))] for role in free]
        for chosen in itertools.product(*choices) if choices else ():
            found = {role: given[role][at] for role, at in chosen}
            for name, of in _PAIRED.items():
                names = given.get(name, [])
                at = dict(chosen).get(of, 0)
                if name not in found and names:
                    found[name] = names[min(at, len(names) - 1)]
            if actions:
                found["action"] = actions.get(found["addressee"].column, self.empty["action"])
            asked = found.get("addressee") or next(iter(found.values()))
            rows.numbers.append(asked.row)
            for role, value in found.items():
                rows.parts.setdefault(role, Cells()).append(value)
        self.entry_rows = list(dict.fromkeys(rows.numbers))
        return rows


def read_forms(sheet: Sheet, names: HeaderNames, contracts: Collection[str]) -> list[Form]:
    """Read a sheet of labels and values: one form for each repetition of its first label.

    Args:
        sheet: the sheet.
        names: the meanings of labels.
        contracts: names of contracts in lower case, to recognise them in texts that are not read.
    """
    starts = [0]
    first, seen = "", set[str]()
    for index, row in enumerate(sheet.rows):
        role = names.exact(next((cell for cell in row if _is_filled(cell)), ""))[0]
        if not role:
            continue
        if role == first and len(seen) > 1:
            starts.append(index)
            seen = set()
        first = first or role
        seen.add(role)
    ends = [*starts[1:], len(sheet.rows)]
    return [
        read_form(sheet, names, contracts, first=start, last=end, whole=True)
        for start, end in zip(starts, ends, strict=True)
    ]


def read_form(
    sheet: Sheet,
    names: HeaderNames,
    contracts: Collection[str],
    *,
    first: int,
    last: int,
    also: frozenset[str] = frozenset(),
    whole: bool = False,
) -> Form:
    """Read labels and the values next to them.

    Args:
        sheet: the sheet.
        names: the meanings of labels.
        contracts: names of contracts in lower case, to recognise them in texts that are not read.
        first: the first row to read, from 0.
        last: the row after the last one to read: the headers of a table, or the end of the sheet.
        also: roles for which the table below has columns.
        whole: whether the sheet is only a form; then a label without a value counts as a label too.
    """
    form = Form()
    silent: set[int] = set()
    current: tuple[str, int] | None = None
    for index in range(first, last):
        row = sheet.rows[index]
        filled = [c for c, cell in enumerate(row) if _is_filled(cell) or _marked(sheet, index, c)]
        if not filled:
            current = None
            continue
        role, _ = names.exact(row[filled[0]])
        if role and role not in also and (len(filled) > 1 or whole):
            current = _read_labels(form, sheet, names, index, filled)
        elif whole and form.labels and _is_other_label(row, filled):
            name = _name_of_the_last(form, names, row[filled[0]])
            current = (name, filled[1]) if name else None
            if name:
                _read_name(form, sheet, name, index, filled)
            else:
                form.others.append(_other_label(sheet, index, filled))
        elif current and filled[0] == current[1]:
            _take(form, sheet, current[0], index, filled)
        else:
            current = None
            silent.add(index + 1)
    form.outside = sorted(silent | _drop_labels_below(form))
    columns = {cell.column for cells in form.values.values() for cell in cells} if whole else set()
    form.findings += about_values(sheet, form.outside, contracts, columns)
    return form


def _read_labels(
    form: Form, sheet: Sheet, names: HeaderNames, row: int, filled: list[int]
) -> tuple[str, int]:
    """Read a row of labels with their values; return the last role and the column of its first value."""
    cells = sheet.rows[row]
    labels = [column for column in filled if names.exact(cells[column])[0]]
    role, beside = "", 0
    for label, following in zip(labels, [*labels[1:], len(cells)], strict=True):
        role, _ = names.exact(cells[label])
        values = [column for column in filled if label < column < following]
        beside = values[0] if values else label + 1
        form.labels.setdefault(role, Field(str(cells[label]).strip(), sheet.name, row + 1, label + 1))
        form.empty.setdefault(role, Field("", sheet.name, row + 1, beside + 1))
        _take(form, sheet, role, row, values)
    return role, beside


def _drop_labels_below(form: Form) -> set[int]:
    """Remove the other labels below the form, and return their rows."""
    last_row = max((value.row for value in form.filled_cells), default=0)
    for other in form.others:
        # Further labels right below the last value belong to the form, too.
        last_row += other.at.row == last_row + 1
    below = {other.at.row for other in form.others if other.at.row > last_row}
    form.others = [other for other in form.others if other.at.row <= last_row]
    return below


def _name_of_the_last(form: Form, names: HeaderNames, label: CellValue) -> str:
    """Return the role of a label 'Namn …' after the label of an id without name; '' for others."""
    last = list(form.labels)[-1]
    name = NAME_OF.get(last, "")
    begins = isinstance(label, str) and compact(label).startswith(NAME_HEADERS)
    return name if begins and name and name not in form.labels and not names.exact(label)[1] else ""


def _read_name(form: Form, sheet: Sheet, role: str, row: int, filled: list[int]) -> None:
    label = str(sheet.rows[row][filled[0]]).strip()
    form.labels[role] = Field(label, sheet.name, row + 1, filled[0] + 1)
    form.empty[role] = Field("", sheet.name, row + 1, filled[1] + 1)
    _take(form, sheet, role, row, filled[1:])


def _is_other_label(row: Sequence[CellValue], filled: list[int]) -> bool:
    """Whether a row begins with the text of a label, and has a value next to it."""
    first = row[filled[0]]
    return len(filled) > 1 and isinstance(first, str) and len(first) <= LONGEST and not is_value(first)


def _other_label(sheet: Sheet, row: int, filled: list[int]) -> OtherLabel:
    def text(column: int) -> str:
        return shown(sheet.rows[row][column]).strip() or sheet.errors.get((row + 1, column + 1), "")

    label, *values = (Field(text(column), sheet.name, row + 1, column + 1) for column in filled)
    return OtherLabel(label._replace(text=" ".join(label.text.split())), [one for one in values if one.text])


def _is_filled(cell: CellValue) -> bool:
    return bool(cell.strip()) if isinstance(cell, str) else True


def _marked(sheet: Sheet, row: int, column: int) -> bool:
    return (row + 1, column + 1) in sheet.errors or (row + 1, column + 1) in sheet.uncached


def _take(form: Form, sheet: Sheet, role: str, row: int, columns: list[int]) -> None:
    for column in columns:
        raw = sheet.rows[row][column]
        marked = special(sheet, row + 1, column + 1)
        pieces = split_cells.pieces(role, raw) if isinstance(raw, str) and not marked else [raw]
        for piece in pieces:
            treated = marked or treat(role, piece)
            value = Field(treated.text, sheet.name, row + 1, column + 1)
            if treated.code:
                form.findings.append(cell_finding(treated, value, raw, shown(piece)))
            if treated.unreadable:
                form.unreadable.add(value.position)
            if value.text or treated.unreadable:
                form.values.setdefault(role, []).append(value)
