"""Organisation numbers, stricter than python-stdnum."""

from functools import lru_cache
from typing import Final

#: Digits in an organisation number.
LENGTH: Final = 10


@lru_cache(maxsize=8192)
def is_valid(digits: str) -> bool:
    """Whether ten ASCII digits are an organisation number with the right check digit (not 0000000000).

    python-stdnum by itself folds en dashes and full-width digits, drops separators, accepts ten equal digits.
    """
    if len(digits) != LENGTH or not (digits.isascii() and digits.isdigit()) or len(set(digits)) == 1:
        return False
    from stdnum.se import orgnr  # noqa: PLC0415 - only a command that reads a workbook pays for it

    return bool(orgnr.is_valid(digits))


def is_likely(digits: str) -> bool:
    """Whether a number is valid and in the series of legal persons, so that a correction may propose it.

    Source: Skatteverket, SKV 709: the third digit is at least 2, so no number is also a date.
    """
    return is_valid(digits) and digits[0] != "0" and digits[2] >= "2"
