"""Compares units with a list from the HSA catalogue: do they exist, by that name and in that form?

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

#: Characters besides case in which two spellings of one name may differ.
_NOT_LETTERS: Final = re.compile(r"[\W_]+")

#: A unit's HSA-ID and name.
_Unit = tuple[Field, Field | None]

_COMPARE: Final = "Jämför med HSA-katalogen och rätta i så fall cellen."


def reference_findings(context: CheckContext, reference: Reference) -> Iterator[Finding]:
    """Compare a workbook's units with a list; findings about the list itself come first.

    Units are the addressees of producers' orders. Those to remove may be missing in HSA already and are not
    looked up; a faulty HSA-ID has a finding of its own.

    Args:
        context: the workbook.
        reference: the list.
    """
    yield from reference.findings
    adviser = _Adviser(reference)
    reported: set[Field] = set()
    for flow in context.underlag.flows:
        if flow.spec.order == "producer" and not flow.same_as:
            units = list(_units(context, flow))
            yield from _flow_findings(units, context.underlag, reference, adviser, reported)


def _units(context: CheckContext, flow: Flow) -> Iterator[_Unit]:
    """Yield the units to add, with their names."""
    unreadable = context.underlag.unreadable
    for entry, request in context.rows(flow):
        unit = entry.addressee
        if unit is None or not unit.text or not unit.column or request.action == "remove":
            continue
        if not unreadable or unit.position not in unreadable:
            yield unit, entry.addressee_name


def _flow_findings(
    units: list[_Unit], underlag: Underlag, reference: Reference, adviser: "_Adviser", reported: set[Field]
) -> Iterator[Finding]:
    """Look up the units of one direction; `reported` are cells on which another direction has a finding."""
    odd = [(unit, name) for unit, name in units if not _is_listed(unit, name, reference)]
    missing: dict[str, str] = {}
    for unit, name in odd:
        if unit.text not in reference.names and not reference.same_unit(unit.text):
            missing[unit.text] = missing.get(unit.text) or text_of(name)
    judged = {text: name for text, name in missing.items() if _is_to_be_found(text, underlag)}
    advice = adviser.advice(judged, {unit.text for unit, _ in units}) if judged else {}
    for unit, name in odd:
        if unit.text in missing:
            if unit.text in judged and unit not in reported:
                yield finding("HSA030", unit, fil=reference.source, suggestion=advice.get(unit.text))
        else:
            listed = unit.text if unit.text in reference.names else reference.same_unit(unit.text)
            if listed != unit.text and unit not in reported:
                yield finding("HSA031", unit, fil=reference.source, annat=listed)
            if name is not None and name.text and name not in reported:
                yield from _named_otherwise(unit.text, name, listed, reference)
                reported.add(name)
        reported.add(unit)


def _is_listed(unit: Field, name: Field | None, reference: Reference) -> bool:
    """Whether the list has the unit exactly as stated, as is usual."""
    found = reference.names.get(unit.text)
    return found is not None and (name is None or name.text == found)


def _is_to_be_found(text: str, underlag: Underlag) -> bool:
    """Whether a list could have this id: it is valid, and no test id in production."""
    parsed = parse_hsa_id(text)
    return isinstance(parsed, HsaId) and not (parsed.is_test and underlag.in_production)


def _named_otherwise(hsa_id: str, name: Field, listed: str, reference: Reference) -> Iterator[Finding]:
    """Report a name that differs from the list's; a mere difference in spelling is only a note."""
    names = (reference.names[listed], *reference.other_names.get(listed, ()))
    known = [other for other in names if other]
    if not known or name.text in known:
        return
    same = [other for other in known if _folded(other) == _folded(name.text)]
    shown = (same or known)[0]
    code = "ADR031" if same else "ADR030"
    yield finding(code, name, fil=reference.source, hsaid=hsa_id, annat=shown)


class _Adviser:
    """Gives advice on ids that a list lacks; the list is searched once for all sheets with the same units."""

    def __init__(self, reference: Reference) -> None:
        self._names = reference.names
        self._asked: tuple[dict[str, str], set[str]] = ({}, set())
        self._advice: dict[str, str] = {}

    def advice(self, missing: dict[str, str], present: set[str]) -> dict[str, str]:
        """Return advice on those ids for which exactly one other may be meant.

        Args:
            missing: the ids, each with the name that the workbook states, '' if it states none.
            present: the ids that the sheet has already, which are not meant by another id.
        """
        if self._asked != (missing, present):
            free = {hsa_id: name for hsa_id, name in self._names.items() if hsa_id not in present}
            self._asked, self._advice = (missing, present), _advice(missing, free)
        return self._advice


def _advice(missing: dict[str, str], free: dict[str, str]) -> dict[str, str]:
    """Return the advice for each missing id: a similar id, or the only unit of the same name.

    A similar id whose unit has quite another name is mentioned, but not proposed.
    """
    near = nearest_ids(missing, free)
    advice = {}
    wanted: dict[str, list[str]] = {}
    for text, name in missing.items():
        found = near.get(text)
        if found is not None and _may_be_one(name, free[found]):
            named = f" ({free[found]})" if free[found] else ""
            advice[text] = f"Menades {found}{named}? {_COMPARE}"
            continue
        if found is not None:
            advice[text] = (
                f"Det likaste HSA-ID:t i listan, {found}, är en annan enhet: {free[found]}. {_COMPARE}"
            )
        if folded := _folded(name):
            wanted.setdefault(folded, []).append(text)
    for folded, found in _of_that_name(wanted, free).items() if wanted else ():
        for text in wanted[folded]:
            advice[text] = f"I listan är det {found} som heter {free[found]}. Menades den? {_COMPARE}"
    return advice


def _may_be_one(name: str, listed: str) -> bool:
    """Whether two names may be one unit's: one is missing, or they have the same last word or all letters."""
    if not _folded(name) or not _folded(listed):
        return True
    same = _folded(name.rsplit(maxsplit=1)[-1]) == _folded(listed.rsplit(maxsplit=1)[-1])
    return same or _folded(name) in _folded(listed) or _folded(listed) in _folded(name)


def _of_that_name(wanted: Container[str], names: dict[str, str]) -> dict[str, str]:
    """Return for each folded name the only id that has it."""
    found: dict[str, str] = {}
    several: set[str] = set()
    for hsa_id, name in names.items():
        folded = _folded(name)
        if folded in wanted and found.setdefault(folded, hsa_id) != hsa_id:
            several.add(folded)
    return {folded: hsa_id for folded, hsa_id in found.items() if folded not in several}


def _folded(name: str) -> str:
    return _NOT_LETTERS.sub("", name.casefold())
