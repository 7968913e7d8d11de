"""Unifies the spelling of each anropsadress: the most common one is ordered, the others are reported.

A default port and a slash at the end make no other address, and two spellings would be two orders.

Findings: URL017.
"""

from collections import Counter

from underlag.findings import Finding, finding
from underlag.text.numbers import counted
from underlag.values.url import address_key
from underlag.workbook import Field, Flow


def unify_addresses(flow: Flow, fixed: str = "") -> list[Finding]:
    """Use one spelling of each address in all entries of a flow.

    Args:
        flow: the flow; the addresses of its entries are changed.
        fixed: the profile's fixed address, '' if there is none. Its spelling precedes any other.

    Returns:
        A finding for each other spelling, at the first cell that has it.
    """
    spellings = set(flow.entries.texts("url")) - {""}
    alike: dict[tuple[str, ...], list[str]] = {}
    for text in [*spellings, fixed]:
        if key := address_key(text):
            alike.setdefault(key, []).append(text)
    if all(len(set(texts)) == 1 for texts in alike.values()):
        return []
    rows = Counter(flow.entries.cells("url").texts)
    order = {text: number for number, text in enumerate(rows)}
    chosen: dict[str, str] = {}
    for texts in alike.values():
        found = sorted(spellings.intersection(texts), key=lambda text: (-rows[text], order[text]))
        usual = fixed if fixed in texts else found[0]
        chosen |= {text: usual for text in found if text != usual}
    return _rewrite(flow, chosen)


def _rewrite(flow: Flow, chosen: dict[str, str]) -> list[Finding]:
    """Replace the addresses of a flow by the chosen spelling, with one finding for each other spelling."""
    cells: dict[str, list[Field]] = {}
    for cell in dict.fromkeys(flow.entries.cells("url").with_text(chosen)):
        cells.setdefault(cell.text, []).append(cell)
    flow.entries.respell("url", chosen)
    return [
        finding(
            "URL017",
            found[0],
            vanlig=chosen[text],
            antal=counted(len(found), "cell", "celler"),
            related=tuple(cell.position for cell in found[1:]),
        )
        for text, found in cells.items()
    ]
