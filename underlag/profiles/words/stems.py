"""Finds phrases whose words may have any ending: 'stryk*' in 'Åsen strykes', 'kl #' in 'görs kl 22'."""

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from underlag.profiles.words.phrases import folded

#: A word of a phrase that is any number.
_NUMBER: Final = "#"
#: Replaces what is taken out of a text, so that the words around it do not become neighbours.
_GAP: Final = "•"


class _Word(NamedTuple):
    """A word of a phrase: its letters, and whether more may follow."""

    letters: str
    is_stem: bool

    def fits(self, word: str) -> bool:
        if self.letters == _NUMBER:
            return word.isdigit()
        return word.startswith(self.letters) if self.is_stem else word == self.letters


class Stems:
    """Phrases to find in the words of a text.

    Args:
        phrases: the phrases; '*' at the end of a word means any ending, '#' any number.
    """

    def __init__(self, phrases: Iterable[str]) -> None:
        self._whole: dict[str, list[tuple[_Word, ...]]] = {}
        self._begun: dict[str, list[tuple[_Word, ...]]] = {}
        for phrase in phrases:
            first, *rest = (_parsed(word) for word in phrase.casefold().split())
            known = self._begun if first.is_stem else self._whole
            known.setdefault(first.letters, []).append(tuple(rest))
        self._lengths = sorted({len(letters) for letters in self._begun})

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
        word = words[at]
        rests = list(self._whole.get(word, ()))
        if word.isdigit():
            rests += self._whole.get(_NUMBER, ())
        for length in self._lengths:
            if length > len(word):
                break
            rests += self._begun.get(word[:length], ())
        return max((1 + len(rest) for rest in rests if _follow(rest, words[at + 1 :])), default=0)


def words_of(text: str) -> list[str]:
    """Return the words of a text for comparison with phrases."""
    return folded(text).replace("/", " ").replace("_", " ").split()


def _parsed(word: str) -> _Word:
    return _Word(word.removesuffix("*"), word.endswith("*"))


def _follow(rest: Sequence[_Word], words: Sequence[str]) -> bool:
    return len(rest) <= len(words) and all(map(_Word.fits, rest, words))
