"""The rows about one addressee, what is known of their workbooks, and the verdicts on them."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final, NamedTuple

from underlag.batch.records.ledger import HELD_BACK


class Reason(StrEnum):
    """Why a row waits or is left out. The register holds these words, and sammanstallning.json shows them."""

    # It is in a load already, through an earlier reading of the same bytes.
    SAME_ROW = "samma-rad"
    # It is left out.
    FAULT = "fel"
    NOT_NEEDED = "behövs-inte"
    HELD_BACK = HELD_BACK
    REPLACED = "ersatt"
    OLDER = "äldre"
    DUPLICATE = "dubblett"
    NOT_CHOSEN = "bortvald"
    TAKEN_BACK = "återtagen"
    CLOSED = "stängt"
    # It waits.
    PRODUCER = "annan-producent"
    ROUTES = "olika-vagval"
    REGIONS = "flera-regioner"
    VERSIONS = "flera-versioner"
    FAULTY_NEWER = "nyare-med-fel"
    UNIT = "enheten-väntar"


#: The fault of a row without an error of its own, in a workbook whose errors block all of it.
BLOCKED: Final = "arbetsboken"


class BookDates(NamedTuple):
    """What dates a workbook, and whose it is."""

    number: int
    case: int
    region: str
    sha256: str
    saved: str
    sent: str
    run: int


class UnitRow(NamedTuple):
    """A row about the addressee. `load` is its load's number, 0 for a row that is in none."""

    number: int
    book: int
    contract: int
    kind: str
    component: str
    action: str
    content: tuple[str, ...]
    consumer: str
    load: int
    fault: str

    @property
    def key(self) -> tuple[str, int, str]:
        """What there can be one of for an addressee: a route, or a consumer's authorization."""
        return self.kind, self.contract, "" if self.kind == "producer" else self.component

    @property
    def day(self) -> str:
        """The day from which it applies."""
        return self.content[1]


class Decision(NamedTuple):
    """A person's choice: the rows of one workbook count before those of all others known until then."""

    book: int
    latest_book: int


class Verdict(NamedTuple):
    """What becomes of a row: `reason` None if it is ready, `other` the row that decides, 0 if none."""

    row: int
    reason: Reason | None
    waits: bool
    other: int


@dataclass(slots=True)
class UnitVerdicts:
    """The verdicts on all rows that are in no load, and loaded rows that others replace (by their number)."""

    verdicts: list[Verdict]
    replaced: dict[int, int]
