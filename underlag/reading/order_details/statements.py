"""Statements of order details by source, before they are merged."""

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from underlag.characters.cleaning import Cleaned, clean_hsa_id, clean_identifier, clean_text
from underlag.characters.likeness import MISSPELT, compact, nearest
from underlag.lazy_pattern import LazyPattern
from underlag.profiles.words.remembered import remembered
from underlag.values.case_number import clean_case_number
from underlag.values.contact import clean_email, clean_phone
from underlag.workbook import Field

#: Details of the order as a whole, with their usual names; the first is the one to print.
DETAILS: Final = {
    "environment": ("Miljö", "Driftmiljö", "Plattform", "Miljo"),
    "region": ("Region", "Landsting", "LT", "Regionens kortnamn", "Organisation", "Kund"),
    "date": (
        "Datum",
        "Ändringsdatum",
        "Datum för ändring",
        "Önskat datum",
        "Genomförandedatum",
        "Önskat genomförandedatum",
    ),
    "case_number": (
        "Ärendenummer",
        "Ärende",
        "Förstudie",
        "Förstudiens ärendenummer",
        "Ärendenummer förstudie",
        "Ärendenr",
    ),
    "remark": ("Övrig information", "Övrigt", "Övriga upplysningar", "Kommentar", "Information"),
    "action": ("Åtgärd", "Lägg till/Ta bort", "Lägg till eller ta bort", "Typ av ändring"),
}
#: Persons and functions that the form asks for.
CONTACTS: Final = {
    "orderer": ("Beställare", "Beställarens", "Beställarens uppgifter"),
    "main_contact": ("Huvudansvarig", "Huvudansvariges", "Huvudansvarigs", "Huvudkontakt"),
    "technical_contact": (
        "Teknisk kontaktperson",
        "Teknisk kontakt",
        "Tekniska kontaktpersonens",
        "Teknisk kontaktpersons",
    ),
    "support": ("Teknisk support", "Teknisk supports", "Support", "Tekniska supportens"),
}
#: Details of each person or function.
CONTACT_FIELDS: Final = {
    "name": ("Namn", "För- och efternamn", "Kontaktperson"),
    "email": ("E-post", "E-postadress", "Mejl", "Mail", "E-mail", "Epost", "Mejladress"),
    "phone": ("Telefon", "Telefonnummer", "Tel", "Tfn", "Mobil", "Mobiltelefon", "Telefonnr"),
    "hsa_id": ("HSA-ID", "HSAID"),
    "role": ("Roll", "Befattning", "Titel"),
}


#: The details that the roles of columns are next to a label of the sheet "Beställning".
OF_ROLES: Final = {"environment": "environment", "start": "date", "action": "action"}
#: Details without words, in which a typographic dash comes from autocorrection.
_SIGNS: Final = ("date",)
_BRACKETS: Final = ("[]", "<>", "{}")
#: Minimum letters of a label that is recognised within another.
_SHORTEST_WITHIN: Final = 5
#: What people add to the label of a second person or function.
_ONE_MORE: Final = LazyPattern(
    r"(?:\b(?:nr|nummer)\W*)?(?<!\d)[2-9](?!\d)"
    r"|\b(?:andra|andre|extra|ytterligare|alternativ|reserv|backup|ersättare(?: för)?)\b",
    re.IGNORECASE,
)


class Statement(NamedTuple):
    """One detail that a source states: its key ('environment', 'orderer.email') and its value."""

    key: str
    value: Field


def _meanings() -> dict[str, str]:
    found = {compact(name): key for key, names in DETAILS.items() for name in names}
    for contact, titles in CONTACTS.items():
        for title in map(compact, titles):
            found[title] = contact
            for name, part in _PARTS.items():
                found[title + name] = found[name + title] = f"{contact}.{part}"
    return found


_PARTS: Final = {compact(name): part for part, names in CONTACT_FIELDS.items() for name in names}
_MEANINGS: Final = _meanings()


@remembered
def meaning(label: str) -> str:
    """Return the key of a label: a detail, 'orderer' for a person's heading, 'orderer.email'; or ''."""
    return _MEANINGS.get(compact(label), "")


def tidied(key: str, text: str) -> Cleaned:
    """Return a source's value of a detail, cleaned according to the detail."""
    if key == "case_number":
        return clean_case_number(text)
    if key == "region":
        return _without_brackets(clean_text(text))
    if key.endswith("hsa_id"):
        return clean_hsa_id(text)
    if key.endswith("email"):
        return clean_email(text)
    if key.endswith("phone"):
        return clean_phone(text)
    return clean_identifier(text) if key.endswith(_SIGNS) else clean_text(text)


def _without_brackets(cleaned: Cleaned) -> Cleaned:
    """Return a value without the brackets of the place where the form asks for it: '[LiV]'."""
    text, changes = cleaned
    inner = text[1:-1].strip()
    if text[:1] + text[-1:] not in _BRACKETS or not inner:
        return cleaned
    return Cleaned(inner, (*changes, "klamrar runt värdet borttagna"))


@remembered
def part(label: str) -> str:
    """Return the part of a contact that a label alone means: 'name', 'email', ...; '' for none."""
    return _PARTS.get(compact(label), "")


def nearest_label(label: str) -> str:
    """Return the label to write instead of an unknown one that is similar, '' if none is similar."""
    found = nearest(label, [*_MEANINGS, *_PARTS], at_least=MISSPELT) or compact(nearest(label, _names()))
    if found in _MEANINGS:
        return title(_MEANINGS[found])
    return CONTACT_FIELDS[_PARTS[found]][0] if found else ""


def repeated_contact(label: str) -> str:
    """Return the person or function of whom a label names one more ('Teknisk support 2, telefon'), or ''."""
    first = _ONE_MORE.sub(" ", label)
    key = meaning(first) if first != label else ""
    contact = key.partition(".")[0]
    return CONTACTS[contact][0] if contact in CONTACTS else ""


def known_labels() -> Iterator[str]:
    """Yield the labels that are long enough to be recognised within others, in compact form."""
    return (plain for name in _names() if len(plain := compact(name)) >= _SHORTEST_WITHIN)


def _names() -> Iterator[str]:
    for names in (*DETAILS.values(), *CONTACTS.values(), *CONTACT_FIELDS.values()):
        yield from names


def title(key: str) -> str:
    """Return the Swedish name of a detail: 'Miljö', 'Beställare, e-post'."""
    contact, _, asked = key.partition(".")
    if not asked:
        return (DETAILS.get(key) or CONTACTS[key])[0]
    return f"{CONTACTS[contact][0]}, {CONTACT_FIELDS[asked][0].lower().replace('hsa-id', 'HSA-ID')}"
