"""The interpretation of a workbook's sheets, columns, texts and marks, and the open questions.

Reading fills this in one place. The findings, the list of `underlag kolumner` and the lines to paste into
bestallning.toml are all made from it.
"""

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from types import MappingProxyType
from typing import Final, NamedTuple

from underlag.findings import Finding
from underlag.profiles.words import IGNORE
from underlag.workbook import Field

#: Not understood, so that its meaning is asked.
OPEN: Final = ""
#: Known, and no part of an order.
NEUTRAL: Final = "neutral"
#: A further column with the same contents as the column of its role.
REPEATED: Final = "repeated"
#: Decisions about rows, apart from IGNORE.
LEAVE_OUT: Final = "leave_out"
REMOVE: Final = "remove"

#: The words of [beslut] in bestallning.toml for the decisions.
DECISIONS: Final = {"bortse": IGNORE, "utan": LEAVE_OUT, "ta bort": REMOVE}


class Kind(StrEnum):
    """The kind of an item. Users see these words."""

    COLUMN = "kolumn"
    VALUE = "värde"
    TEXT = "text"
    NOTE = "kommentar"
    STRUCK = "överstruket"
    HIDDEN = "dolda rader"
    UNSEEN = "osynlig text"
    LOOSE = "text utanför cellerna"
    SHEET = "flik"


class Item:
    """One column, value, text or mark of a sheet.

    Attributes:
        kind: what it is.
        at: its cell and text: a column's header, a value, a comment.
        meaning: a role, NEUTRAL, REPEATED, a decision, or OPEN.
        rows: the rows that it concerns.
        columns: the columns that it concerns in a form with a unit in each column, else none.
        key: its key in [beslut], '' if [kolumner] answers it or it needs no answer.
        decided: whether its meaning was decided by a person.
        values: the distinct texts of a column that is no part of the order, with their cells.
        settled: the texts of `values` with a decision of their own.
        questions: the findings that ask for its meaning.
    """

    def __init__(
        self,
        kind: Kind,
        at: Field,
        meaning: str = OPEN,
        rows: Sequence[int] = (),
        key: str = "",
        *,
        decided: bool = False,
        values: Mapping[str, Sequence[Field]] = MappingProxyType({}),
    ) -> None:
        self.kind = kind
        self.at = at
        self.meaning = meaning
        self.rows = rows
        self.key = key
        self.decided = decided
        self.values = values
        self.settled: set[str] = set()
        self.columns: frozenset[int] = frozenset()
        self.questions: list[Finding] = []

    @property
    def unsettled(self) -> Mapping[str, Sequence[Field]]:
        """The texts of `values` to which the column's meaning applies, with their cells."""
        if not self.settled:
            return self.values
        return {text: cells for text, cells in self.values.items() if text not in self.settled}

    @property
    def marks_rows(self) -> bool:
        """Whether it is a mark on whole rows, whose text ends with a checksum of what these hold."""
        return self.kind in {Kind.STRUCK, Kind.HIDDEN, Kind.UNSEEN} and not self.at.column

    @property
    def asked(self) -> bool:
        """Whether a finding asks for its meaning."""
        return bool(self.questions)


class UnresolvedColumn(NamedTuple):
    """A role that no column of a sheet has, or that several have, and the columns that may have it."""

    role: str
    columns: Sequence[Field]
    question: Finding


class UnresolvedSheet(NamedTuple):
    """A sheet of the profile that is missing or was found twice, and the sheets that it may be."""

    title: str
    sheets: Sequence[str]
    question: Finding


class SheetAccount:
    """The interpretation of one sheet.

    Attributes:
        sheet: its name.
        title: its title in the profile, '' for a sheet that is not read.
        items: its columns, texts and marks; the columns of a sheet that is not read have the roles that they
            would be read as.
        may_be: the titles of missing sheets of the profile to which its contents point.
        unresolved: the roles for which a column must be chosen.
    """

    def __init__(self, sheet: str, title: str) -> None:
        self.sheet = sheet
        self.title = title
        self.items: list[Item] = []
        self.may_be: tuple[str, ...] = ()
        self.unresolved: Sequence[UnresolvedColumn] = ()


class Exclusion(NamedTuple):
    """Rows of a sheet that the workbook or a decision leaves out, and the finding about it.

    With `columns`, only the units in these are left out: a form may have all of them in one row.
    """

    sheet: str
    rows: frozenset[int]
    reason: Finding
    columns: frozenset[int] = frozenset()


class Account(NamedTuple):
    """The interpretation of a whole workbook.

    Attributes:
        sheets: by sheet.
        exclusions: the rows to leave out.
        missing: the titles of the profile's sheets that are missing.
        unresolved: the sheets of the profile for which a sheet of the workbook must be chosen.
    """

    sheets: Sequence[SheetAccount] = ()
    exclusions: Sequence[Exclusion] = ()
    missing: tuple[str, ...] = ()
    unresolved: Sequence[UnresolvedSheet] = ()

    def items(self) -> Iterator[tuple[SheetAccount, Item]]:
        """Yield every item with its sheet."""
        for sheet in self.sheets:
            for item in sheet.items:
                yield sheet, item
