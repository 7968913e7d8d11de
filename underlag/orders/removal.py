"""Warns of removals without a TAK export, which may close another producer's route.

Source: skltp/tak, tak-web: a route is found by addressee and contract, not by producer.

Findings: TAK051.
"""

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from underlag.findings import Finding, finding
from underlag.requests import RequestedRows

if TYPE_CHECKING:
    from underlag.checked import Checked


def check_removal(checked: "Checked") -> Iterator[Finding]:
    """Warn once per sheet that closes routes when there is no TAK export to compare with.

    With an export, the comparison checks each row and refuses to close another producer's route.
    """
    for flow in checked.underlag.flows:
        if flow.spec.order != "producer":
            continue
        rows = checked.rows.get(flow.spec.key, RequestedRows())
        # Thousands of rows share a request.
        shared = Counter(rows.requests).items()
        closed = sum(count for request, count in shared if request.action == "remove")
        if closed:
            yield finding("TAK051", sheet=flow.sheet, antal=closed)
