"""Decides which rows below the headers belong to a table.

Findings: CEL001, CEL002, FLI025, and those of `doubtful_rows`.
"""

import itertools
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from underlag.findings import Finding, finding
from underlag.reading.cells.cell_text import shown
from underlag.reading.cells.columns import Column
from underlag.reading.cells.crowd import refuse_crowd
from underlag.reading.cells.identifiers import begins_with_value
from underlag.reading.formats.grid import CellValue, Sheet
from underlag.reading.formats.limits import MAX_DOUBTFUL
from underlag.reading.formats.refusal import too_much
from underlag.reading.tables import odd_rows
from underlag.reading.tables.header_roles import HeaderNames
from underlag.reading.tables.headers import Headers
from underlag.text.lists import spans
from underlag.workbook import Field

if TYPE_CHECKING:
    from underlag.reading.tables.doubtful_rows import DoubtfulRow

#: The key column, which best shows whether a row is one: the first of these that the table has.
_KEYS: Final = ("addressee", "contract", "consumer", "producer", "url")


class RowText(NamedTuple):
    """The first text of a row that does not belong to the table.

    `may_be_unit`: it is in one of the table's columns and may have been meant as a unit or a system.
    """

    at: Field
    may_be_unit: bool


def _value(row: Sequence[CellValue], index: int) -> CellValue:
    return row[index] if index < len(row) else ""


def _only_zeros(row: Sequence[CellValue]) -> bool:
    is_filled = False
    for cell in row:
        if type(cell) in (int, float) and not cell:
            is_filled = True
        elif cell != "":
            return False
    return is_filled


