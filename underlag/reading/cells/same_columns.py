"""Functions of a column's texts that remember their answers: the sheets of a workbook have columns in common.

So have workbooks of one sender. How many columns are remembered, and how long ones, is limited.
"""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Final, TypeVar

_Answer = TypeVar("_Answer")

#: Columns for which a function remembers its answer, and the most distinct texts and characters of one.
_MOST: Final = 32
_MOST_TEXTS: Final = 1000
_LONGEST: Final = 50_000


def remembered_column(
    function: Callable[[str, tuple[str, ...]], _Answer],
) -> Callable[[str, tuple[str, ...]], _Answer]:
    """Make a function of a role and a column's distinct texts remember its answers.

    Args:
        function: its answer depends on these alone, and is never changed.
    """
    known = lru_cache(maxsize=_MOST)(function)

    @wraps(function)
    def answer(role: str, texts: tuple[str, ...]) -> _Answer:
        is_short = len(texts) <= _MOST_TEXTS and sum(map(len, texts)) <= _LONGEST
        return known(role, texts) if is_short else function(role, texts)

    return answer
