"""Builds flows from tables: every row, completed by the profile or another sheet.

Findings: FLI030, FLI031, FLI032, FLI033, FLI035.
"""

import itertools
from collections.abc import Iterable, Mapping, Sequence

from underlag.columns import NOTHING
from underlag.findings import Finding, finding
from underlag.profiles.profile import FlowSpec, Profile
from underlag.reading.cells.split_rows import NAME_OF
from underlag.reading.remarks.references import refers_to_sheet
from underlag.reading.tables.table import Table
from underlag.text.lists import listed, spans
from underlag.workbook import ROLES, Cells, Entries, Field, Flow

#: The source of values that are in no cell.
FROM_PROFILE = "profilen"
_Row = dict[str, Field]
_Parts = Mapping[str, Cells]


def build_flow(
    profile: Profile, spec: FlowSpec, tables: Sequence[Table], environment: str
) -> tuple[Flow, list[Finding]]:
    """Make the entries of a flow from the tables of its sheets (in the profile's order).

    Args:
        profile: the profile.
        spec: the flow.
        tables: the tables of the flow's sheets, in order.
        environment: key of the environment, '' if unknown; it determines the fixed values.
    """
    findings: list[Finding] = []
    main = next((table for table in tables if "addressee" in table.rows.parts), tables[-1])
    flow = Flow(spec, sheet=main.sheet)
    for table in tables:
        flow.columns.update(table.columns)
    numbers, parts, sheets = (
        (main.rows.numbers, main.rows.parts, main.rows.sheets)
        if len(tables) == 1
        else _combined(main, tables, findings)
    )
    unreadable = set().union(*(table.rows.unreadable for table in tables))
    filling = _Filling(profile, spec, main.sheet, environment, unreadable)
    flow.entries = filling.entries(numbers, parts, sheets)
    findings += filling.findings
    return flow, findings


def same_as_another(flow: Flow) -> Field | None:
    """Return the cell by which a flow has the addressees of another.

    Its text is 'Samma som fliken …' or 'Alla enheter'. None if the flow has an addressee of its own.
    """
    asked = [
        entry.addressee
        for entry in flow.entries[:1]
        if entry.addressee and refers_to_sheet(entry.addressee.text)
    ]
    return asked[0] if asked and all(map(refers_to_sheet, set(flow.entries.texts("addressee")))) else None


def take_addressees(
    profile: Profile,
    flow: Flow,
    other: Flow,
    table: Table,
    environment: str,
    *,
    same: Field | None = None,
) -> list[Finding]:
    """Add to a flow whose sheet has no addressees those of another flow.

    Args:
        profile: the profile.
        flow: the flow without addressees; its entries are replaced.
        other: the flow that has them.
        table: the table of the first flow's sheet.
        environment: key of the environment, '' when unknown.
        same: the cell that refers to the other sheet, None if the sheet has no addressees at all.
    """
    wanted = ("addressee", "addressee_name", "action")
    # Each addressee of the other flow once, with the values of its last row.
    last = dict(zip(other.entries.cells("addressee"), range(len(other.entries)), strict=False))
    last.pop(NOTHING, None)
    rows = list(last.values())
    theirs = {role: other.entries.cells(role).take(rows) for role in wanted if other.entries.has(role)}
    filling = _Filling(profile, flow.spec, table.sheet, environment, table.rows.unreadable)
    own = filling.rows(*_own_rows(table))
    columns: dict[str, Cells] = {
        role: Cells() for role in ROLES if role in theirs or any(role in r for r in own)
    }
    for row in own:
        for role, column in columns.items():
            value = row.get(role)
            if value is None and role in theirs:
                column.extend(theirs[role])
            else:
                column.extend(Cells.repeated(value or NOTHING, len(rows)))
    numbers = [other.entries[at].row for at in rows] * len(own)
    several = len(other.entries.sheets) > 1
    sheets = [other.entries[at].sheet for at in rows] * len(own) if several else []
    findings: list[Finding] = []
    flow.entries, flow.same_as = Entries(other.sheet, numbers, columns, sheets), other.spec.key
    if same is not None:
        findings.append(finding("FLI035", same, antal=len(rows), från=other.sheet))
    else:
        findings.append(finding("FLI030", sheet=table.sheet, antal=len(rows), från=other.sheet))
    return findings + filling.findings


