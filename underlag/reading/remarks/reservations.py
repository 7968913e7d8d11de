"""Recognises texts outside the rows that limit, postpone, extend or withdraw an order: 'Alla utom Byn 3'."""

import re
from typing import Final, Literal

from underlag.lazy_pattern import LazyPattern
from underlag.profiles.words import words
from underlag.profiles.words.remembered import remembered
from underlag.reading.remarks.sentences import may_change_order
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
#: Each legend has one of these.
_COLOURS: Final = (
    *("röd", "gul", "grön", "blå", "grå", "orang", "lila", "rosa"),
    *("svart", "vit", "brun", "turkos", "cerise"),
)
#: How a footnote begins: '1) …', '* …', '¹ …'.
_FOOTNOTE: Final = LazyPattern(r"\(?(?:\d{1,2}|[a-h])\)|[*†‡¹²³⁴⁵⁶⁷⁸⁹]").match


def weight_of(text: str, units: MentionedUnits, *, below: bool = False) -> Literal["", "inside", "withdraws"]:
    """Return how a text outside the rows changes what is ordered.

    Args:
        text: the text.
        units: the units that are ordered.
        below: whether it is below the rows, where footnotes are.

    Returns:
        '' where it does not, 'withdraws' where it takes the whole order back, else 'inside'.
    """
    if weight := _weight_alone(text):
        return weight
    if below and _FOOTNOTE(text):
        known = words().reservations
        if known.changes_noted(text) and not known.explains(text):
            return "inside"
    return "inside" if may_change_order(text, units) else ""


@remembered
def _weight_alone(text: str) -> Literal["", "inside", "withdraws"]:
    """Return how a text changes an order whatever is ordered."""
    known = words().reservations
    if weight := known.weight_of(text):
        return weight
    is_legend = _is_legend(text) and not known.explains(text) and not known.explains_signs(text)
    return "inside" if is_legend else ""


@remembered
def names_colour(text: str) -> bool:
    """Whether a text has a word for a colour, or for cells that are coloured."""
    plain = text.casefold()
    return any(colour in plain for colour in (*_COLOURS, "gult", "rött", "markera", "färg"))


@remembered
def _is_legend(text: str) -> bool:
    plain = text.casefold()
    return any(colour in plain for colour in _COLOURS) and _LEGEND(text) is not None
