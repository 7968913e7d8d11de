"""Finds series that result from dragging a spreadsheet cell down: …2003, …2004, …2005; B3K, B4K, B5K."""

import re
from collections.abc import Iterable, Sequence
from typing import Final

#: Minimum length of a series; two consecutive values may be intended.
FEWEST: Final = 3

#: Maximum digits of a counting number.
_MOST_DIGITS: Final = 18
_NUMBERS: Final = re.compile(r"([0-9]+)")


def counting_series(texts: Iterable[str]) -> list[list[str]]:
    """Return the runs of three or more texts in which one number increases by one each time.

    Args:
        texts: distinct texts, in the order of the sheet.
    """
    runs: list[list[str]] = []
    run: list[str] = []
    counted = -1
    parts: Sequence[str] = ()
    for text in texts:
        before, parts = parts, _NUMBERS.split(text)
        at = _counting_part(before, parts)
        if at < 0 or (counted >= 0 and at != counted):
            runs.append(run)
            run = [run[-1]] if at >= 0 else []
        counted = at
        run.append(text)
    runs.append(run)
    return [run for run in runs if len(run) >= FEWEST]


def _counting_part(before: Sequence[str], after: Sequence[str]) -> int:
    """Return the index of the number that increases by one while all else is equal; -1 for none."""
    if len(before) != len(after):
        return -1
    different = [at for at, (one, other) in enumerate(zip(before, after, strict=True)) if one != other]
    if len(different) != 1 or not different[0] % 2:
        return -1
    at = different[0]
    if max(len(before[at]), len(after[at])) > _MOST_DIGITS:
        return -1
    return at if int(after[at]) == int(before[at]) + 1 else -1
