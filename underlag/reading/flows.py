"""From tables to flows: every row with what the profile, or another sheet, adds to it.

Findings: FLI030, FLI031, FLI032, FLI033, FLI035.
"""

import itertools
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from underlag.findings import Finding, finding
from underlag.profiles.profile import FlowSpec, Profile
from underlag.reading.cells.likeness import compact
from underlag.reading.cells.split_rows import NAME_OF
from underlag.reading.tables.table import Table
from underlag.text.lists import spans
from underlag.workbook import ROLES, Entry, Field, Flow

#: Where a value comes from that stands in no cell.
FROM_PROFILE = "profilen"
#: How people say 'as on the other sheet', as likeness.compact leaves it.
_SAME: Final = re.compile(
    r"(?:samma|alla)|(?:samma|se|enligt|som)(?:som)?(?:(?:pa|i)?(?:flik|blad)).*|sammasom.*"
    r"|(?:samma|alla)(?:enheter|vardenheter|adressater|logiskaadressater|mottagningar)(?:som|ovan|pa|i)?.*"
).fullmatch
_Row = dict[str, Field]
_Parts = dict[str, Sequence[Field | None]]


def build_flow(
    profile: Profile, spec: FlowSpec, tables: Sequence[Table], environment: str
) -> tuple[Flow, list[Finding]]:
    """Make the entries of a flow from the tables of its sheets (in the profile's order).

    Args:
        profile: the profile.
        spec: the flow.
        tables: what was read of each of the flow's sheets.
        environment: key of the environment, '' when unknown: it decides which values are fixed.
    """
    findings: list[Finding] = []
    main = next((table for table in tables if "addressee" in table.rows.parts), tables[-1])
    flow = Flow(spec, sheet=main.sheet)
    for table in tables:
        flow.columns.update(table.columns)
    numbers, parts = (
        (main.rows.numbers, main.rows.parts) if len(tables) == 1 else _combined(main, tables, findings)
    )
    unreadable = set().union(*(table.rows.unreadable for table in tables))
    filling = _Filling(profile, spec, main.sheet, environment, unreadable)
    flow.entries = filling.entries(numbers, parts)
    findings += filling.findings
    return flow, findings


def same_as_another(flow: Flow) -> Field | None:
    """Return the cell that says that a flow has the addressees of another.

    It says 'Samma som fliken …' or 'Alla enheter'. None where the flow has any addressee of its own.
    """
    asked = [
        entry.addressee for entry in flow.entries[:1] if entry.addressee and _means_same(entry.addressee)
    ]
    if not asked or not all(entry.addressee and _means_same(entry.addressee) for entry in flow.entries):
        return None
    return asked[0]


def _means_same(addressee: Field) -> bool:
    return _SAME(compact(addressee.text)) is not None


def take_addressees(
    profile: Profile,
    flow: Flow,
    other: Flow,
    table: Table,
    environment: str,
    *,
    same: Field | None = None,
) -> list[Finding]:
    """Give a flow whose sheet has no addressees those of another flow.

    Args:
        profile: the profile.
        flow: the flow without addressees; its entries are made anew.
        other: the flow that has them.
        table: what was read of the first flow's sheet.
        environment: key of the environment, '' when unknown.
        same: the cell that says so; None where the sheet simply has none.
    """
    wanted = ("addressee", "addressee_name", "action")
    addressees = {entry.addressee: entry for entry in other.entries if entry.addressee is not None}
    filling = _Filling(profile, flow.spec, table.sheet, environment, table.rows.unreadable)
    own = filling.rows(*_own_rows(table))
    entries = [
        Entry(
            other.sheet,
            entry.row,
            **{role: value for role in wanted if (value := getattr(entry, role)) is not None} | row,
        )
        for row in own
        for entry in addressees.values()
    ]
    findings: list[Finding] = []
    flow.entries, flow.same_as = entries, other.spec.key
    if same is not None:
        findings.append(finding("FLI035", same, antal=len(addressees), från=other.sheet))
    else:
        findings.append(finding("FLI030", sheet=table.sheet, antal=len(addressees), från=other.sheet))
    return findings + filling.findings


def _own_rows(table: Table) -> tuple[Sequence[int], _Parts]:
    """Return what a sheet without addressees says itself: its rows, or the empty one below its headers."""
    rows: Sequence[_Row] = table.rows.loose
    numbers: Sequence[int] = [max(value.row for value in row.values()) for row in rows]
    if not rows and table.rows.numbers:
        numbers = table.rows.numbers
        rows = [{role: values[at] for role, values in table.rows.parts.items()} for at in range(len(numbers))]
    elif not rows:
        below = max((header.row for header in table.columns.values()), default=0) + 1
        numbers = [below]
        rows = [{role: Field("", table.sheet, below, at.column) for role, at in table.columns.items()}]
    # Whose these rows are, the other sheet says, and what is done with each where its own action is empty.
    rows = [{role: value for role, value in row.items() if value.text or role != "action"} for row in rows]
    wanted = [role for role in ROLES if role not in ("addressee", "addressee_name")]
    return numbers, {
        role: [row.get(role) for row in rows] for role in wanted if any(role in row for row in rows)
    }


