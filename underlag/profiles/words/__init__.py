"""Words with the same meaning in every workbook: known headers, yes and no, and reasons against an order."""

import re
import tomllib
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from importlib import resources
from typing import Final, NamedTuple

from underlag.characters.likeness import MISSPELT, similarity

#: The meaning of a column that the user decided to ignore.
IGNORE: Final = "ignore"

#: A longer text is not a filled-in cell, and not searched.
_LONGEST: Final = 2_000
#: Minimum letters of a misspelt word in a phrase, and of one alone: shorter words differ by one letter.
_SHORTEST_MISSPELT: Final = 4
_SHORTEST_ALONE: Final = 6
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

    def leading(self, text: str) -> str:
        """Return the phrase that a text begins with and goes on after, '' for none."""
        found = self._pattern.match(text)
        return found[0] if found and len(found[0]) < len(text) else ""

    def within(self, text: str) -> bool:
        return self._pattern.search(text) is not None


class _Misspellings:
    """Whole texts, found with one slip of the pen: in a word of a phrase, or a word alone.

    In a word alone a letter is missing, too many, or has changed places: 'anslutas' is no 'avslutas'.
    """

    def __init__(self, texts: Iterable[str]) -> None:
        self._missing: set[str] = set()
        self._turned: set[str] = set()
        self._alone: set[str] = set()
        self._phrases: dict[tuple[str, ...], set[str]] = {}
        for text in texts:
            parts = text.split()
            if len(parts) > 1:
                for at, word in enumerate(parts):
                    self._phrases.setdefault((*parts[:at], "", *parts[at + 1 :]), set()).add(word)
            elif len(text) >= _SHORTEST_ALONE:
                self._alone.add(text)
                self._missing.update(_with_one_less(text))
                self._turned.add("".join(sorted(text)))

    def means(self, text: str) -> bool:
        """Whether a text is one of them but for a slip."""
        parts = text.split()
        if len(parts) == 1:
            if len(text) < _SHORTEST_ALONE - 1:
                return False
            turned = "".join(sorted(text)) in self._turned
            return turned or text in self._missing or not self._alone.isdisjoint(_with_one_less(text))
        return any(
            len(word) >= _SHORTEST_MISSPELT and similarity(word, known, at_least=MISSPELT) > 0
            for at, word in enumerate(parts)
            for known in self._phrases.get((*parts[:at], "", *parts[at + 1 :]), ())
        )


def _with_one_less(word: str) -> set[str]:
    return {word[:at] + word[at + 1 :] for at in range(len(word))}


