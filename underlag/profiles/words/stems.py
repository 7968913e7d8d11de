"""Finds phrases whose words may have any ending: 'stryk*' in 'Åsen strykes', 'kl #' in 'görs kl 22'."""

from collections.abc import Iterable, Sequence
from itertools import product
from typing import Final

from underlag.profiles.words.phrases import folded
from underlag.profiles.words.remembered import remembered

#: A word of a phrase that is any number.
_NUMBER: Final = "#"
#: The letters of a phrase by which it is found.
_KEY: Final = 3
#: Replaces what is taken out of a text, so that the words around it do not become neighbours.
_GAP: Final = "•"


class Stems:
    """Phrases to find in the words of a text.

    Args:
        phrases: the phrases in lower case; '*' at the end of a word means any ending, '*' alone any word, '#'
            any number, 'i|på' one word or the other. None begins with a number or any word.
    """

    def __init__(self, phrases: Iterable[str]) -> None:
        # A phrase is parsed only for words that begin as it does.
        self._known: dict[str, list[str]] = {}
        for phrase in (each for one in phrases for each in _written_out(one)):
            first = phrase.partition(" ")[0].rstrip("*")
            self._known.setdefault(first[:_KEY], []).append(phrase)

    def within(self, words: Sequence[str]) -> bool:
        """Whether the words contain one of the phrases."""
        known = self._known
        return any(word[:_KEY] in known and self._length_at(words, at) for at, word in enumerate(words))

    def begin(self, words: Sequence[str]) -> bool:
        """Whether the words begin with one of the phrases."""
        return bool(words) and self._length_at(words, 0) > 0

    def cover(self, words: Sequence[str]) -> bool:
        """Whether the words consist of nothing but phrases."""
        at = 0
        while at < len(words) and (length := self._length_at(words, at)):
            at += length
        return 0 < at == len(words)

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
        longest = 0
        for phrase in self._known.get(words[at][:_KEY], ()):
            longest = max(longest, _length(phrase, words, at))
        return longest


def _written_out(phrase: str) -> Iterable[str]:
    """Return a phrase with each of the words that it gives a choice of."""
    return (
        map(" ".join, product(*(word.split("|") for word in phrase.split()))) if "|" in phrase else (phrase,)
    )


@remembered
def words_of(text: str) -> tuple[str, ...]:
    """Return the words of a text for comparison with phrases."""
    return tuple(folded(text).replace("/", " ").replace("_", " ").split())


def _length(phrase: str, words: Sequence[str], at: int) -> int:
    """Return the number of words of a phrase if it is at a place, else 0."""
    first, _, more = phrase.partition(" ")
    if not _fits(first, words[at]):
        return 0
    if not more:
        return 1
    rest = more.split()
    following = words[at + 1 : at + 1 + len(rest)]
    return 1 + len(rest) if len(following) == len(rest) and all(map(_fits, rest, following)) else 0


def _fits(part: str, word: str) -> bool:
    if part == _NUMBER:
        return word.isdigit()
    return word.startswith(part[:-1]) if part[-1] == "*" else word == part
