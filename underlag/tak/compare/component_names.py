"""Names of systems that a workbook omits: taken from a TAK, or a warning that the name is missing.

Findings: KOM011, TAK053, TAK054.

Source: skltp/tak, tak-web: a new component keeps the description of its first order.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple

from underlag.findings import Finding, finding
from underlag.orders.names import PartyNames
from underlag.tak.compare.comparison import Comparison
from underlag.workbook import Field

if TYPE_CHECKING:
    from underlag.checked import Checked

#: The finding about a system without a name, from a workbook alone.
_NAMELESS = "KOM011"


class ComponentNames(NamedTuple):
    """Names from the TAK, by HSA-ID, and the workbook's findings amended with what the TAK adds."""

    names: dict[str, str]
    findings: list[Finding]


def name_components(checked: "Checked", comparison: Comparison) -> ComponentNames:
    """Look up the systems that the workbook identifies only by HSA-ID.

    Args:
        checked: the checked workbook.
        comparison: its comparison with a TAK.
    """
    names: dict[str, str] = {}
    reported: dict[tuple[str, int, int], Finding] = {}
    for hsa_id, at in _nameless(checked, comparison):
        in_tak = comparison.catalogue.components.get(hsa_id)
        if in_tak is None:
            reported[at.position] = finding("TAK054", at, komponent=hsa_id)
        elif name := " ".join(in_tak.split()):
            names[hsa_id] = name
            reported[at.position] = finding("TAK053", at, komponent=hsa_id, namn=name)
    kept = [found for found in checked.findings if found.code != _NAMELESS or found.position not in reported]
    return ComponentNames(names, [*kept, *reported.values()])


def _nameless(checked: "Checked", comparison: Comparison) -> Iterator[tuple[str, Field]]:
    """Yield each added system that no compared entry names, and its cell."""
    profile, environment = checked.underlag.profile, checked.underlag.environment_spec
    if profile is None or environment is None:
        return
    parties = PartyNames(profile, environment.key, comparison.entries)
    seen: set[str] = set()
    for row in comparison.rows:
        if row.request.action != "add":
            continue
        entry = row.entry
        for component, name in ((entry.consumer, entry.consumer_name), (entry.producer, entry.producer_name)):
            if component is None or not component.column or component.text in seen:
                continue
            seen.add(component.text)
            if not parties.party(component.text.upper()).name:
                yield component.text.upper(), name if name is not None and name.column else component
