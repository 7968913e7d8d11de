"""The rows of a flow as columns; rows become objects on demand."""

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import compress, repeat
from typing import Final, get_args, overload

from underlag.columns import Cells, Field
from underlag.profiles.profile import Role

#: The roles of columns, in the order of the fields of Entry.
ROLES: Final[tuple[str, ...]] = get_args(Role)


class Entry:
    """One addressee for one contract: the route or authorization of one row of `Entries`.

    A part is None when the workbook has no such column and the profile no fixed value; its text is '' when
    the cell is empty. Fixed values that the workbook omits are Fields without a cell. Two entries are equal
    when they are the same row.
    """

    __slots__ = ("_at", "_table")

    def __init__(self, table: "_Table", at: int) -> None:
        self._table, self._at = table, at

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Entry) and (self._table, self._at) == (other._table, other._at)

    def __hash__(self) -> int:
        return hash((id(self._table), self._at))

    @property
    def sheet(self) -> str:
        """The sheet with the row."""
        table = self._table
        return table.sheets[self._at] if table.sheets else table.sheet

    @property
    def row(self) -> int:
        """The row's number in Excel."""
        return self._table.numbers[self._at]

    @property
    def contract(self) -> Field | None:
        """The service contract."""
        return self.part("contract")

    @property
    def consumer(self) -> Field | None:
        """The HSA-ID of the consumer."""
        return self.part("consumer")

    @property
    def consumer_name(self) -> Field | None:
        """The consumer's name."""
        return self.part("consumer_name")

    @property
    def producer(self) -> Field | None:
        """The HSA-ID of the producer."""
        return self.part("producer")

    @property
    def producer_name(self) -> Field | None:
        """The producer's name."""
        return self.part("producer_name")

    @property
    def url(self) -> Field | None:
        """The anropsadress."""
        return self.part("url")

    @property
    def rivta_profile(self) -> Field | None:
        """The RIV-TA profile."""
        return self.part("rivta_profile")

    @property
    def addressee(self) -> Field | None:
        """The HSA-ID of the logical addressee."""
        return self.part("addressee")

    @property
    def addressee_name(self) -> Field | None:
        """The addressee's name."""
        return self.part("addressee_name")

    @property
    def action(self) -> Field | None:
        """What to do with the row."""
        return self.part("action")

    def part(self, role: str) -> Field | None:
        """Return the part with this role."""
        column = self._table.columns.get(role)
        return column.get(self._at) if column is not None else None

    def text(self, role: str) -> str:
        """Return the text of the part with this role, '' for None."""
        column = self._table.columns.get(role)
        return column.texts[self._at] if column is not None else ""

    def fields(self) -> Iterator[Field]:
        """Yield the parts that are not None."""
        return (value for role in ROLES if (value := self.part(role)) is not None)


class _Table:
    """Rows as columns: the sheet, the rows' numbers, and the cells of each role that there is.

    Where the rows are of several sheets, `sheets` holds that of each.
    """

    def __init__(
        self, sheet: str, numbers: Sequence[int], columns: dict[str, Cells], sheets: Sequence[str]
    ) -> None:
        self.sheet = sheet
        self.numbers = numbers
        self.columns = columns
        self.sheets = sheets


class Entries(Sequence[Entry]):
    """The rows of a flow, or some of them.

    Args:
        sheet: the sheet with the rows.
        numbers: their numbers in Excel.
        columns: the cells of each role that there is; see `ROLES`.
        sheets: the sheet of each row, where they are of several.
    """

    __slots__ = ("_rows", "_table")

    def __init__(
        self,
        sheet: str = "",
        numbers: Sequence[int] = (),
        columns: Mapping[str, Cells] | None = None,
        sheets: Sequence[str] = (),
    ) -> None:
        self._table = _Table(sheet, numbers, dict(columns or {}), sheets)
        self._rows: Sequence[int] = range(len(numbers))

    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, at: int) -> Entry: ...
    @overload
    def __getitem__(self, at: slice) -> "Entries": ...
    def __getitem__(self, at: int | slice) -> "Entry | Entries":
        """Return an entry, or a part of them."""
        return self._of(self._rows[at]) if isinstance(at, slice) else Entry(self._table, self._rows[at])

    def __iter__(self) -> Iterator[Entry]:
        return map(Entry, repeat(self._table), self._rows)

    @property
    def sheets(self) -> list[str]:
        """The sheets that the rows are of."""
        table = self._table
        return list(dict.fromkeys(table.sheets)) if table.sheets else [table.sheet]

    def has(self, role: str) -> bool:
        """Whether there is a column with a role, in the workbook or of the profile."""
        return role in self._table.columns

    def lacks(self, role: str) -> bool:
        """Whether some entry has no value of a role, not even an empty cell."""
        return not self.has(role) or self._table.columns[role].has_gaps

    def cells(self, role: str) -> Cells:
        """Return the values of a role; none at all where there is no such column."""
        column = self._table.columns.get(role)
        if column is None:
            return Cells()
        return column if len(self) == len(column) else column.take(self._rows)

    def texts(self, role: str) -> Sequence[str]:
        """Return the text of a role in each entry, '' where there is no such column."""
        return self.cells(role).texts if self.has(role) else [""] * len(self)

    def respell(self, role: str, spellings: Mapping[str, str]) -> None:
        """Replace texts of a role, in all entries of the table."""
        # A new column, for flows may share that of one sheet.
        self._table.columns[role] = self._table.columns[role].respelt(spellings)

    def take(self, rows: Iterable[int]) -> "Entries":
        """Return some entries by their numbers, counted from 0."""
        return self._of(array("L", map(self._rows.__getitem__, rows)))

    def where(self, kept: Iterable[object]) -> "Entries":
        """Return the entries whose value in `kept` is true; it has one value for each."""
        return self._of(array("L", compress(self._rows, kept)))

    def _of(self, rows: Sequence[int]) -> "Entries":
        found = Entries()
        found._table, found._rows = self._table, rows
        return found
