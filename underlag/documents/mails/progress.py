"""What became of a workbook's rows, as a reply states it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from underlag.orders.order import Addressee
from underlag.text.numbers import counted

#: What happens to the addressees of an order, by its action.
ACTIONS: Final = {"add": "läggs till", "change": "får ändrade uppgifter", "remove": "tas bort"}

#: Rows that a sentence lists.
_MOST_ROWS: Final = 20


class Statement(NamedTuple):
    """A sentence about rows, and the rows it is about as far as they are listed; `rest` names the others."""

    text: str
    rows: tuple[str, ...] = ()
    rest: str = ""

    @classmethod
    def listing(cls, text: str, rows: Iterable[str]) -> "Statement":
        """Return a sentence with the first of its rows, and how many there are more."""
        rows = tuple(rows)
        rest = len(rows) - _MOST_ROWS
        more = f"… och {counted(rest, 'rad', 'rader')} till" if rest > 0 else ""
        return cls(text, rows[:_MOST_ROWS], more)


class Unread(NamedTuple):
    """Something in the mail that could not be read, and why (Swedish, follows after the name)."""

    name: str
    reason: str


class OrderLine(NamedTuple):
    """Rows that go on to loading, by system, action and contracts; `addressees` is their number as text."""

    component: str
    contracts: str
    addressees: str


class SumRow(NamedTuple):
    """Counts of rows in one direction of traffic: those that were read, and what became of them.

    `known`: those that were ordered earlier. `left_out`: those that need no order, or that others replaced.
    """

    title: str
    read: int = 0
    ordered: int = 0
    known: int = 0
    waiting: int = 0
    left_out: int = 0
    returned: int = 0


@dataclass(slots=True, frozen=True)
class Progress:
    """What became of a workbook's rows.

    Attributes:
        sums: by direction of traffic.
        statements: what became of rows that do not go on, and of earlier rows that these replace.
        orders: the rows that go on to loading.
        addressees: their addressees by action ('add', 'remove'; 'change' where an earlier order is replaced).
        asks: whether rows wait for an answer of the region.
        confirms: whether rows are left out until the region confirms that they may change the TAK.
        is_complete: whether every row is ordered, or is a duplicate of one that is.
    """

    sums: tuple[SumRow, ...] = ()
    statements: tuple[Statement, ...] = ()
    orders: tuple[OrderLine, ...] = ()
    addressees: Mapping[str, tuple[Addressee, ...]] = field(default_factory=dict)
    asks: bool = False
    confirms: bool = False
    is_complete: bool = False

    @property
    def total(self) -> SumRow:
        """The counts of all directions."""
        columns = list(zip(*(row[1:] for row in self.sums), strict=True))
        return SumRow("Summa", *map(sum, columns)) if columns else SumRow("Summa")
