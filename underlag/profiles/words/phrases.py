"""Finds phrases and their misspellings in texts, as whole words."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property
from typing import Final

from underlag.characters.likeness import MISSPELT, similarity
from underlag.profiles.words.remembered import remembered

#: Minimum letters of a misspelt word in a phrase, and of one alone: shorter words differ by one letter.
_SHORTEST_MISSPELT: Final = 4
_SHORTEST_ALONE: Final = 6
_WORD: Final = re.compile(r"[\w/]+|[✓✔☑☒☐•#]")
_WHOLE_WORD: Final = re.compile(r"\w+")


@remembered
def folded(text: str) -> str:
    """Return a text's words in lower case, separated by single blanks, without punctuation."""
    return " ".join(words_in(text))


def words_in(text: str) -> list[str]:
    """Return a text's words in lower case, without punctuation."""
    words: list[str] = _WORD.findall(unicodedata.normalize("NFC", text).casefold())
    return words


class Phrases:
    """Phrases to find in a folded text.

    Args:
        phrases: the phrases, folded.
    """

    def __init__(self, phrases: Iterable[str]) -> None:
        self._phrases = phrases

    @cached_property
    def _by_first_word(self) -> Mapping[str, Sequence[str]]:
        """The phrases by their first words, the longest first; few texts have the first word of any."""
        found: dict[str, list[str]] = {}
        for phrase in sorted(self._phrases, key=len, reverse=True):
            found.setdefault(phrase.partition(" ")[0].partition("/")[0], []).append(phrase)
        return found

    def begin(self, text: str) -> bool:
        """Whether a text begins with one of the phrases."""
        return bool(self._at_start(text))

    def within(self, text: str) -> bool:
        """Whether a text contains one of the phrases."""
        known = self._by_first_word
        for word in known.keys() & _words_in(text):
            for phrase in known[word]:
                if _has(text, phrase):
                    return True
        return False

    def strip_from(self, text: str) -> str:
        """Return a text without the phrases that it begins with; the text itself if it consists of one."""
        while (found := self._at_start(text)) and len(found) < len(text):
            text = text[len(found) :].lstrip()
        return text

    def _at_start(self, text: str) -> str:
        """Return the longest phrase that a text begins with, '' for none."""
        first = _WHOLE_WORD.match(text)
        known = self._by_first_word.get(first[0], ()) if first else ()
        return next((phrase for phrase in known if text.startswith(phrase) and _ends(text, len(phrase))), "")


@remembered
def _words_in(text: str) -> frozenset[str]:
    return frozenset(_WHOLE_WORD.findall(text))


def _has(text: str, phrase: str) -> bool:
    """Whether a text contains a phrase as whole words."""
    at = text.find(phrase)
    while at >= 0:
        if not (at and _is_of_word(text[at - 1])) and _ends(text, at + len(phrase)):
            return True
        at = text.find(phrase, at + 1)
    return False


def _ends(text: str, at: int) -> bool:
    """Whether no word of a text goes on at a place."""
    return not _is_of_word(text[at : at + 1])


def _is_of_word(sign: str) -> bool:
    return sign.isalnum() or sign == "_"


class Misspellings:
    """Recognises whole texts with one typing error: in a word of a phrase, or in a single word.

    In a single word a letter is missing, added or in the wrong place. A replaced letter does not count:
    'anslutas' is not 'avslutas'.

    Args:
        texts: the right texts, folded.
    """

    def __init__(self, texts: Collection[str]) -> None:
        self._texts = texts

    @cached_property
    def _alone(self) -> frozenset[str]:
        """The single words that are long enough."""
        return frozenset(text for text in self._texts if len(text) >= _SHORTEST_ALONE and " " not in text)

    @cached_property
    def _missing(self) -> frozenset[str]:
        """The same with a letter missing."""
        return frozenset().union(*map(_with_one_less, self._alone))

    @cached_property
    def _turned(self) -> frozenset[str]:
        """The letters of the same."""
        return frozenset("".join(sorted(word)) for word in self._alone)

    @cached_property
    def _phrases(self) -> Mapping[tuple[str, ...], set[str]]:
        """The words of each phrase by the rest of it."""
        found: dict[tuple[str, ...], set[str]] = {}
        for parts in (text.split() for text in self._texts if " " in text):
            for at, word in enumerate(parts):
                found.setdefault((*parts[:at], "", *parts[at + 1 :]), set()).add(word)
        return found

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
