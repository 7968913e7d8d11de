"""Names of addressees and components: present, safe to write, and one for each HSA-ID.

Findings: ADR002, ADR003, ADR004, ADR005, ADR006, ADR007, ADR009, ADR012, ADR013, ADR038, ADR039,
KOM005.
"""

import re
from collections.abc import Collection, Iterator
from functools import partial
from itertools import compress
from operator import ne
from typing import Final

from underlag.characters.cleaning import visible
from underlag.characters.garbled import garbled_among, mended
from underlag.characters.likeness import folded_name
from underlag.checks.rules.context import CheckContext, RowsOf, apply_to_distinct, position_text
from underlag.findings import Finding, finding
from underlag.lazy_pattern import LazyPattern, begins_with, has_letter
from underlag.privacy.masking import is_private, masked, private_among
from underlag.requests import Request
from underlag.text.lists import listed
from underlag.workbook import Field, Flow

#: Maximum characters of a name (`beskrivning`) in TAK. Source: skltp/tak, validation of `logiskadresser`.
MAX_NAME: Final = 255

#: First characters that make spreadsheets read a text as a formula.
_FORMULA: Final = {"=": "=", "+": "+", "-": "-", "@": "@", "\t": "tabb"}

#: What people write when a name is unknown, missing or elsewhere, what a spreadsheet writes after an error,
#: and values that belong in another column.
_NO_NAME: Final = LazyPattern(
    r"[\W\d_]*(?:"
    r"x{2,}|n[./]?a|tbd|namn(?:et)?(?: här| saknas)?|enhetsnamn|(?:enhetens|vårdenhetens) namn"
    r"|(?:fyll i|skriv(?: in)?|ange)\b.*\bnamn(?:et)?\b.*|platshållar(?:e|en|namn)"
    r"|saknas|okän[dt]|(?:ej|inte) klart|(?:att )?fylla? i"
    r"|(?:se|tst[a-z]*)[0-9]{6,}-\w+|https?://\S+"
    r"|dito|d:o|(?:samma|se|lika|enligt)(?: som)? (?:ovan|nedan|föregående)|samma|null|none|nan"
    r"|kommer(?: senare)?|återkommer|meddelas(?: senare)?"
    r")?[\W\d_]*|#[^\s#]+[!?]|Err:\d+",
    re.IGNORECASE,
).fullmatch
#: How those with letters begin. A name that begins otherwise, as nearly all do, needs no pattern.
_BEGINNINGS: Final = (
    *("xx", "n ", "na ", "tbd ", "namn", "enhetsnamn ", "enhetens ", "vårdenhetens ", "fyll", "skriv "),
    *("ange ", "platshållar", "saknas ", "okän", "ej ", "inte ", "att ", "se", "tst", "http", "err "),
    *("dito ", "d ", "samma ", "lika ", "enligt ", "null ", "none ", "nan "),
    *("kommer ", "återkommer ", "meddelas "),
)

_NAME_ROLES: Final = ("addressee_name", "consumer_name", "producer_name")
#: Units of one cell that a finding names.
_MOST_NAMED: Final = 3
_ONE_ROW_EACH: Final = (
    "Flera HSA-ID står i samma cell. Skriv dem på var sin rad, med enhetens namn bredvid så som det står i "
    "HSA-katalogen."
)

COMPONENTS: Final = (("consumer", "consumer_name"), ("producer", "producer_name"))


def check_names(context: CheckContext) -> Iterator[Finding]:
    """Judge each name on its own."""
    right: set[str] = {""}
    for role in _NAME_ROLES:
        for _, values in context.unique_cells(role):
            texts = [text for text in values.unique_texts() if text not in right]
            odd = _odd_among(texts) | private_among(texts)
            garbled = garbled_among(texts)
            right.update(texts)
            right -= odd | garbled
            for value in values.with_text(odd) if odd else ():
                yield from _odd_name(context, value)
            for value in values.with_text(garbled) if garbled else ():
                yield finding("ADR039", value, correction=mended(value.text))


