"""Recognises texts that deny an order: 'utgår', 'Ska inte beställas', 'Vänta med dessa'.

What counts depends on where the text is. In the rows a single word is enough; below and outside them, texts
also explain how to fill in the workbook, and those deny nothing.
"""

from collections.abc import Collection, Iterable, Mapping
from typing import Any, Final, Literal, NamedTuple

from underlag.profiles.words.phrases import Misspellings, Phrases, folded
from underlag.profiles.words.remembered import remembered_method

#: A longer text is not a filled-in cell, and not searched.
_LONGEST: Final = 2_000
#: A longer comment on a row says more than that the row is not to be ordered.
_LONGEST_COMMENT: Final = 150


class Denial(NamedTuple):
    """How a text denies an order.

    Attributes:
        weight: whether the denial is the whole text, begins it, or is inside a longer one.
        ends: whether the unit closes, rather than being left out of the order.
    """

    weight: Literal["whole", "begins", "inside"]
    ends: bool


class _Kind(NamedTuple):
    """Texts that deny in the same way: whole cells, how texts begin, what is inside them, misspelt cells."""

    ends: bool
    whole: frozenset[str]
    begins: Phrases
    inside: Phrases
    misspelt: Misspellings


class Denials:
    """Recognises texts that deny an order.

    Args:
        raw: the table `denials` of words.toml.
        affirmed: answers, folded, that are no misspelt denials.
    """

    def __init__(self, raw: Mapping[str, Any], affirmed: Collection[str]) -> None:
        self._kinds = [_kind(raw[key], ends=key == "ends") for key in ("ends", "refuses")]
        self._affirmed = affirmed
        self._slips: Mapping[str, str] = raw["slips"]
        self._leading = Phrases(raw["reading"]["leading"])
        self._outside = Phrases(raw["outside"]["phrases"])
        self._instructions = Phrases(raw["outside"]["instructions"])
        self._filling_in = Phrases(raw["outside"]["filling_in"])
        of_row = raw["of_row"]
        self._denying, self._including, self._alone_of_row = (
            Phrases(of_row[key]) for key in ("denying", "including", "alone")
        )
        self._for_test = Phrases(raw["outside"]["for_test"])
        self._logged = Phrases(raw["outside"]["logged"])
        self._of_template = Phrases(raw["outside"]["of_template"])

    @remembered_method
    def in_rows(self, text: str) -> Denial | None:
        """Return how a text in or next to the rows denies, None if it does not.

        It may be short: 'Nej', 'utgår'. A question denies nothing unless it does so inside.
        """
        if len(text) > _LONGEST:
            return None
        words = self._corrected(text)
        stated = self._leading.strip_from(words)
        found: Denial | None = None
        for kind in self._kinds:
            if not {words, stated}.isdisjoint(kind.whole) and "?" not in text:
                return Denial("whole", kind.ends)
            if (kind.begins.begin(words) or kind.begins.begin(stated)) and "?" not in text:
                found = Denial("begins", kind.ends)
            elif found is None and kind.inside.within(words):
                found = Denial("inside", kind.ends)
        return found or self._misspelt(words)

    @remembered_method
    def in_comment(self, text: str) -> Denial | None:
        """Return how a comment on a row denies it, None if it does not; a question denies nothing.

        It addresses somebody: 'Lotta: den här ska ni inte ta med än'.
        """
        denial = self.in_rows(text)
        if (denial and denial.weight != "inside") or len(text) > _LONGEST_COMMENT or "?" in text:
            return denial
        words = self._corrected(text)
        refuses = self._denying.within(words) and self._including.within(words)
        of_row = denial and not denial.ends and self._leading.strip_from(words) != words
        if refuses or of_row or self._alone_of_row.within(words):
            return Denial("begins", ends=False)
        return denial

    @remembered_method
    def below_rows(self, text: str) -> Denial | None:
        """Return how a text below the rows denies them, None if it does not or explains how to fill in."""
        denial = self.in_rows(text)
        if denial is None:
            return self.outside_rows(text)
        if denial.weight == "whole":
            return denial
        return self._unless_explained(self._corrected(text), denial)

    @remembered_method
    def outside_rows(self, text: str) -> Denial | None:
        """Return how a text anywhere else says not to order, None if it does not or explains how to fill in.

        Explanations say what to do if something is to be removed; only some phrases are about the order.
        """
        if len(text) > _LONGEST:
            return None
        words = self._corrected(text)
        if not self._outside.within(words):
            logged = self._logged.within(words) and not self._of_template.within(words)
            return self._unless_explained(words, Denial("inside", ends=True)) if logged else None
        begins = self._outside.begin(words) or self._outside.begin(self._leading.strip_from(words))
        return self._unless_explained(words, Denial("begins" if begins else "inside", ends=False))

    @remembered_method
    def means_test_only(self, text: str) -> bool:
        """Whether a text says that something is for test alone: 'Endast för test, byts före produktion'."""
        return len(text) <= _LONGEST and self._for_test.within(folded(text)) and not self.explains(text)

    @remembered_method
    def explains(self, text: str) -> bool:
        """Whether a text explains how to fill in the workbook."""
        return self._filling_in.within(folded(text))

    def _unless_explained(self, words: str, denial: Denial) -> Denial | None:
        if self._filling_in.within(words):
            return None
        return None if denial.weight == "inside" and self._instructions.within(words) else denial

    def _corrected(self, text: str) -> str:
        """Return a text folded, with common typing errors corrected."""
        return " ".join(self._slips.get(word, word) for word in folded(text).split())

    def _misspelt(self, words: str) -> Denial | None:
        """Return the denial that a short text misspells: 'ska inte tas mmed', 'nedlgd'."""
        if words in self._affirmed:
            return None
        return next(
            (Denial("whole", kind.ends) for kind in self._kinds if kind.misspelt.include(words)), None
        )


def _kind(raw: Mapping[str, Iterable[str]], *, ends: bool) -> _Kind:
    whole = frozenset(raw["whole"])
    return _Kind(ends, whole, Phrases(raw["begins"]), Phrases(raw["inside"]), Misspellings(whole))
