"""The rules by which tak-web accepts an order, written from their description without any use of `underlag`.

`refusals` returns why an order is rejected; an empty list means that it loads. Existing objects are a `Live`.
"""

import json
import re
from dataclasses import dataclass, field
from datetime import datetime

HEADER = {
    "plattform", "formatVersion", "version", "bestallningsTidpunkt", "genomforandeTidpunkt", "utforare", "kommentar",
    "inkludera", "exkludera",
}  # fmt: skip
PROPERTIES = {
    "tjanstekontrakt": {"namnrymd", "beskrivning", "majorVersion"},
    "logiskadresser": {"hsaId", "beskrivning"},
    "tjanstekomponenter": {"hsaId", "beskrivning"},
    "anropsbehorigheter": {"logiskAdress", "tjanstekontrakt", "tjanstekonsument"},
    "vagval": {
        "adress",
        "logiskAdress",
        "logiskadress",
        "tjanstekontrakt",
        "rivtaprofil",
        "tjanstekomponent",
    },
}
IDENTITY = {
    "tjanstekontrakt": ["namnrymd"],
    "logiskadresser": ["hsaId"],
    "tjanstekomponenter": ["hsaId"],
    "anropsbehorigheter": ["logiskAdress", "tjanstekonsument", "tjanstekontrakt"],
    "vagval": ["logiskAdress", "tjanstekontrakt"],
}
#: New objects: their list, their key and the form that it must have.
NEW = {
    "contracts": ("tjanstekontrakt", "namnrymd", r"[0-9a-zA-Z_.:\-]{1,255}"),
    "addressees": ("logiskadresser", "hsaId", r"[0-9a-zA-Z_\-]{1,255}|\*"),
    "components": ("tjanstekomponenter", "hsaId", r"[0-9a-zA-Z_\-]{1,255}"),
}
REFERENCES = {
    "anropsbehorigheter": {
        "logiskAdress": "addressees",
        "tjanstekontrakt": "contracts",
        "tjanstekonsument": "components",
    },
    "vagval": {
        "logiskAdress": "addressees",
        "tjanstekontrakt": "contracts",
        "tjanstekomponent": "components",
    },
}


@dataclass
class Live:
    """The content of the database: keys in any case."""

    addressees: set = field(default_factory=set)
    components: set = field(default_factory=set)
    contracts: set = field(default_factory=set)
    profiles: set = field(default_factory=lambda: {"RIVTABP20", "RIVTABP21"})

    def has(self, kind, key):
        return key.rstrip(" ").casefold() in {k.rstrip(" ").casefold() for k in getattr(self, kind)}


def load(text):
    """Parse as Jackson does, cut from the first brace to the last; repeated keys do not occur."""

    def once(pairs):
        names = [name for name, _ in pairs]
        assert len(names) == len(set(names)), f"repeated key among {names}"
        return dict(pairs)

    return json.loads(text[text.index("{") : text.rindex("}") + 1], object_pairs_hook=once)


def refusals(content, platform, live=None):
    """Return why tak-web on `platform` rejects an order; [] when it loads."""
    live = live or Live()
    try:
        order = load(content.decode("utf-8"))
    except ValueError as error:
        return [f"no JSON: {error}"]
    found = [f"unknown {name}" for name in order.keys() - HEADER]
    for name in ("bestallningsTidpunkt", "genomforandeTidpunkt"):
        try:
            datetime.strptime(order.get(name) or "", "%Y-%m-%dT%H:%M:%S%z")
            if not re.search(r"[+-]\d{4}$", order[name]):
                found.append(f"{name} has a zone that Java refuses: {order[name]}")
        except ValueError:
            found.append(f"{name} is no time: {order.get(name)!r}")
    if order.get("plattform") != platform:
        found.append(f"platform {order.get('plattform')!r}")
    sections = {name: order.get(name) or {} for name in ("inkludera", "exkludera")}
    for section, lists in sections.items():
        found += [f"unknown {section}.{name}" for name in lists.keys() - PROPERTIES.keys()]
        for name, items in lists.items():
            for item in items:
                found += [f"unknown {name}.{key}" for key in item.keys() - PROPERTIES[name]]
    return found or _of_content(sections, live)


def _of_content(sections, live):
    included = sections["inkludera"]
    new, found = {}, _duplicates(sections)
    for kind, (name, key, pattern) in NEW.items():
        new[kind], faults = _new(
            included.get(name, []), key, pattern, lambda text, kind=kind: live.has(kind, text)
        )
        found += faults
    for name, references in REFERENCES.items():
        for item in included.get(name, []):
            found += [
                f"{kind} {item[key]!r} is neither in the order nor in TAK"
                for key, kind in references.items()
                if item[key] not in new[kind] and not live.has(kind, item[key])
            ]
    for item in included.get("vagval", []):
        if item["rivtaprofil"] not in live.profiles:
            found.append(f"profile {item['rivtaprofil']!r}")
        if not re.fullmatch(r"[0-9a-zA-Z_.:/\-?&]{5,255}", item["adress"]):
            found.append(f"URL {item['adress']!r}")
    for item in sections["exkludera"].get("vagval", []):
        needed = {"logiskAdress", "tjanstekontrakt", "rivtaprofil", "tjanstekomponent"}
        found += [f"closed route lacks {key}" for key in needed if item.get(key) is None]
    return found


def _duplicates(sections):
    found = []
    for name, keys in IDENTITY.items():
        seen = set()
        for item in [*sections["inkludera"].get(name, []), *sections["exkludera"].get(name, [])]:
            identity = tuple(item[key].casefold() for key in keys)
            if identity in seen:
                found.append(f"{name} {identity} twice")
            seen.add(identity)
    return found


def _new(items, key, pattern, is_live):
    """Judge the new objects; texts are trimmed on input, and long ones cut."""
    new, found = {}, []
    for item in items:
        text = item[key].strip("".join(map(chr, range(33))))
        if is_live(text):
            continue
        if not re.fullmatch(pattern, text):
            found.append(f"{text!r} has a form that TAK refuses")
        if "beskrivning" not in item:
            found.append(f"{text!r} has no beskrivning")
        elif len(item["beskrivning"]) > 255:
            found.append(f"{text!r} would lose part of its name")
        new[text] = item
    return new, found
