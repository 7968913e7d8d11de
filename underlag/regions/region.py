"""Resolves the names of organisations that order: "Gotland", "RG" and "Gotland (slutlig)" are Region Gotland.

The names are data: regions.toml lists the 21 regions, a file of the user's own adds municipalities and
private care givers.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, Final, NamedTuple, Self

from underlag.files.limits import TOML
from underlag.files.regular import read_regular
from underlag.files.shipped import shipped_tables
from underlag.files.toml import parse_toml
from underlag.lazy_pattern import LazyPattern
from underlag.regions.keys import SEPARATORS, name_core, name_key
from underlag.regions.places import is_within
from underlag.values import orgnr

#: Words for a version, a state or a copy, and for the order and its environment, before or after a name.
_WORDS: Final = r"""
    slut(?:lig|version|giltig)\w* | final | utkast | draft | ny(?:tt|a|aste)? | senaste | igen | kopia | copy
  | r[äa]ttad\w* | komplett\w* | kompl | till[äa]gg\w* | uppdaterad\w* | korr\w* | [äa]ndra[dt]\w*
  | justera[dt]\w* | omskickad\w* | prod(?:uktion)? | qa | test | ntjp | nmt | siths | tak(?:ning)?
  | best[äa]llning\w* | underlag | (?:ta[ ])?bort | borttag\w* | avslut\w* | l[äa]gg[ ]till | namn\w*
  | enhet(?:er)? | adressat(?:er)? | byten? | flytt\w* | fel
