"""Decides by rules what rows are that have no plain value in their key column.

Findings: FLI012, FLI013, FLI015, FLI016, FLI034.
"""

from collections.abc import Callable, Iterator, Sequence
from enum import Enum, auto
from typing import Final, NamedTuple

from underlag.profiles.words import words
from underlag.reading.cells.identifiers import is_plain_id, mentions_value
from underlag.reading.formats.grid import CellValue
from underlag.reading.tables import odd_rows
from underlag.reading.tables.header_roles import HeaderNames
from underlag.reading.tables.headers import repeats

#: The finding about a row that counts others.
TOTAL: Final = "FLI015"


class Cell(NamedTuple):
    """A filled cell: the index of its column, its role ('' outside the table's columns) and its text."""

    at: int
    role: str
    text: str


class DoubtfulRow(NamedTuple):
    """A row that may be no row of the table.

    Attributes:
        cells: its filled cells, from left to right.
        own: the role and raw cell of each that is filled in one of the table's columns.
        cleaned: their texts after cleaning, by role.
        is_top: whether it is the first row below the headers that holds anything.
        needs_addressee: whether the table has a column of addressees that each row must fill.
        names: what headers mean.
    """

    cells: Sequence[Cell]
    own: Sequence[tuple[str, CellValue]]
    cleaned: dict[str, str]
    is_top: bool
    needs_addressee: bool
    names: HeaderNames

    @property
    def stated(self) -> list[tuple[str, str]]:
        """Return role and text of each cell."""
        return [(cell.role, cell.text) for cell in self.cells]

    @property
    def unit_of_example(self) -> str:
        """Return the value that makes a row with an example a unit after all: HSA-ID or name; '' for none.

        The topmost row is the example of an empty workbook, name and all.
        """
        if is_plain_id(self.cleaned.get("addressee", "")):
            return "ett HSA-ID"
        name = self.cleaned.get("addressee_name", "")
        if self.is_top or not name or odd_rows.is_example_name(name):
            return ""
        return f"ett namn (”{name}”)"


class Outcome(Enum):
    """The outcome for a row: skipped with a finding, kept as a text, or kept as a text that may be a unit."""

    SKIPPED = auto()
    TEXT = auto()
    POSSIBLE_UNIT = auto()


class RowRule(NamedTuple):
    """A rule about doubtful rows.

    Attributes:
        name: what kind of row it recognises.
        applies: whether a row is of that kind.
        outcome: what happens to it.
        code: the finding about a skipped row, '' for none.
        cells: the cells that the finding is about, or that holds the text.
    """

    name: str
    applies: Callable[[DoubtfulRow], bool]
    outcome: Outcome
    code: str = ""
    cells: Callable[[DoubtfulRow], Sequence[Cell]] = lambda row: row.cells[:1]


def rule_for(row: DoubtfulRow) -> RowRule | None:
    """Return the first rule that applies to a row; None if it is a row of the table."""
    return next((rule for rule in ROW_RULES if rule.applies(row)), None)


def _examples(row: DoubtfulRow) -> list[Cell]:
    return list(_first_example(row))


def _first_example(row: DoubtfulRow) -> Iterator[Cell]:
    found = (cell for cell in row.cells if odd_rows.is_example(cell.role, cell.text))
    if first := next(found, None):
        yield first


def _denies(row: DoubtfulRow) -> bool:
    return any(words().denials.outside_rows(cell.text) for cell in row.cells)


def _values(row: DoubtfulRow) -> list[Cell]:
    return [cell for cell in row.cells if mentions_value(cell.text)]


#: The first that applies decides; a row to which none applies belongs to the table.
ROW_RULES: Final = (
    RowRule("nothing to read", lambda row: not row.cells, Outcome.SKIPPED),
    RowRule(
        "example that was filled in for a unit",
        lambda row: bool(_examples(row)) and bool(row.unit_of_example),
        Outcome.SKIPPED,
        "FLI013",
        _examples,
    ),
    RowRule("example", lambda row: bool(_examples(row)), Outcome.SKIPPED, "FLI012", _examples),
    RowRule(
        "headers once more",
        lambda row: bool(row.own) and repeats(row.own, row.names.exact),
        Outcome.SKIPPED,
        "FLI016",
    ),
    RowRule(
        "explanation of the columns",
        lambda row: row.is_top and odd_rows.is_explanation(row.stated) and not _denies(row),
        Outcome.SKIPPED,
        "FLI012",
    ),
    RowRule("total", lambda row: odd_rows.is_total(row.stated), Outcome.SKIPPED, TOTAL),
    RowRule(
        "values outside the table's columns",
        lambda row: not row.own and bool(_values(row)),
        Outcome.SKIPPED,
        "FLI034",
        _values,
    ),
    RowRule("text outside the table's columns", lambda row: not row.own, Outcome.TEXT),
    RowRule("remark", lambda row: odd_rows.is_remark(row.stated), Outcome.TEXT),
    RowRule(
        "footer in several cells",
        lambda row: odd_rows.is_footer(row.stated),
        Outcome.TEXT,
        cells=lambda row: [cell for cell in row.cells if not odd_rows.is_of_workbook(cell.text)],
    ),
    RowRule(
        "heading or remark among the units",
        lambda row: row.needs_addressee and odd_rows.is_doubtful(row.stated),
        Outcome.POSSIBLE_UNIT,
    ),
)
