"""Names of units that are closed, truncated names, and names that several units share.

Findings: ADR032, ADR033, ADR034, ADR035.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from underlag.checks.rules.context import CheckContext
from underlag.checks.rules.names import folded_name
from underlag.checks.unlikely.cut_names import cut_names
from underlag.checks.unlikely.series import series_text
from underlag.findings import Finding, finding
from underlag.text.lists import listed
from underlag.values.hsa import HsaId
from underlag.values.series import FEWEST, counting_series
from underlag.workbook import Field

#: Words for a unit that is closed or about to be, and remarks that are no part of a name.
_CLOSED: Final = re.compile(
    r"\b(?:ned ?lag[dt]a?|ned ?läggs|läggs? (?:ned|ner)|avsluta(?:d|t|s|de)?|avveckla(?:d|t|s|de)?"
    r"|upphör(?:t|d|de)?|stäng(?:d|t|s|er)|utgår|utgått|(?:tas?|tag|ska) bort|inaktiv(?:erad|t)?|ej i drift"
    r"|nedläggning(?:en|s)?|lad(?:es|e) ne[dr]|lagts ne[dr]|vilande|makulera[dts]+|radera[dts]+|gammal"
    r"|ersatt?s? av|ersätts|sammansl(?:agen|agits|ås)|uppgå(?:r|tt) i|flytta[dts]+ till|borttag(?:en|its|et)"
    r"|(?:t\.? ?o\.? ?m\.?|till och med|fr\.? ?o\.? ?m\.?|från(?: och med)?) ?"
    r"(?:20[0-9]{2}|[0-9]{6}|[0-9]+/[0-9]+)"
    r"|öppnar"
    r"|(?:används|gäller|aktiv) (?:ej|inte)"
    r"|(?:ej|inte) (?:aktiv|aktuell|giltig|i bruk|längre|med|klar|takas|beställas|öppen|öppnad|startad)"
    r"|(?:beställ\w*|anslut\w*|ska(?:ll)?|tas) (?:ej|inte)"
    r"|byter (?:namn|hsa)|avvakta\w*|väntar? (?:med|på)|obs(?=[!:]))\b|\?{2,}",
    re.IGNORECASE,
).search
#: Every match of `_CLOSED` contains one of these when folded. None has an i, which İ matches but does not
#: fold to.
_CLOSED_PARTS: Final = (
    *("lagd", "lagt", "lägg", "avslut", "avveckl", "upphör", "stäng", "utgå"),
    *("bort", "nakt", "ej", "nte", "byter", "avvakt", "vänta", "obs", "??", "lade", "lagts", "lande", "mak"),
    *("rader", "gammal", "ersat", "ersätts", "sammansl", "uppgå", "flytta", "borttag", "öppnar", "till och"),
    *("tom", "t.o", "t. o", "t o", "from", "fr.", "fr o", "från"),
)
#: Units that a finding names.
_NAMED: Final = 3


def check_unit_names(context: CheckContext) -> Iterator[Finding]:
    """Find names of units that are well-formed, but unlikely."""
    names = {
        unit: name
        for unit, name in context.addressee_names().items()
        if isinstance(context.hsa_id(unit, system=False), HsaId)
    }
    yield from _closed(context)
    cut = cut_names(names)
    if cut:
        first = names[cut[0]]
        others = tuple(names[unit].position for unit in cut[1:])
        examples = listed([f"”{text}”" for text in list(dict.fromkeys(names[u].text for u in cut))[:_NAMED]])
        length = len(first.text)
        yield finding("ADR035", first, antal=len(cut), längd=length, exempel=examples, related=others)
    yield from _shared(context, names, set(cut))


def _closed(context: CheckContext) -> Iterator[Finding]:
    """Find names of added units that are closed or will be, each cell once."""
    cells = (value for flow in context.flows for value in context.cells(flow, "addressee_name"))
    odd = _closed_among({value.text for value in cells})
    if not odd:
        return
    for flow, values in context.unique_cells("addressee_name"):
        added = {entry.addressee_name for entry, request in context.rows(flow) if request.action == "add"}
        for value in values:
            if value in added and (word := odd.get(value.text)):
                yield finding("ADR034", value, ord=word)


def _closed_among(texts: Iterable[str]) -> dict[str, str]:
    """Return those of the names whose unit is closed or will be, each with the words for that."""
    names = list(texts)
    folded = "\n".join(names).casefold()  # one look over all of them, for hardly a workbook has such names
    parts = [part for part in _CLOSED_PARTS if part in folded]
    if not parts:
        return {}
    likely = [name for name in names if any(map(name.casefold().__contains__, parts))]
    return {name: found[0] for name in likely if (found := _CLOSED(name))}


def _shared(context: CheckContext, names: Mapping[str, Field], cut: set[str]) -> Iterator[Finding]:
    """Find names that two or more units share: ids that count up with one name, or a wrong id."""
    if len({name.text.casefold() for name in names.values()}) == len(names):
        return
    counts = Counter(folded_name(name.text) for name in names.values())
    sharing: dict[str, list[str]] = {}
    for unit, name in names.items():
        folded = folded_name(name.text)
        if counts[folded] > 1 and unit not in cut:
            sharing.setdefault(folded, []).append(unit)
    for units in sharing.values():
        runs = counting_series(units) if len(units) >= FEWEST else []
        for run in runs:
            yield _finding("ADR032", names, run, series_text(run))
        rest = [unit for unit in units if not any(unit in run for run in runs)]
        if len(_different(context, rest)) > 1:
            yield _finding("ADR033", names, rest, listed(rest, most=_NAMED))


def _different(context: CheckContext, units: list[str]) -> set[object]:
    """Return the units, counting an id with and without 16 as one."""
    parsed = (context.hsa_id(unit, system=False) for unit in units)
    return {one.unit_key for one in parsed if isinstance(one, HsaId)}


def _finding(code: str, names: Mapping[str, Field], units: list[str], text: str) -> Finding:
    first, *others = (names[unit] for unit in units)
    related = tuple(name.position for name in others)
    return finding(code, first, antal=len(units), enheter=text, related=related)
