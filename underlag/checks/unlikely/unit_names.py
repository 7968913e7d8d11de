"""Truncated names of units, and names that several units share.

Findings: ADR032, ADR033, ADR035.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Final

from underlag.characters.likeness import folded_name
from underlag.checks.rules.context import CheckContext
from underlag.checks.unlikely.cut_names import cut_names
from underlag.checks.unlikely.series import series_text
from underlag.findings import Finding, finding
from underlag.text.lists import listed
from underlag.values.hsa import HsaId
from underlag.values.series import FEWEST, counting_series

#: Units that a finding names.
_NAMED: Final = 3


def check_unit_names(context: CheckContext) -> Iterator[Finding]:
    """Find names of units that are well-formed, but unlikely."""
    texts = context.addressee_name_texts()
    units = context.hsa_ids(texts.keys())
    names = {unit: name for unit, name in texts.items() if unit in units}
    cut = cut_names(names)
    if cut:
        first, *others = map(context.addressee_names().__getitem__, cut)
        related = tuple(name.position for name in others)
        examples = listed([f"”{text}”" for text in list(dict.fromkeys(names[u] for u in cut))[:_NAMED]])
        length = len(first.text)
        yield finding("ADR035", first, antal=len(cut), längd=length, exempel=examples, related=related)
    yield from _shared(context, names, set(cut))


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
