"""HSA-IDs: their form, test ids in production, one unit in two forms.

Source: Inera, "Lathund beställning av TAKning Intygstjänster" 0.91; that TAK compares ids as text: skltp/tak.

Findings: HSA002, HSA003, HSA004, HSA005, HSA006, HSA007, HSA008, HSA009, HSA040, HSA043, HSA044.
"""

import itertools
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final, NamedTuple

from underlag.characters.cleaning import visible
from underlag.checks.rules.context import ID_ROLES, ROLE_NAMES, CheckContext, position_text
from underlag.findings import Finding, finding
from underlag.lazy_pattern import LazyPattern
from underlag.privacy.masking import MASK, masked_id, may_be_private
from underlag.values import Refusal, orgnr
from underlag.values.hsa import HsaId, examples_among
from underlag.workbook import Cells, Field

if TYPE_CHECKING:
    from underlag.checks.rules.neighbours import Neighbours

#: The code for each reason to reject an HSA-ID; a missing one is reported elsewhere.
_CODES: Final = {
    "form": "HSA002",
    "check_digit": "HSA003",
    "forbidden_character": "HSA004",
    "too_long": "HSA005",
    "look_alike": "HSA006",
    "personal_number": "HSA007",
    "replacement": "HSA040",
    "remark": "HSA044",
}

#: An id in the form of a sole trader's, whose organisation number is a personal identity number.
_SOLE_TRADER: Final = LazyPattern(r"(?:SE)?(?:16)?[0-9]{10}-").match


def check_hsa_ids(context: CheckContext) -> Iterator[Finding]:
    """Judge every HSA-ID of the tables."""
    ordinary: set[str] = set()
    others: dict[str, HsaId] = {}
    cells: list[Cells] = []
    faulty: list[tuple[Cells, str, dict[str, Refusal]]] = []
    for role in ID_ROLES:
        for flow, values in context.unique_cells(role):
            system = context.names_system(flow, role)
            # Thousands of rows may share a system's id.
            wrong: dict[str, Refusal] = {}
            texts = values.unique_texts()
            usual = context.ordinary_ids(texts.keys())
            ordinary |= usual
            for text in texts.keys() - usual:
                parsed = context.hsa_id(text, system=system)
                if isinstance(parsed, HsaId):
                    others[text] = parsed
                elif parsed.reason != "missing":
                    wrong[text] = parsed
            if wrong:
                faulty.append((values, role, wrong))
            cells.append(values)
    if faulty:
        from underlag.checks.rules.neighbours import Neighbours  # noqa: PLC0415 - only a faulty id has any

        yield from _refused(context, faulty, Neighbours({*ordinary, *others}))
    if context.in_production:
        yield from _examples(context)
    tests = {text for text, parsed in others.items() if parsed.is_test} if context.in_production else set()
    twins = _two_forms(context, ordinary)
    if tests or twins:
        yield from _odd(context, itertools.chain(*cells), tests, twins)


def _examples(context: CheckContext) -> Iterator[Finding]:
    """Report ids that only show what one looks like, each cell."""
    for role in ID_ROLES:
        for flow, values in context.unique_cells(role):
            system = role != "addressee" or context.names_system(flow, role)
            shown = examples_among(values.unique_texts(), system=system)
            for value in values.with_text(shown) if shown else ():
                yield finding("HSA043", value, roll=ROLE_NAMES[role])


#: A text that refers to ids elsewhere.
_REFERS: Final = LazyPattern(
    r"(?i)\W*(?:se|som|enligt|enl\.?|jfr|samma|samtliga|alla|dito|do|d:o|ovan\w*|nedan\w*|föregående"
    r"|bifogad\w*)\b[^0-9]*|\W+"
).fullmatch
_WRITE_UNITS: Final = (
    "”{}” säger inte vilka enheter som menas. Skriv varje enhets HSA-ID på en egen rad, eller ”Samma som "
    "fliken” och flikens namn om alla enheter på en annan flik ska med här också."
)
_WRITE_SYSTEM: Final = (
    "”{}” säger inte vilket system som menas. Skriv systemets HSA-ID, eller lämna cellen tom: då används "
    "värdet ovanför."
)
#: Units from one to another: 'SE2321000156-4HVX–4HWZ'.
_RANGE: Final = LazyPattern(
    r"(?i)[A-Z]*[0-9]{10,12}-[A-Z0-9]+\s*(?:-|–|—|\.\.\.?|…|\btill\b|\btom\b|\bt\.o\.m\.)\s*[A-Z0-9-]+"
).fullmatch
_WRITE_EACH: Final = (
    "”{}” ser ut som flera enheter, från den ena till den andra. Skriv varje enhets HSA-ID på en egen rad: "
    "vilka som finns däremellan går inte att veta."
)
_ADVICE: Final = "Menades {}? Jämför med HSA-katalogen och rätta i så fall cellen."


class _Fault(NamedTuple):
    """The code of a rejected text, and how to show it, wherever it occurs."""

    code: str
    shown: str
    correction: str
    advice: str | None
    is_private: bool


