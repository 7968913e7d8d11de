"""Objects that stand twice in an order, by tak-web's notion of the same.

Source: skltp/tak, tak-web: inkludera and exkludera are looked at together, without regard to case. A route is
addressee and contract alone; descriptions, versions, producers and URLs make no difference.
"""

from typing import Final

from underlag.tak.judge.document import Document, Item
from underlag.tak.judge.verdict import Remark, remark

#: What identifies an item of each list, in the order in which tak-web prints it.
_IDENTITY: Final = {
    "tjanstekontrakt": ("namnrymd",),
    "logiskadresser": ("hsaId",),
    "tjanstekomponenter": ("hsaId",),
    "anropsbehorigheter": ("logiskAdress", "tjanstekonsument", "tjanstekontrakt"),
    "vagval": ("logiskAdress", "tjanstekontrakt"),
}


def check_duplicates(document: Document, remarks: list[Remark]) -> None:
    """Tell every item that is the same as an earlier one. An item without an identity is told elsewhere."""
    for list_name, names in _IDENTITY.items():
        seen: dict[tuple[str, ...], Item] = {}
        for item in document.of(list_name):
            identity = tuple(item.values.get(name) for name in names)
            if None in identity:
                continue
            texts = tuple(text for text in identity if text is not None)
            first = seen.setdefault(tuple(map(folded, texts)), item)
            if first is not item:
                shown = ", ".join(texts)
                remarks.append(
                    remark(f"dubblett-{list_name}", item.where, shown, forst=first.where, identitet=shown)
                )


def folded(text: str) -> str:
    """Return a text so that two are equal when Java's equalsIgnoreCase says so."""
    return (
        text.lower()
        if text.isascii()
        else "".join(c.upper().lower() if len(c.upper()) == 1 else c for c in text)
    )
