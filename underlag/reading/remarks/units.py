"""Finds the ordered units that a text mentions: by the distinctive part of the name, by id, or by row."""

from collections.abc import Callable, Collection, Iterable
from functools import cached_property
from typing import Final, NamedTuple

from underlag.lazy_pattern import LazyPattern
from underlag.profiles.words import folded, words
from underlag.reading.cells.identifiers import ids_within

_ROWS: Final = LazyPattern(
    r"\brad(?:en|er|erna)?\.? \d{1,5}(?:\s*(?:[-–,]|och|till|t\.?o\.?m\.?)\s*\d{1,5})*"
).finditer
_NUMBERS: Final = LazyPattern(r"\d+").findall
#: Minimum letters of a part of a name.
_FEWEST_LETTERS: Final = 3
_WORD_OF_LETTERS: Final = LazyPattern(rf"[^\W\d_]{{{_FEWEST_LETTERS},}}").search


class NamedUnits(NamedTuple):
    """The units of a sheet or workbook: names, ids, and rows if they are on one sheet."""

    names: Iterable[str]
    ids: Iterable[str]
    rows: Collection[int] = ()


class MentionedUnits:
    """Finds units in texts.

    Args:
        read: returns the units; called when a text is first searched.
    """

    def __init__(self, read: Callable[[], NamedUnits]) -> None:
        self._read = read

    @cached_property
    def _known(self) -> tuple[dict[str, set[tuple[str, ...]]], frozenset[str], Collection[int]]:
        names, ids, rows = self._read()
        own: dict[str, set[tuple[str, ...]]] = {}
        for name in set(names):
            if parts := _own_part(name):
                own.setdefault(parts[0], set()).add(parts)
        return own, frozenset(text.upper() for text in set(ids) if text), rows

    def are_in(self, text: str) -> bool:
        """Whether a text mentions one of the units: 'Byn 3 tas senare', 'Rad 8'."""
        names, ids, rows = self._known
        numbers = (int(number) for found in _ROWS(text.casefold()) for number in _NUMBERS(found[0]))
        if any(number in rows for number in numbers):
            return True
        if any(found.upper() in ids for found in ids_within(text)):
            return True
        said = folded(text).split()
        return any(
            tuple(said[at : at + len(parts)]) == parts
            for at, word in enumerate(said)
            for parts in names.get(word, ())
        )


def _own_part(name: str) -> tuple[str, ...]:
    """Return the words of a name without those for a kind of unit: ('byn', '3') of 'Vårdcentralen Byn 3'."""
    parts = folded(name).split()
    kinds = words().kinds_of_units
    while parts and parts[0] in kinds:
        del parts[0]
    while parts and parts[-1] in kinds:
        del parts[-1]
    return tuple(parts) if any(map(_WORD_OF_LETTERS, parts)) else ()
