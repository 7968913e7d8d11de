"""Computes the formulas of conditional formats, as far as people write them to look at texts.

Source: ECMA-376 part 1, 18.17.
"""

import operator
import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from fnmatch import translate
from typing import Final, NamedTuple

from openpyxl.formula.tokenizer import Token, Tokenizer, TokenizerError

from underlag.column_letters import column_number
from underlag.reading.formats.grid import Sheet

Value = str | float | bool | None

_SHEET: Final = r"(?:(?:'((?:[^']|'')+)'|([^'!\[\]:]+))!)?"
_CELLS: Final = re.compile(
    _SHEET + r"(\$?)([A-Z]{1,3})(\$?)(\d{1,7})(?::(\$?)([A-Z]{1,3})(\$?)(\d{1,7}))?", re.IGNORECASE
).fullmatch
_COLUMNS: Final = re.compile(_SHEET + r"(\$?)([A-Z]{1,3})()():(\$?)([A-Z]{1,3})()()", re.IGNORECASE).fullmatch
#: The day 0 of Excel's calendar.
_DAY_0: Final = date(1899, 12, 30)
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


class UnknownResultError(Exception):
    """The formula has something that is not computed here."""


class _FormulaError(Exception):
    """The formula results in an error value."""


class Scope(NamedTuple):
    """Where a formula is computed.

    Attributes:
        sheets: the workbook's sheets by name in lower case.
        own: the sheet of the formula.
        down, right: how far the cell is from the one that the formula was written for.
        counts: the texts of the areas that were counted in.
    """

    sheets: Mapping[str, Sheet]
    own: Sheet
    down: int
    right: int
    counts: dict[tuple[str, int, int, int, int], Counter[str]]


class _Area(NamedTuple):
    """Cells of a sheet, from 1; bottom 0 for whole columns."""

    sheet: Sheet
    top: int
    left: int
    bottom: int
    right: int

    def texts(self) -> Iterator[str]:
        for row in range(self.top, min(self.bottom or len(self.sheet.rows), len(self.sheet.rows)) + 1):
            for column in range(self.left, self.right + 1):
                yield text_of(value_at(self.sheet, row, column)).casefold()


_Node = Callable[[Scope], Value | _Area]


def value_at(sheet: Sheet, row: int, column: int) -> Value:
    """Return a cell's value as formulas take it: None for an empty one, a day as its number."""
    cells = sheet.rows[row - 1] if 0 < row <= len(sheet.rows) else []
    cell = cells[column - 1] if 0 < column <= len(cells) else ""
    if isinstance(cell, datetime):
        cell = cell.date()
    if isinstance(cell, date):
        return float((cell - _DAY_0).days)
    if isinstance(cell, str | bool):
        return None if cell == "" else cell
    return float(cell) if isinstance(cell, int | float) else None


