"""Words that mean the same in every workbook: known headers, yes and no, and what speaks against an order."""

import re
import tomllib
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Final, NamedTuple

#: What a column can mean beside the parts of an order: these decide about rows, or complete a contract.
CONDITIONS: Final = ("version", "namespace", "environment", "start", "end", "inclusion", "removal")
#: What a column means that somebody decided not to read.
IGNORE: Final = "ignore"

#: A longer text is no cell that somebody fills in, and not worth a search.
_LONGEST: Final = 2_000
_WORD: Final = re.compile(r"[\w/]+|[✓✔☑☒☐•#]")


class Denial(NamedTuple):
    """That a text speaks against an order.

    `weight` is 'whole', 'begins' or 'inside'. `ends`: the unit goes, and is not only kept out of the order.
    """

    weight: str
    ends: bool


def folded(text: str) -> str:
    """Return a text's words in lower case, parted by single blanks, without signs."""
    return " ".join(_WORD.findall(unicodedata.normalize("NFC", text).casefold()))


class _Phrases:
    """Phrases that a folded text is searched for, as whole words."""

    def __init__(self, phrases: Iterable[str]) -> None:
        self.known = frozenset(map(folded, phrases))
        alternatives = "|".join(sorted(map(re.escape, self.known), key=len, reverse=True))
        self._pattern = re.compile(rf"(?<!\w)(?:{alternatives})(?!\w)")

    def begin(self, text: str) -> bool:
        return self._pattern.match(text) is not None

    def within(self, text: str) -> bool:
        return self._pattern.search(text) is not None


@dataclass(slots=True, frozen=True)
class Words:
    """The words of words.toml.

    Attributes:
        roles: for each meaning of a column what people call it; the first name is the one to print.
        headers: for each meaning that the profile's columns do not have, the headers that are known.
        neutral: headers of columns that are no part of an order.
        yes, no, marks: what a cell says yes, no or 'this one' with, folded.
    """

    roles: Mapping[str, tuple[str, ...]]
    headers: Mapping[str, tuple[str, ...]]
    neutral: tuple[str, ...]
    yes: frozenset[str]
    no: frozenset[str]
    marks: frozenset[str]
    _denials: tuple[tuple[bool, frozenset[str], _Phrases, _Phrases], ...]
    _outside: _Phrases
    _instructions: _Phrases

    def denial(self, text: str) -> Denial | None:
        """Return how a text in or beside the rows speaks against ordering them, None where it does not.

        A text of the rows' own region may be short: 'Nej', 'utgår'. A question denies nothing by itself.
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

        Instructions for filling in, which speak of what to do if something is to be removed, are none.
        """
        if len(text) > _LONGEST:
            return ""
        words = folded(text)
        if not self._outside.within(words):
            return ""
        if self._outside.begin(words):
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
        yes=_folded(answers["yes"]),
        no=_folded(answers["no"]) | frozenset(("-", "–", "—")),
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
    )


def _tuples(table: Mapping[str, Collection[str]]) -> dict[str, tuple[str, ...]]:
    return {key: tuple(names) for key, names in table.items()}


def _folded(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(found for text in texts if (found := folded(text)))
