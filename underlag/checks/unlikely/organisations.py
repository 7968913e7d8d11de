"""A unit of another organisation among many of one: a typing error, or another organisation's unit.

Findings: HSA041.
"""

from collections import Counter
from collections.abc import Collection, Iterator
from itertools import chain
from typing import Final

from underlag.checks.rules.context import CheckContext
from underlag.findings import Finding, finding
from underlag.values.hsa import HsaId

#: Minimum units of the main organisation for each stray unit.
_MANY: Final = 5
#: Maximum organisations of one unit each; with more, such units are normal in this workbook.
_MOST_STRAY: Final = 3


def check_stray_units(context: CheckContext) -> Iterator[Finding]:
    """Find the addressees that are alone in their organisation where nearly all are of one."""
    cells = [
        context.cells(flow, "addressee")
        for flow in context.flows
        if flow.spec.order == "producer" and not flow.same_as
    ]
    texts = dict.fromkeys(chain.from_iterable(values.unique_texts() for values in cells))
    if _have_one_prefix(texts):
        return
    organisations: dict[str, str] = {}
    for text in texts:
        parsed = context.hsa_id(text, system=False)
        if isinstance(parsed, HsaId) and parsed.organisation:
            organisations[text] = parsed.organisation
    counts = Counter(organisations.values())
    (usual, most), *others = counts.most_common() or [("", 0)]
    alone = {organisation for organisation, count in others if count == 1}
    if not alone or len(alone) > _MOST_STRAY or most < _MANY * len(alone):
        return
    for text, organisation in organisations.items():
        if organisation in alone and text not in context.private:
            first = next(value for values in cells for value in values.with_text({text}))
            yield finding("HSA041", first, annan=organisation, vanlig=usual, antal=most)


def _have_one_prefix(texts: Collection[str]) -> bool:
    """Whether all ids have the same characters before the hyphen, and so one organisation."""
    number, hyphen, _ = min(texts, default="").partition("-")
    # What the first and the last in order begin with, all between them do.
    return bool(hyphen) and max(texts).startswith(f"{number}-")
