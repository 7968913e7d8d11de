"""The environments of a platform, and the names that people call them by."""

import re
from functools import lru_cache
from typing import Final, NamedTuple

from underlag.lazy_pattern import LazyPattern

#: A name, and another in brackets.
_TWO_NAMES: Final = LazyPattern(r"\s*([^()]+)\(([^()]+)\)\s*").fullmatch


class EnvironmentSpec(NamedTuple):
    """An environment of the platform.

    Attributes:
        key: its name in commands and reports, e.g. PROD.
        platform: `plattform` of the TAK order, e.g. NTJP-PROD.
        form_title: its name in the order form, e.g. NTJP PROD.
        aliases: other spellings of it.
        production: whether it serves real patients: test ids and test servers are out of place there.
    """

    key: str
    platform: str
    form_title: str
    aliases: tuple[str, ...] = ()
    production: bool = False


def environment_named(environments: tuple[EnvironmentSpec, ...], text: str) -> EnvironmentSpec | None:
    """Return the environment with this name, or None; a text with a question mark names none.

    A second name in brackets must be the same environment's: 'PROD (produktion)'.
    """
    if "?" in text:
        return None
    by_name = _by_name(environments)
    known = by_name.get(_bare(text))
    if known is None and (names := _TWO_NAMES(text)):
        first, second = (by_name.get(_bare(name)) for name in names.groups())
        return first if first == second else None
    return known


@lru_cache(maxsize=64)
def _by_name(environments: tuple[EnvironmentSpec, ...]) -> dict[str, EnvironmentSpec]:
    found: dict[str, EnvironmentSpec] = {}
    for spec in environments:
        for name in (spec.key, spec.platform, spec.form_title, *spec.aliases):
            found.setdefault(_bare(name), spec)
    return found


@lru_cache(maxsize=1024)  # file names have most of their words in common
def _bare(name: str) -> str:
    """Return a name without letter case, signs and the order of words, which vary: 'PROD (NTJP)'."""
    return " ".join(sorted(re.sub(r"[\W_]+", " ", name).casefold().split()))
