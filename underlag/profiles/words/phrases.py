"""Finds phrases and their misspellings in texts, as whole words."""

import re
import unicodedata
from collections.abc import Iterable
from functools import cached_property
from typing import Final

from underlag.characters.likeness import MISSPELT, similarity

#: Minimum letters of a misspelt word in a phrase, and of one alone: shorter words differ by one letter.
_SHORTEST_MISSPELT: Final = 4
_SHORTEST_ALONE: Final = 6
_WORD: Final = re.compile(r"[\w/]+|[✓✔☑☒☐•#]")
_WHOLE_WORD: Final = re.compile(r"\w+")


def folded(text: str) -> str:
    """Return a text's words in lower case, separated by single blanks, without punctuation."""
    return " ".join(_WORD.findall(unicodedata.normalize("NFC", text).casefold()))


def folded_all(texts: Iterable[str]) -> frozenset[str]:
    """Return texts folded; those without words, such as '–', as they are."""
    return frozenset(folded(text) or text for text in texts)


class Phrases:
    """Phrases to find in a folded text.

    Args:
        phrases: the phrases, not folded.
    """

    def __init__(self, phrases: Iterable[str]) -> None:
        self.known = frozenset(map(folded, phrases))
        self._first_words = {_WHOLE_WORD.findall(phrase)[0] for phrase in self.known}

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        """The phrases as one pattern; few texts have even the first word of one, so it is seldom made."""
        alternatives = "|".join(sorted(map(re.escape, self.known), key=len, reverse=True))
        return re.compile(rf"(?<!\w)(?:{alternatives})(?!\w)")

    def begin(self, text: str) -> bool:
        """Whether a text begins with one of the phrases."""
        return self._match(text) is not None

    def within(self, text: str) -> bool:
        """Whether a text contains one of the phrases."""
        if self._first_words.isdisjoint(_WHOLE_WORD.findall(text)):
            return False
        return self._pattern.search(text) is not None

    def strip_from(self, text: str) -> str:
        """Return a text without the phrases that it begins with; the text itself if it consists of one."""
        while (found := self._match(text)) and len(found[0]) < len(text):
            text = text[len(found[0]) :].lstrip()
        return text

    def _match(self, text: str) -> re.Match[str] | None:
        first = _WHOLE_WORD.match(text)
        return self._pattern.match(text) if first and first[0] in self._first_words else None


class Misspellings:
    """Recognises whole texts with one typing error: in a word of a phrase, or in a single word.

    In a single word a letter is missing, added or in the wrong place. A replaced letter does not count:
    'anslutas' is not 'avslutas'.

    Args:
        texts: the right texts, folded.
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

    def include(self, text: str) -> bool:
        """Whether a folded text is one of the texts with a typing error."""
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
