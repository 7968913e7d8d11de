"""A decorator for functions that build objects from values of the register, where a row may be damaged."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

_Arguments = ParamSpec("_Arguments")
_Made = TypeVar("_Made")


def of_stored(function: Callable[_Arguments, _Made]) -> Callable[_Arguments, _Made]:
    """Let a function raise ValueError where stored values have another form than it wrote, as JSON may.

    Only these turn such errors into damage of the register; elsewhere they are faults of the program.
    """

    @wraps(function)
    def made(*args: _Arguments.args, **named: _Arguments.kwargs) -> _Made:
        try:
            return function(*args, **named)
        except (TypeError, KeyError, IndexError, AttributeError) as error:
            raise ValueError(str(error)) from error

    return made
