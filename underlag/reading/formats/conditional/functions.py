"""The functions that formulas of conditional formats call.

Source: ECMA-376 part 1, 18.17.7.
"""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from fnmatch import translate
from typing import Final

from underlag.reading.formats.conditional.values import (
    Area,
    FormulaError,
    Node,
    Scope,
    UnknownResultError,
    Value,
    single,
    text_of,
    truth,
)


def call(name: str, arguments: Sequence[Node]) -> Node:
    """Return the call of a function, by its name in capitals; computing an unknown one raises an error."""
    if special := _SPECIAL.get(name):
        return lambda scope: special(scope, arguments)
    function = _FUNCTIONS.get(name)

    def compute(scope: Scope) -> Value:
        if function is None:
            raise UnknownResultError
        try:
            return function(*(single(argument(scope)) for argument in arguments))
        except (TypeError, ValueError) as error:  # another number of arguments, or of another kind
            raise UnknownResultError from error

    return compute


def _decided(scope: Scope, arguments: Sequence[Node], deciding: bool) -> bool:
    """Return the deciding value if an argument has it, whatever cannot be computed of the others."""
    unknown = False
    for argument in arguments:
        try:
            if truth(single(argument(scope))) is deciding:
                return deciding
        except UnknownResultError:
            unknown = True
    if unknown:
        raise UnknownResultError
    return not deciding


def _is_error(scope: Scope, arguments: Sequence[Node]) -> bool:
    try:
        for argument in arguments:
            single(argument(scope))
    except FormulaError:
        return True
    return False


def _count_if(scope: Scope, arguments: Sequence[Node]) -> float:
    if len(arguments) != 2:  # noqa: PLR2004 - the area and the text
        raise UnknownResultError
    area, wanted = arguments[0](scope), text_of(single(arguments[1](scope))).casefold()
    if not isinstance(area, Area) or wanted[:1] in ("<", ">", "="):
        raise UnknownResultError
    key = (area.sheet.name, *area[1:])
    if key not in scope.counts:
        scope.counts[key] = Counter(area.texts())
    counts = scope.counts[key]
    if "*" in wanted or "?" in wanted:
        matches = re.compile(translate(wanted)).match
        return float(sum(count for text, count in counts.items() if matches(text)))
    return float(counts[wanted])


def _position(wanted: Value, text: Value) -> float:
    at = text_of(text).casefold().find(text_of(wanted).casefold())
    if at < 0:
        raise FormulaError
    return at + 1.0


_SPECIAL: Final[dict[str, Callable[[Scope, Sequence[Node]], Value]]] = {
    "AND": lambda scope, arguments: _decided(scope, arguments, deciding=False),
    "OR": lambda scope, arguments: _decided(scope, arguments, deciding=True),
    "ISERROR": _is_error,
    "COUNTIF": _count_if,
}
_FUNCTIONS: Final[dict[str, Callable[..., Value]]] = {
    "NOT": lambda value: not truth(value),
    "TRUE": lambda: True,
    "FALSE": lambda: False,
    "ISBLANK": lambda value: value is None,
    "ISNUMBER": lambda value: isinstance(value, float),
    "ISTEXT": lambda value: isinstance(value, str),
    "LEN": lambda value: float(len(text_of(value))),
    "TRIM": lambda value: " ".join(text_of(value).split()),
    "UPPER": lambda value: text_of(value).upper(),
    "LOWER": lambda value: text_of(value).lower(),
    "LEFT": lambda value, count=1.0: text_of(value)[: int(count)],
    "RIGHT": lambda value, count=1.0: text_of(value)[-int(count) :] if count else "",
    "EXACT": lambda one, two: text_of(one) == text_of(two),
    "SEARCH": _position,
    "FIND": _position,
}
