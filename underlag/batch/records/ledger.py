"""Records of rows, conflicts, loads, replies and cases in the ledger."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, NamedTuple

#: The reason of rows that are left out until somebody confirms that they may change the TAK.
HELD_BACK: Final = "ändrar-tak"


@dataclass(slots=True, frozen=True)
class RowSums:
    """Counts of rows by state: read = loaded + ready + waiting + left out.

    Loaded rows are in loads marked as loaded, ready ones in loads not marked yet. `reasons` has the counts of
    the rows left out, by reason.
    """

    read: int = 0
    loaded: int = 0
    ready: int = 0
    waiting: int = 0
    left_out: int = 0
    reasons: Mapping[str, int] = field(default_factory=dict)

    @property
    def held_back(self) -> int:
        """The number of rows that are left out until somebody confirms that they may change the TAK."""
        return self.reasons.get(HELD_BACK, 0)

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


class RowPlace(NamedTuple):
    """A row of a workbook: its request and its place.

    `load` is the number of its load, 0 for none, and negative if it was ordered before there were loads.
    """

    unit: str
    contract: str
    book: int
    origin: str
    sheet: str
    cell: str
    asks: str
    load: int = 0


class Conflict(NamedTuple):
    """Rows that contradict each other and therefore wait.

    Attributes:
        kind: the kind of contradiction, as the register has it.
        environment: its key.
        contracts: titles of the contracts concerned.
        addressees: the HSA-IDs that wait.
        books: numbers and origins of the workbooks.
        rows: the contradicting rows, by addressee.
        message: Swedish sentences on what each workbook asks for and what to do.
        choices: for each workbook the option that chooses it.
    """

    kind: str
    environment: str
    contracts: tuple[str, ...]
    addressees: tuple[str, ...]
    books: tuple[tuple[int, str], ...]
    rows: tuple[RowPlace, ...]
    message: str
    choices: tuple[str, ...]


class ReplacedRow(NamedTuple):
    """A row that does not count because of another, which is newer or was chosen."""

    environment: str
    reason: str
    row: RowPlace
    by: RowPlace


class ChosenView(NamedTuple):
    """A decision: the workbook that counts, by number and origin, and the addressee ('' for every one)."""

    book: int
    origin: str
    unit: str


class Stop(NamedTuple):
    """What the unanswered mails of a case say against a load with rows of it."""

    load: int
    case: int
    sentences: tuple[str, ...]


class LoadView(NamedTuple):
    """A load: its number and folder, the counts of its content, and what mails say against it."""

    number: int
    environment: str
    folder: Path
    orders: int
    addressees: int
    rows: int
    stops: tuple[Stop, ...] = ()


class ReplyView(NamedTuple):
    """A draft of a reply: its number and file, its recipients and subject, and the workbooks it is about."""

    number: int
    path: Path
    to: str
    subject: str
    books: tuple[tuple[int, str], ...]


class CaseView(NamedTuple):
    """An open case with its workbooks (number and origin) and the counts of their rows.

    `answered_at` is '' while its latest workbook or mail is not answered; `messages` are the mails without a
    workbook that came since then. `draft` is the file of its latest reply, None where that is noted as sent.
    """

    number: int
    environment: str
    region: str
    tickets: tuple[str, ...]
    opened_at: str
    answered_at: str
    books: tuple[tuple[int, str], ...]
    rows: RowSums
    loads: tuple[int, ...]
    messages: tuple[str, ...]
    draft: Path | None = None