"""
#: What copying, mailing, signing and versions add after a name.
_ADDED: Final = LazyPattern(
    rf"""[\s_\-–—.,;]*                   # what joins it to the name
    (?:
        \(\s*(?:\d+|[^()]*)\s*\)        # (2), (slutlig)
      | [+!]
      | (?<![^\s_\-–—.,;)])(?:
            {_WORDS} | ifyll\w* | klar\w* | f[öo]rsta | andra | tredje | f[öo]rs[öo]k\w* | utg[åa]v\w*
          | versionen | version | ver | v | vecka | omg[åa]ng | del | av | godk[äa]n[dt]\w* | granskad\w*
          | under(?:tecknad|skriven)\w* | p[åa]skriven | rev(?:ision|iderad)?\.?(?:\s?(?:\d{{1,3}}|[a-z]))?
          | sign(?:ed|erad\w*)? | v(?:er(?:sion)?)?\.?\s?\d+(?:\.\d+)* | ny\d
          | \d{{4}}[-\s]?\d\d[-\s]?\d\d | \d{{6}} | 20\d\d | \d{{1,2}}(?:[ ]?a)?
          | (?:jan|feb|mar|apr|jun|jul|aug|sep|sept|okt|nov|dec)\.?
          | januari | februari | mars | april | maj | juni | juli | augusti | (?:septem|okto|novem|decem)ber
        )
    )$""",
    re.IGNORECASE | re.VERBOSE,
)
_ORGANISATION_DIGITS: Final = 10
#: What is put before a name; unlike what is added after it, it may be part of an organisation's own name.
_BEFORE: Final = LazyPattern(
    rf"""^(?:
        \[[^\]]*\] | \([^()]*\) | \d{{1,8}}(?=[ ])
      | (?: kopia[ ]av | copy[ ]of | sv | re | vb | fwd? | v(?:er(?:sion)?)?\.?[ ]?\d+ | {_WORDS} )
        (?:[ ]?\d{{1,2}})? (?=[ ])
    )[ ]*""",
    re.IGNORECASE | re.VERBOSE,
)
#: Words after a region's name that make it the name of another organisation.
_OTHER_ORGANISATIONS: Final = frozenset(("kommun", "kommuner", "stad", "ab", "privat", "privata"))
#: Minimum letters of a name without these words: short names are known only as they are listed.
_SHORTEST: Final = 4
_BRACKETS: Final = LazyPattern(r"[()\[\]]")
#: Maximum words of a name in which a region is looked for; a longer text is no name.
_MOST_WORDS: Final = 12
#: Maximum words of a name with free words after it.
_MOST_WITH_FREE: Final = 40
#: Å, ä and ö as some systems write them.
_PLAIN_LETTERS: Final = LazyPattern(r"ae|oe|aa")


class Region(NamedTuple):
    """An organisation that orders.

    Attributes:
        name: its current name.
        organisation: its organisation number, ten digits; '' where no source names it.
        is_known: whether a list names it; otherwise `name` is the tidied text.
        is_part: whether the text names a place or a hospital within it: 'Gotland Visby'.
    """

    name: str
    organisation: str = ""
    is_known: bool = True
    is_part: bool = False

    @property
    def key(self) -> str:
        """The identity of the region: equal for two names of the same region."""
        return name_key(self.name)


class Regions:
    """The known regions, found by name or organisation number."""

    def __init__(self, regions: Iterable[tuple[Region, Iterable[str]]]) -> None:
        self._by_name: dict[str, Region] = {}
        self._by_core: dict[str, Region] = {}
        self._by_number: dict[str, Region] = {}
        self._remembered = lru_cache(maxsize=1024)(self._found)  # a batch asks for each region several times
        for region, aliases in regions:
            for text in (region.name, *aliases):
                self._by_name[name_key(text)] = region
                if len(core := name_core(text)) >= _SHORTEST:
                    self._by_core[core] = region
            if region.organisation:
                self._by_number[region.organisation] = region

    @classmethod
    def from_data(cls, *lists: Mapping[str, Any]) -> Self:
        """Return the regions of parsed TOML lists; where two state one name, the later one counts.

        Raises:
            ValueError: a list has another form; the message is Swedish and says which entry.
        """
        return cls(_entry(row, number) for data in lists for number, row in enumerate(_rows(data), start=1))

    def named(self, text: str) -> Region:
        """Return the region that a text names; an unknown one is its own region, under the tidied text."""
        return self._remembered(text)

    def _found(self, text: str) -> Region:
        tidied = tidied_name(text)
        bare = tidied_name(_without_prefixes(tidied))
        for name in (text, tidied, bare):
            if found := self.called(name):
                return found
        whole = tidied_name(_BRACKETS.sub(" ", text))
        known = self._named_twice(bare) or self._with_place(bare) or self._with_place(whole)
        return known or Region(tidied, is_known=False)

    def beginning(self, text: str) -> Region | None:
        """Return the known region whose name begins a text, with free words after it as for `is_called`."""
        words = _without_prefixes(tidied_name(text)).split()
        if len(words) > _MOST_WORDS:
            return None
        for end in range(len(words) - 1, 0, -1):
            if found := self.called(" ".join(words[:end])):
                return found if self.are_free(words[end:]) else None
        return None

    def are_free(self, words: Sequence[str]) -> bool:
        """Whether words after a region's name name no other region and make it no other organisation."""
        if any(name_key(word) in _OTHER_ORGANISATIONS for word in words):
            return False
        spans = ((at, end) for at in range(len(words)) for end in range(at + 1, len(words) + 1))
        return not any(self.named(" ".join(words[at:end])).is_known for at, end in spans)

    def called(self, name: str) -> Region | None:
        """Return the region of a name with nothing else, also without å, ä and ö: Joenkoeping."""
        known = self._by_name.get(name_key(name)) or self._with_core(name_core(name))
        return known or self._with_core(
            name_core(_PLAIN_LETTERS.sub(lambda found: found[0][0], name.casefold()))
        )

    def _with_core(self, core: str) -> Region | None:
        """Return the region of a name without words for its kind, which may be in the genitive."""
        for name in (core, core.removesuffix("regionen")):
            if found := self._by_core.get(name) or self._by_core.get(name.removesuffix("s")):
                return found
        return None

    def _named_twice(self, name: str) -> Region | None:
        """Return the region that both parts of a text name: 'VGR - Västra Götalandsregionen'."""
        words = name.split()
        if len(words) > _MOST_WORDS:
            return None
        for at in range(1, len(words)):
            first = self.called(" ".join(words[:at]))
            if first is not None and first == self.called(" ".join(words[at:])):
                return first
        return None

    def _with_place(self, name: str) -> Region | None:
        """Return the region that begins or ends a text with nothing but places within it besides."""
        words = name.split()
        if len(words) > _MOST_WORDS:
            return None
        for at in range(1, len(words)):
            first, last = " ".join(words[:at]), " ".join(words[at:])
            for region, place in ((self.called(first), last), (self.called(last), first)):
                if region is not None and is_within(_without_prefixes(tidied_name(place)), region.name):
                    return region._replace(is_part=True)
        return None

    def of_organisation(self, number: str) -> Region | None:
        """Return the known region with an organisation number, ten digits."""
        return self._by_number.get(number)


