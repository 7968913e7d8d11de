"""Leaves out units in all directions of traffic when one direction loses them: no unit is half connected.

The rows of such a unit are listed as left out.

Findings: ADR008, ADR010.
"""

from collections.abc import Callable, Iterable
from itertools import permutations

from underlag.checked import LeftOut
from underlag.checks.rules.context import CheckContext
from underlag.checks.rules.units import sheet_name, unit_key
from underlag.findings import Finding, finding
from underlag.requests import RequestedRows
from underlag.workbook import Entries, Entry, Flow

#: Whether a unit of the first flow that the second does not order was lost there, not merely absent there.
IsLost = Callable[[Flow, Flow, Entry], bool]


def drop_half_connected(
    context: CheckContext, rows: dict[str, RequestedRows], is_lost: IsLost
) -> list[LeftOut]:
    """Remove units from flows when another flow that must have them lost them.

    Args:
        context: the Underlag.
        rows: the rows that are ordered, by key of flow; changed in place.
        is_lost: distinguishes a lost unit from one that the workbook states in one sheet only.

    Returns:
        The removed rows, with their reason.
    """
    dropped: list[LeftOut] = []
    changed = True
    while changed:
        changed = False
        for rule in context.profile.same_addressees:
            for flow, other in permutations(_flows(context, rule.flows), 2):
                found = _drop(context, rows, (flow, other), is_lost, rule.why)
                dropped += found
                changed = changed or bool(found)
    return dropped


def _flows(context: CheckContext, keys: Iterable[str]) -> list[Flow]:
    return [flow for key in keys if (flow := context.underlag.flow(key)) and flow.entries]


def _drop(
    context: CheckContext,
    rows: dict[str, RequestedRows],
    flows: tuple[Flow, Flow],
    is_lost: IsLost,
    why: str,
) -> list[LeftOut]:
    """Remove the units from the first flow that the second lost, and return their rows."""
    flow, other = flows
    there = _units(context, other, _entries(rows, other))
    kept: list[bool] = []
    dropped: list[LeftOut] = []
    reasons: dict[str, Finding] = {}
    for entry in _entries(rows, flow):
        unit = entry.addressee
        is_kept = (
            unit is None or unit_key(context, flow, unit.text) in there or not is_lost(flow, other, entry)
        )
        kept.append(is_kept)
        if unit is None or is_kept:
            continue
        reason = reasons.get(unit.text)
        if reason is None:
            reason = reasons[unit.text] = finding("ADR010", unit, annan_flik=sheet_name(other), skal=why)
        dropped.append(LeftOut(flow.spec.key, entry, [reason]))
    if dropped:
        rows[flow.spec.key] = rows[flow.spec.key].where(kept)
    return dropped


def _entries(rows: dict[str, RequestedRows], flow: Flow) -> Entries:
    found = rows.get(flow.spec.key)
    return found.entries if found else Entries()


def _units(context: CheckContext, flow: Flow, entries: Entries) -> set[tuple[str, str]]:
    return {unit_key(context, flow, text) for text in entries.cells("addressee").unique_texts()}


def lost_by_skipping(
    context: CheckContext, left_out: Iterable[LeftOut], findings: Iterable[Finding]
) -> IsLost:
    """Return a predicate for units that are missing in a flow because its faulty rows are skipped.

    A unit that the workbook states in one sheet only has a finding of its own and is ordered there, unless a
    skipped row of the other sheet may be that unit's: one without an id, or with a faulty one.

    Args:
        context: the Underlag.
        left_out: the skipped rows.
        findings: the findings of the checks.
    """
    positions = {found.position for found in findings if found.code == "ADR008"}
    lacking = {
        (entry.addressee.sheet, entry.addressee.text)
        for flow in context.underlag.flows
        for entry in flow.entries
        if positions and entry.addressee and entry.addressee.position in positions
    }
    unknown = {
        row.flow
        for row in left_out
        if row.entry.addressee is None
        or not row.entry.addressee.text
        or row.entry.addressee.text in context.unidentified
        or row.entry.addressee.position in context.underlag.unreadable
    }

    def is_lost(_: Flow, other: Flow, entry: Entry) -> bool:
        unit = entry.addressee
        stated_once = unit is not None and (unit.sheet, unit.text) in lacking
        return not stated_once or other.spec.key in unknown

    return is_lost


def reasons_of(entries: Iterable[LeftOut]) -> list[Finding]:
    """Return the findings of the removed rows, each once."""
    return list({id(found): found for row in entries for found in row.reasons}.values())
