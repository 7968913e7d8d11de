"""Recognises texts outside the rows that limit, postpone, extend or withdraw an order: 'Alla utom Byn 3'."""

import re
from typing import Final, Literal

from underlag.lazy_pattern import LazyPattern, begins_with
from underlag.profiles.words import words
from underlag.reading.cells.identifiers import ids_within
from underlag.reading.remarks.units import MentionedUnits

#: Legends of colours: 'Röda = nästa omgång', 'Gul: etapp 2', 'Rödmarkerade tas senare'.
_LEGEND: Final = LazyPattern(
    r"\b(?:röd|gul|grön|blå|grå|orange|orang|lila|rosa|svart|vit|brun|turkos|cerise)(?:a|t|tt)?"
    r"(?:[- ]?(?:markera|färga)(?:d|t|de)|[- ]?fet)?"
    r"(?: (?:rad(?:er|erna)?|enhet(?:er|erna)?|cell(?:er|erna)?|text|färg|bakgrund|fyllning|markering))?"
    r"\s*(?:=|:|->|→|\s[-–]\s)\s*\w"
    r"|\b(?:röd|gul|grön|blå|grå|orange|rosa|lila)[- ]?(?:markera|färga)(?:d|t|de)\b",
    re.IGNORECASE,
).search
_COLOURS: Final = (
    *(
        "röd",
        "gul",
        "grön",
        "blå",
        "grå",
        "orang",
        "lila",
        "rosa",
        "svart",
        "vit",
        "brun",
        "turkos",
        "cerise",
    ),
)
#: Minimum words of a text below the rows that is about them because it mentions one of their units.
_FEWEST_WORDS: Final = 3
#: How a footnote begins: '1) …', '* …', '¹ …'.
_FOOTNOTE: Final = LazyPattern(r"\(?(?:\d{1,2}|[a-h])\)|[*†‡¹²³⁴⁵⁶⁷⁸⁹]").match
#: Labels for whom to ask, who filled in, where and when.
_CONTACT: Final = LazyPattern(
    r"\W*(?:kontakt\w*|frågor|vid frågor|ifyll\w*|upprättad?|godkän[dt] av|signatur|underskrift|ort och datum"
    r"|källa|hälsningar|mvh)\b|.*\b[\w.]+@[\w.]+"
    r"|\W*[^\W\d]+(?: [^\W\d]+)?,? (?:den )?(?:20\d\d-\d\d-\d\d|\d{1,2} [a-zåäö]{3,9} 20\d\d)",
    re.IGNORECASE | re.DOTALL,
).match
#: How those begin that have neither an address nor a date of this century.
_CONTACT_BEGINNINGS: Final = (
    *("kontakt", "frågor ", "vid ", "ifyll", "upprätta", "godkän", "signatur ", "underskrift "),
    *("ort ", "källa ", "hälsningar ", "mvh "),
)


def weight_of(text: str, units: MentionedUnits, *, below: bool = False) -> Literal["", "inside", "withdraws"]:
    """Return how a text outside the rows changes what is ordered.

    Args:
        text: the text.
        units: the units that are ordered.
        below: whether it is below the rows: there a mention of a unit is enough; elsewhere something must be
            said of it.

    Returns:
        '' where it does not, 'withdraws' where it takes the whole order back, else 'inside'.
    """
    known = words().reservations
    weight = known.weight_of(text)
    if weight or known.explains(text):
        return weight
    if _is_legend(text) and not known.explains_signs(text):
        return "inside"
    if _is_contact(text):
        return ""
    if below and _FOOTNOTE(text) and known.changes_noted(text):
        return "inside"
    denial = words().denials.in_rows(text)
    if known.may_concern(text) or (denial is not None and not denial.ends):
        return "inside" if units.are_in(text) or any(ids_within(text)) else ""
    is_long = below and len(text.split()) >= _FEWEST_WORDS
    return "inside" if is_long and units.are_in(text) else ""


def _is_legend(text: str) -> bool:
    plain = text.casefold()
    return any(colour in plain for colour in _COLOURS) and _LEGEND(text) is not None


def _is_contact(text: str) -> bool:
    may_be_one = "@" in text or "20" in text or begins_with(_CONTACT_BEGINNINGS, text)
    return may_be_one and _CONTACT(text) is not None