@lru_cache(maxsize=1)
def standard_regions() -> Mapping[str, Any]:
    """Return the list that ships with the package, as parsed TOML."""
    return shipped_tables(Path(__file__).with_name("regions.toml"))


def known_regions(own: Path | None = None) -> Regions:
    """Return the regions that ship with the package, and those of a file of the user's own.

    Raises:
        TomlError, ValueError: the file has another form; the message is Swedish.
        OSError: it cannot be read.
    """
    if own is None:
        return _shipped_regions()
    content = read_regular(own, TOML.value * 1000 + 1)
    return Regions.from_data(standard_regions(), parse_toml(content))


@lru_cache(maxsize=1)
def _shipped_regions() -> Regions:
    return Regions.from_data(standard_regions())


@lru_cache(maxsize=256)
def region_key(text: str) -> str:
    """Return a key that is equal for all names of a shipped region and its organisation number."""
    known = known_regions()
    number = "".join(sign for sign in text if sign.isdecimal())[-_ORGANISATION_DIGITS:]
    of_number = None if any(map(str.isalpha, text)) else known.of_organisation(number)
    return (of_number or known.named(text)).key


def is_called(text: str, region: str) -> bool:
    """Whether a text names a region, with free words after the name: 'Gotland Visby' of Region Gotland.

    Words that name another known region or make it another organisation (Uppsala kommun) are not free.
    """
    key = region_key(region)
    words = SEPARATORS.split(text.strip())
    if len(words) > _MOST_WITH_FREE:
        return region_key(text) == key
    for end in range(len(words), 0, -1):
        if region_key(" ".join(words[:end])) == key:
            return known_regions().are_free(words[end:])
    return False


def tidied_name(text: str) -> str:
    """Return a name without what copies and versions add: Gotland of 'Gotland - komplettering (2)'."""
    name = SEPARATORS.sub(" ", unicodedata.normalize("NFC", text)).strip()
    while (shorter := _shorter(name)) and shorter != name:
        name = shorter
    return name


def _shorter(name: str) -> str:
    """Return a name without the last thing that was added to it."""
    rest, _, last = name.rpartition(" ")
    if rest and name_key(last) in _services():
        return rest
    return _ADDED.sub("", name).strip(" -_–—.,;")


@lru_cache(maxsize=1)
def _services() -> frozenset[str]:
    return frozenset(map(name_key, standard_regions()["services"]))


def _without_prefixes(name: str) -> str:
    while (shorter := _BEFORE.sub("", name)) and shorter != name:
        name = shorter
    return name


def _rows(data: Mapping[str, Any]) -> list[Any]:
    rows = data.get("region", [])
    if not isinstance(rows, list):
        raise ValueError("Regionerna skrivs som [[region]], en för varje.")  # noqa: TRY004 - the file's form
    return rows


def _entry(row: Any, number: int) -> tuple[Region, list[str]]:
    texts = row if isinstance(row, Mapping) else {}
    name, aliases = texts.get("name"), texts.get("aliases", [])
    stated = texts.get("organisation", "")
    if not isinstance(name, str) or not name.strip():
        raise ValueError(f"Region nummer {number} saknar name.")
    if not isinstance(aliases, list) or not all(isinstance(one, str) for one in aliases):
        raise ValueError(f"{name}: aliases ska vara en lista med namn inom citattecken.")
    organisation = str(stated).replace("-", "")
    if organisation and not orgnr.is_valid(organisation):
        raise ValueError(f"{name}: {stated} är inget organisationsnummer.")
    return Region(name.strip(), organisation), aliases
