"""Names of units that are closed or for tests, truncated names, and names that several units share.

Findings: ADR032, ADR033, ADR034, ADR035.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from underlag.characters.likeness import folded_name
from underlag.checks.rules.context import CheckContext
from underlag.checks.unlikely.cut_names import cut_names
from underlag.checks.unlikely.name_notes import notes_in
from underlag.checks.unlikely.series import series_text
from underlag.findings import Finding, finding
from underlag.lazy_pattern import LazyPattern
from underlag.text.lists import listed
from underlag.values.hsa import HsaId
from underlag.values.series import FEWEST, counting_series

#: Words for a unit that is closed or about to be, and remarks that are no part of a name. Compiled for the
#: first name that contains one of `_CLOSED_PARTS`: most workbooks have none.
_CLOSED: Final = (
    r"\b(?:ned ?lag[dt]a?|ned ?läggs|läggs? ne[dr]|avsluta(?:d|t|s|de)?|avveckla(?:d|t|s|de)?"
    r"|upphör(?:t|d|de)?|stäng(?:d|t|s|er|de|des)|utgår|utgått|(?:tas?|tag|ska) bort"
    r"|inaktiv(?:erad|t)?|ej i drift"
    r"|nedläggning(?:en|s)?|lad(?:es|e) ne[dr]|lagts ne[dr]|vilande|makulera[dts]+|radera[dts]+|gammal"
    r"|ersatt?s? av|ersätts|sammansl(?:agen|agits|ås)|uppgå(?:r|tt) i|flytta[drts]+ till|borttag(?:en|its|et)"
    r"|(?:t\.? ?o\.? ?m\.?|till och med|fr\.? ?o\.? ?m\.?|från(?: och med)?) ?"
    r"(?:20[0-9]{2}|[0-9]{6}|[0-9]+/[0-9]+)"
    r"|öppnar|pausa(?:d|t|s)|fel (?:hsa|id)|gäller till"
    r"|(?:används|gäller|aktiv) (?:ej|inte)"
    r"|(?:ej|inte) (?:aktiv|aktuell|giltig|i bruk|längre|med|klar|takas|beställas|öppen|öppnad|startad)"
    r"|(?:beställ\w*|anslut\w*|ska(?:ll)?|tas) (?:ej|inte)"
    r"|byter (?:namn|hsa)|avvakta\w*|väntar? (?:med|på)|obs(?=[!:])"
    r"|flyttar|flyttas|dubblett(?:er)?|gamla(?=\)|$)|(?:ej|inte) (?:beslutat?|bekräftad|godkänd|färdig))\b"
    r"|\?{2,}|\?$|^\(.*\)$|[✗✘❌✖🚫]"
    # The mark of a footnote: 'Vårdcentralen Rud*', 'Vårdcentralen Rud ¹⁾', 'Vårdcentralen Rud 1)'.
    r"|[*†‡¹²³⁴⁵⁶⁷⁸⁹]+[)⁾]?$|^[^(]*\s[0-9]\)$"
)
#: A word for a unit that is none, in a name of production: 'TEST Vårdcentralen', 'Testenhet 1'.
_FOR_TESTS: Final = LazyPattern(
    r"(?<![-\w])test(?:enhet|vårdcentral|mottagning|avdelning|klinik|vårdenhet)?(?:en)?(?![-\w])",
    re.IGNORECASE,
).search
#: Every match of `_CLOSED` contains one of these when folded. None has an i, which İ matches but does not
#: fold to.
_CLOSED_PARTS: Final = (
    *("lagd", "lagt", "lägg", "avslut", "avveckl", "upphör", "stäng", "utgå"),
    *("bort", "nakt", "ej", "nte", "byter", "avvakt", "vänta", "obs", "?", "lade", "lagts", "lande", "mak"),
    *("rader", "gammal", "gamla", "ersat", "ersätts", "sammansl", "uppgå", "flytta", "dubblett"),
    *("öppnar", "pausa", "fel ", "gäller t", "ll och", "tom", "to m", "to.", "t.o", "t. o", "t o"),
    *("from", "fro m", "fro.", "fr.", "fr o", "från"),
    *("(", "✗", "✘", "❌", "✖", "🚫"),
    *(")", "⁾", "*", "†", "‡", *"¹²³⁴⁵⁶⁷⁸⁹"),
)
#: Units that a finding names.
_NAMED: Final = 3


def check_unit_names(context: CheckContext) -> Iterator[Finding]:
    """Find names of units that are well-formed, but unlikely."""
    names = {unit: name for unit, name in context.addressee_name_texts().items() if context.is_hsa_id(unit)}
    yield from _closed(context)
    cut = cut_names(names)
    if cut:
        first, *others = map(context.addressee_names().__getitem__, cut)
        related = tuple(name.position for name in others)
        examples = listed([f"”{text}”" for text in list(dict.fromkeys(names[u] for u in cut))[:_NAMED]])
        length = len(first.text)
        yield finding("ADR035", first, antal=len(cut), längd=length, exempel=examples, related=related)
    yield from _shared(context, names, set(cut))


def _closed(context: CheckContext) -> Iterator[Finding]:
    """Find names of added units that are closed or will be, for tests or with a note, each cell once."""
    cells = [context.cells(flow, "addressee_name") for flow in context.flows]
    texts = {text for names in cells for text in names.texts}
    contracts = (contract.name for contract in context.profile.contracts)
    odd = notes_in(texts, contracts) | _closed_among(texts)
    if context.in_production:
        odd |= {text: found[0] for text in texts if "est" in text.casefold() and (found := _FOR_TESTS(text))}
    if not odd:
        return
    for flow, values in context.unique_cells("addressee_name"):
        rows = context.rows(flow)
        adding = rows.where(request.action == "add" for request in rows.requests).entries
        added = set(adding.cells("addressee_name").with_text(odd))
        for value in values.with_text(odd):
            if value in added:
                yield finding("ADR034", value, ord=odd[value.text])


def _closed_among(texts: Iterable[str]) -> dict[str, str]:
    """Return those of the names whose unit is closed or will be, each with the words for that."""
    names = list(texts)
    folded = "\n".join(names).casefold()  # one look over all of them, for hardly a workbook has such names
    parts = [part for part in _CLOSED_PARTS if part in folded]
    if not parts:
        return {}
    likely = [name for name in names if any(map(name.casefold().__contains__, parts))]
    return {name: found[0] for name in likely if (found := re.search(_CLOSED, name, re.IGNORECASE))}


def _shared(context: CheckContext, names: Mapping[str, str], cut: set[str]) -> Iterator[Finding]:
    """Find names that two or more units share: ids that count up with one name, or a wrong id."""
    if len(set(map(str.casefold, names.values()))) == len(names):
        return
    counts = Counter(map(folded_name, names.values()))
    sharing: dict[str, list[str]] = {}
    for unit, name in names.items():
        folded = folded_name(name)
        if counts[folded] > 1 and unit not in cut:
            sharing.setdefault(folded, []).append(unit)
    for units in sharing.values():
        runs = counting_series(units) if len(units) >= FEWEST else []
        for run in runs:
            yield _finding(context, "ADR032", run, series_text(run))
        counted = {unit for run in runs for unit in run}
        rest = [unit for unit in units if unit not in counted]
        if len(_different(context, rest)) > 1:
            yield _finding(context, "ADR033", rest, listed(rest, most=_NAMED))


def _different(context: CheckContext, units: list[str]) -> set[object]:
    """Return the units, counting an id with and without 16 as one."""
    parsed = (context.hsa_id(unit, system=False) for unit in units)
    return {one.unit_key for one in parsed if isinstance(one, HsaId)}


def _finding(context: CheckContext, code: str, units: list[str], text: str) -> Finding:
    first, *others = map(context.addressee_names().__getitem__, units)
    related = tuple(name.position for name in others)
    return finding(code, first, antal=len(units), enheter=text, related=related)
