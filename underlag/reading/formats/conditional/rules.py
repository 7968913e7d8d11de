"""Finds the cells to which conditional formats apply."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Final, NamedTuple

from underlag.column_letters import column_letters
from underlag.reading.formats.conditional.formulas import Formula
from underlag.reading.formats.conditional.values import Scope, UnknownResultError, text_of, value_at
from underlag.reading.formats.grid import Sheet
from underlag.reading.formats.sheet_facts import Area

#: Kinds of rules that look at numbers or days alone, never at texts.
_OF_NUMBERS: Final = ("top10", "aboveAverage", "timePeriod", "colorScale", "dataBar", "iconSet")
#: Maximum cells for which the rules of a workbook are computed.
MOST_COMPUTED: Final = 300_000
_SIGNS: Final = {
    "equal": "=",
    "notEqual": "<>",
    "greaterThan": ">",
    "greaterThanOrEqual": ">=",
    "lessThan": "<",
    "lessThanOrEqual": "<=",
}


class Rule(NamedTuple):
    """A conditional format that strikes through texts or hides them.

    Attributes:
        areas: the cells that it may apply to; its formula is written for the first corner of the first one.
        kind: its kind ('cellIs', 'expression'; ECMA-376 part 1, 18.18.12).
        operator: how a cell is compared with the formulas.
        text: the text that a cell contains, begins or ends with.
        formulas: its formulas.
        strikes: whether it strikes through.
        hides: whether it hides the text of most cells.
        others: the cells in which it does the opposite of `hides`.
    """

    areas: tuple[Area, ...]
    kind: str
    operator: str = ""
    text: str = ""
    formulas: tuple[str, ...] = ()
    strikes: bool = False
    hides: bool = False
    others: Collection[tuple[int, int]] = ()


def apply_rules(rules: Iterable[Rule], sheet: Sheet, sheets: Mapping[str, Sheet]) -> None:
    """Add the cells with text to which rules apply to the marks of their sheet.

    Args:
        rules: the sheet's rules.
        sheet: the sheet.
        sheets: the sheets of the workbook by name in lower case.
    """
    left = MOST_COMPUTED
    for rule in rules:
        if rule.kind in _OF_NUMBERS:
            continue
        cells = list(_texts_in(rule.areas, sheet))
        left -= len(cells)
        found = _cells_of(rule, sheet, sheets, cells) if left >= 0 else None
        if found is None:
            sheet.unclear.update(dict.fromkeys(cells, " ".join(rule.formulas) or rule.kind))
            continue
        if rule.strikes:
            sheet.struck |= found
        others = found.intersection(rule.others)
        sheet.unseen |= found - others if rule.hides else others


def _cells_of(
    rule: Rule, sheet: Sheet, sheets: Mapping[str, Sheet], cells: Collection[tuple[int, int]]
) -> set[tuple[int, int]] | None:
    """Return the cells to which a rule applies, None where that cannot be computed."""
    try:
        return set(filter(_test(rule, sheet, sheets, cells), cells))
    except UnknownResultError:
        return None


def _texts_in(areas: Iterable[Area], sheet: Sheet) -> Iterator[tuple[int, int]]:
    """Yield the cells with text in some areas."""
    for top, left, bottom, right in areas:
        for row in range(top, min(bottom, len(sheet.rows)) + 1):
            cells = sheet.rows[row - 1]
            for column in range(left, min(right, len(cells)) + 1):
                if isinstance(cells[column - 1], str) and cells[column - 1]:
                    yield row, column


def _test(
    rule: Rule, sheet: Sheet, sheets: Mapping[str, Sheet], cells: Collection[tuple[int, int]]
) -> Callable[[tuple[int, int]], bool]:
    """Return what decides whether a rule applies to a cell with text.

    Raises:
        UnknownResultError: it cannot be computed here.
    """
    text = rule.text.casefold()
    plain: dict[str, Callable[[str], bool]] = {
        "containsText": lambda shown: text in shown,
        "notContainsText": lambda shown: text not in shown,
        "beginsWith": lambda shown: shown.startswith(text),
        "endsWith": lambda shown: shown.endswith(text),
        "containsBlanks": lambda shown: not shown.strip(),
        "notContainsBlanks": lambda shown: bool(shown.strip()),
        "containsErrors": lambda _: False,
        "notContainsErrors": lambda _: True,
    }
    if rule.kind in ("duplicateValues", "uniqueValues"):
        counts = Counter(text_of(value_at(sheet, *cell)).casefold() for cell in cells)
        plain[rule.kind] = lambda shown: (counts[shown] > 1) is (rule.kind == "duplicateValues")
    if decides := plain.get(rule.kind):
        return lambda cell: decides(text_of(value_at(sheet, *cell)).casefold())
    top, left = rule.areas[0][:2]
    formulas = [Formula(formula) for formula in _formulas(rule, top, left)]
    if not formulas:
        raise UnknownResultError
    scope = Scope(sheets, sheet, 0, 0, {})
    return lambda cell: any(
        formula.is_true(scope._replace(down=cell[0] - top, right=cell[1] - left)) for formula in formulas
    )


def _formulas(rule: Rule, top: int, left: int) -> list[str]:
    """Return what a rule computes, as formulas for the cell in a corner; it applies where one is true."""
    cell = f"{column_letters(left)}{top}"
    if rule.kind == "expression":
        return list(rule.formulas[:1])
    if rule.kind != "cellIs" or not rule.formulas:
        return []
    if sign := _SIGNS.get(rule.operator):
        return [f"{cell}{sign}({rule.formulas[0]})"]
    low, high = rule.formulas[0], rule.formulas[-1]
    if rule.operator == "between":
        return [f"AND({cell}>=({low}),{cell}<=({high}))"]
    return [f"{cell}<({low})", f"{cell}>({high})"] if rule.operator == "notBetween" else []
