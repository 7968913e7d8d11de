"""The ordered rows of many workbooks as one table of numbers.

It has a row for each workbook, head, contract and addressee.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from underlag.batch.merged.stored_rows import StoredOrder, unpack
from underlag.orders.order import Party
from underlag.profiles import profiles
from underlag.profiles.profile import FlowSpec, Profile

if TYPE_CHECKING:
    import pandas as pd


class OrderHead(NamedTuple):
    """What rows have in common that can be ordered together."""

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


class Source(NamedTuple):
    """A workbook whose orders count: what merging needs to know of it, and the mark of its packed orders."""

    origin: str
    profile: str
    region: str
    case_number: str
    mark: str


@dataclass(slots=True)
class Rows:
    """The rows of one environment.

    `table` has the columns book, head, contract and addressee, as numbers that count in the lists beside it.
    `addressees` are names by HSA-ID, `names` pairs of both in the same order; `parties` components by HSA-ID.
    The first name that anybody states counts.
    """

    table: "pd.DataFrame"
    books: list[Source]
    heads: list[OrderHead]
    contracts: list[str]
    addressees: dict[str, str]
    parties: dict[str, Party] = field(default_factory=dict)
    names: list[tuple[str, str]] = field(init=False)

    def __post_init__(self) -> None:
        self.names = list(self.addressees.items())


def gather(books: Iterable[Source], content: Callable[[str], bytes]) -> Rows:
    """Gather the orders of workbooks of one environment.

    Args:
        books: the workbooks whose orders count.
        content: gives the packed orders for a mark.
    """
    import numpy as np  # noqa: PLC0415 - only where there is something to merge
    import pandas as pd  # noqa: PLC0415 - as above

    gatherer = _Gatherer()
    pieces: list[tuple[int, int, int, np.ndarray[tuple[int], np.dtype[np.int32]]]] = []
    for number, book in enumerate(books):
        gatherer.books.append(book)
        for order in unpack(content(book.mark)).orders:
            head = gatherer.head(book.profile, order)
            codes = np.array([gatherer.addressee(*one) for one in order.addressees], dtype=np.int32)
            pieces += [(number, head, gatherer.contract(title), codes) for title in order.contracts]
    lengths = [len(codes) for *_, codes in pieces]
    columns = {
        name: np.repeat(np.array([piece[at] for piece in pieces], dtype=np.int32), lengths)
        for at, name in enumerate(("book", "head", "contract"))
    }
    empty = np.array([], dtype=np.int32)
    columns["addressee"] = np.concatenate([empty, *(codes for *_, codes in pieces)])
    return Rows(
        pd.DataFrame(columns),
        gatherer.books,
        list(gatherer.heads),
        list(gatherer.contracts),
        gatherer.names,
        gatherer.parties,
    )


class _Gatherer:
    """Numbers for everything that is named: the same for the same, counted from 0."""

    def __init__(self) -> None:
        self.books: list[Source] = []
        self.heads: dict[OrderHead, int] = {}
        self.contracts: dict[str, int] = {}
        self.names: dict[str, str] = {}
        self.parties: dict[str, Party] = {}
        self._addressees: dict[str, int] = {}

    def head(self, profile: str, order: StoredOrder) -> int:
        for party in (order.component, *order.consumers):
            known = self.parties.get(party.hsa_id)
            if known is None or (party.name and not known.name):
                self.parties[party.hsa_id] = party
        head = OrderHead(
            profile,
            order.flow,
            order.kind,
            order.action,
            order.component.hsa_id,
            order.url,
            order.rivta_profile,
            tuple(party.hsa_id for party in order.consumers),
            order.day,
        )
        return self.heads.setdefault(head, len(self.heads))

    def contract(self, title: str) -> int:
        return self.contracts.setdefault(title, len(self.contracts))

    def addressee(self, hsa_id: str, name: str) -> int:
        if name and not self.names.get(hsa_id):
            self.names[hsa_id] = name
        else:
            self.names.setdefault(hsa_id, name)
        return self._addressees.setdefault(hsa_id, len(self._addressees))
