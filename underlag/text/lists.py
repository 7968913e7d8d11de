"""Numbers and names in running Swedish text."""

from collections.abc import Iterable, Sequence

#: So many are named; the rest are counted.
_NAMED = 12


def listed(items: Sequence[str]) -> str:
    """Return 'a', 'a och b' or 'a, b och c'; a long list is cut, and says so."""
    if len(items) > _NAMED:
        return f"{', '.join(items[:_NAMED])} och {len(items) - _NAMED} till"
    return " och ".join(filter(None, (", ".join(items[:-1]), *items[-1:])))


def spans(numbers: Iterable[int]) -> str:
    """Return '3, 5–7 och 9' for 3, 5, 6, 7, 9."""
    found: list[list[int]] = []
    for number in sorted(numbers):
        if found and number == found[-1][1] + 1:
            found[-1][1] = number
        else:
            found.append([number, number])
    return listed([str(first) if first == last else f"{first}–{last}" for first, last in found])
