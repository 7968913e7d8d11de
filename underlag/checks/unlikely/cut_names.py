"""Names that a system cut off at the size of its field: several of one length that end within a word.

Source: rojeras/MkTakJson, docstring: names that come out of one journal system are cut at 25 characters.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from underlag.lazy_pattern import LazyPattern

#: A shorter name is hardly cut; this many of one length are more than chance.
_SHORTEST: Final = 20
_FEWEST: Final = 3
#: Where some names are longer, this many of one length must be cut.
_FEWEST_AMONG_LONGER: Final = 5
_LAST_WORD: Final = LazyPattern(r"[^\W\d_]+\Z").search
_WORD: Final = LazyPattern(r"[^\W\d_]+").findall
#: Words, and ends of words, that a name of a unit or place ends with when it is whole.
_WHOLE: Final = LazyPattern(
    r"(?:norr|söder|öster|väster|nord|syd|öst|väst|city)|.*(?:centrum|centralen|mottagningen|mottagning|enheten"
    r"|avdelningen|avdelning|kliniken|klinik|vården|hälsan|sjukhuset|sjukhus|teamet|hemmet|huset|gården|torget"
    r"|gatan|vägen|backen|backa|parken|köping|stad|borg|berg|sund|holm|hamn|torp|lund|fors|strand|näset)"
).fullmatch


def cut_names(names: Mapping[str, str]) -> list[str]:
    """Return the units whose names are cut, all at one length.

    Args:
        names: the name of each unit by its HSA-ID.
    """
    lengths = Counter(map(len, names.values()))
    for length, fewest in _suspect(lengths):
        cut = _cut_at(length, names)
        if len(cut) >= fewest:
            return cut
    return []


def _suspect(lengths: Mapping[int, int]) -> Iterator[tuple[int, int]]:
    """Yield the lengths at which names may be cut, each with the minimum number of cut names.

    That is the greatest length, and the most frequent one if fewer names are longer.
    """
    longest = max(lengths, default=0)
    if longest < _SHORTEST:
        return
    if lengths[longest] >= _FEWEST:
        yield longest, _FEWEST
    usual = max(lengths, key=lambda length: (lengths[length], length))
    longer = sum(count for length, count in lengths.items() if length > usual)
    if _SHORTEST <= usual < longest and lengths[usual] > max(longer, _FEWEST_AMONG_LONGER - 1):
        yield usual, _FEWEST_AMONG_LONGER


def _cut_at(length: int, names: Mapping[str, str]) -> list[str]:
    """Return the units whose names have this length and end within a word."""
    texts = {unit: name for unit, name in names.items() if len(name) == length}
    ends = {
        unit: found[0].casefold()
        for unit, text in texts.items()
        if not text[-1].isdecimal() and (found := _LAST_WORD(text))
    }
    if not ends:
        return []
    whole = _whole_words(list(names.values()), length)
    cut = [unit for unit, word in ends.items() if word not in whole and not _WHOLE(word)]
    starts = {length - len(ends[unit]) for unit in cut}
    # Names with the same beginning and last words of equal length have equal length by chance.
    return cut if len(starts) > 1 else []


def _whole_words(texts: Sequence[str], length: int) -> set[str]:
    """Return the words of all names, except the last ones of names that may be cut."""
    found: set[str] = set()
    for text in texts:
        words = _WORD(text.casefold())
        found.update(words[:-1] if len(text) == length else words)
    return found
