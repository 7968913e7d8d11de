"""Units that must be connected in both directions, and stand in one sheet only."""

from collections.abc import Iterable, Iterator

from underlag.checks.survey import Survey
from underlag.findings import Finding, finding
from underlag.model import Entry, Field, Flow
from underlag.values.hsa import HsaId


def check_same_units(survey: Survey) -> Iterator[Finding]:
    """Find units of one sheet that another, which must have the same, lacks."""
    for rule in survey.profile.same_addressees:
        flows = [flow for key in rule.flows if (flow := survey.underlag.flow(key)) and flow.entries]
        keys = {flow.spec.key: _keys(survey, flow) for flow in flows}
        for flow in flows:
            for other in flows:
                # A sheet without units of its own takes the other's.
                if other is flow or flow.same_as or other.same_as:
                    continue
                lacking = keys[flow.spec.key].keys() - keys[other.spec.key].keys()
                if not lacking:
                    continue
                for key, value in keys[flow.spec.key].items():
                    if key in lacking and value.column:
                        yield finding("ADR008", value, annan_flik=_sheet_name(other), skal=rule.why)


def _keys(survey: Survey, flow: Flow) -> dict[tuple[str, str], Field]:
    """Return the units of a flow with their first cell, one unit in two forms once.

    A faulty id counts as the one that it plausibly stands for: the slip has its own finding, and that the
    unit lacks in the other sheet would only be its echo. The same goes for 16 before the organisation number.
    """
    units: dict[tuple[str, str], Field] = {}
    for value in survey.cells(flow, "addressee"):
        text = value.text
        if not text or text in survey.private:
            continue
        parsed = survey.hsa_id(
            survey.corrections.get(text, text), system=survey.names_system(flow, "addressee")
        )
        units.setdefault(parsed.unit_key if isinstance(parsed, HsaId) else (text, ""), value)
    return units


def check_half_ordered(
    survey: Survey, ordered: dict[str, list[Entry]], left_out: Iterable[Entry]
) -> Iterator[Finding]:
    """Find units that are ordered in one direction only, because their row in the other sheet is left out.

    Args:
        survey: what was read.
        ordered: per key of flow, the entries that are ordered.
        left_out: the entries that are not.
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
                        yield finding("ADR010", unit, annan_flik=_sheet_name(sheet), skal=rule.why)


def _sheet_name(flow: Flow) -> str:
    return flow.sheet or flow.spec.title
