"""Organisation numbers, stricter than python-stdnum."""

from functools import lru_cache
from pathlib import Path
from typing import Final

#: Digits in an organisation number.
LENGTH: Final = 10


@lru_cache(maxsize=8192)
def is_valid(digits: str) -> bool:
    """Whether ten ASCII digits are an organisation number with the right check digit (not 0000000000).

    python-stdnum alone folds en dashes and full-width digits, drops separators, accepts ten equal digits.
    """
    if len(digits) != LENGTH or not (digits.isascii() and digits.isdigit()) or len(set(digits)) == 1:
        return False
    if (known := _check_digits().get(digits[:6])) is not None:
        return known[int(digits[6:9])] == digits[9]
    from stdnum.se import orgnr  # noqa: PLC0415 - takes longer to import than a small workbook takes to check

    return bool(orgnr.is_valid(digits))


def is_likely(digits: str) -> bool:
    """Whether a number is valid and in the series of legal persons, so that a correction may propose it.

    Source: Skatteverket, SKV 709: the third digit is at least 2, so no number is also a date.
    """
    return is_valid(digits) and digits[0] != "0" and digits[2] >= "2"


@lru_cache(maxsize=1)
def _check_digits() -> dict[str, str]:
    """Return the check digits of the numbers 000 to 999 of some series, by the first six digits.

    python-stdnum computed them when the file was made (`underlag.renew.check_digits`). Most workbooks hold
    numbers of these series alone: regions, municipalities, and the profiles' own systems.
    """
    text = Path(__file__).with_name("check_digits.txt").read_text(encoding="ascii")
    return dict(line.split() for line in text.splitlines())
