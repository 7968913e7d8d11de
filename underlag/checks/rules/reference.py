"""Units against a list from the HSA catalogue: whether they exist, under that name and in that form.

Findings: ADR030, ADR031, HSA030, HSA031.
"""

import re
from collections.abc import Container, Iterator
from typing import Final

from underlag.checks.rules.context import CheckContext
from underlag.findings import Finding, finding
from underlag.reference.nearest import nearest_ids
from underlag.reference.reference import Reference
from underlag.values.hsa import HsaId, parse_hsa_id
from underlag.workbook import Field, Flow, Underlag, text_of

#: What may differ between two writings of one name, beside capitals.
_NOT_LETTERS: Final = re.compile(r"[\W_]+")

#: A unit's HSA-ID and name.
_Unit = tuple[Field, Field | None]

_COMPARE: Final = "Jämför med HSA-katalogen och rätta i så fall cellen."


def reference_findings(context: CheckContext, reference: Reference) -> Iterator[Finding]:
    """Hold a workbook's units against a list; first comes what there is to say of the list itself.

    Units are the addressees of producers' orders. Those that are to be removed may well be gone from HSA, and
    are not looked up; a faulty HSA-ID has a finding of its own.

    Args:
        context: the workbook.
        reference: the list.
    """
    yield from reference.findings
    adviser = _Adviser(reference)
    told: set[Field] = set()
    for flow in context.underlag.flows:
        if flow.spec.order == "producer" and not flow.same_as:
            units = list(_units(context, flow))
            yield from _flow_findings(units, context.underlag, reference, adviser, told)


def _units(context: CheckContext, flow: Flow) -> Iterator[_Unit]:
    """Yield the units that are ordered, with their names."""
    unreadable = context.underlag.unreadable
    for entry, request in context.rows(flow):
        unit = entry.addressee
        if unit is None or not unit.text or not unit.column or request.action == "remove":
            continue
        if not unreadable or unit.position not in unreadable:
            yield unit, entry.addressee_name


def _flow_findings(
    units: list[_Unit], underlag: Underlag, reference: Reference, adviser: "_Adviser", told: set[Field]
) -> Iterator[Finding]:
    """Look the units of one direction up; `told` are cells that another direction has told of."""
    odd = [(unit, name) for unit, name in units if not _is_listed(unit, name, reference)]
    missing: dict[str, str] = {}
    for unit, name in odd:
        if unit.text not in reference.names and not reference.same_unit(unit.text):
            missing[unit.text] = missing.get(unit.text) or text_of(name)
    judged = {text: name for text, name in missing.items() if _is_to_be_found(text, underlag)}
    advice = adviser.advice(judged, {unit.text for unit, _ in units}) if judged else {}
    for unit, name in odd:
        if unit.text in missing:
            if unit.text in judged and unit not in told:
                yield finding("HSA030", unit, fil=reference.source, suggestion=advice.get(unit.text))
        else:
            listed = unit.text if unit.text in reference.names else reference.same_unit(unit.text)
            if listed != unit.text and unit not in told:
                yield finding("HSA031", unit, fil=reference.source, annat=listed)
            if name is not None and name.text and name not in told:
                yield from _named_otherwise(unit.text, name, listed, reference)
                told.add(name)
        told.add(unit)


def _is_listed(unit: Field, name: Field | None, reference: Reference) -> bool:
    """Whether the list has the unit just so, as it has most."""
    found = reference.names.get(unit.text)
    return found is not None and (name is None or name.text == found)


def _is_to_be_found(text: str, underlag: Underlag) -> bool:
    """Whether a list could have this id: it is one, and no id for test that production has no use for."""
    parsed = parse_hsa_id(text)
    return isinstance(parsed, HsaId) and not (parsed.is_test and underlag.in_production)


def _named_otherwise(hsa_id: str, name: Field, listed: str, reference: Reference) -> Iterator[Finding]:
    """Tell of a name that the list does not have for a unit; the form of a name is only worth knowing."""
    names = (reference.names[listed], *reference.other_names.get(listed, ()))
    known = [other for other in names if other]
    if not known or name.text in known:
        return
    same = [other for other in known if _folded(other) == _folded(name.text)]
    shown = (same or known)[0]
    code = "ADR031" if same else "ADR030"
    yield finding(code, name, fil=reference.source, hsaid=hsa_id, annat=shown)


class _Adviser:
    """Tells what to do about ids that a list lacks; sheets with the same units are searched for once."""

    def __init__(self, reference: Reference) -> None:
        self._names = reference.names
        self._asked: tuple[dict[str, str], set[str]] = ({}, set())
        self._advice: dict[str, str] = {}

    def advice(self, missing: dict[str, str], present: set[str]) -> dict[str, str]:
        """Return what to do about those ids for which exactly one other may be meant.

        Args:
            missing: the ids, each with the name that the workbook states, '' if it states none.
            present: what the sheet has already, and so does not mean by another id.
        """
        if self._asked != (missing, present):
            free = {hsa_id: name for hsa_id, name in self._names.items() if hsa_id not in present}
            self._asked, self._advice = (missing, present), _advice(missing, free)
        return self._advice


def _advice(missing: dict[str, str], free: dict[str, str]) -> dict[str, str]:
    near = nearest_ids(missing, free)
    advice = {}
    for text, found in near.items():
        named = f" ({free[found]})" if free[found] else ""
        advice[text] = f"Menades {found}{named}? {_COMPARE}"
    wanted: dict[str, list[str]] = {}
    for text, name in missing.items():
        if text not in near and (folded := _folded(name)):
            wanted.setdefault(folded, []).append(text)
    for folded, found in _of_that_name(wanted, free).items() if wanted else ():
        for text in wanted[folded]:
            advice[text] = f"I listan är det {found} som heter {free[found]}. Menades den? {_COMPARE}"
    return advice


def _of_that_name(wanted: Container[str], names: dict[str, str]) -> dict[str, str]:
    """Return for each folded name the one id that has it."""
    found: dict[str, str] = {}
    several: set[str] = set()
    for hsa_id, name in names.items():
        folded = _folded(name)
        if folded in wanted and found.setdefault(folded, hsa_id) != hsa_id:
            several.add(folded)
    return {folded: hsa_id for folded, hsa_id in found.items() if folded not in several}


def _folded(name: str) -> str:
    return _NOT_LETTERS.sub("", name.casefold())
