"""Objects that an order lists twice, by tak-web's notion of equality.

Source: skltp/tak, tak-web: BestallningsDataValidator compares the items of inkludera and exkludera pairwise,
ignoring case. A route is identified by addressee and contract alone; descriptions, versions, producers and
URLs do not matter. An item that lacks part of its identity can make it raise an exception.
"""

from collections.abc import Iterator
from typing import Final

from underlag.tak.judge.document import PLAIN_LISTS, SECTIONS, Document, Item
from underlag.tak.judge.verdict import Remark, remark

#: What identifies an item of each list, in the order in which tak-web prints it. tak-web checks the lists in
#: this order, too.
_IDENTITY: Final = {
    "anropsbehorigheter": ("logiskAdress", "tjanstekonsument", "tjanstekontrakt"),
    "vagval": ("logiskAdress", "tjanstekontrakt"),
    "tjanstekontrakt": ("namnrymd",),
    "tjanstekomponenter": ("hsaId",),
    "logiskadresser": ("hsaId",),
}
#: The order in which tak-web compares the parts of an identity. A null part raises only when the parts before
#: it are equal.
_COMPARED: Final = {
    "anropsbehorigheter": ("tjanstekonsument", "logiskAdress", "tjanstekontrakt"),
    "vagval": ("logiskAdress", "tjanstekontrakt"),
}


def check_duplicates(document: Document, remarks: list[Remark]) -> None:
    """Remark on every item that equals an earlier one, and on each null that makes the comparison raise."""
    for list_name, names in _IDENTITY.items():
        remarks.extend(_null_items(document, list_name))
        if list_name in _COMPARED:
            remarks.extend(_null_parts(document, list_name, _COMPARED[list_name]))
        remarks.extend(_duplicates(document, list_name, names))


def _duplicates(document: Document, list_name: str, names: tuple[str, ...]) -> Iterator[Remark]:
    """Yield a remark on each item with the same identity as an earlier one."""
    absent = "" if list_name in PLAIN_LISTS else None
    earlier: dict[tuple[str, ...], tuple[Item, str]] = {}
    for item in document.of(list_name):
        identity = [item.values.get(name, absent) for name in names]
        texts = tuple(text for text in identity if text is not None)
        if len(texts) < len(names):
            continue
        key = tuple(map(folded, texts))
        shown = ", ".join(texts)
        if key in earlier:
            first, quoted = earlier[key]
            yield remark(f"dubblett-{list_name}", item.where, shown, forst=first.where, identitet=quoted)
        earlier[key] = item, shown


def _null_items(document: Document, list_name: str) -> Iterator[Remark]:
    """Yield a remark on each null item that tak-web compares with a later one."""
    for empty in document.empty_items:
        if empty.list_name == list_name and _is_followed(document, empty.section, list_name, empty.place):
            yield remark("tom-post", empty.where, "null", orsak=_NULL_ITEM)


def _null_parts(document: Document, list_name: str, compared: tuple[str, ...]) -> Iterator[Remark]:
    """Yield a remark on each item whose null part tak-web compares with a later item."""
    items = list(document.of(list_name))
    if all(item.values.get(name) is not None for item in items for name in compared):
        return
    last: dict[tuple[str, ...], int] = {}
    for number, item in enumerate(items):
        parts: tuple[str, ...] = ()
        last[parts] = number
        for name in compared:
            text = item.get(name)
            if text is None:
                break
            parts = (*parts, folded(text))
            last[parts] = number
    for number, item in enumerate(items):
        parts = ()
        for name in compared:
            text = item.get(name)
            if text is None:
                followed = last[parts] > number or (
                    not parts and _is_followed(document, item.section, list_name, item.place)
                )
                if followed:
                    yield remark("identitet-null", item.where, "", egenskap=name)
                break
            parts = (*parts, folded(text))


def _is_followed(document: Document, section: str, list_name: str, place: int) -> bool:
    """Whether the list, inkludera before exkludera, holds anything after this place."""
    if place + 1 < document.lengths[section, list_name]:
        return True
    return section == SECTIONS[0] and document.lengths.get((SECTIONS[1], list_name), 0) > 0


def folded(text: str) -> str:
    """Fold case such that two texts are equal when Java's equalsIgnoreCase finds them equal."""
    return text.lower() if text.isascii() else "".join(map(_folded_character, text))


def _folded_character(character: str) -> str:
    """Map a character to upper and then to lower case, as Java does: each to one character."""
    upper = character.upper()
    return (upper if len(upper) == 1 else character).lower()[0]


_NULL_ITEM: Final = 'Cannot invoke "Object.equals(Object)" because "item" is null'
