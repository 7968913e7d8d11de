"""Holds a unit back in every direction of traffic when one direction waits for a decision about its route.

Findings: TAK027.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import permutations
from typing import TYPE_CHECKING, Final

from underlag.findings import Finding, finding
from underlag.tak.compare.comparison import Row

if TYPE_CHECKING:
    from underlag.workbook import Underlag

#: The finding about a row that waits for another of its unit.
HALF: Final = "TAK027"


def hold_whole_units(underlag: "Underlag", rows: Sequence[Row]) -> Iterator[Finding]:
    """Hold back the other rows of units that are held back in one flow; yield the findings.

    A row that the TAK already has as the workbook wants it leaves no half, and stays as it is.

    Args:
        underlag: the workbook, with its profile.
        rows: the rows of the comparison; `held_back` of some is set.
    """
    profile = underlag.profile
    for rule in profile.same_addressees if profile else ():
        waiting = {key: _held_back(rows, key) for key in rule.flows}
        for key, other in permutations(rule.flows, 2):
            flow = underlag.flow(other)
            if flow is None or not waiting[other]:
                continue
            found: dict[str, Finding] = {}
            for row in _still_ordered(rows, key):
                unit = row.entry.addressee
                if unit is None or row.addressee not in waiting[other]:
                    continue
                if row.addressee not in found:
                    sheet = flow.sheet or flow.spec.title
                    found[row.addressee] = finding(HALF, unit, annan_flik=sheet, skal=rule.why)
                row.held_back = found[row.addressee]
            yield from found.values()


def _held_back(rows: Iterable[Row], flow: str) -> set[str]:
    """Return the units that a flow holds back."""
    return {row.addressee for row in rows if row.request.flow.key == flow and row.held_back and not row.error}


def _still_ordered(rows: Iterable[Row], flow: str) -> Iterator[Row]:
    """Yield the rows of a flow that change the TAK and are not held back."""
    for row in rows:
        if row.request.flow.key == flow and not (row.held_back or row.error or row.is_done):
            yield row
