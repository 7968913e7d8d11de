"""A TAK order laid out for display: one line for each object, its parts in the order of tak-web's report.

Source of the lines: skltp/tak, tak-web's report of an order.
"""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from underlag.characters.cleaning import visible
from underlag.text.numbers import number

_HEADER: Final = ("plattform", "genomforandeTidpunkt", "bestallningsTidpunkt", "utforare", "kommentar")
_SECTIONS: Final = ("inkludera", "exkludera")
#: The parts of each kind of object, in the order of tak-web's report.
_LISTS: Final = {
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
        for name, parts in _LISTS.items():
            objects = content.get(name)
            if isinstance(objects, list) and objects:
                lines.append(f"{section}.{name} ({number(len(objects))} st)")
                lines.extend(f"  {line}" for line in _lines(objects[:most], parts))
                if most is not None and len(objects) > most:
                    lines.append(f"  … och {number(len(objects) - most)} till")
    return lines


def _lines(objects: Iterable[Any], parts: tuple[str, ...]) -> Iterator[str]:
    """Yield a line for each object: its parts, joined by dashes."""
    for found in objects:
        if isinstance(found, Mapping):
            values = [found[part] for part in parts if found.get(part) is not None]
            yield " - ".join(map(_shown, values))
        else:
            yield _shown(found)


def _shown(value: Any) -> str:
    """Return a JSON value as displayed; of an object or a list only what it is, nothing is expected there."""
    if isinstance(value, bool) or value is None:
        return {True: "true", False: "false", None: "null"}[value]
    if isinstance(value, Mapping):
        return "{…}"
    return "[…]" if isinstance(value, list) else visible(str(value))
