"""Removal without a view of the TAK: whose routes it closes, nobody can then say.

Source: skltp/tak, tak-web: a route is closed by addressee and contract, whatever producer the order names.

Findings: TAK051.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from underlag.findings import Finding, finding
from underlag.requests import RequestedRows

if TYPE_CHECKING:
    from underlag.checked import Checked


def check_removal(checked: "Checked") -> Iterator[Finding]:
    """Warn once for each sheet that closes routes, where no TAK export was given to compare with.

    With an export the comparison looks at each row instead, and refuses to close another producer's route.
    """
    for flow in checked.underlag.flows:
        if flow.spec.order != "producer":
            continue
        rows = checked.rows.get(flow.spec.key, RequestedRows())
        closed = sum(request.action == "remove" for request in rows.requests)
        if closed:
            yield finding("TAK051", sheet=flow.sheet, antal=closed)
