"""A TAK order laid out for display: one line for each object, its parts in the order of tak-web's report.

Source of the lines: skltp/tak, tak-web's report of an order.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from underlag.characters.cleaning import visible
from underlag.text.numbers import number

_HEADER: Final = ("plattform", "genomforandeTidpunkt", "bestallningsTidpunkt", "utforare", "kommentar")
_SECTIONS: Final = ("inkludera", "exkludera")
#: The parts of each kind of object, in the order of tak-web's report.
_PARTS: Final = {
    "logiskadresser": ("hsaId", "beskrivning"),
    "tjanstekomponenter": ("hsaId", "beskrivning"),
    "tjanstekontrakt": ("namnrymd", "beskrivning", "majorVersion"),
    "anropsbehorigheter": ("logiskAdress", "tjanstekonsument", "tjanstekontrakt"),
    "vagval": (
        "logiskAdress",
        "logiskadress",
        "tjanstekontrakt",
        "tjanstekomponent",
        "rivtaprofil",
        "adress",
    ),
}
#: The kinds of objects, in that order.
LISTS: Final = tuple(_PARTS)


def laid_out(order: Mapping[str, Any], most: int | None = None) -> list[str]:
    """Return the lines of an order.

    Args:
        order: its JSON object; parts of an unexpected type are left out.
        most: maximum objects shown of each list, the others are counted; None for all.
    """
    return [*header_lines(order), *section_lines(order, most)]


def header_lines(order: Mapping[str, Any]) -> list[str]:
    """Return the lines of an order's header."""
    return [f"{name}: {_shown(order[name])}" for name in _HEADER if order.get(name)]


def section_lines(order: Mapping[str, Any], most: int | None = None) -> list[str]:
    """Return the lines of what an order includes and excludes; `most` as in `laid_out`."""
    lines: list[str] = []
    for section in _SECTIONS:
        content = order.get(section)
        if not isinstance(content, Mapping):
            continue
        for name in LISTS:
            objects = content.get(name)
            if isinstance(objects, list) and objects:
                lines += list_lines(f"{section}.{name}", len(objects), object_lines(name, objects[:most]))
    return lines


def list_lines(title: str, count: int, shown: Sequence[str]) -> list[str]:
    """Return the lines of a list.

    Args:
        title: section and kind.
        count: the number of objects.
        shown: the lines of the first objects, or of all; the others are counted.
    """
    more = [f"  … och {number(count - len(shown))} till"] if len(shown) < count else []
    return [f"{title} ({number(count)} st)", *shown, *more]


def object_lines(name: str, objects: Iterable[Any]) -> list[str]:
    """Return a line for each object of a kind: its parts, joined by dashes."""
    parts = _PARTS[name]
    return [f"  {_object_line(found, parts)}" for found in objects]


def _object_line(found: Any, parts: tuple[str, ...]) -> str:
    if not isinstance(found, Mapping):
        return _shown(found)
    return " - ".join([_shown(found[part]) for part in parts if found.get(part) is not None])


def _shown(value: Any) -> str:
    """Return a JSON value as displayed; of an object or a list only what it is, nothing is expected there."""
    if isinstance(value, str):
        return visible(value)
    if isinstance(value, bool) or value is None:
        return {True: "true", False: "false", None: "null"}[value]
    if isinstance(value, Mapping):
        return "{…}"
    return "[…]" if isinstance(value, list) else visible(str(value))
