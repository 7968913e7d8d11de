"""What a workbook's sheets, columns, texts and marks were understood as, and what of it is open.

Reading fills this in one place. The findings, the list of `underlag kolumner` and the lines to paste into
bestallning.toml are all made from it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from underlag.findings import Finding
from underlag.profiles.words import IGNORE
from underlag.workbook import Field

#: Not understood; what it may mean is asked.
OPEN: Final = ""
#: Known, and no part of an order.
NEUTRAL: Final = "neutral"
#: A further column that holds what the column of its role holds.
REPEATED: Final = "repeated"
#: Roles that say what is done with each row; beside the label of a form they are asked about.
IN_TABLES_ONLY: Final = ("action", "removal")
#: Decisions about rows, beside IGNORE.
LEAVE_OUT: Final = "leave_out"
REMOVE: Final = "remove"

#: How [beslut] in bestallning.toml calls the decisions.
DECISIONS: Final = {"bortse": IGNORE, "utan": LEAVE_OUT, "ta bort": REMOVE}


class Kind(StrEnum):
    """What an item of the account is. Users meet these words."""

    COLUMN = "kolumn"
    VALUE = "värde"
    TEXT = "text"
    NOTE = "kommentar"
    STRUCK = "överstruket"
    HIDDEN = "dolda rader"
    LOOSE = "text utanför cellerna"
    SHEET = "flik"


@dataclass(slots=True)
class Item:
    """One column, value, text or mark of a sheet.

    Attributes:
        kind: what it is.
        at: where it stands, with its text: a column's header, a value, a comment.
        meaning: a role, NEUTRAL, REPEATED, a decision, or OPEN.
        rows: the rows that it speaks of.
        columns: where a form has a unit in each column, the columns that it speaks of; else none.
        key: what [beslut] calls it, '' for what is answered by [kolumner] or needs no answer.
        decided: whether somebody decided what it means.
        values: of a column that is not one of the order's parts, each distinct text with its cells.
        settled: the texts of `values` that somebody decided about one by one.
        questions: the findings that ask what it means.
    """

    kind: Kind
    at: Field
    meaning: str = OPEN
    rows: Sequence[int] = ()
    key: str = ""
    decided: bool = False
    values: dict[str, list[Field]] = field(default_factory=dict)
    settled: set[str] = field(default_factory=set)
    columns: frozenset[int] = frozenset()
    questions: list[Finding] = field(default_factory=list)

    @property
    def unsettled(self) -> dict[str, list[Field]]:
        """The texts of `values`, with their cells, for which the column's meaning counts."""
        return {text: cells for text, cells in self.values.items() if text not in self.settled}

    @property
    def asked(self) -> bool:
        """Whether a finding asks what it means."""
        return bool(self.questions)


@dataclass(slots=True, frozen=True)
class UnresolvedColumn:
    """A role that no column of a sheet has, or that several have, and the columns that may have it."""

    role: str
    columns: Sequence[Field]
    question: Finding


@dataclass(slots=True, frozen=True)
class UnresolvedSheet:
    """A sheet of the profile that is missing or found twice, and the sheets that it may be."""

    title: str
    sheets: Sequence[str]
    question: Finding


@dataclass(slots=True)
class SheetAccount:
    """The interpretation of one sheet.

    Attributes:
        sheet: its name.
        title: its title in the profile, '' for a sheet that is not read.
        items: its columns, texts and marks; the columns of a sheet that is not read have the roles that they
            would be read as.
        may_be: the titles of missing sheets of the profile that its contents point to.
        unresolved: the roles whose columns are to be chosen.
    """

    sheet: str
    title: str
    items: list[Item] = field(default_factory=list)
    may_be: tuple[str, ...] = ()
    unresolved: list[UnresolvedColumn] = field(default_factory=list)


@dataclass(slots=True, frozen=True)
class Exclusion:
    """Rows of a sheet that the workbook or a decision leaves out, and the finding that says so.

    With `columns`, only the units in these are left out: a form may have all of them in one row.
    """

    sheet: str
    rows: frozenset[int]
    reason: Finding
    columns: frozenset[int] = frozenset()


@dataclass(slots=True)
class Account:
    """The interpretation of a whole workbook.

    Attributes:
        sheets: by sheet.
        exclusions: the rows to leave out.
        missing: the titles of the profile's sheets that no sheet of the workbook was read as.
        unresolved: the sheets of the profile that are to be chosen among the workbook's.
    """

    sheets: list[SheetAccount] = field(default_factory=list)
    exclusions: list[Exclusion] = field(default_factory=list)
    missing: tuple[str, ...] = ()
    unresolved: list[UnresolvedSheet] = field(default_factory=list)

    def items(self) -> Iterator[tuple[SheetAccount, Item]]:
        """Yield every item with its sheet."""
        for sheet in self.sheets:
            for item in sheet.items:
                yield sheet, item
