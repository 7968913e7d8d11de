"""Positions on a sheet in pixels: columns and rows have sizes of their own, and some are hidden."""

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
        self._sizes = sizes
        self._default = default
        self._count = count
        self._numbers = sorted(sizes)
        self._more = list(accumulate((sizes[n] - default for n in self._numbers), initial=0))
        self._starts = list(map(self.start, self._numbers))

    def start(self, number: int) -> int:
        """Return the pixels before a column or row."""
        return (number - 1) * self._default + self._more[bisect_left(self._numbers, number)]

    def at(self, pixels: int) -> tuple[int, int]:
        """Return the index of the column or row at a distance in pixels, and the pixels into it."""
        number, begin, size = 0, 0, 0
        if (place := bisect_right(self._starts, pixels) - 1) >= 0:
            number = self._numbers[place]
            begin, size = self._starts[place], self._sizes[number]
        if pixels >= begin + size:  # beyond the last one of a size of its own
            into = pixels - begin - size
            steps, into = divmod(into, self._default) if self._default else (self._count - number - 1, into)
            return number + steps, into
        return number - 1, pixels - begin

    def position_box(self, begin: int, size: int, end_before: int) -> tuple[int, int]:
        """Return where a box begins and ends: from `begin` on, or up to `end_before` if there is no room."""
        end = self.start(self._count + 1)
        if begin + size >= end:
            begin = max(min(end_before, end - 1) - size, 0)
        return begin, min(begin + size, max(end - 1, 0))
