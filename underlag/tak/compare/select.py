"""Selects what may be ordered of a checked workbook after its comparison with a TAK."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from underlag.findings import Finding, Severity, kind
from underlag.findings.sorting import in_order
from underlag.tak.compare.comparison import Comparison, Row
from underlag.tak.compare.component_names import name_components

if TYPE_CHECKING:
    from underlag.checked import Checked


def select(checked: "Checked", comparison: Comparison) -> "Checked":
    """Return the workbook with the comparison's findings, and only the entries that may be ordered.

    A row that a load would reject, or that closes another producer's route, blocks the orders as other errors
    do, or is left out with `skip_faulty`. A row that would replace a route is left out unless
    `replace_routes` is set; with `only_new`, so is one without anything new.

    Args:
        checked: the checked workbook; it is not changed.
        comparison: its comparison with a TAK.
    """
    errors = [found for found in comparison.findings if found.severity is Severity.ERROR]
    of_whole = any(kind(found.code).blocks for found in errors)
    blocked = checked.blocked or of_whole or (bool(errors) and not checked.options.skip_faulty)
    selected = replace(checked, rows={}, left_out=[], blocked=blocked)
    added = list(comparison.findings)
    if not blocked:
        from underlag.checked import LeftOut  # noqa: PLC0415 - checks import the whole reading

        out = [(row, reason) for row in comparison.rows if (reason := comparison.reason(row))]
        gone = {row.entry for row, _ in out}
        selected.rows = {
            key: rows.where(entry not in gone for entry in rows.entries) for key, rows in checked.rows.items()
        }
        here = (LeftOut(row.request.flow.key, row.entry, [reason]) for row, reason in out)
        selected.left_out = [*checked.left_out, *here]
        added += _half_ordered(selected, [row for row, _ in out])
    selected.component_names, findings = name_components(checked, comparison)
    selected.findings = in_order((*findings, *added), checked.underlag)
    return selected


def _half_ordered(selected: "Checked", rows: Sequence[Row]) -> list[Finding]:
    """Leave out units whose row in another sheet has an error, and return the findings."""
    from underlag.checks.half_connections import drop_half_connected, reasons_of  # noqa: PLC0415 - as below
    from underlag.checks.rules.context import CheckContext  # noqa: PLC0415 - only where something is left out

    underlag = selected.underlag
    # A row left out because the TAK has it already leaves no half.
    faulty = {row.entry.addressee.text for row in rows if row.error and row.entry.addressee}
    if underlag.profile and faulty:
        context = CheckContext(underlag, underlag.profile, selected.options, selected.requests)
        halves = drop_half_connected(
            context,
            selected.rows,
            lambda _flow, _other, entry: entry.addressee is not None and entry.addressee.text in faulty,
        )
        selected.left_out += halves
        return reasons_of(halves)
    return []
