"""Routes and authorizations of an order: what they must state, and what they refer to.

Source: skltp/tak, tak-web: each addressee, contract and component must be in the database or among the new
objects of the order. The database does not tell upper from lower case; the lookup among new objects does, and
trims nothing.
"""

import re
from typing import Any, Final, NamedTuple

from underlag.tak.judge.cleaning import java_length
from underlag.tak.judge.document import Document, Item
from underlag.tak.judge.duplicates import folded
from underlag.tak.judge.existing import Known
from underlag.tak.judge.objects import named
from underlag.tak.judge.verdict import Remark, remark

_URL: Final = re.compile(r"[0-9a-zA-Z_.:/\-?&]*")
_SHORTEST, _LONGEST = 5, 255
_USUAL_PROFILES: Final = ("RIVTABP20", "RIVTABP21")

_REQUIRED: Final = {
    ("inkludera", "anropsbehorigheter"): ("logiskAdress", "tjanstekontrakt", "tjanstekonsument"),
    ("exkludera", "anropsbehorigheter"): ("logiskAdress", "tjanstekontrakt", "tjanstekonsument"),
    ("inkludera", "vagval"): ("adress", "logiskAdress", "tjanstekontrakt", "rivtaprofil", "tjanstekomponent"),
    ("exkludera", "vagval"): ("logiskAdress", "tjanstekontrakt", "rivtaprofil", "tjanstekomponent"),
}
_TITLES: Final = {"anropsbehorigheter": "Anropsbehörighet", "vagval": "Vägval"}


class _Reference(NamedTuple):
    """A property that refers to an object of a list, with tak-web's words for it."""

    name: str
    list_name: str
    title: str
    key: str


_ADDRESSEE: Final = _Reference("logiskAdress", "logiskadresser", "Logisk Adress", "HSAId")
_CONTRACT: Final = _Reference("tjanstekontrakt", "tjanstekontrakt", "Tjänstekontrakt", "namnrymd")
_REFERENCES: Final = {
    "anropsbehorigheter": (
        _Reference("tjanstekonsument", "tjanstekomponenter", "Tjänstekomponent", "HSAId"),
        _ADDRESSEE,
        _CONTRACT,
    ),
    "vagval": (
        _Reference("tjanstekomponent", "tjanstekomponenter", "Tjänstekomponent", "HSAId"),
        _ADDRESSEE,
        _CONTRACT,
    ),
}


def check_required(document: Document, remarks: list[Remark]) -> None:
    """Tell every route and authorization that lacks what tak-web needs."""
    for (section, list_name), names in _REQUIRED.items():
        verb = "skapa" if section == "inkludera" else "radera"
        title = _TITLES[list_name]
        for item in document.of(list_name, section):
            missing = [name for name in names if item.get(name) is None]
            if missing:
                told = " och ".join(missing)
                remarks.append(
                    remark(
                        "uppgift-saknas", item.where, "", objekt=title, egenskap=told, gora=f"{verb} {title}"
                    )
                )


class References:
    """Looks up what routes and authorizations refer to. Each value is judged once, where it first stands.

    Args:
        new: what the order creates, by list and key as written.
        known: what the TAK holds, None when nobody showed it.
    """

    def __init__(self, new: dict[str, dict[str, Item]], known: Known | None) -> None:
        self._new = new
        self._known = known
        self._folded = {list_name: {folded(key): key for key in items} for list_name, items in new.items()}
        self._judged: set[tuple[str, str, str]] = set()

    def check(self, document: Document, remarks: list[Remark]) -> None:
        """Judge what is referred to, the URLs of routes, and new objects that nothing refers to."""
        for list_name, references in _REFERENCES.items():
            for item in document.of(list_name, "inkludera"):
                for reference in references:
                    value = item.values.get(reference.name)
                    if value is not None:
                        self._look_up(item, reference, value, remarks)
                if list_name == "vagval":
                    self._route(item, remarks)
        self._unused(document, remarks)

    def _unused(self, document: Document, remarks: list[Remark]) -> None:
        """Tell of new objects that nothing in the order refers to."""
        used: dict[str, set[str]] = {list_name: set() for list_name in self._new}
        for list_name, references in _REFERENCES.items():
            for item in document.of(list_name):
                for reference in references:
                    if value := item.values.get(reference.name):
                        used[reference.list_name].add(value)
        for list_name, items in self._new.items():
            unused = [key for key in items if key not in used[list_name]]
            # Most are referred to as they are written; a reference in other case has its own remark.
            nearly = set(map(folded, used[list_name])) if unused else set()
            remarks.extend(
                remark("objekt-utan-hanvisning", items[key].where, key)
                for key in unused
                if folded(key) not in nearly
            )

    def _look_up(self, item: Item, reference: _Reference, value: str, remarks: list[Remark]) -> None:
        if value in self._new[reference.list_name]:
            return
        judged = item.list_name, reference.name, value
        if judged in self._judged:
            return
        self._judged.add(judged)
        if self._known and self._known.description(reference.list_name, value) is not None:
            return
        if (length := java_length(value)) > _LONGEST:
            # Neither what the TAK holds nor what is new can be so long.
            self._tell(item, reference, value, "referens-lang", remarks, langd=length)
            return
        listed = self._folded[reference.list_name]
        near = listed.get(folded(value))
        rule = "referens-skiftlage" if near else "referens-blanktecken"
        near = near or listed.get(folded("".join(value.split())))
        if near is None:
            rule = "referens-saknas" if self._known else "referens-utanfor"
        self._tell(item, reference, value, rule, remarks, finns=near)

    @staticmethod
    def _tell(
        item: Item, reference: _Reference, value: str, rule: str, remarks: list[Remark], **texts: Any
    ) -> None:
        remarks.append(
            remark(
                rule,
                f"{item.where}.{reference.name}",
                value,
                vad=reference.title,
                egenskap=reference.key,
                prefix=f"Skapa {_TITLES[item.list_name]}",
                **texts,
            )
        )

    def _route(self, item: Item, remarks: list[Remark]) -> None:
        url, profile = item.get("adress"), item.get("rivtaprofil")
        if profile is not None and self._first("profil", profile) and profile.upper() not in _USUAL_PROFILES:
            remarks.append(remark("profil-ovanlig", f"{item.where}.rivtaprofil", profile))
        if item.get("logiskAdress") == "*":
            remarks.append(remark("standardvagval", f"{item.where}.logiskAdress", "*"))
        if url is not None and self._first("adress", url):
            where = f"{item.where}.adress"
            if fault := _url_fault(url):
                reason, message = fault
                remarks.append(remark("adress-ogiltig", where, url, orsak=reason, meddelande=message))
            elif not url.startswith("https://"):
                remarks.append(remark("adress-ovanlig", where, url))

    def _first(self, name: str, value: str) -> bool:
        """Whether a value is met for the first time."""
        judged = "", name, value
        if judged in self._judged:
            return False
        self._judged.add(judged)
        return True


def _url_fault(url: str) -> tuple[str, str] | None:
    """Return what is wrong with a URL, in Swedish, and tak-web's message."""
    length = java_length(url)
    if not url:
        return "är tom", "Adress får inte vara tom"
    if not _SHORTEST <= length <= _LONGEST:
        return f"är {length} tecken lång", "Adress har felaktig längd"
    if _URL.fullmatch(url) is None:
        wrong = sorted({c for c in url if _URL.fullmatch(c) is None})
        return f"innehåller {named(wrong)}", "Adress har ogiltigt innehåll"
    return None
