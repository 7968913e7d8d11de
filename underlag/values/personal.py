"""Recognises personal identity numbers, to keep them out of orders and reports."""

import re
from datetime import date
from typing import Final

from underlag.characters.short_texts import remembered_if_short
from underlag.lazy_pattern import LazyPattern, has_digit

#: With or without century, separator and a leading SE.
_FORM: Final = LazyPattern(
    r"(?:SE)?-?(?:(18|19|20))?([0-9]{2})([0-9]{2})([0-9]{2})[-+ ]?([0-9]{4})", re.IGNORECASE
).fullmatch

#: Added to the day of birth in a coordination number (samordningsnummer).
_COORDINATION: Final = 60


@remembered_if_short(32_768)  # called for every quoted value
def is_personal_number(text: str) -> bool:
    """Whether a text is a personal identity or coordination number: a date and a valid check digit.

    Source: Skatteverket, SKV 704 and 707. Organisation numbers never match: their third digit is at least 2.
    """
    found = _FORM(text) if has_digit(text) else None
    if not found:
        return False
    century, year, month, day, number = found.groups()
    centuries = (century,) if century else ("19", "20")
    if not any(_is_date(int(c + year), int(month), int(day)) for c in centuries):
        return False
    from stdnum import luhn  # noqa: PLC0415 - only a text of this rare form pays for it

    return bool(luhn.is_valid(year + month + day + number))


def _is_date(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day - _COORDINATION if day > _COORDINATION else day)
    except ValueError:
        return False
    return True
