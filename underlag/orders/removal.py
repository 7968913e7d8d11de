"""Removal without a view of the TAK: whose routes it closes, nobody can then say.

Source: skltp/tak, tak-web: a route is closed by addressee and contract, whatever producer the order names.
"""

from collections import Counter
from collections.abc import Iterator
from typing import TYPE_CHECKING

from underlag.findings import Finding, finding
from underlag.orders.action import parse_action, usual_action

if TYPE_CHECKING:
    from underlag.checked import Checked


def check_removal(checked: "Checked") -> Iterator[Finding]:
    """Warn once for each sheet that closes routes, where no TAK export was given to compare with.

    With an export the comparison looks at each row instead, and refuses to close another producer's route.
    """
    usual = usual_action(checked)
    for flow in checked.underlag.flows:
        if flow.spec.order != "producer":
            continue
        stated = Counter(
            entry.action.text if entry.action else "" for entry in checked.entries.get(flow.spec.key, ())
        )
        closed = sum(n for text, n in stated.items() if (parse_action(text) or usual) == "remove")
        if closed:
            yield finding("TAK051", sheet=flow.sheet, antal=closed)
