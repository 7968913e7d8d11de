"""Units that must be connected in both directions, and stand in one sheet only."""

from collections.abc import Iterable, Iterator
from itertools import permutations

from underlag.checks.survey import Survey
from underlag.findings import Finding, finding
from underlag.model import Entry, Field, Flow
from underlag.values.hsa import HsaId


def check_same_units(survey: Survey) -> Iterator[Finding]:
    """Find units of one sheet that another, which must have the same, lacks."""
    for rule in survey.profile.same_addressees:
        # A sheet without units of its own takes the other's.
        flows = [
            flow
            for key in rule.flows
            if (flow := survey.underlag.flow(key)) and flow.entries and not flow.same_as
        ]
        units = {flow.spec.key: _units(survey, flow) for flow in flows}
        for flow, other in permutations(flows, 2):
            lacking = units[flow.spec.key].keys() - units[other.spec.key].keys()
            if not lacking:
                continue
            present = {_key(survey, other, text) for text in units[other.spec.key]}
            told: set[tuple[str, str]] = set()
            for text, value in units[flow.spec.key].items():
                if text not in lacking or (key := _key(survey, flow, text)) in present or key in told:
                    continue
                told.add(key)
                yield finding("ADR008", value, annan_flik=_sheet_name(other), skal=rule.why)


def _units(survey: Survey, flow: Flow) -> dict[str, Field]:
    """Return the HSA-IDs of a flow's addressees, each with its first cell."""
    found: dict[str, Field] = {}
    for value in survey.cells(flow, "addressee"):
        if value.text and value.text not in survey.private:
            found.setdefault(value.text, value)
    return found


def _key(survey: Survey, flow: Flow, text: str) -> tuple[str, str]:
    """Return what tells units apart.

    A faulty id counts as the one that it plausibly stands for: the slip has its own finding, and that the
    unit lacks in the other sheet would only be its echo. The same goes for 16 before the number.
    """
    meant = survey.corrections.get(text, text)
    parsed = survey.hsa_id(meant, system=survey.names_system(flow, "addressee"))
    return parsed.unit_key if isinstance(parsed, HsaId) else (text, "")


def check_half_ordered(
    survey: Survey, ordered: dict[str, list[Entry]], left_out: Iterable[Entry], *, code: str = "ADR010"
) -> Iterator[Finding]:
    """Find units that are ordered in one direction only, because their row in the other sheet is left out.

    Args:
        survey: what was read.
        ordered: per key of flow, the entries that are ordered.
        left_out: the entries that are not.
        code: the finding to make, where they are left out for another reason than errors.
    """
    lost = {entry.addressee.text for entry in left_out if entry.addressee}
    if not lost:
        return
    for rule in survey.profile.same_addressees:
        present = {
            key: {entry.addressee.text for entry in ordered.get(key, ()) if entry.addressee}
            for key in rule.flows
        }
        for key in rule.flows:
            for other in rule.flows:
                sheet = survey.underlag.flow(other)
                if other == key or sheet is None:
                    continue
                halves = (present[key] & lost) - present[other]
                told: set[str] = set()
                for entry in ordered.get(key, ()) if halves else ():
                    unit = entry.addressee
                    if unit is not None and unit.text in halves and unit.text not in told:
                        told.add(unit.text)
                        yield finding(code, unit, annan_flik=_sheet_name(sheet), skal=rule.why)


def _sheet_name(flow: Flow) -> str:
    return flow.sheet or flow.spec.title