def _odd_among(texts: Collection[str]) -> set[str]:
    """Return those of many names that are odd. Most begin with one of a few words, each judged once."""
    doubtful = {
        first
        for first in {text.partition(" ")[0] for text in texts}
        if not has_letter(first) or first[0] in _FORMULA or _may_be_no_name(first)
    }
    if not doubtful and max(map(len, texts), default=0) <= MAX_NAME:
        return set()
    return {
        text
        for text in texts
        if (text.partition(" ")[0] in doubtful or len(text) > MAX_NAME) and _is_odd(text)
    }


def _is_odd(text: str) -> bool:
    return len(text) > MAX_NAME or text[0] in _FORMULA or _is_no_name(text)


def _is_no_name(text: str) -> bool:
    return (not has_letter(text) or _may_be_no_name(text)) and _NO_NAME(text) is not None


def _may_be_no_name(text: str) -> bool:
    """Whether a text with a letter begins like what is no name; its first word with a letter decides."""
    return text[0] == "#" or begins_with(_BEGINNINGS, text)


def _odd_name(context: CheckContext, value: Field) -> Iterator[Finding]:
    """Yield the findings on one name: too long, like a formula, no name, or private."""
    text = value.text
    if len(text) > MAX_NAME:
        yield finding("ADR006", value, antal=len(text))
    if text[0] in _FORMULA:
        yield finding("ADR007", value, tecken=_FORMULA[text[0]], synlig=visible(text))
    elif _is_no_name(text) and value.position not in context.numeric_names:
        yield finding("ADR012", value)
    if is_private(text):
        context.private.add(text)
        yield finding("ADR013", value, value=masked(text))


def check_addressee_names(context: CheckContext) -> Iterator[Finding]:
    """Find addressees without a name, and with two."""
    reported: set[Field] = set()
    for flow in context.flows:
        if flow.same_as:
            continue  # another flow has the cells and is judged for them
        odd = _with_other_names(context, flow)
        if not odd:
            continue
        names = context.addressee_names()
        yield from _without_column(context, flow, odd - names.keys())
        here: dict[str, Field] = {}
        nameless: dict[Field, dict[str, None]] = {}
        for request, name, addressee in _named(context, flow, odd):
            unit = addressee.text
            if not name.text:
                if name.column and name not in reported and request.action == "add":
                    nameless.setdefault(name, {})[unit] = None
                continue
            known = names[unit]
            if known.text == name.text and here.setdefault(unit, name).text == name.text:
                continue
            if name not in reported and unit not in context.faulty:
                reported.add(name)
                yield _two_names(addressee, name, here.setdefault(unit, name), known)
        reported.update(nameless)
        for name, units in nameless.items():
            yield from _nameless(name, list(units), names)


def _with_other_names(context: CheckContext, flow: Flow) -> set[str]:
    """Return the addressees with a row that does not have the first name in the workbook."""
    names = context.addressee_name_texts()
    units, texts = map(flow.entries.texts, ("addressee", "addressee_name"))
    return set(compress(units, map(ne, map(names.get, units), texts)))


def _without_column(context: CheckContext, flow: Flow, units: set[str]) -> Iterator[Finding]:
    """Find the added ones of these units, which have no name anywhere, where the flow has no names at all."""
    skipped = {"", _fixed_addressee(context, flow), *context.unidentified}
    nameless: dict[str, Field] = {}
    rows = context.rows(flow)
    for entry, request in rows.where(unit in units for unit in rows.entries.texts("addressee")):
        unit = entry.addressee
        if entry.addressee_name is not None or unit is None or request.action != "add":
            continue
        if unit.text not in skipped and unit.column:
            nameless.setdefault(unit.text, unit)
    if nameless:
        first, *others = nameless.values()
        yield finding(
            "ADR038",
            first,
            enheter=listed(list(nameless), most=_MOST_NAMED),
            kolumn=context.column_title(flow, "addressee_name") or "Namn",
            related=tuple(other.position for other in others),
        )


