"""Recognises texts that state an environment: 'Avser QA', 'Beställningen gäller SLL PROD'."""

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Final

from underlag.profiles.environments import EnvironmentSpec
from underlag.profiles.profile import Profile
from underlag.profiles.words import folded, words
from underlag.profiles.words.phrases import words_in
from underlag.profiles.words.remembered import remembered

#: Subjects of a text that states the environment of an order.
_ABOUT_ORDER: Final = re.compile(
    r"\b(?:gäller|avse[rs]|omfattar|detta är|det här är|the order is|this order|applies to"
    r"|beställ\w*|underlag\w*|miljö\w*|takning\w*|ansluts?|anslutning\w*"
    r"|(?:kör|lägg|läs) (?:in )?(?:allt|det|den|detta|denna|filen)(?: in)? (?:i|till|mot))\b"
).search
#: A text with one of these words mentions another environment in passing, or explains how to fill in.
_IN_PASSING: Final = frozenset(
    (
        *("om", "när", "vid", "ange", "välj", "exempel", "tidigare", "redan", "inte", "ej", "eller", "efter"),
        *("före", "innan", "annan", "annat", "får", "kan", "samma"),
    )
)
#: How further such words begin.
_BEGINS_IN_PASSING: Final = (
    "testa",
    "prova",
    "verifiera",
    "kopia",
    "kopiera",
    "mall",
    "klar",
    "gjord",
    "gjort",
    "separat",
)
#: Maximum words of a text that states the environment of the order.
_LONGEST_STATEMENT: Final = 12
#: Maximum words of an environment's name.
_LONGEST_NAME: Final = 3
#: What may follow an environment's name: 'QA-miljön', 'testmiljö', and in a text that presents an order
#: 'QA-beställning'.
_OF_ENVIRONMENT: Final = re.compile(r"[- ]?miljön?$", re.IGNORECASE)
_OF_ORDER: Final = re.compile(
    r"[- ]?miljön?$|-(?:beställning|underlag|order|takning|anslutning|fil|list)\w*$", re.IGNORECASE
)
_PRESENTS: Final = re.compile(
    r"\b(?:det här är|detta är|här (?:är|kommer)|bifog\w+|gäller|avse[rs])\b", re.IGNORECASE
).search
#: Words that may belong to an environment's name; two letters at least.
_NAME: Final = re.compile(r"[A-Za-zÅÄÖåäö][\w-]+").findall


def other_environments(text: str, profile: Profile, environment: str) -> list[str]:
    """Return the environments other than the order's that a text states as its environment.

    Args:
        text: the text.
        profile: the workbook's profile.
        environment: the order's environment, '' when unknown.
    """
    if not environment or not _may_state_environment(text):
        return []
    stated = _environments_of(profile)(text)
    found = [one for one in stated if one.key != environment]
    if not found or _is_in_passing(text) or words().denials.explains(text):
        return []
    return [one.form_title for one in found]


def _is_in_passing(text: str) -> bool:
    return any(word in _IN_PASSING or word.startswith(_BEGINS_IN_PASSING) for word in words_in(text))


def names_other_environment(text: str, profile: Profile, environment: str) -> bool:
    """Whether a value has the name of another environment than the order's: 'LiV QA'."""
    found = [*_environments_of(profile)(text), *filter(None, map(profile.environment, _NAME(text)))]
    return bool(environment) and any(one.key != environment for one in found)


def names_environment(text: str, profile: Profile, environment: str) -> bool:
    """Whether a text names an environment, e.g. the order's own."""
    return any(one.key == environment for one in _environments_of(profile)(text))


def environments_named(text: str, profile: Profile) -> frozenset[str]:
    """Return the keys of the environments that a text names."""
    return frozenset(one.key for one in _environments_of(profile)(text))


@remembered
def _may_state_environment(text: str) -> bool:
    """Whether a text is short and about an order, and no list of environments to choose from."""
    plain = folded(text)
    if len(plain.split()) > _LONGEST_STATEMENT or "/" in text or "[" in text:
        return False
    return _ABOUT_ORDER(plain) is not None


@lru_cache(maxsize=8)
def _environments_of(profile: Profile) -> Callable[[str], tuple[EnvironmentSpec, ...]]:
    """Return what finds the environments of a profile in a text, each once."""

    @remembered
    def found(text: str) -> tuple[EnvironmentSpec, ...]:
        return tuple(dict.fromkeys(_environments_in(text, profile)))

    return found


def _has_region(stated: str, profile: Profile) -> bool:
    """Whether a region follows an environment as in names of workbooks: 'NTjP PROD-SLL' is not SLL PROD."""
    name, dash, _ = stated.rpartition("-")
    return bool(dash) and " " in name and profile.environment(name) is not None


def _environments_in(text: str, profile: Profile) -> Iterator[EnvironmentSpec]:
    """Yield the environments that a text names; the longest name wins, 'SLL PROD' over 'PROD'."""
    parts = _NAME(text)
    following = _OF_ORDER if "-" in text and _PRESENTS(text) else _OF_ENVIRONMENT
    while parts:
        for length in range(_LONGEST_NAME, 0, -1):
            stated = " ".join(parts[:length])
            name = following.sub("", stated)
            # In lower case 'test' alone is a word like any other.
            is_name = name != stated or name.casefold() != "test" or name.isupper()
            if is_name and (spec := profile.environment(name)):
                yield spec
                break
            if _has_region(stated, profile):
                break
        del parts[:length]
