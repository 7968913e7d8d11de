"""The form layout: a label in one column, its value beside it, further values below or to the right."""

import itertools
from dataclasses import dataclass, field

from underlag.findings import Finding, finding
from underlag.model import Field
from underlag.reading.cells import Treated, special, told, treat
from underlag.reading.grid import Sheet
from underlag.reading.headers import HeaderNames
from underlag.reading.ranges import spans
from underlag.reading.rows import Rows

_PAIRED = {"consumer_name": "consumer", "producer_name": "producer", "addressee_name": "addressee"}


@dataclass(slots=True)
class Form:
    """Labels and values of a sheet, or of the part of it above a table."""

    labels: dict[str, Field] = field(default_factory=dict)
    values: dict[str, list[Field]] = field(default_factory=dict)
    unreadable: set[tuple[str, int, int]] = field(default_factory=set)
    findings: list[Finding] = field(default_factory=list)

    def carried(self) -> dict[str, Field]:
        """Return the values that count for a whole table: the first of each role."""
        return {role: values[0] for role, values in self.values.items()}

    def rows(self) -> Rows:
        """Return the form as rows: every combination of its values, names with their ids."""
        free = [role for role in self.values if role not in _PAIRED or _PAIRED[role] not in self.values]
        rows = Rows(unreadable=self.unreadable)
        choices = [[(role, at) for at in range(len(self.values[role]))] for role in free]
        for chosen in itertools.product(*choices) if choices else ():
            found = {role: self.values[role][at] for role, at in chosen}
            for name, of in _PAIRED.items():
                names = self.values.get(name, [])
                at = dict(chosen).get(of, 0)
                if name not in found and names:
                    found[name] = names[min(at, len(names) - 1)]
            asked = found.get("addressee") or next(iter(found.values()))
            rows.numbers.append(asked.row)
            for role, value in found.items():
                rows.parts.setdefault(role, []).append(value)
        return rows


def read_form(sheet: Sheet, names: HeaderNames, last: int, *, also: frozenset[str] = frozenset()) -> Form:
    """Read labels and the values beside them.

    Args:
        sheet: the sheet.
        names: what labels mean.
        last: how many rows to read: all, or those above the headers of a table.
        also: roles that the table below has columns for.
    """
    form = Form()
    silent: set[int] = set()
    current: tuple[str, int, int] | None = None
    for index, row in enumerate(sheet.rows[:last]):
        at = next((c for c, cell in enumerate(row) if cell != "" or _marked(sheet, index, c)), None)
        if at is None:
            current = None
            continue
        role, _ = names.exact(row[at])
        cells = _beside(sheet, names, index, at)
        if role and role not in also and cells:
            form.labels.setdefault(role, Field(str(row[at]).strip(), sheet.name, index + 1, at + 1))
            current = (role, at, cells[0])
            _take(form, sheet, role, index, cells)
        elif current and at == current[2]:
            _take(form, sheet, current[0], index, [at])
        else:
            current = None
            silent.add(index + 1)
    if silent:
        form.findings.append(finding("FLI018", sheet=sheet.name, rader=spans(silent)))
    return form


def _beside(sheet: Sheet, names: HeaderNames, row: int, label: int) -> list[int]:
    """Return the columns of the filled cells to the right of a label, up to the next label."""
    cells = sheet.rows[row]
    found: list[int] = []
    for column in range(label + 1, len(cells)):
        if names.exact(cells[column])[0]:
            break
        if cells[column] != "" or _marked(sheet, row, column):
            found.append(column)
    return found


def _marked(sheet: Sheet, row: int, column: int) -> bool:
    return (row + 1, column + 1) in sheet.errors or (row + 1, column + 1) in sheet.uncached


def _take(form: Form, sheet: Sheet, role: str, row: int, columns: list[int]) -> None:
    for column in columns:
        raw = sheet.rows[row][column]
        treated: Treated = special(sheet, row + 1, column + 1) or treat(role, raw)
        value = Field(treated.text, sheet.name, row + 1, column + 1)
        if said := told(treated, value, raw):
            form.findings.append(said)
        if treated.unreadable:
            form.unreadable.add(value.position)
        if value.text or treated.unreadable:
            form.values.setdefault(role, []).append(value)
