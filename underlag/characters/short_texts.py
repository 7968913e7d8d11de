"""Functions of texts that remember their answers, but not those about long texts.

A cell may hold 32,767 characters: thousands of such would fill the memory of a process that reads many files.
"""

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Final, TypeVar, TypeVarTuple, Unpack, cast

_Before = TypeVarTuple("_Before")
_Answer = TypeVar("_Answer")

#: Maximum characters of a text that is remembered.
LONGEST: Final = 500


def remembered_if_short(
    most: int,
) -> Callable[[Callable[[Unpack[_Before], str], _Answer]], Callable[[Unpack[_Before], str], _Answer]]:
    """Make a function whose last argument is a text remember its answers about short ones.

    Args:
        most: how many answers it remembers, those asked for last.
    """

    def decorated(
        function: Callable[[Unpack[_Before], str], _Answer],
    ) -> Callable[[Unpack[_Before], str], _Answer]:
        known = cast("Callable[[Unpack[_Before], str], _Answer]", lru_cache(maxsize=most)(function))

        @wraps(function)
        def answer(*asked: *tuple[*_Before, str]) -> _Answer:
            return known(*asked) if len(asked[-1]) <= LONGEST else function(*asked)

        return answer

    return decorated
