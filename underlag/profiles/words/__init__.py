"""Words with the same meaning in every workbook: known headers, yes and no, and reasons against an order."""

import re
import tomllib
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib import resources
from typing import Final, NamedTuple

#: The meaning of a column that the user decided to ignore.
IGNORE: Final = "ignore"

#: A longer text is not a filled-in cell, and not searched.
_LONGEST: Final = 2_000
_WORD: Final = re.compile(r"[\w/]+|[✓✔☑☒☐•#]")


class Denial(NamedTuple):
    """How a text speaks against an order.

    `weight` is 'whole', 'begins' or 'inside'. `ends`: the unit closes, rather than being left out of the
    order.
    """

    weight: str
    ends: bool


def folded(text: str) -> str:
    """Return a text's words in lower case, separated by single blanks, without punctuation."""
    return " ".join(_WORD.findall(unicodedata.normalize("NFC", text).casefold()))


class _Phrases:
    """Phrases to find in a folded text, as whole words."""

    def __init__(self, phrases: Iterable[str]) -> None:
        self.known = frozenset(map(folded, phrases))

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        alternatives = "|".join(sorted(map(re.escape, self.known), key=len, reverse=True))
        return re.compile(rf"(?<!\w)(?:{alternatives})(?!\w)")

    def begin(self, text: str) -> bool:
        return self._pattern.match(text) is not None

    def within(self, text: str) -> bool:
        return self._pattern.search(text) is not None


@dataclass(slots=True, frozen=True)
class Words:
    """The words of words.toml.

    Attributes:
        roles: for each meaning of a column its names; the first is the one to print.
        headers: for each meaning outside the profile's columns, the known headers.
        neutral: headers of columns that are no part of an order.
        neutral_begins: how headers of such columns begin that more words follow.
        uniform: headers of columns that are no part of an order where every row says the same.
        questions: headers of columns where no denies nothing.
        begins: the meanings whose headers may be followed by more words, however short they are.
        yes, no, marks: cell texts for yes, no and 'this one', folded.
    """

    roles: Mapping[str, tuple[str, ...]]
    headers: Mapping[str, tuple[str, ...]]
    neutral: tuple[str, ...]
    neutral_begins: tuple[str, ...]
    uniform: tuple[str, ...]
    questions: tuple[str, ...]
    begins: frozenset[str]
    yes: frozenset[str]
    no: frozenset[str]
    marks: frozenset[str]
    _denials: tuple[tuple[bool, frozenset[str], _Phrases, _Phrases], ...]
    _outside: _Phrases
    _instructions: _Phrases
    _filling_in: _Phrases

    def denial(self, text: str) -> Denial | None:
        """Return how a text in or next to the rows speaks against ordering them, None when it does not.

        A text within the rows may be short: 'Nej', 'utgår'. A question alone denies nothing.
        """
        if len(text) > _LONGEST:
            return None
        words = folded(text)
        found: Denial | None = None
        for ends, whole, begins, inside in self._denials:
            if words in whole and "?" not in text:
                return Denial("whole", ends)
            if begins.begin(words) and "?" not in text:
                found = Denial("begins", ends)
            elif found is None and inside.within(words):
                found = Denial("inside", ends)
        return found

    def speaks_against_order(self, text: str) -> str:
        """Return how a text outside the rows says not to order: 'begins', 'inside' or ''.

        Instructions for filling in, which describe what to do if something is to be removed, do not count.
        """
        if len(text) > _LONGEST:
            return ""
        words = folded(text)
        if not self._outside.within(words):
            return ""
        return self._weight_outside(words, begins=self._outside.begin(words))

    def denial_below(self, text: str) -> str:
        """Return how a text below the rows speaks against them: 'whole', 'begins', 'inside' or ''.

        Instructions for filling in are none.
        """
        denial = self.denial(text)
        if denial is None or denial.weight == "whole":
            return self.speaks_against_order(text) if denial is None else denial.weight
        return self._weight_outside(folded(text), begins=denial.weight == "begins")

    def _weight_outside(self, words: str, *, begins: bool) -> str:
        if self._filling_in.within(words):
            return ""
        if begins:
            return "begins"
        return "" if self._instructions.within(words) else "inside"


@lru_cache(maxsize=1)
def words() -> Words:
    """Return the words, read once."""
    raw = tomllib.loads(
        (resources.files("underlag.profiles.words") / "words.toml").read_text(encoding="utf-8")
    )
    answers, denials = raw["answers"], raw["denials"]
    return Words(
        roles=_tuples(raw["roles"]),
        headers=_tuples(raw["headers"]),
        neutral=tuple(raw["neutral"]["headers"]),
        neutral_begins=tuple(raw["neutral"]["begins"]),
        uniform=tuple(raw["neutral"]["uniform"]),
        questions=tuple(raw["questions"]["headers"]),
        begins=frozenset(raw["begins"]["roles"]),
        yes=_folded(answers["yes"]),
        no=_folded(answers["no"]),
        marks=_folded(answers["marks"]),
        _denials=tuple(
            (
                kind == "ends",
                _folded(denials[kind]["whole"]),
                _Phrases(denials[kind]["begins"]),
                _Phrases(denials[kind]["inside"]),
            )
            for kind in ("ends", "refuses")
        ),
        _outside=_Phrases(denials["outside"]["phrases"]),
        _instructions=_Phrases(denials["outside"]["instructions"]),
        _filling_in=_Phrases(denials["outside"]["filling_in"]),
    )


def _tuples(table: Mapping[str, Collection[str]]) -> dict[str, tuple[str, ...]]:
    return {key: tuple(names) for key, names in table.items()}


def _folded(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(folded(text) or text for text in texts)
