"""Makes the table of check digits in the series of organisation numbers that most workbooks hold.

Source of the check digits: `stdnum.se.orgnr` of python-stdnum.
"""

import re
from pathlib import Path
from typing import Final

from stdnum import luhn
from stdnum.se import orgnr

#: The series of the regions and of the municipalities: the first six digits of their numbers.
_PUBLIC: Final = ("232100", "212000")
#: An HSA-ID in the shipped profiles: the series of its organisation comes along.
_HSA_ID: Final = re.compile(r"\bSE(?:16)?([0-9]{6})[0-9]{4}-")


def as_text(package: Path) -> str:
    """Return a line for each series: its six digits, and the check digits of its numbers 000 to 999.

    Args:
        package: the folder `underlag`, whose profiles name the systems of their service.
    """
    profiles = [path.read_text(encoding="utf-8") for path in (package / "profiles").glob("*.toml")]
    series = dict.fromkeys([*_PUBLIC, *sorted(set(_HSA_ID.findall("\n".join(profiles))))])
    return "".join(f"{six} {_digits(six)}\n" for six in series)


def _digits(six: str) -> str:
    """Return the check digits of a series, each confirmed by the library's own validation."""
    nines = [f"{six}{number:03}" for number in range(1000)]
    return "".join(orgnr.validate(nine + luhn.calc_check_digit(nine))[-1] for nine in nines)
