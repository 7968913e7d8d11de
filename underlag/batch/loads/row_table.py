"""The rows of a load as one table of numbers, with what the numbers stand for."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from underlag.batch.ledger.packed_rows import Head
from underlag.orders.order import Party
from underlag.profiles import profiles
from underlag.profiles.profile import FlowSpec, Profile

if TYPE_CHECKING:
    import pandas as pd


class Source(NamedTuple):
    """A workbook that rows come from: its number in the register, its case, region and case number."""

    number: int
    origin: str
    case: int
    region: str
    case_number: str


class LoadRow(NamedTuple):
    """A row of a load: places in the lists of `LoadRows`, and the cell."""

    book: int
    head: int
    contract: int
    unit: int
    sheet: int
    cell: str


class Unit(NamedTuple):
    """A logical addressee."""

    hsa_id: str
    name: str


@dataclass(slots=True)
class LoadRows:
    """All rows of a load, and what they name."""

    rows: list[LoadRow]
    books: list[Source]
    heads: list[Head]
    contracts: list[str]
    units: list[Unit]
    sheets: list[str]
    parties: list[Party]


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
        """The profile itself."""
        return profiles()[self.profile]


@dataclass(slots=True)
class Rows:
    """The rows of a load to be merged.

    `table` has the columns book, head, contract and addressee, as numbers that count in the lists beside it.
    """

    table: "pd.DataFrame"
    books: list[Source]
    heads: list[OrderHead]
    contracts: list[str]
    names: list[Unit]
    parties: dict[str, Party] = field(default_factory=dict)


def table_of(found: LoadRows) -> Rows:
    """Put rows that differ only in their consumer together, as the orders have them."""
    import pandas as pd  # noqa: PLC0415 - only where there is something to merge

    bases: dict[Head, int] = {}
    base_of = [bases.setdefault(head._replace(consumer=""), len(bases)) for head in found.heads]
    consumers: dict[tuple[int, int, int], tuple[str, ...]] = {}
    for row in found.rows:
        key = (base_of[row.head], row.contract, row.unit)
        known = consumers.get(key, ())
        consumer = found.heads[row.head].consumer
        if consumer not in known:
            consumers[key] = (*known, consumer) if consumer else known
    heads: dict[OrderHead, int] = {}
    base_heads = list(bases)
    codes = []
    for row in found.rows:
        base = base_of[row.head]
        together = tuple(sorted(consumers[base, row.contract, row.unit]))
        codes.append(heads.setdefault(_order_head(base_heads[base], together), len(heads)))
    table = pd.DataFrame(
        {
            "book": pd.array([row.book for row in found.rows], dtype="int32"),
            "head": pd.array(codes, dtype="int32"),
            "contract": pd.array([row.contract for row in found.rows], dtype="int32"),
            "addressee": pd.array([row.unit for row in found.rows], dtype="int32"),
        }
    )
    parties = {party.hsa_id: party for party in found.parties}
    return Rows(table, found.books, list(heads), found.contracts, found.units, parties)


def _order_head(base: Head, consumers: tuple[str, ...]) -> OrderHead:
    return OrderHead(
        base.profile,
        base.flow,
        base.kind,
        base.action,
        base.component,
        base.url,
        base.rivta_profile,
        consumers,
        base.day,
    )
