"""Organisation numbers, and the check digit that they share with personal identity numbers."""

from functools import lru_cache
from typing import Final

#: Digits in an organisation number.
LENGTH: Final = 10

#: By digit, the sum of the digits of its double.
_DOUBLED: Final = {"0": 0, "1": 2, "2": 4, "3": 6, "4": 8, "5": 1, "6": 3, "7": 5, "8": 7, "9": 9}


@lru_cache(maxsize=8192)
def is_valid(digits: str) -> bool:
    """Whether ten ASCII digits, not all equal, are an organisation number with the right check digit.

    Source: Skatteverket, SKV 709.
    """
    if len(digits) != LENGTH or not (digits.isascii() and digits.isdigit()) or len(set(digits)) == 1:
        return False
    return has_check_digit(digits)


def is_likely(digits: str) -> bool:
    """Whether a number is valid and in the series of legal persons, so that a correction may propose it.

    Source: Skatteverket, SKV 709: the third digit is at least 2, so no number is also a date.
    """
    return is_valid(digits) and digits[0] != "0" and digits[2] >= "2"


def has_check_digit(digits: str) -> bool:
    """Whether the last of these ASCII digits is the check digit of the others.

    Source: ISO/IEC 7812-1, annex B (the Luhn algorithm).
    """
    return (sum(map(int, digits[-1::-2])) + sum(map(_DOUBLED.__getitem__, digits[-2::-2]))) % 10 == 0