def _refused(
    context: CheckContext, faulty: list[tuple[Cells, str, dict[str, Refusal]]], neighbours: "Neighbours"
) -> Iterator[Finding]:
    """Yield a finding on each rejected HSA-ID, with the id that was plausibly meant.

    Args:
        context: the Underlag.
        faulty: values, their role, and the texts among them that are rejected, with the reasons.
        neighbours: the valid ids.
    """
    faults: dict[str, _Fault] = {}
    made: dict[tuple[str, int], Finding] = {}
    texts = set().union(*(wrong for _, _, wrong in faulty))
    context.faulty |= texts
    suspicious = may_be_private("\n".join(texts))
    for values, role, wrong in faulty:
        for value in values.with_text(wrong):
            text, refusal = value.text, wrong[value.text]
            # A text is parsed once: the same refusal in the same role gives the same finding.
            if known := made.get((role, id(refusal))):
                yield known.repeated_at(value)
                continue
            fault = faults.get(text)
            if fault is None:
                personal = refusal.reason == "personal_number"
                shown = MASK if personal else masked_id(text) if suspicious else text
                fault = faults[text] = _fault(context, text, shown, refusal, neighbours)
            if fault.is_private:
                context.private_cells.append(value)
                yield _private(fault.code, value, role, refusal, fault.shown)
                continue
            found = made[role, id(refusal)] = _found(value, role, refusal, fault)
            yield found


def _found(value: Field, role: str, refusal: Refusal, fault: _Fault) -> Finding:
    """Make the finding on a rejected HSA-ID without a personal identity number."""
    return finding(
        fault.code,
        value,
        suggestion=fault.advice or _advice(fault, role),
        correction=fault.correction,
        varde=fault.shown,
        roll=ROLE_NAMES[role],
        tecken=refusal.detail,
        antal=refusal.detail,
    )


def _advice(fault: _Fault, role: str) -> str | None:
    """Return the advice on a text without correction, None for the catalogue's."""
    if role == "addressee" and not fault.correction and _RANGE(fault.shown):
        return _WRITE_EACH.format(fault.shown)
    if fault.code != "HSA002" or not _REFERS(fault.shown):
        return None
    return (_WRITE_UNITS if role == "addressee" else _WRITE_SYSTEM).format(fault.shown)


def _fault(
    context: CheckContext, text: str, shown: str, refusal: Refusal, neighbours: "Neighbours"
) -> _Fault:
    """Judge a rejected text, which is shown as `shown`, and record what it is for later checks."""
    code = _CODES[refusal.reason]
    if shown != text:
        context.private.add(text)
        return _Fault(code, shown, "", None, is_private=True)
    if refusal.reason == "remark":
        # Later checks take the id for the row's, but only a person knows what the remark means.
        context.corrections[text] = refusal.suggestion
        return _Fault(code, visible(text), "", None, is_private=False)
    correction = _correction(context, text, refusal, neighbours)
    advice = _ADVICE.format(correction) if correction else None
    return _Fault(code, visible(text), correction, advice, is_private=False)


def _private(code: str, value: Field, role: str, refusal: Refusal, shown: str) -> Finding:
    """Report a rejected id that contains a personal identity number, without quoting the number."""
    if not _SOLE_TRADER(value.text):
        return finding("HSA007", value, value=MASK, roll=ROLE_NAMES[role])
    return finding(
        code,
        value,
        value=shown,
        varde=shown,
        roll=ROLE_NAMES[role],
        tecken=refusal.detail,
        antal=refusal.detail,
    )


def _correction(context: CheckContext, text: str, refusal: Refusal, neighbours: "Neighbours") -> str:
    """Return the only plausible correction of an id, '' without one, and record it for later checks."""
    near = neighbours.nearest(text)
    if near and near != refusal.suggestion and not isinstance(context.hsa_id(near, system=False), HsaId):
        near = ""  # something else is wrong, too
    # Two different guesses are no guess.
    guess = "" if near and refusal.suggestion and near != refusal.suggestion else near or refusal.suggestion
    if not guess:
        return ""
    guess = neighbours.as_written(guess)
    context.corrections[text] = guess
    return guess


def _two_forms(context: CheckContext, texts: Iterable[str]) -> set[tuple[str, str]]:
    """Return the units that are written both with and without 16."""
    heads = {text.partition("-")[0] for text in texts}
    if len({head[-orgnr.LENGTH :] for head in heads}) == len(heads):
        return set()  # each organisation is written in one form
    parsed = (context.hsa_id(text, system=False) for text in texts)
    counts = Counter(found.unit_key for found in parsed if isinstance(found, HsaId))
    return {key for key, count in counts.items() if count > 1}


def _odd(
    context: CheckContext, cells: Iterable[Field], tests: set[str], twins: set[tuple[str, str]]
) -> Iterator[Finding]:
    """Report test ids, each cell, and units in two forms, each further form once.

    Two forms are only a warning: the record system may address its units in either, and only the region
    knows which.
    """
    first: dict[tuple[str, str], Field] = {}
    reported: set[str] = set()
    for value in cells:
        if value.text in tests:
            yield finding("HSA008", value)
        if (
            not twins
            or value.text in reported
            or not isinstance(parsed := context.hsa_id(value.text, system=False), HsaId)
        ):
            continue
        if parsed.unit_key not in twins:
            continue
        known = first.setdefault(parsed.unit_key, value)
        if known.text != value.text:
            reported.add(value.text)
            yield finding(
                "HSA009", value, annat=known.text, annan_plats=position_text(known), related=(known.position,)
            )
