"""Functions of one text that remember their answers: workbooks have most of their texts in common.

How many texts are remembered, and how long ones, is limited, so that no file can fill the memory.
"""

from collections.abc import Callable
from functools import lru_cache, partial, wraps
from typing import Any, Final, Generic, Self, TypeVar, overload

_Answer = TypeVar("_Answer")

#: Texts for which a function remembers its answer; a workbook has some hundred outside its rows.
_MOST: Final = 2048
#: Maximum characters of such a text.
_LONGEST: Final = 500


def remembered(function: Callable[[str], _Answer]) -> Callable[[str], _Answer]:
    """Make a function remember its answers.

    Args:
        function: its answer depends on the text alone, and is never changed.
    """
    known = lru_cache(maxsize=_MOST)(function)

    @wraps(function)
    def answer(text: str) -> _Answer:
        return known(text) if len(text) <= _LONGEST else function(text)

    return answer


class remembered_method(Generic[_Answer]):  # noqa: N801 - a decorator, as functools.cached_property
    """Makes a method of objects that never change remember its answers, for each object on its own.

    Args:
        method: its answer depends on the object and the text alone, and is never changed.
    """

    def __init__(self, method: Callable[[Any, str], _Answer]) -> None:
        self._method = method
        self.__doc__ = method.__doc__

    def __set_name__(self, owner: type[object], name: str) -> None:
        """Take the name under which each object keeps its function."""
        self._name = name

    @overload
    def __get__(self, instance: None, owner: type[object]) -> Self: ...
    @overload
    def __get__(self, instance: object, owner: type[object]) -> Callable[[str], _Answer]: ...
    def __get__(self, instance: object, owner: type[object]) -> Self | Callable[[str], _Answer]:
        """Return the function of an object; from then on it is an attribute of the object."""
        if instance is None:
            return self
        found = remembered(partial(self._method, instance))
        instance.__dict__[self._name] = found
        return found
