"""Computes the formulas of conditional formats, as far as people write them to look at texts.

Source: ECMA-376 part 1, 18.17.
"""

import operator
import re
from collections.abc import Callable
from typing import Final

from openpyxl.formula.tokenizer import Token, Tokenizer, TokenizerError

from underlag.column_letters import column_number
from underlag.reading.formats.conditional.functions import call
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

_SHEET: Final = r"(?:(?:'((?:[^']|'')+)'|([^'!\[\]:]+))!)?"
_CELLS: Final = re.compile(
    _SHEET + r"(\$?)([A-Z]{1,3})(\$?)(\d{1,7})(?::(\$?)([A-Z]{1,3})(\$?)(\d{1,7}))?", re.IGNORECASE
).fullmatch
_COLUMNS: Final = re.compile(_SHEET + r"(\$?)([A-Z]{1,3})()():(\$?)([A-Z]{1,3})()()", re.IGNORECASE).fullmatch
#: How tightly operators bind.
_BINDS: Final = {"=": 1, "<>": 1, "<": 1, ">": 1, "<=": 1, ">=": 1, "&": 2}
_Ordered = tuple[int, float | str]
_COMPARES: Final[dict[str, Callable[[_Ordered, _Ordered], bool]]] = {
    "=": operator.eq,
    "<>": operator.ne,
    "<": operator.lt,
    ">": operator.gt,
    "<=": operator.le,
    ">=": operator.ge,
}


class Formula:
    """A formula, parsed once and computed for many cells.

    Args:
        text: the formula, without '=' at its beginning.

    Raises:
        UnknownResultError: it has something that is not computed here.
    """

    def __init__(self, text: str) -> None:
        try:
            tokens = Tokenizer("=" + text).items
            self._tokens = [token for token in tokens if token.type != Token.WSPACE]
            self._at = 0
            self._node = self._expression(0)
        except (TokenizerError, IndexError, RecursionError) as error:
            raise UnknownResultError from error
        if self._at < len(self._tokens):
            raise UnknownResultError

    def is_true(self, scope: Scope) -> bool:
        """Whether it is true in a place; an error is not.

        Raises:
            UnknownResultError: it cannot be computed here.
        """
        try:
            return truth(single(self._node(scope)))
        except FormulaError:
            return False

    def _expression(self, least: int) -> Node:
        left = self._operand()
        while self._at < len(self._tokens):
            binds = _BINDS.get(self._tokens[self._at].value, 0)
            if binds <= least:
                break
            self._at += 1
            left = _infix(self._tokens[self._at - 1].value, left, self._expression(binds))
        return left

    def _operand(self) -> Node:
        token = self._tokens[self._at]
        self._at += 1
        if token.type == Token.OPERAND:
            return _constant(token)
        if token.subtype == Token.OPEN and token.type in (Token.PAREN, Token.FUNC):
            arguments = self._arguments()
            if token.type == Token.FUNC:
                return call(token.value[:-1].upper(), arguments)
            if len(arguments) == 1:
                return arguments[0]
        raise UnknownResultError

    def _arguments(self) -> list[Node]:
        found: list[Node] = []
        while self._tokens[self._at].subtype != Token.CLOSE:
            self._at += self._tokens[self._at].type == Token.SEP
            found.append(self._expression(0))
        self._at += 1
        return found


def _constant(token: Token) -> Node:
    if token.subtype == Token.RANGE:
        return _reference(token.value)
    if token.subtype == Token.ERROR:
        raise UnknownResultError
    value: Value
    if token.subtype == Token.TEXT:
        value = token.value[1:-1].replace('""', '"')
    elif token.subtype == Token.NUMBER:
        value = float(token.value)
    else:
        value = token.value.upper() == "TRUE"
    return lambda _: value


def _reference(text: str) -> Node:
    match = _CELLS(text) or _COLUMNS(text)
    if not match:
        raise UnknownResultError
    quoted, plain, *corners = match.groups()
    name = (quoted or plain or "").replace("''", "'").casefold()
    first, last = corners[:4], corners[4:]
    last = last if last[1] else first
    columns = [(column_number(letters.upper()), not fixed) for fixed, letters, _, _ in (first, last)]
    rows = [(int(number or 0), bool(number) and not fixed) for _, _, fixed, number in (first, last)]

    def area(scope: Scope) -> Area:
        sheet = scope.sheets.get(name) if name else scope.own
        if sheet is None:
            raise UnknownResultError
        top, bottom = (number + scope.down * moves for number, moves in rows)
        left, right = (number + scope.right * moves for number, moves in columns)
        return Area(sheet, max(top, 1), left, bottom, right)

    return area


def _order(value: Value, other: Value) -> _Ordered:
    """Return a value in Excel's order: numbers, texts in any case, FALSE, TRUE; None is as the other."""
    if value is None:
        value = 0.0 if other is None else type(other)()
    if isinstance(value, str):
        return 1, value.casefold()
    return 2 * isinstance(value, bool), float(value)


def _infix(sign: str, left: Node, right: Node) -> Node:
    def compute(scope: Scope) -> Value:
        one, two = single(left(scope)), single(right(scope))
        if sign == "&":
            return text_of(one) + text_of(two)
        return _COMPARES[sign](_order(one, two), _order(two, one))

    return compute
