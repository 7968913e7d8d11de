"""Masks personal identity numbers in everything that is reported about a workbook.

A sole trader's organisation number is a personal one. Within a valid HSA-ID it is therefore shown.
"""

import re
from collections.abc import Collection
from collections.abc import Set as AbstractSet
from typing import Final

from underlag.lazy_pattern import LazyPattern
from underlag.values.personal import is_personal_number

#: The replacement for a personal identity number, everywhere.
MASK: Final = "(personnummer)"

#: Digits that may be such a number, with the possible prefix in an HSA-ID. The month excludes the numbers of
#: legal persons, whose third digit is at least 2. The separator may have been made visible before:
#: ‹tankstreck›.
_CANDIDATE: Final = LazyPattern(
    r"(?<![0-9])(?P<sixteen>16)?"
    r"(?P<number>(?:18|19|20)?[0-9]{2}(?:0[1-9]|1[0-2])[0-9]{2}(?:\W|‹[^›]+›)?[0-9]{4})(?![0-9])"
)
#: The end of every such number, and what that ends with: questions that most texts answer with no.
_END: Final = LazyPattern(r"[0-9][0-9](?:0[1-9]|1[0-2])[0-9]{2}(?:\W|‹[^›]+›)?[0-9]{4}(?![0-9])").search
_FOUR_DIGITS: Final = re.compile("[0-9][0-9]{3}").search  # much faster than [0-9]{4}
#: An HSA-ID around an organisation number, matched from behind it and from before it.
_TAIL: Final = LazyPattern(r"-[0-9A-Za-z]").match
_HEAD: Final = LazyPattern(r"[0-9]-$").search

#: Digits in an organisation number.
_ORGANISATION: Final = 10


def may_be_private(text: str) -> bool:
    """Whether a text has digits that may be a personal identity number; hardly any text has."""
    return _FOUR_DIGITS(text) is not None and _END(text) is not None


def masked(text: str, refused: AbstractSet[str] = frozenset()) -> str:
    """Return a text with every personal identity number masked.

    Args:
        text: the text to show.
        refused: numbers to mask within HSA-IDs, too, because the id was rejected.
    """
    return _CANDIDATE.sub(lambda found: _mask(found, refused), text) if may_be_private(text) else text


def masked_id(text: str) -> str:
    """Return a rejected HSA-ID with every personal identity number masked."""
    return _CANDIDATE.sub(_anywhere, text) if may_be_private(text) else text


def numbers(text: str) -> set[str]:
    """Return the digits of every personal identity number in a text."""
    found = {_digits(candidate) for candidate in _CANDIDATE.finditer(text)}
    return set(filter(is_personal_number, found))


def is_private(text: str) -> bool:
    """Whether a text contains a personal identity number that is not part of an HSA-ID."""
    return masked(text) != text


def private_among(texts: Collection[str]) -> set[str]:
    """Return those of many texts that contain such a number; most workbooks have nothing like it."""
    if not may_be_private("\n".join(texts)):
        return set()
    return set(filter(is_private, texts))


def _anywhere(found: re.Match[str]) -> str:
    if is_personal_number(_digits(found)):
        return f"{found['sixteen'] or ''}{MASK}"
    return found[0]


def _mask(found: re.Match[str], refused: AbstractSet[str]) -> str:
    """Return the mask for a number, unless it is part of a valid HSA-ID."""
    within = len(found["number"]) == _ORGANISATION and _TAIL(found.string, found.end())
    # Only the characters directly before matter: from the start, a long list of numbers would take minutes.
    before = max(found.start() - 3, 0)
    if (within or _HEAD(found.string, before, found.start())) and _digits(found) not in refused:
        return found[0]
    return _anywhere(found)


def _digits(found: re.Match[str]) -> str:
    return re.sub("[^0-9]", "", found["number"])
