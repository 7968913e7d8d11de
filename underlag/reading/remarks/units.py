"""Finds the ordered units that a text mentions: by the distinctive part of the name, by id, or by row."""

import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import Final, NamedTuple

from underlag.lazy_pattern import LazyPattern
from underlag.profiles.words import folded, words
from underlag.profiles.words.phrases import words_in
from underlag.profiles.words.remembered import remembered
from underlag.reading.cells.identifiers import comparison_key, ids_within
from underlag.regions.keys import KINDS, name_key
from underlag.regions.mentions import other_regions, words_of_regions

_ROWS: Final = LazyPattern(
    r"\brad(?:en|er|erna)?\.? \d{1,5}(?:\s*(?:[-–,]|och|till|t\.?o\.?m\.?)\s*\d{1,5})*"
).finditer
_NUMBERS: Final = LazyPattern(r"\d+").findall
_WORD: Final = LazyPattern(r"[^\W\d_]+").findall
#: Minimum letters of a part of a name.
_FEWEST_LETTERS: Final = 3
_WORD_OF_LETTERS: Final = LazyPattern(rf"[^\W\d_]{{{_FEWEST_LETTERS},}}").search


class NamedUnits(NamedTuple):
    """The units of a sheet or workbook.

    Attributes:
        names: their names, those of each sheet apart.
        ids: their ids.
        rows: their rows, if they are on one sheet.
        values: the other ids and the addresses that are ordered.
        titles: the titles of their sheets, whose words are no names.
        sheets: the number of sheets that the workbook's profile has.
    """

    names: Iterable[Iterable[str]]
    ids: Iterable[str]
    rows: Collection[int] = ()
    values: Iterable[str] = ()
    titles: Iterable[str] = ()
    sheets: int = 0


class MentionedUnits:
    """Finds units in texts.

    Args:
        read: returns the units; called when a text is first searched.
        region: the region that orders them, '' if unknown.
        day: the order's date, None if unknown.

    Attributes:
        day: as above.
    """

    def __init__(self, read: Callable[[], NamedUnits], region: str = "", day: date | None = None) -> None:
        self._read, self._region, self.day = read, region, day

    @cached_property
    def _units(self) -> NamedUnits:
        return self._read()

    @cached_property
    def _names(self) -> frozenset[frozenset[str]]:
        """The distinct names of each sheet: two sheets often have the same."""
        return frozenset(frozenset(names) - {""} for names in self._units.names)

    @cached_property
    def _ids(self) -> frozenset[str]:
        return frozenset(text.upper() for text in set(self._units.ids) if text)

    @cached_property
    def _values(self) -> frozenset[str]:
        """The ids and addresses that are ordered, as they are compared."""
        return frozenset(map(comparison_key, {*self._units.values, *self._ids}))

    @cached_property
    def _titles(self) -> frozenset[str]:
        return frozenset(folded(" ".join(self._units.titles)).split())

    @cached_property
    def _words(self) -> frozenset[str]:
        return frozenset().union(*map(_words_of, self._names))

    def _are_in(self, parts: "_Parts") -> bool:
        """Whether a text mentions one of the units: 'Byn 3 tas senare', 'Rad 8'."""
        if parts.rows and any(number in self._units.rows for number in parts.rows):
            return True
        if parts.ids and any(found.upper() in self._ids for found in parts.ids):
            return True
        # Few texts have a word of a name; only names with such a word are looked at.
        if self._words.isdisjoint(parts.longer):
            return False
        shared = self._words.intersection(parts.words)
        return any(
            parts.words[at : at + len(own)] == own
            for names in self._names
            for own in _own_parts(names, shared - words().kinds_of_units)
            for at, word in enumerate(parts.words)
            if word == own[0]
        )

    def have(self, value: str) -> bool:
        """Whether an id or address is in the order."""
        return comparison_key(value) in self._values

    def have_sheets(self, numbers: Iterable[int]) -> bool:
        """Whether sheets of these numbers are the order's: 'Se flik 2 och 3 för enheter'."""
        return all(0 < number <= self._units.sheets for number in numbers)

    def have_address_of(self, base: str) -> bool:
        """Whether an ordered address begins with another: the one without its path."""
        return any(value.startswith(comparison_key(base)) for value in self._values)

    def are_of_other_region(self, text: str) -> bool:
        """Whether a text names another region than the one that orders: 'tillhör Region Örebro'."""
        return bool(other_regions(text, self._region))

    def have_port(self, port: str) -> bool:
        """Whether an ordered address has a port."""
        return any(f":{port}/" in f"{value}/" for value in self._values)

    def are_meant_by(self, sentence: str) -> bool:
        """Whether a sentence mentions a unit by a part of its name, and does not merely repeat the name."""
        parts = _parts_of(sentence)
        ids = [found for found in parts.ids if self.have(found)] if parts.ids else []
        if not ids and not self._are_named(parts):
            return False
        for found in ids:
            sentence = sentence.replace(found, " ")
        kinds = words().kinds_of_units
        rest = [word for word in _WORD(sentence) if word.casefold() not in kinds and not self._name_has(word)]
        # Two capital letters are a name, too: 'Granliden: QA'.
        return "?" in sentence or any(_WORD_OF_LETTERS(word) or word.isupper() for word in rest)

    def are_named_in(self, sentence: str) -> bool:
        """Whether a sentence mentions a unit, also by one word: 'Åsen' of 'Psykiatriska öppenvården Åsen'."""
        return self._are_named(_parts_of(sentence))

    def _are_named(self, parts: "_Parts") -> bool:
        if not parts.rows and not parts.ids and self._words.isdisjoint(parts.of_names):
            return False
        return self._are_in(parts) or self._have_proper_noun_of(parts.proper)

    def _have_proper_noun_of(self, proper: Mapping[str, str]) -> bool:
        if self._words.isdisjoint(proper.values()):
            return False
        named = [word for word, plain in proper.items() if plain in self._words and plain not in self._titles]
        return any(key not in KINDS and key not in words_of_regions() for key in map(name_key, named))

    def lack_unit_of(self, text: str) -> bool:
        """Whether a text names a unit that is not ordered: 'Vårdcentralen Nybyn', 'Nybyns vårdcentral'."""
        parts = _WORD(text)
        return any(
            self._is_unknown(named)
            for before, after in pairwise(parts)
            for kind, named in ((before, after), (after, before))
            if _is_whole_kind(kind) and (named is after or named.endswith("s"))
        )

    def _is_unknown(self, word: str) -> bool:
        plain = word.casefold()
        if not _is_proper(word) or not self._words.isdisjoint({plain, plain.removesuffix("s")}):
            return False
        return plain not in self._titles and name_key(word) not in words_of_regions() | KINDS

    def _name_has(self, word: str) -> bool:
        return word.casefold() in self._words_of_names

    @cached_property
    def _words_of_names(self) -> frozenset[str]:
        """The words of names, those between strokes apart: 'SU/Mölndal'."""
        return self._words.union(*(word.split("/") for word in self._words if "/" in word))


