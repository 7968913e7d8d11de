"""What headers beside an order's own columns are known to mean, by words.toml and by the profile."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Final, NamedTuple

from underlag.account import NEUTRAL
from underlag.characters.likeness import compact
from underlag.profiles.profile import HeaderSpec, Profile
from underlag.profiles.words import folded, words
from underlag.reading.cells.header_names import reduced

#: Neutral where every row holds the same.
UNIFORM: Final = "uniform"
#: So many words make a header that others may follow.
_FEWEST_WORDS: Final = 2


class Meaning(NamedTuple):
    """A role that a header may mean, NEUTRAL or UNIFORM; `whole`: whether nothing else is in the header."""

    role: str
    whole: bool


def header_meanings(header: str, profile: Profile) -> Iterator[Meaning]:
    """Yield what a header may mean, the likeliest first.

    Args:
        header: the header on one line.
        profile: its own headers go before those of every service.
    """
    known = _known(profile.headers)
    for form in (compact(header) or header.strip(), *reduced(header)):
        yield from (Meaning(role, whole=True) for role in known.whole.get(form, ()))
    text = folded(header)
    for start, role in known.begins:
        if text.startswith(start):
            yield Meaning(role, whole=False)


def is_question(header: str) -> bool:
    """Whether a header asks for what is so already ('Redan ansluten'): no is then no denial."""
    return not _questions().isdisjoint((compact(header), *reduced(header)))


class _Known(NamedTuple):
    """Roles by compact header; and how headers begin that go on, longest first, with their roles."""

    whole: Mapping[str, tuple[str, ...]]
    begins: tuple[tuple[str, str], ...]


@lru_cache(maxsize=8)
def _known(own: tuple[HeaderSpec, ...]) -> _Known:
    common = words().headers
    named: list[tuple[str, tuple[str, ...]]] = [(spec.role, spec.names) for spec in own]
    named += common.known.items()
    named += [(NEUTRAL, common.neutral), (UNIFORM, common.uniform)]
    whole: dict[str, dict[str, None]] = {}
    begins: dict[str, str] = {}
    for role, names in named:
        for name in names:
            whole.setdefault(compact(name) or name, {})[role] = None
            start = folded(name)
            if role in common.begins or (
                role not in (NEUTRAL, UNIFORM) and len(start.split()) >= _FEWEST_WORDS
            ):
                begins.setdefault(f"{start} ", role)
    for name in common.neutral_begins:
        begins.setdefault(f"{folded(name)} ", NEUTRAL)
    longest = sorted(begins.items(), key=lambda pair: -len(pair[0]))
    return _Known({name: tuple(roles) for name, roles in whole.items()}, tuple(longest))


@lru_cache(maxsize=1)
def _questions() -> frozenset[str]:
    return frozenset(map(compact, words().headers.questions))
