"""The order of findings in reports."""

from collections.abc import Iterable
from operator import attrgetter
from typing import TYPE_CHECKING

from underlag.findings.finding import Finding

if TYPE_CHECKING:
    from underlag.workbook import Underlag


def in_order(findings: Iterable[Finding], underlag: "Underlag") -> list[Finding]:
    """Sort findings by sheet as in the workbook, row, column and code; those without a sheet come first."""
    found = list(findings)
    ranks = {"": 0}
    sheets = dict.fromkeys(map(attrgetter("sheet"), found))
    for sheet in (*underlag.sheets, *(flow.sheet for flow in underlag.flows), *sheets):
        ranks.setdefault(sheet, len(ranks))
    found.sort(key=attrgetter("row", "column", "code"))
    found.sort(key=lambda one: ranks[one.sheet])
    return found
