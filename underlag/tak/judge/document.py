"""A TAK order as tak-web's classes hold it after parsing: known properties, converted values, cleaned texts.

Source: skltp/tak, tak-web: classes JsonBestallning, KollektivData, and the five kinds of items. An unknown
property anywhere makes tak-web reject the whole order.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from underlag.tak.judge.cleaning import cleaned
from underlag.tak.judge.coerce import INT_MAX, LONG_MAX, as_float, as_text, as_whole, shown
from underlag.tak.judge.moment import Moment, read_moment
from underlag.tak.judge.text import Repeated
from underlag.tak.judge.unknown import known_only
from underlag.tak.judge.verdict import Remark, remark

_HEADER: Final = (
    *("plattform", "formatVersion", "version", "bestallningsTidpunkt", "genomforandeTidpunkt"),
    *("utforare", "kommentar", "inkludera", "exkludera"),
)
SECTIONS: Final = ("inkludera", "exkludera")
#: The properties of each kind of item, by the name of its list.
LISTS: Final = {
    "tjanstekontrakt": ("namnrymd", "beskrivning", "majorVersion"),
    "logiskadresser": ("hsaId", "beskrivning"),
    "tjanstekomponenter": ("hsaId", "beskrivning"),
    "anropsbehorigheter": ("logiskAdress", "tjanstekontrakt", "tjanstekonsument"),
    "vagval": (
        "adress",
        "logiskAdress",
        "logiskadress",
        "tjanstekontrakt",
        "rivtaprofil",
        "tjanstekomponent",
    ),
}
#: A text up to this length fits whatever its characters; longer ones are measured.
_SURELY_FITS: Final = 127
PLAIN_LISTS: Final = ("tjanstekontrakt", "logiskadresser", "tjanstekomponenter")


class Item(NamedTuple):
    """One object of a list. `values` holds the properties present; null is None."""

    section: str
    list_name: str
    place: int
    values: dict[str, str | None]
    major: int = 0

    @property
    def where(self) -> str:
        """Its place in the JSON."""
        return f"{self.section}.{self.list_name}[{self.place}]"

    def get(self, name: str) -> str | None:
        """Return a property, None when it is null or missing."""
        return self.values.get(name)


class EmptyItem(NamedTuple):
    """A list item that is null."""

    section: str
    list_name: str
    place: int

    @property
    def where(self) -> str:
        """Its place in the JSON."""
        return f"{self.section}.{self.list_name}[{self.place}]"


@dataclass(slots=True)
class Document:
    """A whole order. `empty_items` are its null items, `lengths` the lengths of its lists."""

    platform: str | None = None
    comment: str = ""
    ordered: Moment | None = None
    carried_out: Moment | None = None
    items: dict[tuple[str, str], list[Item]] = field(default_factory=dict)
    empty_items: list[EmptyItem] = field(default_factory=list)
    lengths: dict[tuple[str, str], int] = field(default_factory=dict)

    def of(self, list_name: str, *sections: str) -> Iterator[Item]:
        """Yield the items of a list, those of inkludera before those of exkludera."""
        for section in sections or SECTIONS:
            yield from self.items.get((section, list_name), ())


def read_document(found: dict[str, Any], remarks: list[Remark]) -> Document:
    """Parse an order from its JSON object; emit remarks on what tak-web rejects or changes."""
    document = Document()
    for name, value in _values(found, "", _HEADER, remarks):
        where = name
        match name:
            case "plattform":
                document.platform = as_text(value, where, remarks)
            case "formatVersion":
                as_float(value, where, remarks)
            case "version":
                as_whole(value, where, remarks, INT_MAX)
            case "bestallningsTidpunkt":
                document.ordered = read_moment(value, where, remarks)
            case "genomforandeTidpunkt":
                document.carried_out = read_moment(value, where, remarks)
            case "utforare":
                as_text(value, where, remarks)
            case "kommentar":
                document.comment = cleaned(as_text(value, where, remarks), where, remarks)
            case _:
                _read_section(document, name, value, remarks)
    return document


def _values(
    found: dict[str, Any], where: str, known: tuple[str, ...], remarks: list[Remark]
) -> Iterator[tuple[str, Any]]:
    """Yield known properties. Superseded values of repeated keys come first: Jackson parses them, too."""
    known_only(found, where, known, remarks)
    if isinstance(found, Repeated):
        for name, value in found.superseded:
            if name in known:
                remarks.append(remark("dubbel-nyckel", f"{where}.{name}" if where else name, name))
                yield name, value
    for name, value in found.items():
        if name in known:
            yield name, value


def _read_section(document: Document, section: str, value: Any, remarks: list[Remark]) -> None:
    """Read inkludera or exkludera; a repeated section replaces the earlier one."""
    for list_name in LISTS:
        document.items.pop((section, list_name), None)
    document.empty_items = [empty for empty in document.empty_items if empty.section != section]
    if value is None:
        return
    if not isinstance(value, dict):
        remarks.append(remark("fel-typ", section, shown(value), vantat="ett objekt {…}"))
        return
    for list_name, items in _values(value, section, tuple(LISTS), remarks):
        where = f"{section}.{list_name}"
        if items is None:
            document.items.pop((section, list_name), None)
        elif not isinstance(items, list):
            remarks.append(remark("fel-typ", where, shown(items), vantat="en lista […]"))
        else:
            document.empty_items = [
                empty for empty in document.empty_items if empty[:2] != (section, list_name)
            ]
            document.lengths[section, list_name] = len(items)
            document.items[section, list_name] = list(
                _read_items(document, section, list_name, items, remarks)
            )


def _read_items(
    document: Document, section: str, list_name: str, items: list[Any], remarks: list[Remark]
) -> Iterator[Item]:
    """Yield the items of a list; record null items, and remark on values that are not objects."""
    known = LISTS[list_name]
    plain = list_name in PLAIN_LISTS
    for index, found in enumerate(items):
        if found is None:
            document.empty_items.append(EmptyItem(section, list_name, index))
        elif not isinstance(found, dict):
            where = f"{section}.{list_name}[{index}]"
            remarks.append(remark("fel-typ", where, shown(found), vantat="ett objekt {…}"))
        elif _is_as_expected(found, known):
            if plain:
                for name, text in found.items():
                    if _needs_cleaning(text):
                        where = f"{section}.{list_name}[{index}].{name}"
                        found[name] = cleaned(text, where, remarks)
            yield Item(section, list_name, index, found)
        else:
            yield _read_item(Item(section, list_name, index, {}), found, remarks)


def _is_as_expected(found: dict[str, Any], known: tuple[str, ...]) -> bool:
    """Whether an item has only known properties with texts: the fast path for the usual case."""
    if isinstance(found, Repeated) or "logiskadress" in found:
        return False
    return all(
        type(value) is str and name in known and name != "majorVersion" for name, value in found.items()
    )


def _needs_cleaning(text: str) -> bool:
    return len(text) > _SURELY_FITS or "\n" in text or "\r" in text or text[:1] <= " " or text[-1:] <= " "


def _read_item(item: Item, found: dict[str, Any], remarks: list[Remark]) -> Item:
    """Read an item property by property."""
    major = 0
    plain = item.list_name in PLAIN_LISTS
    spellings = [name for name in found if name in {"logiskAdress", "logiskadress"}]
    if len(spellings) > 1 and item.list_name == "vagval":
        remarks.append(remark("dubbel-stavning", item.where, spellings[-1]))
    for name, value in _values(found, item.where, LISTS[item.list_name], remarks):
        where = f"{item.where}.{name}"
        if name == "majorVersion":
            major = as_whole(value, where, remarks, LONG_MAX)
            continue
        text = as_text(value, where, remarks)
        if plain:
            text = cleaned(text, where, remarks)
        item.values["logiskAdress" if name == "logiskadress" else name] = text
    return item._replace(major=major)
