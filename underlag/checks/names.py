"""Names of addressees and components: present, safe to write, and one for each HSA-ID."""

from collections.abc import Iterator
from operator import attrgetter
from typing import Final

from underlag.checks.survey import Survey, place
from underlag.findings import Finding, finding
from underlag.model import Entry, Field, Flow
from underlag.values.action import parse_action
from underlag.values.cleaning import visible

#: Characters of a name (`beskrivning`) that a TAK keeps. Source: skltp/tak, validation of `logiskadresser`.
MAX_NAME: Final = 255

#: Starts that spreadsheets take for a formula.
_FORMULA: Final = {"=": "=", "+": "+", "-": "-", "@": "@", "\t": "tabb"}

_NAME_ROLES: Final = ("addressee_name", "consumer_name", "producer_name")
_COMPONENTS: Final = (("consumer", "consumer_name"), ("producer", "producer_name"))


def check_names(survey: Survey) -> Iterator[Finding]:
    """Judge each name by itself."""
    for role in _NAME_ROLES:
        for _, values in survey.once(role):
            texts = {value.text for value in values}
            odd = {text for text in texts if len(text) > MAX_NAME or text[:1] in _FORMULA}
            for value in values if odd else ():
                text = value.text
                if len(text) > MAX_NAME:
                    yield finding("ADR006", value, antal=len(text))
                if text and text[0] in _FORMULA:
                    yield finding("ADR007", value, tecken=_FORMULA[text[0]], synlig=visible(text))


def check_addressee_names(survey: Survey) -> Iterator[Finding]:
    """Find addressees without a name, and with two."""
    names, unreadable = survey.addressee_names(), survey.underlag.unreadable
    removed = _removes(survey)
    told: set[Field] = set()
    for flow in survey.flows:
        if flow.same_as:
            continue  # the cells are another flow's, and judged there
        skipped = {"", _fixed_addressee(survey, flow), *survey.private}
        here: dict[str, Field] = {}
        for entry in flow.entries:
            name, addressee = entry.addressee_name, entry.addressee
            if name is None or addressee is None or addressee.text in skipped:
                continue
            if unreadable and (name.position in unreadable or addressee.position in unreadable):
                continue
            if not name.text:
                if name not in told and not (removed or _is_removed(entry)):
                    told.add(name)
                    yield from _nameless(name, addressee, names.get(addressee.text))
                continue
            known = names[addressee.text]
            if known.text == name.text and here.setdefault(addressee.text, name).text == name.text:
                continue
            if name not in told:
                told.add(name)
                yield _two_names(addressee, name, here.setdefault(addressee.text, name), known)


def _nameless(name: Field, addressee: Field, known: Field | None) -> Iterator[Finding]:
    if not name.column:
        return
    if known is None:
        yield finding("ADR004", name, hsaid=addressee.text)
    else:
        yield finding("ADR005", name, hsaid=addressee.text, annat=known.text, annan_plats=place(known))


def _two_names(addressee: Field, name: Field, here: Field, known: Field) -> Finding:
    """Make a finding of two names: in one sheet an error, for then one of the two HSA-IDs is likely wrong."""
    in_sheet = here.text != name.text
    other = here if in_sheet else known
    only_form = folded_name(other.text) == folded_name(name.text)
    code = "ADR003" if only_form else "ADR002" if in_sheet else "ADR009"
    return finding(
        code,
        name,
        hsaid=addressee.text,
        annat=other.text,
        annan_plats=place(other),
        annan_cell=other.cell,
        related=(other.position,),
    )


def check_component_names(survey: Survey) -> Iterator[Finding]:
    """Find components with two names."""
    known: dict[str, Field] = {}
    told: set[Field] = set()
    # The same id with the same name stands on thousands of rows.
    agreed: set[tuple[str, str]] = set()
    for flow in survey.flows:
        for role, name_role in _COMPONENTS:
            component: Field | None
            name: Field | None
            for component, name in map(attrgetter(role, name_role), survey.lines(flow)):
                if component is None or name is None or (component.text, name.text) in agreed:
                    continue
                if not name.column or component.text in survey.private:
                    continue
                if not (survey.is_readable(component) and survey.is_readable(name)):
                    continue
                first = known.setdefault(component.text, name)
                if folded_name(first.text) == folded_name(name.text):
                    agreed.add((component.text, name.text))
                elif name not in told:
                    told.add(name)
                    yield finding(
                        "KOM005",
                        name,
                        hsaid=component.text,
                        annat=first.text,
                        annan_plats=place(first),
                    )


def folded_name(name: str) -> str:
    """Return a name as it is compared: without regard to case and white space."""
    return "".join(name.split()).casefold()


def _fixed_addressee(survey: Survey, flow: Flow) -> str:
    fixed = flow.spec.fixed_value("addressee", survey.underlag.environment)
    return fixed.value if fixed else ""


def _removes(survey: Survey) -> bool:
    """Whether the whole workbook removes: then names are not asked for, since TAK has them already."""
    stated = survey.underlag.details.action
    return survey.options.remove or (stated is not None and parse_action(stated.text) == "remove")


def _is_removed(entry: Entry) -> bool:
    return entry.action is not None and parse_action(entry.action.text) == "remove"
