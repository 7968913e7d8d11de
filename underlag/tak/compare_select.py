"""What may be ordered of a checked workbook once a TAK has been looked at."""

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from underlag.findings import Finding, Scope, Severity, kind
from underlag.tak.compare_model import Comparison

if TYPE_CHECKING:
    from underlag.checks import Checked


def select(checked: "Checked", comparison: Comparison) -> "Checked":
    """Return the workbook with the comparison's findings, and only the entries that may be ordered.

    A row that a load would refuse, or that closes another producer's route, blocks the orders as other errors
    do, or is left out with `skip_faulty`. A row that would replace a route is left out unless
    `replace_routes`; with `only_new`, so is one that has nothing new.

    Args:
        checked: the checked workbook; it is not changed.
        comparison: its comparison with a TAK.
    """
    options = checked.options
    errors = [found for found in comparison.findings if found.severity is Severity.ERROR]
    of_whole = any(kind(found.code).scope is Scope.WHOLE for found in errors)
    blocked = checked.blocked or of_whole or (bool(errors) and not options.skip_faulty)
    reasons = {id(row.entry): found for row in comparison.rows if (found := comparison.reason(row))}
    selected = replace(
        checked,
        findings=_in_order(checked, comparison.findings),
        entries={},
        left_out=list(checked.left_out),
        blocked=blocked,
    )
    if not blocked:
        from underlag.checks import LeftOut  # noqa: PLC0415 - checks import the whole reading

        for key, entries in checked.entries.items():
            selected.entries[key] = [entry for entry in entries if id(entry) not in reasons]
            out = (entry for entry in entries if id(entry) in reasons)
            selected.left_out += (LeftOut(key, entry, [reasons[id(entry)]]) for entry in out)
    return selected


def _in_order(checked: "Checked", added: Iterable[Finding]) -> list[Finding]:
    """Return all findings: of the whole first, then by sheet, row, column and code."""
    sheets: dict[str, int] = {"": -1}
    for flow in checked.underlag.flows:
        sheets.setdefault(flow.sheet, len(sheets))
    last = len(sheets)

    def place(found: Finding) -> tuple[int, int, int, str]:
        if not found.row:
            return -1, 0, 0, found.code
        return sheets.get(found.sheet, last), found.row, found.column, found.code

    return sorted((*checked.findings, *added), key=place)
