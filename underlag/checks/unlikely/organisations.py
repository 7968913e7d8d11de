"""Units of other organisations: one among many of another, or several regions in one workbook.

Findings: HSA041, HSA042, HSA045.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import chain
from typing import Final

from underlag.checks.rules.context import CheckContext
from underlag.findings import Finding, finding
from underlag.regions.region import known_regions
from underlag.values.hsa import HsaId
from underlag.workbook import Cells

#: Minimum units of the main organisation for each stray unit.
_MANY: Final = 5
#: How the organisation numbers of regions begin.
_OF_REGIONS: Final = "232100"
#: Minimum groups of units, each of a region of its own.
_SEVERAL: Final = 2
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
    # Of ids with one prefix the first says what all do.
    of_one = _have_one_prefix(texts)
    organisations: dict[str, str] = {}
    for text in [min(texts)] if of_one else texts:
        parsed = context.hsa_id(text, system=False)
        if isinstance(parsed, HsaId) and parsed.organisation:
            organisations[text] = parsed.organisation
    yield from _of_another(context, organisations, cells)
    if of_one:
        return
    yield from _other_regions(context, organisations, cells)
    counts = Counter(organisations.values())
    (usual, most), *others = counts.most_common() or [("", 0)]
    alone = {organisation for organisation, count in others if count == 1}
    if not alone or len(alone) > _MOST_STRAY or most < _MANY * len(alone):
        return
    for text, organisation in organisations.items():
        if organisation in alone and text not in context.private:
            first = next(value for values in cells for value in values.with_text({text}))
            yield finding("HSA041", first, annan=organisation, vanlig=usual, antal=most)


def _other_regions(
    context: CheckContext, organisations: Mapping[str, str], cells: Sequence[Cells]
) -> Iterator[Finding]:
    """Find groups of units with the number of another region than the one that orders.

    Regions have organisation numbers in a series of their own; one unit of another region is a stray one.
    """
    counts = _counts_of_regions(organisations)
    groups = _groups(counts)
    if len(groups) < _SEVERAL or not organisations.keys().isdisjoint(context.private):
        return
    stated = context.underlag.details.region
    regions = known_regions()
    own = regions.named(stated.text).organisation if stated else ""
    main = own if own in groups else groups[0]
    for number in groups:
        if number == main:
            continue
        units = {text for text, one in organisations.items() if one == number}
        first = next(value for values in cells for value in values.with_text(units))
        owner = regions.of_organisation(number)
        yield finding(
            "HSA042",
            sheet=first.sheet,
            value=first.text,
            antal=counts[number],
            nummer=f"{number[:6]}-{number[6:]}",
            ägare=f" ({owner.name})" if owner else "",
            andra=counts[main],
            vanlig=f"{main[:6]}-{main[6:]}",
        )


def _of_another(
    context: CheckContext, organisations: Mapping[str, str], cells: Sequence[Cells]
) -> Iterator[Finding]:
    """Find units of regions that all, or mostly, have the number of a region that does not order.

    Units of private providers do not count. Only a number that a source gives to either of the two regions
    contradicts the region. Groups of several regions are left to `_other_regions`.
    """
    stated, regions = context.underlag.details.region, known_regions()
    own = regions.named(stated.text) if stated else None
    counts = _counts_of_regions(organisations)
    if own is None or not own.is_known or not counts or len(_groups(counts)) >= _SEVERAL:
        return
    number = max(counts, key=lambda one: (counts[one], one == own.organisation))
    owner = regions.of_organisation(number)
    contradicts = owner.key != own.key if owner else bool(own.organisation)
    units = {text for text, one in organisations.items() if one == number} - context.private
    if contradicts and units:
        first = next(value for values in cells for value in values.with_text(units))
        yield finding(
            "HSA045",
            sheet=first.sheet,
            value=first.text,
            region=own.name,
            nummer=f"{number[:6]}-{number[6:]}",
            ägare=f" ({owner.name})" if owner else "",
        )


def _counts_of_regions(organisations: Mapping[str, str]) -> Counter[str]:
    """Return how many units each region's organisation number has."""
    regions = known_regions()
    return Counter(
        number
        for number in organisations.values()
        if number.startswith(_OF_REGIONS) or regions.of_organisation(number)
    )


def _groups(counts: Counter[str]) -> list[str]:
    """Return the organisation numbers of more than one unit, the most common first."""
    return [number for number, count in counts.most_common() if count > 1]


def _have_one_prefix(texts: Collection[str]) -> bool:
    """Whether all ids have the same characters before the hyphen, and so one organisation."""
    number, hyphen, _ = min(texts, default="").partition("-")
    # What the first and the last in order begin with, all between them do.
    return bool(hyphen) and max(texts).startswith(f"{number}-")