class _Parts(NamedTuple):
    """The parts of a text that may be a unit's.

    Attributes:
        rows: the numbers of the rows that it mentions.
        ids: its ids.
        words: its words, folded.
        longer: those of some letters.
        proper: the words that may belong to one unit alone, as they are and in lower case.
        of_names: the words by which a unit may be mentioned: `longer`, and `proper` in lower case.
    """

    rows: tuple[int, ...]
    ids: tuple[str, ...]
    words: tuple[str, ...]
    longer: frozenset[str]
    proper: Mapping[str, str]
    of_names: frozenset[str]


@remembered
def _parts_of(text: str) -> _Parts:
    plain = text.casefold()
    rows = [int(number) for found in _ROWS(plain) for number in _NUMBERS(found[0])] if "rad" in plain else []
    parts = words_in(text)
    longer = frozenset(filter(_WORD_OF_LETTERS, parts))
    proper = {word: word.casefold() for word in _WORD(text) if _is_proper(word)}
    return _Parts(
        tuple(rows),
        tuple(ids_within(text)),
        tuple(parts),
        longer,
        proper,
        longer.union(proper.values()),
    )


def _is_proper(word: str) -> bool:
    """Whether a word of a name belongs to this unit alone: 'Granliden', not 'Ögonmottagningen'."""
    return word[:1].isupper() and len(word) >= _FEWEST_LETTERS and not _is_kind(word)


def _is_whole_kind(word: str) -> bool:
    """Whether a word alone is what a unit is called: 'Ögonmottagningen', but not 'Team' in 'Team Intyg'."""
    plain = word.casefold()
    return plain in words().kinds_of_units or (_is_kind(word) and plain not in words().kind_endings)


def _is_kind(word: str) -> bool:
    """Whether a word says what kind of unit something is."""
    plain = word.casefold()
    known = words()
    return plain in known.kinds_of_units or plain.endswith(known.kind_endings)


@lru_cache(maxsize=4)  # the sheets of a workbook usually have the same names
def _words_of(names: frozenset[str]) -> frozenset[str]:
    """Return the words of names, folded."""
    parts = set("\n".join(names).split())  # names share most of them
    return frozenset(words_in("\n".join(parts)))


def _own_parts(names: Iterable[str], shared: Collection[str]) -> Iterator[tuple[str, ...]]:
    """Yield the distinctive parts of those names that have one of some words."""
    for name in names if shared else ():
        plain = unicodedata.normalize("NFC", name).casefold()
        if any(word in plain for word in shared) and (parts := _own_part(name)):
            yield parts


def _own_part(name: str) -> tuple[str, ...]:
    """Return the words of a name without those for a kind of unit: ('byn', '3') of 'Vårdcentralen Byn 3'."""
    parts = folded(name).split()
    kinds = words().kinds_of_units
    while parts and parts[0] in kinds:
        del parts[0]
    while parts and parts[-1] in kinds:
        del parts[-1]
    return tuple(parts) if any(map(_WORD_OF_LETTERS, parts)) else ()
