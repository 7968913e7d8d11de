"""Resolves headers that words.toml and the profile know besides the columns of an order."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Final, NamedTuple

from underlag.account import NEUTRAL
from underlag.characters.likeness import compact
from underlag.lazy_pattern import LazyPattern
from underlag.profiles.profile import HeaderSpec, Profile
from underlag.profiles.words import folded, words
from underlag.reading.cells.header_names import reduced

#: Neutral if every row has the same value.
UNIFORM: Final = "uniform"
#: Neutral if every row is filled.
FILLED: Final = "filled"
#: Minimum words of a header that may be followed by others.
_FEWEST_WORDS: Final = 2
#: Whose detail a column holds: 'Enhetens e-post', 'Adress till enheten'.
_OWNER: Final = LazyPattern(
    r"\b(?:(?:vård)?enhetens|mottagningens|vårdcentralens|kontaktpersonens|vårdgivarens"
    r"|(?:till|på|för|hos) (?:(?:vård)?enheten|mottagningen|vårdcentralen|vårdgivaren))\b"
)
#: Each owner has one of these.
_OWNERS: Final = ("enhet", "mottagning", "vårdcentral", "kontaktperson", "vårdgivare")


class Meaning(NamedTuple):
    """A role that a header may mean, NEUTRAL or UNIFORM; `whole`: whether nothing else is in the header."""

    role: str
    whole: bool


def header_meanings(header: str, profile: Profile) -> Iterator[Meaning]:
    """Yield possible meanings of a header, the likeliest first.

    Args:
        header: the header on one line.
        profile: its headers precede those common to all services.
    """
    known = _known(profile.headers)
    for form in (compact(header) or header.strip(), *reduced(header)):
        yield from (Meaning(role, whole=True) for role in known.whole.get(form, ()))
    text = folded(header)
    rest = _OWNER.sub("", text) if any(owner in text for owner in _OWNERS) else text
    if NEUTRAL in known.whole.get(compact(rest), ()):
        yield Meaning(NEUTRAL, whole=True)
    for start, role in known.begins:
        if text.startswith(start):
            yield Meaning(role, whole=False)


def is_question(header: str) -> bool:
    """Whether a header asks about the present state ('Redan ansluten'), so that no is not a denial."""
    return not _questions().isdisjoint((compact(header), *reduced(header)))


class _Known(NamedTuple):
    """Roles by compact header, and by the beginning of headers with more words, longest first."""

    whole: Mapping[str, tuple[str, ...]]
    begins: tuple[tuple[str, str], ...]


@lru_cache(maxsize=8)
def _known(own: tuple[HeaderSpec, ...]) -> _Known:
    common = words().headers
    named: list[tuple[str, tuple[str, ...]]] = [(spec.role, spec.names) for spec in own]
    named += common.known.items()
    named += [(NEUTRAL, common.neutral), (UNIFORM, common.uniform), (FILLED, common.filled)]
    whole: dict[str, dict[str, None]] = {}
    begins: dict[str, str] = {}
    for role, names in named:
        for name in names:
            whole.setdefault(compact(name) or name, {})[role] = None
            start = folded(name)
            if role in common.begins or (
                role not in (NEUTRAL, UNIFORM, FILLED) and len(start.split()) >= _FEWEST_WORDS
            ):
                begins.setdefault(f"{start} ", role)
    for name in common.neutral_begins:
        begins.setdefault(f"{folded(name)} ", NEUTRAL)
    longest = sorted(begins.items(), key=lambda pair: -len(pair[0]))
    return _Known({name: tuple(roles) for name, roles in whole.items()}, tuple(longest))


@lru_cache(maxsize=1)
def _questions() -> frozenset[str]:
    return frozenset(map(compact, words().headers.questions))