def _own_rows(table: Table) -> tuple[Sequence[int], _Parts]:
    """Return the rows of a sheet without addressees, or the empty row below its headers."""
    rows: Sequence[_Row] = table.rows.loose
    numbers: Sequence[int] = [max(value.row for value in row.values()) for row in rows]
    if not rows and table.rows.numbers:
        numbers = table.rows.numbers
        rows = _as_rows(table)
    elif not rows:
        below = max((header.row for header in table.columns.values()), default=0) + 1
        numbers = [below]
        rows = [{role: Field("", table.sheet, below, at.column) for role, at in table.columns.items()}]
    # The other sheet has the addressees of these rows, and their actions if those here are empty.
    rows = [{role: value for role, value in row.items() if value.text or role != "action"} for row in rows]
    wanted = [role for role in ROLES if role not in ("addressee", "addressee_name")]
    return numbers, {
        role: Cells(row.get(role, NOTHING) for row in rows)
        for role in wanted
        if any(role in row for row in rows)
    }


def _combined(
    main: Table, tables: Sequence[Table], findings: list[Finding]
) -> tuple[list[int], _Parts, list[str]]:
    """Return every combination of the tables' rows, with their sheets where these are several.

    The main table's rows vary fastest.
    """
    others = [list(_ordered(table, findings)) for table in tables if table is not main]
    numbers: list[int] = []
    sheets: list[str] = []
    parts: dict[str, Cells] = {}
    for chosen in itertools.product(*others):
        same: _Row = {
            role: value for row in chosen for role, value in row.items() if role not in main.rows.parts
        }
        count = len(main.rows.numbers)
        numbers += main.rows.numbers
        sheets += main.rows.sheets
        for role, values in main.rows.parts.items():
            parts.setdefault(role, Cells()).extend(values)
        for role, value in same.items():
            parts.setdefault(role, Cells()).extend(Cells.repeated(value, count))
    return numbers, parts, sheets


def _ordered(table: Table, findings: list[Finding]) -> Iterable[_Row]:
    """Yield a table's rows, without rows that lack an address while others have one.

    Those are rows of the template for contracts that do not apply.
    """
    rows = _as_rows(table)
    asked = table.spec.column("url")
    if not asked or not asked.required or not any(row["url"].text for row in rows if "url" in row):
        yield from rows
        return
    for row in rows:
        if row["url"].text or row["url"].position in table.rows.unreadable:
            yield row
        else:
            contract = row.get("contract") or row["url"]
            findings.append(finding("FLI031", contract, related=(row["url"].position,)))


def _as_rows(table: Table) -> list[_Row]:
    return [
        {role: values[at] for role, values in table.rows.parts.items()}
        for at in range(len(table.rows.numbers))
    ]


