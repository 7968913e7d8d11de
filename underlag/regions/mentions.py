"""Finds the regions that a text names, also by organisation number: 'Granliden tillhör Region Örebro'."""

from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from underlag.lazy_pattern import LazyPattern
from underlag.regions.keys import KINDS, SEPARATORS, name_key
from underlag.regions.region import Region, known_regions, standard_regions

#: Maximum words of a region's name, and minimum letters of a short one in capitals.
_MOST_WORDS: Final = 4
#: Organisation numbers, with or without the century.
_NUMBERS: Final = LazyPattern(r"\b(?:16)?(\d{6}-?\d{4})\b").findall
#: Signs around the words of a name, which count as blanks.
_SIGNS: Final = str.maketrans(dict.fromkeys("()[]\"'”’?!", " "))


def other_regions(text: str, region: str) -> tuple[str, ...]:
    """Return the names of the regions in a text other than one.

    Args:
        text: the text. Names begin with a capital letter: 'Region Örebro', 'RÖL'.
        region: the region under any of its names. If it is none of those known, one of the regions in the
            text may be where it is.
    """
    numbered = [
        one for number in _NUMBERS(text) if (one := known_regions().of_organisation(number.replace("-", "")))
    ]
    if not region or not (numbered or _has_word_of_region(text)):
        return ()
    found = list(dict.fromkeys(one.name for one in (*_regions_in(text), *numbered)))
    own = known_regions().called(region) or _tidied(region)
    if own is None:
        return tuple(found[1:])
    return tuple(name for name in found if name != own.name)


def may_name_two(value: str) -> bool:
    """Whether the name of a region has words for a second one; without looking any region up."""
    if value.isalnum():
        return False
    words = [word for word in SEPARATORS.split(value.translate(_SIGNS)) if word]
    return sum(name_key(word) not in KINDS for word in words) > 1


def _tidied(region: str) -> Region | None:
    """Return the known region of a name with more than the name: 'Region Dalarna - IT'."""
    named = known_regions().named(region)
    return named if named.is_known else known_regions().beginning(region)


def _has_word_of_region(text: str) -> bool:
    words = {name_key(word) for word in SEPARATORS.split(text.translate(_SIGNS)) if word[:1].isupper()}
    return not words.isdisjoint(words_of_regions())


@lru_cache(maxsize=1)
def words_of_regions() -> frozenset[str]:
    """Return the words of names of regions, also in the genitive, as keys, without those for their kind."""
    words = {
        name_key(word)
        for row in standard_regions()["region"]
        for name in (row["name"], *row["aliases"])
        for word in SEPARATORS.split(name)
    } - KINDS
    return frozenset(words | {f"{word}s" for word in words})


def _regions_in(text: str) -> Iterator[Region]:
    """Yield the regions of a text, at each place the one with the longest name."""
    words = [word for word in SEPARATORS.split(text.translate(_SIGNS)) if word]
    at = 0
    while at < len(words):
        length = 1
        if words[at][0].isupper():
            for end in range(min(at + _MOST_WORDS, len(words)), at, -1):
                if found := known_regions().called(" ".join(words[at:end])):
                    yield found
                    length = end - at
                    break
        at += length
