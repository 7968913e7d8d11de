"""How long tak-web takes to load orders, estimated from the size of their files.

Measured on tak-web 4.3 (skltp/tak b24fd10) with MariaDB on two cores: a file at the limit of the form, with
1,540 addressees, took 7 seconds when everything in it was new, and 20 when it was loaded again. The first
time grows with the size, the second with its square: 400 addressees took 2 seconds, 800 took 5.
"""

from collections.abc import Iterable
from typing import Final, NamedTuple

from underlag.text.numbers import counted

#: Bytes of a file whose form-encoded body is at the limit.
_FULL: Final = 1_480_000
_NEW: Final = 7.0
_AGAIN: Final = 20.0
#: Maximum seconds that are stated in seconds; longer times are in minutes.
_SECONDS: Final = 90


class LoadTime(NamedTuple):
    """Seconds to load orders when everything in them is new, and to load them again."""

    new: int
    again: int

    @property
    def sentence(self) -> str:
        """The Swedish sentence about it."""
        return (
            f"Inläsningen tar omkring {_duration(self.new)} i tak-web när allt är nytt, och "
            f"{_duration(self.again)} om samma filer läses in en gång till (räknat på filernas storlek)."
        )


def load_time(sizes: Iterable[int]) -> LoadTime:
    """Estimate how long orders take to load, one after the other.

    Args:
        sizes: the sizes of their files in bytes.
    """
    shares = [size / _FULL for size in sizes]
    again = sum(max(_NEW * share, _AGAIN * share**2) for share in shares)
    return LoadTime(round(_NEW * sum(shares)) or 1, round(again) or 1)


def _duration(seconds: int) -> str:
    if seconds <= _SECONDS:
        return counted(seconds, "sekund", "sekunder")
    return counted(round(seconds / 60), "minut", "minuter")
