"""Functions of one text that remember their answers: workbooks have most of their texts in common.

How many texts are remembered, and how long ones, is limited, so that no file can fill the memory.
"""

from collections.abc import Callable
from functools import partial
from typing import Any, Final, Generic, Self, TypeVar, overload

_Answer = TypeVar("_Answer")

#: Texts for which a function remembers its answer, at least; a workbook has some hundred outside its rows.
_FEWEST: Final = 1024
#: Maximum characters of such a text.
_LONGEST: Final = 500


def remembered(function: Callable[[str], _Answer]) -> Callable[[str], _Answer]:
    """Make a function remember its answers.

    Args:
        function: its answer depends on the text alone, and is never changed.
    """
    return _Answers(function).__getitem__


class _Answers(dict[str, _Answer]):
    """The answers of a function, in two generations: those not asked for while the younger fills up go."""

    def __init__(self, function: Callable[[str], _Answer]) -> None:
        super().__init__()
        self._function = function
        self._older: dict[str, _Answer] = {}

    def __missing__(self, text: str) -> _Answer:
        """Return an answer that is not among those of the younger generation."""
        if len(text) > _LONGEST:
            return self._function(text)
        older = self._older  # another thread may replace it
        answer = older[text] if text in older else self._function(text)
        if len(self) >= _FEWEST:
            self._older = dict(self)
            self.clear()
        self[text] = answer
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