class _Filling:
    """Adds the profile's fixed values to rows, with one finding for each role."""

    def __init__(
        self,
        profile: Profile,
        spec: FlowSpec,
        sheet: str,
        environment: str,
        unreadable: set[tuple[str, int, int]],
    ) -> None:
        self._gaps_filled: list[Finding] = []
        self._absent: list[str] = []
        self._profile, self._spec, self._sheet, self._environment = profile, spec, sheet, environment
        self._unreadable = unreadable
        self._reported: set[str] = set()

    @property
    def findings(self) -> list[Finding]:
        """Return one finding for all columns whose values were filled in."""
        if not self._absent:
            return self._gaps_filled
        absent = finding("FLI032", sheet=self._sheet, kolumner=listed(self._absent))
        return [absent, *self._gaps_filled]

    def entries(self, numbers: Sequence[int], parts: _Parts, sheets: Sequence[str]) -> Entries:
        """Return the entries of rows that are given as columns, with their sheets where these are several."""
        repeated, filled = self._filled(numbers, parts)
        if repeated is not None:
            numbers = [numbers[at] for at in repeated]
            sheets = [sheets[at] for at in repeated] if sheets else sheets
        return Entries(self._sheet, numbers, filled, sheets)

    def rows(self, numbers: Sequence[int], parts: _Parts) -> list[_Row]:
        """Return rows given as columns, each as its values by role."""
        repeated, filled = self._filled(numbers, parts)
        return [
            {role: value for role, values in filled.items() if (value := values.get(at)) is not None}
            for at in range(len(numbers if repeated is None else repeated))
        ]

    def _filled(self, numbers: Sequence[int], parts: _Parts) -> tuple[Sequence[int] | None, _Parts]:
        """Return the rows with what the profile adds, and which row each is of; None for each its own."""
        filled = dict(parts)
        if not numbers:
            return None, filled
        for role in ROLES:
            self._fill(role, filled, numbers)
        return self._fill_contracts(numbers, filled)

    def _fill(self, role: str, filled: dict[str, Cells], numbers: Sequence[int]) -> None:
        fixed = self._spec.fixed_value(role, self._environment)
        if fixed is None:
            return
        value = Field(fixed.value, FROM_PROFILE, 0, 0)
        given = filled.get(role, Cells())
        gaps = self._gaps(given)
        if not given:
            filled[role] = Cells.repeated(value, len(numbers))
        elif gaps:
            filled[role] = given = given[:]
            given.fill(gaps, value)
        if not given or gaps:
            self._say(role, fixed.value, [numbers[at] for at in gaps])
        if fixed.name and (named := NAME_OF.get(role)):
            self._fill_names(named, Field(fixed.name, FROM_PROFILE, 0, 0), filled, filled[role], fixed.value)

    def _fill_names(
        self, role: str, name: Field, filled: dict[str, Cells], parties: Cells, party: str
    ) -> None:
        """Give the profile's name to the rows of its party that state none."""
        if party not in parties.texts:
            return
        if role not in filled and parties.texts.count(party) == len(parties):
            filled[role] = Cells.repeated(name, len(parties))
            return
        names = filled[role][:] if role in filled else Cells.repeated(NOTHING, len(parties))
        names.fill((at for at in self._gaps(names) if parties.texts[at] == party), name)
        filled[role] = names

    def _fill_contracts(self, numbers: Sequence[int], filled: _Parts) -> tuple[Sequence[int] | None, _Parts]:
        """Expand a row without contract to one for every contract that the flow requires."""
        contracts = [Field(c.title, FROM_PROFILE, 0, 0) for c in self._spec.contracts if c.required]
        given = filled.get("contract", Cells())
        gaps = self._gaps(given)
        if not contracts or (given and not gaps):
            return None, filled
        self._say("contract", " och ".join(c.text for c in contracts), [numbers[at] for at in gaps])
        empty = set(gaps) if given else range(len(numbers))
        repeated: list[int] = []
        chosen = Cells()
        for at in range(len(numbers)):
            wanted = contracts if at in empty else [given[at]]
            repeated += [at] * len(wanted)
            chosen.extend(wanted)
        parts = {role: values.take(repeated) for role, values in filled.items()}
        return repeated, parts | {"contract": chosen}

    def _gaps(self, given: Cells) -> list[int]:
        """Return the rows without a value; most columns have none."""
        if "" not in given.texts:
            return []
        empty = [at for at, text in enumerate(given.texts) if not text]
        if not self._unreadable:
            return empty
        return [at for at in empty if given[at].position not in self._unreadable]

    def _say(self, role: str, value: str, rows: Sequence[int]) -> None:
        if role in self._reported:
            return
        self._reported.add(role)
        columns = [c for key in self._spec.sheets if (c := self._profile.sheet(key).column(role))]
        if not rows and not (columns and columns[0].in_form):
            return  # the column is not missed
        column = columns[0].title if columns else role
        if rows:
            self._gaps_filled.append(
                finding("FLI033", sheet=self._sheet, kolumn=column, rader=spans(rows), ifyllt=value)
            )
        else:
            self._absent.append(f"”{column}” (där används {value})")
