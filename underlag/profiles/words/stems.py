"""Finds phrases whose words may have any ending: 'stryk*' in 'Åsen strykes', 'kl #' in 'görs kl 22'."""

from collections.abc import Iterable, Sequence
from typing import Final

from underlag.profiles.words.phrases import folded

#: A word of a phrase that is any number.
_NUMBER: Final = "#"
#: The letters of a phrase by which it is found.
_KEY: Final = 3
#: Replaces what is taken out of a text, so that the words around it do not become neighbours.
_GAP: Final = "•"


class Stems:
    """Phrases to find in the words of a text.

    Args:
        phrases: the phrases in lower case; '*' at the end of a word means any ending, '#' any number. None
            begins with a number.
    """

    def __init__(self, phrases: Iterable[str]) -> None:
        # A phrase is parsed only for words that begin as it does.
        self._known: dict[str, list[str]] = {}
        for phrase in phrases:
            first = phrase.partition(" ")[0].rstrip("*")
            self._known.setdefault(first[:_KEY], []).append(phrase)

    def within(self, words: Sequence[str]) -> bool:
        """Whether the words contain one of the phrases."""
        return any(self._length_at(words, at) for at in range(len(words)))

    def begin(self, words: Sequence[str]) -> bool:
        """Whether the words begin with one of the phrases."""
        return bool(words) and self._length_at(words, 0) > 0

    def without(self, words: Sequence[str]) -> list[str]:
        """Return the words without the phrases, the longest at each place."""
        rest: list[str] = []
        at = 0
        while at < len(words):
            length = self._length_at(words, at)
            rest.append(_GAP if length else words[at])
            at += length or 1
        return rest

    def _length_at(self, words: Sequence[str], at: int) -> int:
        """Return the number of words of the longest phrase at a place, 0 for none."""
        candidates = self._known.get(words[at][:_KEY], ())
        return max((_length(phrase.split(), words[at:]) for phrase in candidates), default=0)


def words_of(text: str) -> list[str]:
    """Return the words of a text for comparison with phrases."""
    return folded(text).replace("/", " ").replace("_", " ").split()


def _length(phrase: Sequence[str], words: Sequence[str]) -> int:
    """Return the number of words of a phrase if the words begin with it, else 0."""
    fits = len(phrase) <= len(words) and all(map(_fits, phrase, words))
    return len(phrase) if fits else 0


def _fits(part: str, word: str) -> bool:
    if part == _NUMBER:
        return word.isdigit()
    return word.startswith(part[:-1]) if part[-1] == "*" else word == part
