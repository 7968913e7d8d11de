"""Personal identity numbers, kept out of all that is told about a workbook.

An organisation number can be a person's: that of a sole trader. Within a right HSA-ID it is therefore shown.
"""

import re
from collections.abc import Collection
from collections.abc import Set as AbstractSet
from typing import Final

from underlag.values.personal import is_personal_number

#: What stands instead of a personal identity number, everywhere.
MASK: Final = "(personnummer)"

#: Digits that may be such a number, with what may stand before it in an HSA-ID. The month keeps out the
#: numbers of legal persons, whose third digit is at least 2. What parts them may have been made visible:
#: ‹tankstreck›.
_CANDIDATE: Final = re.compile(
    r"(?<![0-9])(?P<sixteen>16)?"
    r"(?P<number>(?:18|19|20)?[0-9]{2}(?:0[1-9]|1[0-2])[0-9]{2}(?:\W|‹[^›]+›)?[0-9]{4})(?![0-9])"
)
#: What every such number ends with. It is found fast, and hardly any text has it.
_END: Final = re.compile(r"[0-9][0-9](?:0[1-9]|1[0-2])[0-9]{2}(?:\W|‹[^›]+›)?[0-9]{4}(?![0-9])").search
#: An HSA-ID around an organisation number, seen from behind it and from before it.
_TAIL: Final = re.compile(r"-[0-9A-Za-z]").match
_HEAD: Final = re.compile(r"[0-9]-$").search

#: Digits in an organisation number.
_ORGANISATION: Final = 10


def masked(text: str, refused: AbstractSet[str] = frozenset()) -> str:
    """Return a text with a mask in the place of every personal identity number.

    Args:
        text: what is to be shown.
        refused: numbers that are masked also within HSA-IDs, since such an id was refused.
    """
    return _CANDIDATE.sub(lambda found: _mask(found, refused), text) if _END(text) else text


def masked_id(text: str) -> str:
    """Return a refused HSA-ID with a mask in the place of every personal identity number."""
    return _CANDIDATE.sub(_anywhere, text) if _END(text) else text


def numbers(text: str) -> set[str]:
    """Return the digits of every personal identity number of a text."""
    found = {_digits(candidate) for candidate in _CANDIDATE.finditer(text)}
    return set(filter(is_personal_number, found))


def is_private(text: str) -> bool:
    """Whether a text holds a personal identity number that is no part of an HSA-ID."""
    return _END(text) is not None and masked(text) != text


def private_among(texts: Collection[str]) -> set[str]:
    """Return those of many texts that hold such a number; in most workbooks none even looks like it."""
    if not _END("\n".join(texts)):
        return set()
    return set(filter(is_private, texts))


def _anywhere(found: re.Match[str]) -> str:
    if is_personal_number(_digits(found)):
        return f"{found['sixteen'] or ''}{MASK}"
    return found[0]


def _mask(found: re.Match[str], refused: AbstractSet[str]) -> str:
    within = len(found["number"]) == _ORGANISATION and _TAIL(found.string, found.end())
    # Only the characters right before count: from the beginning, a long list of numbers would take minutes.
    before = max(found.start() - 3, 0)
    if (within or _HEAD(found.string, before, found.start())) and _digits(found) not in refused:
        return found[0]
    return _anywhere(found)


def _digits(found: re.Match[str]) -> str:
    return re.sub("[^0-9]", "", found["number"])
