"""The rows of a load as columns of numbers, with what the numbers mean."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from underlag.batch.ledger.packed_rows import Head
from underlag.orders.order import Party
from underlag.profiles import ProfileError, profiles
from underlag.profiles.profile import FlowSpec, Profile

if TYPE_CHECKING:
    from array import array

    import pandas as pd


class Source(NamedTuple):
    """A workbook that rows come from: its number in the register, its case, region and case number.

    `quoted` is what its orderer writes; see `Review.quoted`.
    """

    number: int
    origin: str
    case: int
    region: str
    case_number: str
    quoted: str = ""


class RowColumns(NamedTuple):
    """The rows of a load as columns: keys of the dictionaries of `LoadRows`, and the cells."""

    book: "array[int]"
    head: "array[int]"
    contract: "array[int]"
    unit: "array[int]"
    sheet: "array[int]"
    cell: list[str]


@dataclass(slots=True)
class LoadRows:
    """Rows of a load, at least one, and what they name, by its number in the ledger.

    `units` has the HSA-ID and the name of each addressee: plain tuples, which pass between processes in a
    quarter of the time of named ones.
    """

    rows: RowColumns
    books: dict[int, Source]
    heads: dict[int, Head]
    contracts: dict[int, str]
    units: dict[int, tuple[str, str]]
    sheets: dict[int, str]
    parties: list[Party] = field(default_factory=list)

    def add(self, more: "LoadRows") -> None:
        """Add the rows that follow."""
        self.rows.book.extend(more.rows.book)
        self.rows.head.extend(more.rows.head)
        self.rows.contract.extend(more.rows.contract)
        self.rows.unit.extend(more.rows.unit)
        self.rows.sheet.extend(more.rows.sheet)
        self.rows.cell.extend(more.rows.cell)
        self.books |= more.books
        self.heads |= more.heads
        self.contracts |= more.contracts
        self.units |= more.units
        self.sheets |= more.sheets
        self.parties += more.parties

    @property
    def count(self) -> int:
        """The number of rows."""
        return len(self.rows.cell)


class LoadIndex(NamedTuple):
    """A load as a whole.

    `not_restored` counts the rows of earlier loads that the undo does not bring back, by load.
    """

    number: int
    environment: str
    rows: int
    addressees: int
    made_at: datetime
    not_restored: Mapping[int, int]


class OrderHead(NamedTuple):
    """What rows have in common that can be ordered together: a head with all its consumers."""

    profile: str
    flow: str
    kind: str
    action: str
    component: str
    url: str
    rivta_profile: str
    consumers: tuple[str, ...]
    day: str

    @property
    def flow_spec(self) -> FlowSpec:
        """The direction of traffic."""
        return next(flow for flow in self.profile_spec.flows if flow.key == self.flow)

    @property
    def profile_spec(self) -> Profile:
        """The profile itself.

        Raises:
            ProfileError: it was a file that another run named.
        """
        found = profiles().get(self.profile)
        if found is None:
            raise ProfileError(f"profilen {self.profile} finns inte här, ange dess fil med --profil")
        return found


@dataclass(slots=True)
class Rows:
    """The rows of a load to be merged.

    `table` has the columns book, head (an index of `heads`), contract and addressee.
    """

    table: "pd.DataFrame"
    books: dict[int, Source]
    heads: list[OrderHead]
    contracts: dict[int, str]
    names: dict[int, tuple[str, str]]
    parties: dict[str, Party] = field(default_factory=dict)


def table_of(found: LoadRows) -> Rows:
    """Combine rows that differ only in their consumer, as orders name all consumers together."""
    import pandas as pd  # noqa: PLC0415 - only where there is something to merge

    rows, heads = found.rows, _OrderHeads()
    bases = {number: heads.base(head) for number, head in found.heads.items()}
    own = {number: heads.with_consumer(bases[number], head.consumer) for number, head in found.heads.items()}
    columns = {"book": rows.book, "stated": rows.head, "contract": rows.contract, "addressee": rows.unit}
    table = pd.DataFrame({name: pd.array(column, dtype="int32") for name, column in columns.items()})
    table["head"] = table["stated"].map(own)
    asked = [table["stated"].map(bases), table["contract"], table["addressee"]]
    several = pd.concat(asked, axis=1).duplicated(keep=False)
    joined: dict[tuple[int, int, int], int] = {}
    keys = list(zip(*(column[several] for column in asked), strict=True))
    for key, head in zip(keys, table["stated"][several], strict=True):
        joined[key] = heads.with_consumer(joined.get(key, key[0]), found.heads[head].consumer)
    table.loc[several, "head"] = pd.Series([joined[key] for key in keys], table.index[several], "int64")
    parties = {party.hsa_id: party for party in found.parties}
    return Rows(table, found.books, heads.all, found.contracts, found.units, parties)


class _OrderHeads:
    """Numbers the heads of orders, in the order in which they are met."""

    def __init__(self) -> None:
        self.all: list[OrderHead] = []
        self._numbers: dict[OrderHead, int] = {}
        self._joined: dict[tuple[int, str], int] = {}

    def base(self, head: Head) -> int:
        """Return the number of a head without consumers."""
        return self._number(OrderHead(*head[:7], (), head.day))

    def with_consumer(self, number: int, consumer: str) -> int:
        """Return the number of a head that has one more consumer."""
        known = self._joined.get((number, consumer))
        if known is None:
            head = self.all[number]
            consumers = tuple(sorted({*head.consumers, consumer} - {""}))
            known = self._joined[number, consumer] = self._number(head._replace(consumers=consumers))
        return known

    def _number(self, head: OrderHead) -> int:
        if head not in self._numbers:
            self._numbers[head] = len(self.all)
            self.all.append(head)
        return self._numbers[head]
