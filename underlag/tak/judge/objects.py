"""Contracts, addressees and components of an order: which are new, and what tak-web rejects in them.

Source: skltp/tak, tak-web: validation of logiskadresser, tjanstekomponenter and tjanstekontrakt. Objects that
exist already are silently removed from the order before validation.
"""

import re
from typing import Final, NamedTuple

from underlag.characters.likeness import alphanumeric
from underlag.tak.judge.cleaning import is_beyond_bmp, java_length
from underlag.tak.judge.document import PLAIN_LISTS, Document, Item
from underlag.tak.judge.existing import Known
from underlag.tak.judge.verdict import Remark, remark
from underlag.text.lists import listed


class _Kind(NamedTuple):
    """One kind of object: its key, the prefix of tak-web's errors, and its names in Swedish."""

    key: str
    prefix: str
    title: str
    plural: str
    one: str = ""


KINDS: Final = {
    "tjanstekontrakt": _Kind("namnrymd", "Skapa Tjänstekontrakt", "Tjänstekontraktet", "tjänstekontrakt"),
    "logiskadresser": _Kind(
        "hsaId", "Skapa Logisk Adress", "Den logiska adressen", "logiska adresser", "en logisk adress"
    ),
    "tjanstekomponenter": _Kind(
        "hsaId", "Skapa Tjänstekomponent", "Tjänstekomponenten", "tjänstekomponenter", "en tjänstekomponent"
    ),
}
_HSA_ID: Final = re.compile(r"[0-9a-zA-Z_\-]*")
_NAMESPACE: Final = re.compile(r"[0-9a-zA-Z_.:\-]*")
_LONGEST: Final = 255
#: Headings of a column of HSA-IDs. Orders made from lists by other tools often keep the heading as an item.
_HEADINGS: Final = frozenset(
    {"hsaid", "id", "namn", "adressat", "logiskadressat", "logiskadress", "enhet", "enhetsid", "vardenhet"}
    | {"konsument", "producent", "tjanstekonsument", "tjansteproducent", "tjanstekomponent", "komponent"}
)
_STANDARD: Final = "*"


def check_objects(
    document: Document, known: Known | None, remarks: list[Remark]
) -> dict[str, dict[str, Item]]:
    """Judge contracts, addressees and components.

    Returns:
        The objects that the order creates, by list and key as written; without an export, all that it
        lists.
    """
    new: dict[str, dict[str, Item]] = {}
    for list_name in PLAIN_LISTS:
        kind = KINDS[list_name]
        ignored = document.items.get(("exkludera", list_name), [])
        if ignored:
            remarks.append(
                remark("exkludera-verkningslos", f"exkludera.{list_name}", str(len(ignored)), vad=kind.plural)
            )
        created = new[list_name] = {}
        for item in document.of(list_name, "inkludera"):
            key = item.get(kind.key)
            exists = known.description(list_name, key) if known and key is not None else None
            if exists is not None and key is not None:
                _judge_existing(item, kind, key, exists, remarks)
                continue
            # Over REST, tak-web serialises the order and parses it again, which turns a missing text into an
            # empty one.
            created.setdefault(key or "", item)
            _judge_new(item, kind, known is None, remarks)
    return new


def _judge_existing(item: Item, kind: _Kind, key: str, exists: str, remarks: list[Remark]) -> None:
    """Remark on an object that the TAK has already, and on a description that differs."""
    stated = item.get("beskrivning")
    if stated and stated != exists:
        where = f"{item.where}.beskrivning"
        remarks.append(
            remark("beskrivning-andras-inte", where, stated, objekt=f"{kind.title} {key}", finns=exists)
        )
    else:
        remarks.append(remark("finns-redan", item.where, key))


def _judge_new(item: Item, kind: _Kind, perhaps_exists: bool, remarks: list[Remark]) -> None:
    """Remark on missing properties and invalid keys of a new object."""
    for name in (kind.key, "beskrivning"):
        if name not in item.values and not (name == "beskrivning" and kind.key not in item.values):
            title = f"{kind.title} {item.get(kind.key) or ''}".rstrip()
            remarks.append(remark("egenskap-saknas", item.where, "", objekt=title, egenskap=name))
    key = item.get(kind.key) or ""
    if is_beyond_bmp(key):
        remarks.append(remark("tecken-i-nyckel", f"{item.where}.{kind.key}", key))
    elif item.list_name == "tjanstekontrakt":
        _judge_contract(item, key, perhaps_exists, remarks)
    elif key == _STANDARD and item.list_name == "logiskadresser":
        return
    else:
        where = f"{item.where}.hsaId"
        fault = _fault(key, _HSA_ID)
        if fault:
            reason, messages = fault
            remarks.append(
                remark(
                    "hsa-id-ogiltigt",
                    where,
                    key,
                    orsak=reason,
                    prefix=kind.prefix,
                    meddelande=messages.format(vad="HSA-ID", tom="tomt", ogiltig="ogiltigt"),
                    bara_ny=_ONLY_NEW if perhaps_exists else "",
                )
            )
        elif alphanumeric(key) in _HEADINGS:
            remarks.append(remark("rubrik-som-post", where, key, vad=kind.one))
        elif key != key.upper():
            remarks.append(remark("stora-bokstaver", where, key, blir=key.upper()))


def _judge_contract(item: Item, namespace: str, perhaps_exists: bool, remarks: list[Remark]) -> None:
    """Remark on an invalid namespace, and on a major version that differs from it."""
    fault = _fault(namespace, _NAMESPACE)
    if fault:
        reason, messages = fault
        remarks.append(
            remark(
                "namnrymd-ogiltig",
                f"{item.where}.namnrymd",
                namespace,
                orsak=reason,
                prefix="Skapa Tjänstekontrakt",
                meddelande=messages.format(vad="Namnrymd", tom="tom", ogiltig="ogiltigt"),
                bara_ny=_ONLY_NEW if perhaps_exists else "",
            )
        )
    suffix = namespace.rpartition(":")[2]
    if suffix.isdecimal() and suffix.isascii() and int(suffix[:20]) != item.major:
        where = f"{item.where}.majorVersion"
        remarks.append(remark("version-stammer-inte", where, str(item.major), namnrymd=namespace))


def _fault(key: str, allowed: re.Pattern[str]) -> tuple[str, str] | None:
    """Return what is wrong with a key, in Swedish, and tak-web's message as a template."""
    if not key:
        return "är tomt", "{vad} får inte vara {tom}"
    if java_length(key) > _LONGEST:
        return f"är {java_length(key)} tecken långt", "{vad} har felaktig längd"
    if allowed.fullmatch(key) is None:
        wrong = sorted({c for c in key if allowed.fullmatch(c) is None})
        return f"innehåller {named(wrong)}", "{vad} har {ogiltig} innehåll"
    return None


def named(characters: list[str]) -> str:
    """List characters for a sentence, invisible ones by their code."""
    seen = [
        f"”{c}”" if c.isprintable() and not c.isspace() else _NAMES.get(c, f"U+{ord(c):04X}")
        for c in characters
    ]
    return listed(seen)


_ONLY_NEW: Final = " (Finns objektet redan i TAK kontrolleras det inte.)"
_NAMES: Final = {
    " ": "blanktecken",
    "\u00a0": "hårt mellanslag",
    "\t": "tabb",
    "\u2028": "radavgränsare (U+2028)",
}