def _combined(
    main: Table, tables: Sequence[Table], findings: list[Finding]
) -> tuple[list[int], Mapping[str, Sequence[Field | None]]]:
    """Return every combination of the tables' rows; the main table's rows vary fastest."""
    others = [list(_ordered(table, findings)) for table in tables if table is not main]
    numbers: list[int] = []
    parts: dict[str, list[Field | None]] = {}
    for chosen in itertools.product(*others):
        same: _Row = {
            role: value for row in chosen for role, value in row.items() if role not in main.rows.parts
        }
        count = len(main.rows.numbers)
        numbers += main.rows.numbers
        for role, values in main.rows.parts.items():
            parts.setdefault(role, []).extend(values)
        for role, value in same.items():
            parts.setdefault(role, []).extend([value] * count)
    return numbers, parts


def _ordered(table: Table, findings: list[Finding]) -> Iterable[_Row]:
    """Yield a table's rows, without those whose address nobody filled in while others have one.

    Those are rows of the template for contracts that do not apply.
    """
    rows = [
        {role: values[at] for role, values in table.rows.parts.items()}
        for at in range(len(table.rows.numbers))
    ]
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


class _Filling:
    """Adds to rows what the profile fixes, and says so once for each role."""

    def __init__(
        self,
        profile: Profile,
        spec: FlowSpec,
        sheet: str,
        environment: str,
        unreadable: set[tuple[str, int, int]],
    ) -> None:
        self.findings: list[Finding] = []
        self._profile, self._spec, self._sheet, self._environment = profile, spec, sheet, environment
        self._unreadable = unreadable
        self._said: set[str] = set()

    def entries(self, numbers: Sequence[int], parts: Mapping[str, Sequence[Field | None]]) -> list[Entry]:
        """Return the entries of rows that are given as columns."""
        numbers, filled = self._filled(numbers, parts)
        columns = [filled.get(role) or itertools.repeat(None) for role in ROLES]
        return list(map(Entry, itertools.repeat(self._sheet, len(numbers)), numbers, *columns))

    def rows(self, numbers: Sequence[int], parts: Mapping[str, Sequence[Field | None]]) -> list[_Row]:
        """Return the rows that are given as columns, each as what stands in it."""
        numbers, filled = self._filled(numbers, parts)
        return [
            {role: value for role, values in filled.items() if (value := values[at]) is not None}
            for at in range(len(numbers))
        ]

    def _filled(
        self, numbers: Sequence[int], parts: Mapping[str, Sequence[Field | None]]
    ) -> tuple[Sequence[int], _Parts]:
        filled: _Parts = dict(parts)
        if not numbers:
            return numbers, filled
        for role in ROLES:
            self._fill(role, filled, numbers)
        return self._fill_contracts(numbers, filled)

    def _fill(self, role: str, filled: _Parts, numbers: Sequence[int]) -> None:
        fixed = self._spec.fixed_value(role, self._environment)
        if fixed is None:
            return
        value = Field(fixed.value, FROM_PROFILE, 0, 0)
        given = filled.get(role, ())
        gaps = self._gaps(numbers, given)
        if not given or gaps:
            filled[role] = [one if self._has_value(one) else value for one in given] or [value] * len(numbers)
            self._say(role, fixed.value, gaps)
        if fixed.name and (named := NAME_OF.get(role)):
            name = Field(fixed.name, FROM_PROFILE, 0, 0)
            names = filled.get(named) or [None] * len(numbers)
            filled[named] = [
                name if party and party.text == fixed.value and not self._has_value(one) else one
                for one, party in zip(names, filled[role], strict=True)
            ]

    def _fill_contracts(self, numbers: Sequence[int], filled: _Parts) -> tuple[Sequence[int], _Parts]:
        """Let a row without contract ask for every contract that the flow must have."""
        contracts = [Field(c.title, FROM_PROFILE, 0, 0) for c in self._spec.contracts if c.required]
        given = filled.get("contract", ())
        gaps = self._gaps(numbers, given)
        if not contracts or (given and not gaps):
            return numbers, filled
        self._say("contract", " och ".join(c.text for c in contracts), gaps)
        if len(contracts) == 1:
            asked = [one if self._has_value(one) else contracts[0] for one in given] or contracts * len(
                numbers
            )
            return numbers, filled | {"contract": asked}
        repeated: list[int] = []
        chosen: list[Field | None] = []
        for at in range(len(numbers)):
            wanted: Sequence[Field | None] = (
                [given[at]] if given and self._has_value(given[at]) else contracts
            )
            repeated += [at] * len(wanted)
            chosen += wanted
        parts: _Parts = {role: [values[at] for at in repeated] for role, values in filled.items()}
        return [numbers[at] for at in repeated], parts | {"contract": chosen}

    def _gaps(self, numbers: Sequence[int], given: Sequence[Field | None]) -> list[int]:
        """Return the numbers of the rows without a value; most columns have none."""
        empty = [at for at, one in enumerate(given) if not one or not one.text]
        return [numbers[at] for at in empty if not self._has_value(given[at])]

    def _has_value(self, one: Field | None) -> bool:
        return one is not None and (bool(one.text) or one.position in self._unreadable)

    def _say(self, role: str, value: str, rows: Sequence[int]) -> None:
        if role in self._said:
            return
        self._said.add(role)
        columns = [c for key in self._spec.sheets if (c := self._profile.sheet(key).column(role))]
        if columns and not columns[0].in_form and not rows:
            return  # nobody misses it
        column = columns[0].title if columns else role
        if rows:
            self.findings.append(
                finding("FLI033", sheet=self._sheet, kolumn=column, rader=spans(rows), ifyllt=value)
            )
        else:
            self.findings.append(finding("FLI032", sheet=self._sheet, kolumn=column, ifyllt=value))
