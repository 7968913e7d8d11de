"""A checked Underlag: its findings, the rows to order, and the rows that are left out."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from underlag.account import Account
from underlag.findings import Finding, Severity, kind
from underlag.findings.sorting import in_order
from underlag.options import Options
from underlag.requests import RequestedRows, Requests
from underlag.workbook import Entries, Entry, Underlag


class LeftOut(NamedTuple):
    """A row that is not ordered, and the errors that are the reason."""

    flow: str
    entry: Entry
    reasons: list[Finding]


@dataclass(slots=True, eq=False, repr=False)
class Checked:
    """A checked Underlag.

    Attributes:
        underlag: the workbook.
        options: the user's options.
        findings: all of them, by sheet, row, column and code; those of file and order first.
        requests: the rows of every flow with their requests, without those that a removal keeps (see
            `checks.kept_authorizations`).
        rows: those of them that may be ordered: all without errors, none when errors block.
        left_out: the rows that are not ordered: faulty ones with `skip_faulty`, and those that a removal
            keeps (see `checks.kept_authorizations`).
        blocked: whether errors keep everything from being ordered.
        names: for each addressee its name in the workbook, whatever the sheet. A row without a name uses this
            one, and has a finding about it.
        component_names: the TAK's names, by HSA-ID, of systems that the workbook does not name.
        account: the interpretation of the workbook's sheets and columns.
    """

    underlag: Underlag
    options: Options
    findings: list[Finding]
    requests: Requests = field(default_factory=dict)
    rows: dict[str, RequestedRows] = field(default_factory=dict)
    left_out: list[LeftOut] = field(default_factory=list)
    blocked: bool = False
    names: dict[str, str] = field(default_factory=dict)
    component_names: dict[str, str] = field(default_factory=dict)
    account: Account = field(default_factory=Account)

    @property
    def entries(self) -> dict[str, Entries]:
        """The entries that may be ordered, by key of flow."""
        return {key: rows.entries for key, rows in self.rows.items()}

    @property
    def rows_left_out(self) -> int:
        """The number of rows that must be corrected or decided on before they are ordered.

        One row may state several units. Rows with mere information are not counted: nothing was to be
        ordered.
        """
        return len(
            {
                (left.entry.sheet, left.entry.row)
                for left in self.left_out
                if any(reason.severity is not Severity.INFO for reason in left.reasons)
            }
        )

    @property
    def rows_decided(self) -> int:
        """The number of other rows that are left out because somebody decided so."""
        by_row: dict[tuple[str, int], list[Finding]] = {}
        for left in self.left_out:
            by_row.setdefault((left.entry.sheet, left.entry.row), []).extend(left.reasons)
        return sum(
            any(kind(reason.code).decided for reason in reasons)
            and all(reason.severity is Severity.INFO for reason in reasons)
            for reasons in by_row.values()
        )

    @property
    def rows_not_needed(self) -> int:
        """The number of rows that are left out for other reasons that need no action."""
        every = len({(left.entry.sheet, left.entry.row) for left in self.left_out})
        return every - self.rows_left_out - self.rows_decided

    @property
    def nothing_to_order(self) -> bool:
        """Whether no row is ordered although no error blocks: each is left out for a reason of its own."""
        return not self.blocked and bool(self.left_out) and not any(map(len, self.rows.values()))

    @property
    def approved(self) -> bool:
        """Whether there is no error at all."""
        return not any(f.severity is Severity.ERROR for f in self.findings)

    def count(self, severity: Severity) -> int:
        """Return the number of findings of a severity."""
        return sum(f.severity is severity for f in self.findings)


def for_region(checked: Checked) -> Checked:
    """Return a workbook without faults of the TAK itself, which customer service corrects."""
    left_out = [
        row._replace(reasons=reasons)
        for row in checked.left_out
        if (reasons := [reason for reason in row.reasons if not kind(reason.code).of_tak])
    ]
    findings = [found for found in checked.findings if not kind(found.code).of_tak]
    return replace(checked, findings=findings, left_out=left_out)


def with_findings(checked: Checked, findings: Sequence[Finding]) -> Checked:
    """Return the workbook with the findings of reading the TAK; an error among them blocks the orders."""
    if not findings:
        return checked
    found = replace(checked, findings=in_order((*checked.findings, *findings), checked.underlag))
    if any(kind(f.code).blocks for f in findings):
        found.rows, found.blocked = {}, True
    return found
