"""Units that are removed in one direction of traffic and added in another, although they must have both.

Findings: ADR014.
"""

from collections.abc import Iterator
from itertools import permutations
from typing import NamedTuple

from underlag.checks.rules.context import CheckContext
from underlag.checks.rules.units import sheet_name, unit_key
from underlag.findings import Finding, finding
from underlag.workbook import Field, Flow


def check_opposite_actions(context: CheckContext) -> Iterator[Finding]:
    """Find units that are removed in one of the flows that must share units, and added in another."""
    if not any(context.cells(flow, "action") for flow in context.flows):
        return
    for rule in context.profile.same_addressees:
        flows = [flow for key in rule.flows if (flow := context.underlag.flow(key)) and flow.entries]
        actions = {flow.spec.key: _actions(context, flow) for flow in flows}
        for flow, other in permutations(flows, 2):
            elsewhere = actions[other.spec.key]
            for key, (removed, value) in actions[flow.spec.key].items():
                if not removed or key not in elsewhere or elsewhere[key].removed:
                    continue
                yield finding(
                    "ADR014",
                    value,
                    fran=sheet_name(flow),
                    annan_flik=sheet_name(other),
                    skal=rule.why,
                    related=(elsewhere[key].unit.position,),
                )


class _UnitAction(NamedTuple):
    """Whether a unit is only removed, not also added, and the cell that states it."""

    removed: bool
    unit: Field


def _actions(context: CheckContext, flow: Flow) -> dict[tuple[str, str], _UnitAction]:
    """Return the action for each unit of a flow."""
    found: dict[tuple[str, str], _UnitAction] = {}
    unreadable, faulty = context.underlag.unreadable, context.faulty
    for entry, request in context.rows(flow):
        unit = entry.addressee
        if unit is None or not unit.text or unit.text in faulty or unit.position in unreadable:
            continue
        removed = request.action == "remove"
        key = unit_key(context, flow, unit.text)
        known = found.setdefault(key, _UnitAction(removed, unit))
        if known.removed and not removed:
            found[key] = _UnitAction(removed, unit)
    return found
