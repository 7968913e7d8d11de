"""HSA-IDs: their form, ids for test in production, one unit in two forms.

Source: Inera, "Lathund beställning av TAKning Intygstjänster" 0.91; that TAK compares ids as text: skltp/tak.
"""

from collections.abc import Iterator
from typing import Final

from underlag.checks.neighbours import Neighbours
from underlag.checks.survey import ID_ROLES, ROLE_NAMES, Survey, place
from underlag.findings import Finding, finding
from underlag.model import Field
from underlag.values import Refusal
from underlag.values.cleaning import visible
from underlag.values.hsa import HsaId

#: The code for each reason to refuse an HSA-ID; a missing one is told elsewhere.
_CODES: Final = {
    "form": "HSA002",
    "check_digit": "HSA003",
    "forbidden_character": "HSA004",
    "too_long": "HSA005",
    "look_alike": "HSA006",
    "personal_number": "HSA007",
}

#: What stands instead of a personal identity number, everywhere.
MASK: Final = "(personnummer)"


def check_hsa_ids(survey: Survey) -> Iterator[Finding]:
    """Judge every HSA-ID of the tables."""
    right: list[tuple[Field, HsaId]] = []
    faulty: list[tuple[Field, str, Refusal]] = []
    for role in ID_ROLES:
        for flow, value in survey.once(role):
            parsed = survey.hsa_id(value.text, system=survey.names_system(flow, role))
            if isinstance(parsed, HsaId):
                right.append((value, parsed))
            elif parsed.reason != "missing":
                faulty.append((value, role, parsed))
    if faulty:
        neighbours = Neighbours(parsed for _, parsed in right)
        for value, role, refusal in faulty:
            yield _refused(survey, value, role, refusal, neighbours)
    if survey.in_production:
        for value, parsed in right:
            if parsed.is_test:
                yield finding("HSA008", value)
    yield from _two_forms(right)


def _refused(survey: Survey, value: Field, role: str, refusal: Refusal, neighbours: Neighbours) -> Finding:
    code = _CODES[refusal.reason]
    role_name = ROLE_NAMES[role]
    if code == "HSA007":
        survey.private.add(value.text)
        return finding(code, value, value=MASK, roll=role_name)
    near = neighbours.nearest(value.text)
    if near and not isinstance(survey.hsa_id(near, system=False), HsaId):
        near = ""  # something else is wrong too
    # Two different guesses are no guess.
    guess = "" if near and refusal.suggestion and near != refusal.suggestion else near or refusal.suggestion
    advice = None
    if guess:
        survey.corrections[value.text] = guess
        advice = f"Menades {guess}? Jämför med HSA-katalogen och rätta i så fall cellen."
    shown = value.text if value.text.isascii() else visible(value.text)
    return finding(
        code,
        value,
        suggestion=advice,
        varde=shown,
        roll=role_name,
        tecken=refusal.detail,
        antal=refusal.detail,
    )


def _two_forms(right: list[tuple[Field, HsaId]]) -> Iterator[Finding]:
    """Find ids that are written with 16 in one place and without in another: one finding per further form.

    Only a warning: the journal system may address its units in either form, and only the region knows which.
    """
    first: dict[tuple[str, str], Field] = {}
    told: set[str] = set()
    for value, parsed in right:
        if parsed.is_test or not parsed.has_prefix:
            continue
        known = first.setdefault(parsed.unit_key, value)
        if known.text != value.text and value.text not in told:
            told.add(value.text)
            yield finding(
                "HSA009",
                value,
                annat=known.text,
                annan_plats=place(known),
                related=(known.position,),
            )
