"""Units that must be connected in both directions, but are in one sheet only.

Findings: ADR008.
"""

from collections import Counter
from collections.abc import Iterator
from itertools import permutations

from underlag.characters.likeness import folded_name
from underlag.checks.rules.context import CheckContext
from underlag.findings import Finding, finding
from underlag.values.hsa import HsaId
from underlag.workbook import Field, Flow


def check_same_units(context: CheckContext) -> Iterator[Finding]:
    """Find units of one sheet that are missing in another that must have the same units."""
    for rule in context.profile.same_addressees:
        # A sheet without units of its own takes the other's; one that could not be read has unknown units.
        flows = [
            flow
            for key in rule.flows
            if (flow := context.underlag.flow(key)) and flow.entries and not flow.same_as
        ]
        units = {flow.spec.key: found for flow in flows if (found := _units(context, flow))}
        for flow, other in permutations([flow for flow in flows if flow.spec.key in units], 2):
            for value in _lacking(context, (flow, units[flow.spec.key]), (other, units[other.spec.key])):
                yield finding("ADR008", value, annan_flik=sheet_name(other), skal=rule.why)


def _units(context: CheckContext, flow: Flow) -> dict[str, None]:
    """Return the HSA-IDs of a flow's addressees, in order."""
    units = dict.fromkeys(context.cells(flow, "addressee").unique_texts())
    for text in ("", *context.unidentified):
        units.pop(text, None)
    return units


def _lacking(
    context: CheckContext, here: tuple[Flow, dict[str, None]], there: tuple[Flow, dict[str, None]]
) -> list[Field]:
    """Return the units of one flow that are missing in another, each once.

    A unit may be there under an id that could not be read: in a row with its name, or in one of as many rows
    as there are missing units. Such a unit is skipped: the faulty cells have their own findings.
    """
    flow, units = here
    other, others = there
    missing = units.keys() - others.keys() - context.faulty
    if not missing:
        return []
    present = {unit_key(context, other, text) for text in others}
    lacking: dict[tuple[str, str], Field] = {}
    for value in context.cells(flow, "addressee").with_text(missing):
        if (key := unit_key(context, flow, value.text)) not in present:
            lacking.setdefault(key, value)
    if not lacking or not (unclear := _unclear(context, other)):
        return list(lacking.values())
    names = context.addressee_names()
    left = []
    for value in lacking.values():
        name = names.get(value.text)
        if name is not None and unclear[folded := folded_name(name.text)] > 0:
            unclear[folded] -= 1
        else:
            left.append(value)
    return left if len(left) > unclear.total() else []


def _unclear(context: CheckContext, flow: Flow) -> Counter[str]:
    """Count the rows of a flow without a known unit, by the folded names that they state."""
    unreadable, unidentified = context.underlag.unreadable, context.unidentified
    found: Counter[str] = Counter()
    for entry in flow.entries:
        unit, name = entry.addressee, entry.addressee_name
        if unit is not None and (not unit.text or unit.text in unidentified or unit.position in unreadable):
            found[folded_name(name.text) if name is not None else ""] += 1
    return found


def unit_key(context: CheckContext, flow: Flow, text: str) -> tuple[str, str]:
    """Return the key that identifies a unit.

    A faulty id has the key of the one that was plausibly meant: the slip has its own finding, and reporting
    the unit as missing in the other sheet would only repeat it. The same goes for 16 before the number.
    """
    meant = context.corrections.get(text, text)
    parsed = context.hsa_id(meant, system=context.names_system(flow, "addressee"))
    return parsed.unit_key if isinstance(parsed, HsaId) else (text, "")


def sheet_name(flow: Flow) -> str:
    """Return the name of a flow's sheet in the workbook, or else in the profile."""
    return flow.sheet or flow.spec.title
