"""Lists in running Swedish text."""

from collections.abc import Iterable, Sequence
from typing import Final

#: Maximum items that `spans` names, and that a sentence about sheets, columns or details names.
MOST_NAMED: Final = 12


def listed(items: Sequence[str], *, most: int | None = None) -> str:
    """Return 'a', 'a och b' or 'a, b och c', '' for no items.

    Args:
        items: the words.
        most: maximum items to list; a list that exceeds it by at least two is cut: 'a, b, c och 2 till'.
    """
    if most is not None and len(items) > most + 1:
        return f"{', '.join(items[:most])} och {len(items) - most} till"
    return " och ".join(filter(None, (", ".join(items[:-1]), *items[-1:])))


def spans(numbers: Iterable[int]) -> str:
    """Return '3, 5–7 och 9' for 3, 5, 6, 7, 9."""
    found: list[list[int]] = []
    for number in sorted(numbers):
        if found and number == found[-1][1] + 1:
            found[-1][1] = number
        else:
            found.append([number, number])
    return listed(
        [str(first) if first == last else f"{first}–{last}" for first, last in found], most=MOST_NAMED
    )
