"""Options that several commands share, as one decorator."""

from collections.abc import Callable
from functools import reduce
from typing import Any, TypeVar

#: A function that becomes a command.
F = TypeVar("F", bound=Callable[..., Any])


def option_group(*options: Callable[[F], F]) -> Callable[[F], F]:
    """Return a decorator that adds options to a command; its help shows them in this order."""

    def add(function: F) -> F:
        return reduce(lambda wrapped, option: option(wrapped), reversed(options), function)

    return add
