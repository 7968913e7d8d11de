"""A unit of another organisation among many of one: a slip in the number, or somebody else's unit.

Findings: HSA041.
"""

from collections import Counter
from collections.abc import Collection, Iterator
from typing import Final

from underlag.checks.rules.context import CheckContext
from underlag.findings import Finding, finding
from underlag.values.hsa import HsaId
from underlag.workbook import Field

#: From this number, the units of one organisation are many.
_MANY: Final = 5


def check_stray_units(context: CheckContext) -> Iterator[Finding]:
    """Find a single addressee of another organisation than all the others."""
    first: dict[str, Field] = {}
    for flow in context.flows:
        if flow.spec.order == "producer" and not flow.same_as:
            for value in context.cells(flow, "addressee"):
                first.setdefault(value.text, value)
    if _have_one_prefix(first):
        return
    organisations: dict[str, str] = {}
    for text in first:
        parsed = context.hsa_id(text, system=False)
        if isinstance(parsed, HsaId) and parsed.organisation:
            organisations[text] = parsed.organisation
    counts = Counter(organisations.values())
    ranked = counts.most_common()
    if len(ranked) < 2 or ranked[0][1] < _MANY or ranked[1][1] > 1 or len(ranked) > 2:  # noqa: PLR2004
        return
    usual, other = ranked[0][0], ranked[1][0]
    stray = next(text for text, organisation in organisations.items() if organisation == other)
    if stray not in context.private:
        yield finding("HSA041", first[stray], annan=other, vanlig=usual, antal=counts[usual])


def _have_one_prefix(texts: Collection[str]) -> bool:
    """Whether all ids have the same characters before the hyphen, and so one organisation."""
    number, hyphen, _ = min(texts, default="").partition("-")
    # What the first and the last in order begin with, all between them do.
    return bool(hyphen) and max(texts).startswith(f"{number}-")
