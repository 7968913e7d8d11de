"""Recognises cells that refer to another sheet instead of a unit: 'Samma som flik 2', 'Alla enheter'."""

import re
from collections.abc import Collection
from typing import Final

from underlag.characters.likeness import compact
from underlag.lazy_pattern import LazyPattern
from underlag.profiles.words import folded

#: Phrases for 'as on the other sheet', in compact form.
_SAME: Final = LazyPattern(
    r"(?:samma|alla)|(?:samma|se|enligt|som)(?:som)?(?:(?:pa|i)?(?:flik|blad)).*|sammasom.*"
    r"|(?:samma|alla)(?:enheter|vardenheter|adressater|logiskaadressater|mottagningar)(?:som|ovan|pa|i)?.*"
).fullmatch
#: Each reference has one of these.
_WORDS: Final = ("samma", "alla", "flik", "blad")
#: Separators before something other than the name of the sheet.
_NEXT: Final = LazyPattern(
    r"[,;(+&\n]|[.:!](?=\s|$)|\s[-–—](?=\s)|\b(?:och|samt|men|dock|fast|utom|förutom|undantag\w*"
    r"|exkl\w*|inkl\w*|utan|inte|ej|icke|minus|plus|bara|endast|enbart|även|också|med"
    r"|except|but|not|only|without)\b",
    re.IGNORECASE,
).search
#: Words without further meaning.
_FILLERS: Final = frozenset(
    (
        *("och", "samt", "samma", "som", "på", "i", "från", "alla", "de", "dem", "enligt", "se", "med"),
        *("flik", "fliken", "flikarna", "blad", "bladet", "ovan", "ovanstående", "föregående", "tack"),
        *("lista", "listan", "enhet", "enheter", "vårdenheter", "adressat", "adressater", "adressaterna"),
        *("logisk", "logiska", "namn", "hsa", "id", "hsaid"),
    )
)
_NUMBER: Final = LazyPattern(r"\d{1,2}").fullmatch


def references_among(texts: Collection[str]) -> list[str]:
    """Return the texts that refer to the units of another sheet."""
    folded_texts = "\n".join(texts).casefold()  # one look over all of them, for hardly a sheet has any
    if not any(word in folded_texts for word in _WORDS):
        return []
    return [text for text in texts if refers_to_sheet(text)]


def refers_to_sheet(text: str) -> bool:
    """Whether a cell for a unit refers to the units of another sheet."""
    plain = compact(text)
    return any(word in plain for word in _WORDS) and _SAME(plain) is not None


def beyond_reference(text: str, sheets: Collection[str]) -> str:
    """Return what a cell says in addition to its reference to another sheet, '' for nothing.

    Args:
        text: 'Samma som flik 2 utom Byn 3' gives 'utom Byn 3'.
        sheets: the names of the sheets.
    """
    plain = text
    for name in sorted(sheets, key=len, reverse=True):
        plain = re.sub(re.escape(name), lambda found: "x" * len(found[0]), plain, flags=re.IGNORECASE)
    found = _NEXT(plain)
    if found is None:
        return ""
    rest = [
        word
        for word in folded(plain[found.start() :]).split()
        if word not in _FILLERS and word.strip("x") and not _NUMBER(word)
    ]
    return text[found.start() :].strip(" ,;.:!-–—") if rest else ""