def text_of(value: Value) -> str:
    """Return a value as a text."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    return f"{value:.15g}" if isinstance(value, float) else value or ""


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
            return _truth(_value(self._node(scope)))
        except _FormulaError:
            return False

    def _expression(self, least: int) -> _Node:
        left = self._operand()
        while self._at < len(self._tokens):
            binds = _BINDS.get(self._tokens[self._at].value, 0)
            if binds <= least:
                break
            self._at += 1
            left = _infix(self._tokens[self._at - 1].value, left, self._expression(binds))
        return left

    def _operand(self) -> _Node:
        token = self._tokens[self._at]
        self._at += 1
        if token.type == Token.OPERAND:
            return _constant(token)
        if token.subtype == Token.OPEN and token.type in (Token.PAREN, Token.FUNC):
            arguments = self._arguments()
            if token.type == Token.FUNC:
                return _call(token.value[:-1].upper(), arguments)
            if len(arguments) == 1:
                return arguments[0]
        raise UnknownResultError

    def _arguments(self) -> list[_Node]:
        found: list[_Node] = []
        while self._tokens[self._at].subtype != Token.CLOSE:
            self._at += self._tokens[self._at].type == Token.SEP
            found.append(self._expression(0))
        self._at += 1
        return found


def _constant(token: Token) -> _Node:
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


def _reference(text: str) -> _Node:
    match = _CELLS(text) or _COLUMNS(text)
    if not match:
        raise UnknownResultError
    quoted, plain, *corners = match.groups()
    name = (quoted or plain or "").replace("''", "'").casefold()
    first, last = corners[:4], corners[4:]
    last = last if last[1] else first
    columns = [(column_number(letters.upper()), not fixed) for fixed, letters, _, _ in (first, last)]
    rows = [(int(number or 0), bool(number) and not fixed) for _, _, fixed, number in (first, last)]

    def area(scope: Scope) -> _Area:
        sheet = scope.sheets.get(name) if name else scope.own
        if sheet is None:
            raise UnknownResultError
        top, bottom = (number + scope.down * moves for number, moves in rows)
        left, right = (number + scope.right * moves for number, moves in columns)
        return _Area(sheet, max(top, 1), left, bottom, right)

    return area


def _value(result: Value | _Area) -> Value:
    if not isinstance(result, _Area):
        return result
    if (result.bottom, result.right) != (result.top, result.left):
        raise UnknownResultError
    if (result.top, result.left) in result.sheet.errors:
        raise _FormulaError
    return value_at(result.sheet, result.top, result.left)


def _truth(value: Value) -> bool:
    if isinstance(value, str):
        raise _FormulaError
    return bool(value)


def _order(value: Value, other: Value) -> _Ordered:
    """Return a value in Excel's order: numbers, texts in any case, FALSE, TRUE; None is as the other."""
    if value is None:
        value = 0.0 if other is None else type(other)()
    if isinstance(value, str):
        return 1, value.casefold()
    return 2 * isinstance(value, bool), float(value)


def _infix(sign: str, left: _Node, right: _Node) -> _Node:
    def compute(scope: Scope) -> Value:
        one, two = _value(left(scope)), _value(right(scope))
        if sign == "&":
            return text_of(one) + text_of(two)
        return _COMPARES[sign](_order(one, two), _order(two, one))

    return compute


def _call(name: str, arguments: Sequence[_Node]) -> _Node:
    if special := _SPECIAL.get(name):
        return lambda scope: special(scope, arguments)
    function = _FUNCTIONS.get(name)

    def compute(scope: Scope) -> Value:
        if function is None:
            raise UnknownResultError
        try:
            return function(*(_value(argument(scope)) for argument in arguments))
        except (TypeError, ValueError) as error:  # another number of arguments, or of another kind
            raise UnknownResultError from error

    return compute


def _decided(scope: Scope, arguments: Sequence[_Node], deciding: bool) -> bool:
    """Return the deciding value if an argument has it, whatever cannot be computed of the others."""
    unknown = False
    for argument in arguments:
        try:
            if _truth(_value(argument(scope))) is deciding:
                return deciding
        except UnknownResultError:
            unknown = True
    if unknown:
        raise UnknownResultError
    return not deciding


def _is_error(scope: Scope, arguments: Sequence[_Node]) -> bool:
    try:
        for argument in arguments:
            _value(argument(scope))
    except _FormulaError:
        return True
    return False


def _count_if(scope: Scope, arguments: Sequence[_Node]) -> float:
    if len(arguments) != 2:  # noqa: PLR2004 - the area and the text
        raise UnknownResultError
    area, wanted = arguments[0](scope), text_of(_value(arguments[1](scope))).casefold()
    if not isinstance(area, _Area) or wanted[:1] in ("<", ">", "="):
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
        raise _FormulaError
    return at + 1.0


_SPECIAL: Final[dict[str, Callable[[Scope, Sequence[_Node]], Value]]] = {
    "AND": lambda scope, arguments: _decided(scope, arguments, deciding=False),
    "OR": lambda scope, arguments: _decided(scope, arguments, deciding=True),
    "ISERROR": _is_error,
    "COUNTIF": _count_if,
}
_FUNCTIONS: Final[dict[str, Callable[..., Value]]] = {
    "NOT": lambda value: not _truth(value),
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
