"""Resolves headers that words.toml and the profile know besides the columns of an order."""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from underlag.account import NEUTRAL
from underlag.characters.likeness import compact
from underlag.lazy_pattern import LazyPattern
from underlag.profiles.profile import Profile
from underlag.profiles.words import folded, words
from underlag.profiles.words.remembered import remembered, remembered_method
from underlag.reading.cells.header_names import reduced

#: Neutral if every row has the same value.
UNIFORM: Final = "uniform"
#: Neutral if every row is filled.
FILLED: Final = "filled"
#: Neutral if no cell answers anything, states a time, or denies or changes something.
ASIDE: Final = "aside"
#: Minimum words of a header that may be followed by others.
_FEWEST_WORDS: Final = 2
#: Whose detail a column holds: 'Enhetens e-post', 'Adress till enheten'.
_OWNER: Final = LazyPattern(
    r"\b(?:(?:vård)?enhetens|mottagningens|vårdcentralens|kontaktpersonens|vårdgivarens"
    r"|(?:till|på|för|hos) (?:(?:vård)?enheten|mottagningen|vårdcentralen|vårdgivaren))\b"
)
#: Each owner has one of these.
_OWNERS: Final = ("enheten", "mottagningen", "vårdcentralen", "kontaktpersonens", "vårdgivaren")


class Meaning(NamedTuple):
    """A role that a header may mean, or NEUTRAL, UNIFORM, FILLED or ASIDE.

    `whole`: whether nothing else is in the header.
    """

    role: str
    whole: bool


def header_meanings(header: str, profile: Profile) -> tuple[Meaning, ...]:
    """Return possible meanings of a header, the likeliest first.

    Args:
        header: the header on one line.
        profile: its headers precede those common to all services.
    """
    return _known(profile).meanings(header)


@remembered
def is_question(header: str) -> bool:
    """Whether a header asks about the present state ('Redan ansluten'), so that no is not a denial."""
    return not _questions().isdisjoint((compact(header), *reduced(header)))


class _KnownHeaders:
    """The headers of a profile and those common to all services.

    Args:
        whole: roles by compact header.
        begins: by the first word, how headers with more words begin, with their role, the longest first.
    """

    def __init__(
        self, whole: Mapping[str, Iterable[str]], begins: Mapping[str, Sequence[tuple[str, str]]]
    ) -> None:
        self._whole, self._begins = whole, begins

    @remembered_method
    def meanings(self, header: str) -> tuple[Meaning, ...]:
        """Return possible meanings of a header, the likeliest first."""
        forms = (compact(header) or header.strip(), *reduced(header))
        found = [Meaning(role, whole=True) for form in forms for role in self._whole.get(form, ())]
        text = folded(header)
        rest = _OWNER.sub("", text) if any(owner in text for owner in _OWNERS) else text
        if NEUTRAL in self._whole.get(compact(rest), ()):
            found.append(Meaning(NEUTRAL, whole=True))
        begins = self._begins.get(text.partition(" ")[0], ())
        found += (Meaning(role, whole=False) for start, role in begins if text.startswith(start))
        if not found and "?" not in header and words().headers.are_aside(header):
            found.append(Meaning(ASIDE, whole=True))
        return tuple(found)


@lru_cache(maxsize=8)
def _known(profile: Profile) -> _KnownHeaders:
    own, common = profile.headers, words().headers
    named: list[tuple[str, tuple[str, ...]]] = [(spec.role, spec.names) for spec in own]
    named += common.known.items()
    named += [(NEUTRAL, common.neutral), (UNIFORM, common.uniform), (FILLED, common.filled)]
    whole: dict[str, dict[str, None]] = {}
    begins: dict[str, str] = {}
    for role, names in named:
        for name in names:
            whole.setdefault(compact(name) or name, {})[role] = None
        if role in (NEUTRAL, UNIFORM, FILLED):
            continue
        for start in map(folded, names):
            if role in common.begins or len(start.split()) >= _FEWEST_WORDS:
                begins.setdefault(f"{start} ", role)
    for name in common.neutral_begins:
        begins.setdefault(f"{folded(name)} ", NEUTRAL)
    by_word: dict[str, list[tuple[str, str]]] = {}
    for start, role in sorted(begins.items(), key=lambda pair: -len(pair[0])):
        by_word.setdefault(start.partition(" ")[0], []).append((start, role))
    return _KnownHeaders(whole, by_word)


@lru_cache(maxsize=1)
def _questions() -> frozenset[str]:
    return frozenset(map(compact, words().headers.questions))
