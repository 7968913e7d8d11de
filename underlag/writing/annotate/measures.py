"""Where things lie on a sheet, in pixels: columns and rows have sizes of their own, and some are hidden."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from itertools import accumulate


class Axis:
    """The columns or the rows of a sheet, numbered from 1.

    Args:
        sizes: pixels of those that differ, 0 where one is hidden.
        default: pixels of the others.
        count: how many there are.
    """

    def __init__(self, sizes: Mapping[int, int], default: int, count: int) -> None:
        self._default = default
        self._count = count
        self._numbers = sorted(sizes)
        self._more = list(accumulate((sizes[n] - default for n in self._numbers), initial=0))

    def start(self, number: int) -> int:
        """Return the pixels before a column or row."""
        return (number - 1) * self._default + self._more[bisect_left(self._numbers, number)]

    def at(self, pixels: int) -> tuple[int, int]:
        """Return the index of the column or row that so many pixels lead to, and the pixels into it."""
        number = max(bisect_right(range(1, self._count + 1), pixels, key=self.start), 1)
        return number - 1, pixels - self.start(number)

    def place(self, begin: int, size: int, end_before: int) -> tuple[int, int]:
        """Return where a box begins and ends: from `begin` on, or up to `end_before` if there is no room."""
        end = self.start(self._count + 1)
        if begin + size >= end:
            begin = max(min(end_before, end - 1) - size, 0)
        return begin, min(begin + size, max(end - 1, 0))