class _Denials(NamedTuple):
    """Texts that deny alike: whole cells, how texts begin, what is within them, and misspelt whole cells."""

    ends: bool
    whole: frozenset[str]
    begins: _Phrases
    inside: _Phrases
    misspelt: _Misspellings


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
        endless: cell texts for an end that there is not, folded.
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
    endless: frozenset[str]
    _denials: tuple[_Denials, ...]
    _guides: _Phrases
    _ready: _Phrases
    _aside: frozenset[str]
    _slips: Mapping[str, str]
    _leading: _Phrases
    _drafts: _Phrases
    _outside: _Phrases
    _instructions: _Phrases
    _filling_in: _Phrases

    def denial(self, text: str) -> Denial | None:
        """Return how a text in or next to the rows speaks against ordering them, None when it does not.

        A text within the rows may be short: 'Nej', 'utgår'. A question alone denies nothing.
        """
        if len(text) > _LONGEST:
            return None
        words = self._without_slips(text)
        stated = self._without_leading(words)
        found: Denial | None = None
        for ends, whole, begins, inside, _ in self._denials:
            if not {words, stated}.isdisjoint(whole) and "?" not in text:
                return Denial("whole", ends)
            if (begins.begin(words) or begins.begin(stated)) and "?" not in text:
                found = Denial("begins", ends)
            elif found is None and inside.within(words):
                found = Denial("inside", ends)
        return found or self._alike(words)

    def _without_slips(self, text: str) -> str:
        return " ".join(self._slips.get(word, word) for word in folded(text).split())

    def _without_leading(self, words: str) -> str:
        """Return a text without what only points at the rows before it denies."""
        while found := self._leading.leading(words):
            words = words[len(found) :].lstrip()
        return words

    def _alike(self, words: str) -> Denial | None:
        """Return the denial that a short text misspells: 'ska inte tas mmed', 'nedlgd'."""
        if words in self.yes:
            return None
        return next(
            (Denial("whole", kind.ends) for kind in self._denials if kind.misspelt.means(words)), None
        )

    def asks_whether_ready(self, label: str) -> bool:
        """Whether a label outside the rows asks if the order may be placed: 'Klart att beställa'."""
        return self._ready.begin(folded(label))

    def is_guide(self, sheet: str) -> bool:
        """Whether a sheet's name says that it holds instructions: 'Lathund', 'Instruktion 2027'."""
        return self._guides.begin(folded(sheet))

    def is_aside(self, label: str) -> bool:
        """Whether a label beside the order's details is about something else, or judged by its answer."""
        plain = folded(label)
        return plain in self._aside or self._ready.begin(plain) or plain.startswith("antal ")

    def names_draft(self, name: str) -> bool:
        """Whether the name of a file or sheet says that it is no order yet, or no more: 'PROD-LiV utkast'."""
        return self._drafts.within(folded(name.replace("_", " ")))

    def is_instruction(self, text: str) -> bool:
        """Whether a text says how to fill in the workbook."""
        return self._filling_in.within(folded(text))

    def is_draft(self, text: str) -> bool:
        """Whether a text outside the rows says that the workbook is no order yet, or no more: 'UTKAST'."""
        return len(text) <= _LONGEST and self._drafts.begin(folded(text))

    def speaks_against_order(self, text: str) -> str:
        """Return how a text outside the rows says not to order: 'begins', 'inside' or ''.

        Instructions for filling in, which describe what to do if something is to be removed, do not count.
        """
        if len(text) > _LONGEST:
            return ""
        words = self._without_slips(text)
        if not self._outside.within(words):
            return ""
        begins = self._outside.begin(words) or self._outside.begin(self._without_leading(words))
        return self._weight_outside(words, begins=begins)

    def denial_below(self, text: str) -> str:
        """Return how a text below the rows speaks against them: 'whole', 'begins', 'inside' or ''.

        Instructions for filling in are none.
        """
        denial = self.denial(text)
        if denial is None or denial.weight == "whole":
            return self.speaks_against_order(text) if denial is None else denial.weight
        return self._weight_outside(self._without_slips(text), begins=denial.weight == "begins")

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
        endless=_folded(answers["endless"]),
        _denials=tuple(
            _Denials(
                kind == "ends",
                _folded(denials[kind]["whole"]),
                _Phrases(denials[kind]["begins"]),
                _Phrases(denials[kind]["inside"]),
                _Misspellings(_folded(denials[kind]["whole"])),
            )
            for kind in ("ends", "refuses")
        ),
        _guides=_Phrases(raw["neutral"]["guides"]),
        _ready=_Phrases(raw["questions"]["ready"]),
        _aside=_folded(
            [*raw["neutral"]["headers"], *raw["neutral"]["uniform"], *raw["headers"]["inclusion"], "antal"]
        ),
        _slips=denials["slips"],
        _leading=_Phrases(denials["reading"]["leading"]),
        _drafts=_Phrases(denials["outside"]["drafts"]),
        _outside=_Phrases(denials["outside"]["phrases"]),
        _instructions=_Phrases(denials["outside"]["instructions"]),
        _filling_in=_Phrases(denials["outside"]["filling_in"]),
    )


def _tuples(table: Mapping[str, Collection[str]]) -> dict[str, tuple[str, ...]]:
    return {key: tuple(names) for key, names in table.items()}


def _folded(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(folded(text) or text for text in texts)