def _named(context: CheckContext, flow: Flow, units: set[str]) -> Iterator[tuple[Request, Field, Field]]:
    """Yield request, name and HSA-ID of each row of some addressees whose cells can be judged."""
    unreadable = context.underlag.unreadable
    skipped = {"", _fixed_addressee(context, flow), *context.unidentified}
    rows = context.rows(flow)
    for entry, request in rows.where(unit in units for unit in rows.entries.texts("addressee")):
        name, addressee = entry.addressee_name, entry.addressee
        if name is None or addressee is None or addressee.text in skipped:
            continue
        if not unreadable or not (name.position in unreadable or addressee.position in unreadable):
            yield request, name, addressee


def _nameless(name: Field, units: list[str], names: dict[str, Field]) -> Iterator[Finding]:
    """Report an empty cell for a name: of one unit, or of all units of a cell with several."""
    unknown = [unit for unit in units if unit not in names]
    if unknown:
        yield finding(
            "ADR004",
            name,
            hsaid=listed(unknown, most=_MOST_NAMED),
            suggestion=_ONE_ROW_EACH if len(unknown) > 1 else None,
        )
    for unit in units:
        if known := names.get(unit):
            yield finding(
                "ADR005",
                name,
                hsaid=unit,
                annat=known.text,
                annan_plats=position_text(known),
                correction=known.text if len(units) == 1 else "",
            )


def _two_names(unit: Field, name: Field, here: Field, known: Field) -> Finding:
    """Make a finding of two names: an error within one sheet, as one of the two HSA-IDs is likely wrong."""
    in_sheet = here.text != name.text
    other = here if in_sheet else known
    only_form = folded_name(other.text) == folded_name(name.text)
    code = "ADR003" if only_form else "ADR002" if in_sheet else "ADR009"
    found = finding(
        code,
        name,
        hsaid=unit.text,
        annat=other.text,
        annan_plats=position_text(other),
        annan_cell=other.cell,
        related=(other.position,),
    )
    found.instead = None if only_form else unit
    return found


def check_component_names(context: CheckContext) -> Iterator[Finding]:
    """Find components with two names."""
    return apply_to_distinct(context, partial(_component_names, context))


def _component_names(context: CheckContext, rows: RowsOf) -> Iterator[Finding]:
    known: dict[str, Field] = {}
    others: dict[str, dict[Field, None]] = {}
    # Thousands of rows may have the same id with the same name.
    agreed: set[tuple[str, str]] = set()
    for flow in context.flows:
        for role, name_role in COMPONENTS:
            for entry in rows(flow).entries:
                component, name = entry.part(role), entry.part(name_role)
                if component is None or name is None or (component.text, name.text) in agreed:
                    continue
                if not name.column or component.text in context.faulty:
                    continue
                if not (context.is_readable(component) and context.is_readable(name)):
                    continue
                first = known.setdefault(component.text, name)
                if folded_name(first.text) == folded_name(name.text):
                    agreed.add((component.text, name.text))
                else:
                    others.setdefault(component.text, {})[name] = None
    for hsa_id, odd in others.items():
        yield from _two_names_of_component(context, rows, hsa_id, known[hsa_id], list(odd))


def _two_names_of_component(
    context: CheckContext, rows: RowsOf, component: str, first: Field, odd: list[Field]
) -> Iterator[Finding]:
    """Report the cells with another name than a component's first, or the first where most have the other."""
    folded = folded_name(first.text)
    same: dict[Field, None] = {}
    for flow in context.flows:
        for role, name_role in COMPONENTS:
            for entry in rows(flow).entries:
                one, name = entry.part(role), entry.part(name_role)
                if one is None or name is None or one.text != component or not name.column:
                    continue
                if folded_name(name.text) == folded:
                    same[name] = None
    is_first_odd = len(odd) > len(same) and len({folded_name(name.text) for name in odd}) == 1
    other = odd[0] if is_first_odd else first
    for at in same if is_first_odd else odd:
        yield finding("KOM005", at, hsaid=component, annat=other.text, annan_plats=position_text(other))


def _fixed_addressee(context: CheckContext, flow: Flow) -> str:
    fixed = flow.spec.fixed_value("addressee", context.underlag.environment)
    return fixed.value if fixed else ""
