"""Where a table's headers stand, and which column has which role."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Final

from underlag.profiles.model import SheetSpec
from underlag.reading.cells import is_plain
from underlag.reading.grid import CellValue, Sheet
from underlag.reading.likeness import EQUALLY, LONGEST, compact, ratio, reduced

#: Logos and instructions may stand above the headers, so far down.
ROWS_SEARCHED: Final = 40
_REDUCED_SCORE: Final = 0.96


@dataclass(slots=True)
class Headers:
    """The headers of a sheet; rows and columns are 0-based indices of the grid.

    Attributes:
        row: the row that they stand in.
        columns: the column of each role.
        ambiguous: roles that several headers match equally well, with their columns.
        unknown: columns with a header that means nothing to the profile.
    """

    row: int
    columns: dict[str, int] = field(default_factory=dict)
    ambiguous: dict[str, list[int]] = field(default_factory=dict)
    unknown: list[int] = field(default_factory=list)


class HeaderNames:
    """The names of a sheet's columns: tells the role that a header means."""

    def __init__(self, spec: SheetSpec) -> None:
        self._roles: dict[str, str] = {}
        for column in spec.columns:
            for name in (column.title, *column.aliases):
                self._roles.setdefault(compact(name), column.role)

    def exact(self, cell: CellValue) -> tuple[str, float]:
        """Return the role that a header means by its alias, explanations taken away, and how surely."""
        if not isinstance(cell, str) or len(cell) > LONGEST:
            return "", 0.0
        if role := self._roles.get(compact(cell)):
            return role, 1.0
        return next(
            ((self._roles[form], _REDUCED_SCORE) for form in reduced(cell) if form in self._roles), ("", 0.0)
        )

    def alike(self, cell: CellValue) -> tuple[str, float]:
        """As exact, and otherwise by likeness."""
        role, score = self.exact(cell)
        if role or not isinstance(cell, str) or len(cell) > LONGEST or _is_value(cell):
            return role, score
        wanted = compact(cell)
        scores = [(ratio(wanted, known), role) for known, role in self._roles.items()]
        best, role = max(scores, default=(0.0, ""), key=lambda pair: pair[0])
        return (role, best * _REDUCED_SCORE) if best else ("", 0.0)


def find_headers(sheet: Sheet, names: HeaderNames) -> Headers | None:
    """Find the header row among the first rows: the one with most roles, the topmost of equals; or None.

    A row with values in it is no header row: there a label stands beside its value.
    """
    for meaning in (names.exact, names.alike):
        counted = [
            (len({role for role, _ in map(meaning, row) if role}), -index)
            for index, row in enumerate(sheet.rows[:ROWS_SEARCHED])
            if not any(map(_is_value, row))
        ]
        count, index = max(counted, default=(0, 0))
        if count:
            return _headers(sheet, names, -index)
    return None


def _headers(sheet: Sheet, names: HeaderNames, row: int) -> Headers:
    found = Headers(row)
    scores: dict[str, list[tuple[float, int]]] = {}
    for index, cell in enumerate(sheet.rows[row]):
        role, score = names.alike(cell)
        if role:
            scores.setdefault(role, []).append((score, index))
        elif isinstance(cell, str) and cell.strip():
            found.unknown.append(index)
    for role, matches in scores.items():
        best = max(score for score, _ in matches)
        equal = [
            index for score, index in matches if score >= best - EQUALLY and (score == 1.0) == (best == 1.0)
        ]
        if len(equal) > 1:
            found.ambiguous[role] = equal
        else:
            found.columns[role] = equal[0]
        found.unknown += (index for _, index in matches if index not in equal)
    found.unknown.sort()
    return found


def repeats(row: Iterable[tuple[str, CellValue]], meaning: Callable[[CellValue], tuple[str, float]]) -> bool:
    """Whether a row of (role, cell) says the headers once more: every cell is its own column's header."""
    filled = [(role, cell) for role, cell in row if cell != ""]
    return bool(filled) and all(meaning(cell)[0] == role for role, cell in filled)


def _is_value(cell: CellValue) -> bool:
    return isinstance(cell, str) and (is_plain("addressee", cell.strip()) or is_plain("url", cell.strip()))
