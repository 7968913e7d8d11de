"""Decides what may be ordered after the checks: everything, nothing, or all rows without errors.

Unless errors block everything, each row is either ordered or left out.
"""

from collections import defaultdict
from dataclasses import dataclass, field, replace

from underlag.checked import Checked, LeftOut
from underlag.findings import Finding, Severity, kind
from underlag.requests import RequestedRows, Requests
from underlag.workbook import Underlag


@dataclass(slots=True, eq=False, repr=False)
class SortedRows:
    """The rows of an Underlag: those to order, by key of flow, and those left out."""

    rows: dict[str, RequestedRows] = field(default_factory=dict)
    left_out: list[LeftOut] = field(default_factory=list)
    blocked: bool = False


def sort_rows(
    underlag: Underlag, requests: Requests, findings: list[Finding], *, skip_faulty: bool
) -> SortedRows:
    """Decide which rows may be ordered.

    Args:
        underlag: the Underlag.
        requests: its rows with their requests.
        findings: all findings about it.
        skip_faulty: leave faulty rows out instead of blocking everything.

    Returns:
        All rows when there are no errors. With `skip_faulty`, the rows that no error touches, by its cell or
        by a related one. `blocked` when errors keep everything from being ordered: any error without
        `skip_faulty`; otherwise one of file, sheet or order, or one that belongs to no row.
    """
    if not any(found.severity is Severity.ERROR for found in findings):
        return SortedRows(dict(requests))
    if not skip_faulty:
        return SortedRows(blocked=True)
    errors = [found for found in findings if found.severity is Severity.ERROR]
    if blocking_errors(underlag, errors):
        return SortedRows(blocked=True)
    return _without_faulty(requests, errors)


def with_sound_rows(checked: Checked) -> Checked:
    """Return a blocked workbook with the rows that could be ordered if its faulty rows were skipped.

    Errors of file, sheet or order leave none.
    """
    if not checked.blocked:
        return checked
    found = sort_rows(checked.underlag, checked.requests, checked.findings, skip_faulty=True)
    return replace(checked, rows=found.rows, blocked=found.blocked)


def blocking_errors(underlag: Underlag, errors: list[Finding]) -> list[Finding]:
    """Return the errors that block everything, whichever rows are left out."""
    sheets = _sheets_of_rows(underlag)
    return [
        found for found in errors if kind(found.code).blocks or not found.column or found.sheet not in sheets
    ]


def _sheets_of_rows(underlag: Underlag) -> set[str]:
    """Return the sheets whose cells belong to rows; errors in other sheets cannot be skipped with a row."""
    return {
        sheet
        for flow in underlag.flows
        for sheet in (
            flow.sheet,
            *(header.sheet for header in flow.columns.values()),
            *flow.entries.sheets,
        )
    }


def _without_faulty(requests: Requests, errors: list[Finding]) -> SortedRows:
    """Leave out the rows whose cells have errors."""
    by_cell: defaultdict[tuple[str, int, int], list[Finding]] = defaultdict(list)
    for found in errors:
        for position in (found.position, *found.related):
            by_cell[position].append(found)
    result = SortedRows()
    for key, rows in requests.items():
        kept: list[bool] = []
        for entry in rows.entries:
            reasons: list[Finding] = []
            for value in entry.fields():
                if value.column:
                    reasons += by_cell.get(value.position, ())
            if reasons:
                once = {id(found): found for found in reasons}
                result.left_out.append(LeftOut(key, entry, list(once.values())))
            kept.append(not reasons)
        result.rows[key] = rows.where(kept)
    return result
