"""What the ledger tells of rows, conflicts, loads and cases."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(slots=True, frozen=True)
class RowSums:
    """What became of rows: read = loaded + ready + waiting + left out.

    `loaded` rows are in loads that somebody marked as loaded, `ready` ones in loads that nobody has yet.
    `reasons` tells how many are left out for which reason.
    """

    read: int = 0
    loaded: int = 0
    ready: int = 0
    waiting: int = 0
    left_out: int = 0
    reasons: Mapping[str, int] = field(default_factory=dict)

    def __add__(self, other: "RowSums") -> "RowSums":
        keys = dict.fromkeys((*self.reasons, *other.reasons))
        return RowSums(
            self.read + other.read,
            self.loaded + other.loaded,
            self.ready + other.ready,
            self.waiting + other.waiting,
            self.left_out + other.left_out,
            {key: self.reasons.get(key, 0) + other.reasons.get(key, 0) for key in sorted(keys)},
        )


@dataclass(slots=True, frozen=True)
class RowPlace:
    """A row of a workbook: what it asks for and where it is written.

    `load` is the number of its load, 0 for none, and below 0 for what was ordered before there were loads.
    """

    unit: str
    contract: str
    book: int
    origin: str
    sheet: str
    cell: str
    asks: str
    load: int = 0


@dataclass(slots=True, frozen=True)
class Conflict:
    """Rows that cannot all be right, and therefore wait.

    Attributes:
        kind: in what they contradict each other (a word of the register).
        environment: its key.
        contracts: titles of the contracts that they contradict each other in.
        addressees: the HSA-IDs that wait.
        books: numbers and origins of the workbooks.
        rows: the rows that contradict, by addressee.
        message: what each workbook says, and what follows (Swedish sentences).
        choices: what to add to the command to choose each workbook.
    """

    kind: str
    environment: str
    contracts: tuple[str, ...]
    addressees: tuple[str, ...]
    books: tuple[tuple[int, str], ...]
    rows: tuple[RowPlace, ...]
    message: str
    choices: tuple[str, ...]


@dataclass(slots=True, frozen=True)
class ReplacedRow:
    """A row that another one replaced, is newer than, or was chosen instead of."""

    environment: str
    reason: str
    row: RowPlace
    by: RowPlace


@dataclass(slots=True, frozen=True)
class LoadView:
    """A load: its number and folder, and how much it holds of what."""

    number: int
    environment: str
    folder: Path
    orders: int
    addressees: int
    rows: int


@dataclass(slots=True, frozen=True)
class ReplyView:
    """A draft of a reply: its number and file, its recipients and subject, and the workbooks it is about."""

    number: int
    path: Path
    to: str
    subject: str
    books: tuple[tuple[int, str], ...]


@dataclass(slots=True, frozen=True)
class CaseView:
    """A case that is not closed, with its workbooks (number and origin) and what became of their rows."""

    number: int
    environment: str
    region: str
    tickets: tuple[str, ...]
    opened_at: str
    books: tuple[tuple[int, str], ...]
    rows: RowSums
    loads: tuple[int, ...]
