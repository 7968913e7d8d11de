"""Routes and authorizations of an order: required properties and references.

Source: skltp/tak, tak-web: each addressee, contract and component must be in the database or among the new
objects of the order. The database ignores case; the lookup among new objects is exact and trims nothing.
"""

import re
from typing import Any, Final, NamedTuple

from underlag.tak.judge.cleaning import is_beyond_bmp, java_length
from underlag.tak.judge.document import Document, Item
from underlag.tak.judge.duplicates import folded
from underlag.tak.judge.existing import Known
from underlag.tak.judge.objects import named
from underlag.tak.judge.verdict import Remark, Weight, remark
from underlag.tak.orders.existing import comparable

_URL: Final = re.compile(r"[0-9a-zA-Z_.:/\-?&]*")
_SHORTEST, _LONGEST = 5, 255
_USUAL_PROFILES: Final = ("RIVTABP20", "RIVTABP21")

_REQUIRED: Final = {
    ("inkludera", "anropsbehorigheter"): ("logiskAdress", "tjanstekontrakt", "tjanstekonsument"),
    ("exkludera", "anropsbehorigheter"): ("logiskAdress", "tjanstekontrakt", "tjanstekonsument"),
    ("inkludera", "vagval"): ("adress", "logiskAdress", "tjanstekontrakt", "rivtaprofil", "tjanstekomponent"),
    ("exkludera", "vagval"): ("logiskAdress", "tjanstekontrakt", "rivtaprofil", "tjanstekomponent"),
}
#: How tak-web prints an item.
_SHOWN: Final = {
    "anropsbehorigheter": (
        ("Logisk adress", "logiskAdress"),
        ("Tjänstekonsument", "tjanstekonsument"),
        ("Tjänstekontrakt", "tjanstekontrakt"),
    ),
    "vagval": (
        ("Logisk adress", "logiskAdress"),
        ("Tjänstekontrakt", "tjanstekontrakt"),
        ("Tjänstekomponent", "tjanstekomponent"),
        ("RivTaProfil", "rivtaprofil"),
        ("Adress", "adress"),
    ),
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


#: Where tak-web dereferences a null item, in its order: the step, and the message of the exception.
_NULL_ITEMS: Final = {
    ("exkludera", "vagval"): (4, "VagvalBestallning.getLogiskAdress()", "bestallning"),
    ("exkludera", "anropsbehorigheter"): (
        4,
        "AnropsbehorighetBestallning.getLogiskAdress()",
        "anropsbehorighetBestallning",
    ),
    ("inkludera", "tjanstekontrakt"): (4, "TjanstekontraktBestallning.getNamnrymd()", "tjanstekontrakt"),
    ("inkludera", "tjanstekomponenter"): (4, "TjanstekomponentBestallning.getHsaId()", "tjanstekomponent"),
    ("inkludera", "logiskadresser"): (4, "LogiskadressBestallning.getHsaId()", "logiskadress"),
    ("inkludera", "vagval"): (5, "", ""),
    ("inkludera", "anropsbehorigheter"): (5, "", ""),
}
_NULL_MESSAGE: Final = 'Cannot invoke "se.skltp.tak.web.dto.bestallning.{}" because "{}" is null'


def check_null_items(document: Document, remarks: list[Remark]) -> None:
    """Remark on every null item that tak-web dereferences. It drops those of exkludera's other lists."""
    found = {(empty.section, empty.list_name): empty for empty in reversed(document.empty_items)}
    for place, (step, method, variable) in _NULL_ITEMS.items():
        if place in found:
            reason = _NULL_MESSAGE.format(method, variable) if method else "null"
            remarks.append(remark("tom-post", found[place].where, "null", step=step, orsak=reason))


def check_required(document: Document, remarks: list[Remark]) -> None:
    """Remark on every route and authorization that lacks a required property."""
    for (section, list_name), names in _REQUIRED.items():
        verb = "skapa" if section == "inkludera" else "radera"
        title = _TITLES[list_name]
        for item in document.of(list_name, section):
            missing = [name for name in names if item.get(name) is None]
            if missing:
                shown = ", ".join(
                    f"{label}: {_java_text(item.get(name))}" for label, name in _SHOWN[list_name]
                )
                remarks.append(
                    remark(
                        "uppgift-saknas",
                        item.where,
                        "",
                        objekt=title,
                        egenskap=" och ".join(missing),
                        gora=f"{verb} {title}",
                        uppgifter=shown,
                    )
                )


def _java_text(text: str | None) -> str:
    return "null" if text is None else text


class References:
    """Resolves the references of routes and authorizations. Each value is judged once, at its first place.

    Args:
        new: the objects that the order creates, by list and key as written.
        known: the content of the TAK, None without an export.
    """

    def __init__(self, new: dict[str, dict[str, Item]], known: Known | None) -> None:
        self._new = new
        self._known = known
        self._folded = {list_name: {folded(key): key for key in items} for list_name, items in new.items()}
        self._judged: dict[tuple[str, str, str], bool] = {}

    def check(self, document: Document, remarks: list[Remark]) -> None:
        """Judge references, the URLs of routes, and new objects without references."""
        for list_name, references in _REFERENCES.items():
            for item in document.of(list_name, "inkludera"):
                found = True
                for reference in references:
                    value = item.values.get(reference.name)
                    if value is not None:
                        found &= self._look_up(item, reference, value, remarks)
                if list_name == "vagval":
                    found &= self._profile(item, remarks)
                    self._route(item, found, remarks)
        self._unused(document, remarks)

    def _unused(self, document: Document, remarks: list[Remark]) -> None:
        """Remark on new objects that nothing in the order refers to."""
        used: dict[str, set[str]] = {list_name: set() for list_name in self._new}
        for list_name, references in _REFERENCES.items():
            for item in document.of(list_name):
                for reference in references:
                    if value := item.values.get(reference.name):
                        used[reference.list_name].add(value)
        for list_name, items in self._new.items():
            unused = [key for key in items if key not in used[list_name]]
            # Most references match exactly; one that differs in case has a remark of its own.
            nearly = set(map(folded, used[list_name])) if unused else set()
            remarks.extend(
                remark("objekt-utan-hanvisning", items[key].where, key)
                for key in unused
                if folded(key) not in nearly
            )

    def _look_up(self, item: Item, reference: _Reference, value: str, remarks: list[Remark]) -> bool:
        """Return whether tak-web finds the object, as far as is known."""
        if value in self._new[reference.list_name]:
            return True
        judged = item.list_name, reference.name, value
        if judged in self._judged:
            return self._judged[judged]
        found = self._judged[judged] = (
            self._known is not None and self._known.description(reference.list_name, value) is not None
        )
        if not found:
            before = len(remarks)
            self._not_found(item, reference, value, remarks)
            self._judged[judged] = found = all(r.weight is Weight.NOTE for r in remarks[before:])
        return found

    def _not_found(self, item: Item, reference: _Reference, value: str, remarks: list[Remark]) -> None:
        """Remark on a reference to an object that is neither in the TAK nor new, with the likely cause."""
        if is_beyond_bmp(value):
            remarks.append(remark("tecken-i-nyckel", f"{item.where}.{reference.name}", value, step=6))
            return
        if (length := java_length(value)) > _LONGEST:
            # Neither the TAK nor a new object can have a key this long.
            self._emit(item, reference, value, "referens-lang", remarks, langd=length)
            return
        listed = self._folded[reference.list_name]
        near = listed.get(folded(value))
        rule = "referens-skiftlage" if near else "referens-blanktecken"
        near = near or listed.get(folded("".join(value.split())))
        if near is None:
            rule = "referens-saknas" if self._known else "referens-utanfor"
        self._emit(item, reference, value, rule, remarks, finns=near)

    @staticmethod
    def _emit(
        item: Item, reference: _Reference, value: str, rule: str, remarks: list[Remark], **texts: Any
    ) -> None:
        """Add a remark on a reference, with tak-web's words for what it refers to."""
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

    def _profile(self, item: Item, remarks: list[Remark]) -> bool:
        """Return whether tak-web finds the RIV-TA profile, as far as is known: an order cannot create one."""
        profile = item.get("rivtaprofil")
        if profile is None:
            return True
        judged = "", "profil", profile
        if judged in self._judged:
            return self._judged[judged]
        where = f"{item.where}.rivtaprofil"
        found = True
        if is_beyond_bmp(profile):
            found = False
            remarks.append(remark("tecken-i-nyckel", where, profile, step=6))
        elif self._known is not None and self._known.profiles:
            found = comparable(profile) in self._known.profiles
            if not found:
                names = ", ".join(sorted(self._known.profiles))
                remarks.append(remark("profil-saknas", where, profile, kanda=names))
        elif profile.upper() not in _USUAL_PROFILES:
            remarks.append(remark("profil-ovanlig", where, profile))
        self._judged[judged] = found
        return found

    def _route(self, item: Item, found: bool, remarks: list[Remark]) -> None:
        """Judge the URL. tak-web does so only for a route whose references it has found."""
        url = item.get("adress")
        if item.get("logiskAdress") == "*":
            remarks.append(remark("standardvagval", f"{item.where}.logiskAdress", "*"))
        if url is not None and self._first("adress" if found else "adress utan svar", url):
            where = f"{item.where}.adress"
            if is_beyond_bmp(url) and found:
                remarks.append(remark("tecken-i-nyckel", where, url, step=6))
            elif faults := _url_faults(url):
                faulty = [remark("adress-ogiltig", where, url, orsak=r, meddelande=m) for r, m in faults]
                remarks += faulty if found else [one._replace(answer="") for one in faulty]
            elif not url.startswith("https://"):
                remarks.append(remark("adress-ovanlig", where, url))

    def _first(self, name: str, value: str) -> bool:
        """Whether a value is met for the first time."""
        judged = "", name, value
        if judged in self._judged:
            return False
        self._judged[judged] = True
        return True


def _url_faults(url: str) -> list[tuple[str, str]]:
    """Return what is wrong with a URL, each in Swedish and as tak-web's message."""
    if not url:
        return [("är tom", "Adress får inte vara tom")]
    faults = []
    if _URL.fullmatch(url) is None:
        wrong = sorted({c for c in url if _URL.fullmatch(c) is None})
        faults.append((f"innehåller {named(wrong)}", "Adress har ogiltigt innehåll"))
    if not _SHORTEST <= (length := java_length(url)) <= _LONGEST:
        faults.append((f"är {length} tecken lång", "Adress har felaktig längd"))
    return faults
