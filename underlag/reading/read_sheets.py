"""Reads the sheets of a profile as tables, and judges each while its cells are in memory.

Findings: FLI001.
"""

from collections.abc import Collection
from typing import Final

from underlag.account import UnresolvedSheet
from underlag.findings import Finding, finding
from underlag.profiles.profile import Profile, SheetSpec
from underlag.reading.account.build import Accounts
from underlag.reading.formats.grid import Sheet
from underlag.reading.tables.sheets import MatchedSheets
from underlag.reading.tables.table import Table, joined, read_table
from underlag.reading.tables.unread import is_orderable

#: Roles that every order of a kind requires, whether or not the profile calls their columns required.
ESSENTIAL: Final = {"consumer": ("consumer",), "producer": ("producer", "url")}


def read_sheets(
    profile: Profile,
    matched: MatchedSheets,
    accounts: Accounts,
    spared: frozenset[str],
    findings: list[Finding],
) -> dict[str, Table]:
    """Read every sheet of a profile, and report missing ones.

    Args:
        profile: the profile.
        matched: which sheets of the workbook are which.
        accounts: judges each sheet while its cells are in memory.
        spared: the keys of the sheets that may be missing or empty.
        findings: collects the findings.
    """
    tables: dict[str, Table] = {}
    contracts = frozenset(contract.name.casefold() for contract in profile.contracts)
    reader = _SheetReader(profile, accounts, contracts, findings)
    for spec in profile.sheets:
        if sheets := matched.by_key.get(spec.key, []):
            read = [reader.table(spec, sheet, spared=spec.key in spared) for sheet in sheets]
            if there := list(filter(None, read)):
                tables[spec.key] = table = joined(there)
                findings += table.findings
        elif spec.required and spec.key not in matched.ambiguous and spec.key not in spared:
            question = finding("FLI001", sökt=spec.title)
            findings.append(question)
            matched.unresolved.append(
                UnresolvedSheet(spec.title, [one.name for one in matched.rest], question)
            )
    return tables


class _SheetReader:
    """Reads sheets of a profile."""

    def __init__(
        self, profile: Profile, accounts: Accounts, contracts: frozenset[str], findings: list[Finding]
    ) -> None:
        self._profile, self._accounts = profile, accounts
        self._contracts, self._findings = contracts, findings

    def table(self, spec: SheetSpec, sheet: Sheet, *, spared: bool) -> Table | None:
        """Read a sheet and judge it; None for one that need not be there and has no rows."""
        table = self._read(spec, sheet, spared=spared)
        absent = not spec.required and not has_rows(table)
        if absent:
            table.forget_left_empty()
        self._accounts.take(sheet, table)
        if absent:
            # An empty sheet counts as missing, unless it has something that could not be read.
            self._findings += table.findings if _is_orderable(sheet, self._contracts) else ()
            return None
        # Its contents are in the table now; its memory is free for the next sheet.
        sheet.rows.clear()
        return table

    def _read(self, spec: SheetSpec, sheet: Sheet, *, spared: bool) -> Table:
        """Read a sheet; a spared one may be empty."""
        context = self._accounts.context
        environment = context.environment
        flows = [flow for flow in self._profile.flows if spec.key in flow.sheets]
        # Without an environment, values that are fixed in any environment need not be stated.
        is_known = self._profile.environment(environment) is not None
        fixed = (one for flow in flows for one in (flow.fixed_in(environment) if is_known else flow.fixed))
        empty = bool(flows) and all(
            flow.addressees_from
            and all(flow.fixed_value(role, environment) for role in ESSENTIAL[flow.order])
            for flow in flows
        )
        return read_table(
            sheet,
            spec,
            frozenset(one.role for one in fixed),
            frozenset(role for flow in flows for role in ESSENTIAL[flow.order]),
            self._contracts,
            chosen=context.decisions.chosen(sheet.name),
            may_be_empty=empty or spared or not spec.required,
        )


def has_rows(table: Table | None) -> bool:
    """Whether a sheet was read and has rows."""
    return table is not None and bool(table.rows.numbers or table.rows.loose)


def _is_orderable(sheet: Sheet, contracts: Collection[str]) -> bool:
    """Whether a sheet has an id, an address or a contract anywhere."""
    return any(isinstance(cell, str) and is_orderable(cell, contracts) for row in sheet.rows for cell in row)