class RowSorting:
    """Separates a table's rows from other texts in it; rows are counted from 0 below the headers.

    Args:
        sheet: the sheet.
        headers: the table's headers.
        columns: its columns.
        names: the meanings of headers, to recognise repeated ones.
        needs_addressee: whether every row needs an addressee.

    Attributes:
        findings: findings about skipped rows.
        texts: the texts of rows that do not belong to the table.
        totals: the Excel numbers of rows with totals.
    """

    def __init__(
        self,
        sheet: Sheet,
        headers: Headers,
        columns: list[Column],
        names: HeaderNames,
        *,
        needs_addressee: bool,
    ) -> None:
        self.findings: list[Finding] = []
        self.texts: list[RowText] = []
        self.totals: list[int] = []
        self._sheet, self._columns, self._names = sheet.name, columns, names
        self._first = first = headers.row + 2
        self._by_role = {column.role: column for column in columns}
        self._needs_addressee = needs_addressee and "addressee" in self._by_role
        self._body = sheet.rows[first - 1 :]
        self._top = next((i for i, row in enumerate(self._body) if any(cell != "" for cell in row)), 0)
        # Columns with ambiguous headers get no findings about their contents, not even as remarks.
        taken = {*headers.columns.values(), *itertools.chain(*headers.ambiguous.values())}
        self._others = [index for index in range(max(map(len, self._body), default=0)) if index not in taken]
        self._others = [
            index for index in self._others if any(_value(row, index) != "" for row in self._body)
        ]

    def sort(self) -> tuple[Sequence[int], set[int]]:
        """Return the rows to read, and those among them with nothing but carried values."""
        key = next((self._by_role[role] for role in _KEYS if role in self._by_role), None)
        if key is None:
            return [], set()
        examples = self._examples()
        doubtful = self._doubtful(key) | examples
        self._refuse_crowd_of(doubtful)
        if not doubtful:
            return range(len(self._body)), set()
        zeros = self._zeros(doubtful)
        kept = [
            i
            for i in range(len(self._body))
            if i not in zeros
            if i not in doubtful or (i not in examples and begins_with_value(key.texts[i])) or self._is_row(i)
        ]
        if not self._needs_addressee:
            return kept, set()
        asking = [self._by_role[role] for role in ("addressee", "addressee_name") if role in self._by_role]
        return kept, {
            i for i in doubtful.intersection(kept) if not any(column.filled(i) for column in asking)
        }

    @staticmethod
    def _doubtful(key: Column) -> set[int]:
        """Return the rows without a plain value in the key column."""
        found = {i for i, text in enumerate(key.texts) if not text}
        found.update(i for i, treated in key.odd.items() if not treated.sound)
        return found

    def _refuse_crowd_of(self, doubtful: set[int]) -> None:
        if len(doubtful) > MAX_DOUBTFUL:
            count = sum(any(cell != "" for cell in self._body[i]) for i in doubtful)
            if count > MAX_DOUBTFUL:
                raise too_much("Rader utan HSA-ID på fliken", count, MAX_DOUBTFUL, sheet=self._sheet)

    def _examples(self) -> set[int]:
        """Return the rows with a cell that is an example or a placeholder."""
        found: set[int] = set()
        for column in self._columns:
            unsound = {i: treated.text for i, treated in column.odd.items() if not treated.sound}
            examples = {text for text in unsound.values() if odd_rows.is_example(column.role, text)}
            found.update(i for i, text in unsound.items() if text in examples)
        for index in self._others:
            cells = [_value(row, index) for row in self._body]
            examples = {
                cell for cell in set(cells) if isinstance(cell, str) and odd_rows.is_example("", cell)
            }
            if examples:
                found.update(i for i, cell in enumerate(cells) if cell in examples)
        return found

    def _zeros(self, doubtful: Iterable[int]) -> set[int]:
        """Return and report the rows of zeros alone, the result of formulas that fetch empty cells."""
        found = {i for i in doubtful if _only_zeros(self._body[i]) and not self._is_marked(i)}
        if found:
            rows = spans(self._first + i for i in found)
            self.findings.append(finding("FLI025", sheet=self._sheet, rader=rows))
        return found

    def _is_marked(self, row: int) -> bool:
        """Whether a cell of the row is an error or a formula without a result, which looks empty."""
        return any(
            row in column.odd and column.odd[row].code in ("CEL001", "CEL002") for column in self._columns
        )

    def _is_row(self, row: int) -> bool:
        """Whether a doubtful row belongs to the table; if not, keep its text or report that it is skipped."""
        if self._is_ordinary(row):
            return True
        from underlag.reading.tables.doubtful_rows import TOTAL, Outcome, rule_for  # noqa: PLC0415 - few tables have such rows

        doubtful = self._doubtful_row(row)
        rule = rule_for(doubtful)
        if rule is None:
            return True
        if rule.code == TOTAL:
            self.totals.append(self._first + row)
        for cell in rule.cells(doubtful):
            at = Field(cell.text, self._sheet, self._first + row, cell.at + 1)
            if rule.outcome is not Outcome.SKIPPED:
                self.texts.append(RowText(at, rule.outcome is Outcome.POSSIBLE_UNIT))
            elif rule.code:
                self.findings.append(finding(rule.code, at, rad=at.row, uppgift=doubtful.unit_of_example))
                refuse_crowd(self.findings)
        return False

    def _is_ordinary(self, row: int) -> bool:
        """Whether a row has more texts than a remark, all ordinary and no headers: no rule applies."""
        cells = [(column.role, column.raw[row]) for column in self._columns if column.filled(row)]
        if not cells:
            return False
        first_role, first = cells[0]
        if first == "" or self._names.exact(first)[0] == first_role:
            return False
        cells += [("", cell) for index in self._others if (cell := _value(self._body[row], index)) != ""]
        return len(cells) > odd_rows.CELLS_OF_REMARK and all(
            isinstance(cell, str) and odd_rows.is_ordinary(role, cell.strip()) for role, cell in cells
        )

    def _doubtful_row(self, row: int) -> "DoubtfulRow":
        from underlag.reading.tables.doubtful_rows import Cell, DoubtfulRow  # noqa: PLC0415 - as above

        filled = [column for column in self._columns if column.filled(row)]
        cells = [Cell(column.index, column.role, shown(column.raw[row]).strip()) for column in filled]
        if self._others:
            others = ((index, _value(self._body[row], index)) for index in self._others)
            cells += (Cell(index, "", shown(cell).strip()) for index, cell in others if cell != "")
            cells.sort()
        return DoubtfulRow(
            cells,
            [(column.role, column.raw[row]) for column in filled],
            {column.role: column.texts[row] for column in filled},
            is_top=row == self._top,
            needs_addressee=self._needs_addressee,
            names=self._names,
        )
