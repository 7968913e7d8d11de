"""Records of each workbook of a batch and of the batch, small whatever the size of the workbooks."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from underlag.batch.records.ledger import RowSums
from underlag.options import Options

# Imported for types only, so that worker processes start before these modules are loaded.
if TYPE_CHECKING:
    from underlag.batch.inbox import Found, Rejected
    from underlag.batch.records.ledger import CaseView, ChosenView, Conflict, LoadView, ReplacedRow, ReplyView
    from underlag.documents.package_names import FileEntry
    from underlag.reference import Reference
    from underlag.tak.holdings.api_http import Access


class State(StrEnum):
    """The state of a workbook. Users see these words. Only after a run is it known what waits."""

    DONE = "klar"
    WAITING = "väntar"
    PARTLY = "delvis"
    FAULTY = "fel"
    REJECTED = "avvisad"
    TWICE = "dubblett"


@dataclass(slots=True, frozen=True)
class Settings:
    """Settings for every workbook of a batch; each worker process receives them once.

    Attributes:
        options: the user's options.
        exports: TAK exports to compare with, by platform ('' for one that does not state it).
        apis: access to the TAK-API, by platform without an export.
        reference: a list from the HSA catalogue.
        sources: checksums of these inputs; when they change, every package is made again.
    """

    options: Options
    exports: dict[str, Path] = field(default_factory=dict)
    apis: dict[str, "Access"] = field(default_factory=dict)
    reference: "Reference | None" = None
    sources: str = ""

    def api_of(self, platform: str) -> "Access | None":
        """Return how to reach the TAK-API of a platform."""
        return self.apis.get(platform.upper())


@dataclass(slots=True, frozen=True)
class Counts:
    """Counts of one workbook or of several.

    `units` are the addressees in sheets of producers. Rows are counted as in rapport.json, one for each
    addressee and contract: read = ordered + left out.
    """

    units: int = 0
    errors: int = 0
    warnings: int = 0
    infos: int = 0
    orders: int = 0
    read: int = 0
    ordered: int = 0
    left_out: int = 0

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(*(getattr(self, name) + getattr(other, name) for name in self.__slots__))


@dataclass(slots=True)
class PackageRecord:
    """A package made from a workbook, as the register keeps it.

    Attributes:
        fingerprint: see `underlag.batch.fingerprint`.
        sha256: of the workbook's bytes.
        name: its file name.
        profile, environment, region, case_number, day: as read, '' where unknown; `day` is YYYY-MM-DD.
        saved: when the workbook was last saved, by its properties (ISO 8601, UTC), '' if they do not say.
        state: done, partly or faulty.
        counts: see `Counts`.
        files: the package's files.
        content: its rows and its review, packed; see `underlag.batch.ledger.packed_rows`.
        made_at: when it was made.
        message: what the orderer writes, as its review quotes it, when the package has just been made.
        folder: the folder of the package.
        told_at: when a finished run first reported it (ISO 8601), '' if none has.
    """

    fingerprint: str
    sha256: str
    name: str
    profile: str
    environment: str
    region: str
    case_number: str
    day: str
    saved: str
    state: State
    counts: Counts
    files: "tuple[FileEntry, ...]"
    content: bytes = field(repr=False)
    made_at: datetime
    message: str = ""
    folder: Path = Path()
    told_at: str = ""


@dataclass(slots=True)
class Workbook:
    """A workbook of this run and its result.

    Attributes:
        found: the workbook.
        state: the result.
        reason: a Swedish sentence: why it was rejected, or something else to know; often ''.
        quoted: what its orderer writes, as long as its case is open; see `Review.quoted`.
        made: its package, None for a rejected workbook.
        unchanged: the package is an earlier run's.
        same_as: the workbook with the same content that came first.
        number: its number in the ledger, 0 if it is not there.
        case: the number of its case.
        rows: the counts of its rows.
        reply: the file of the latest reply about it.
    """

    found: "Found"
    state: State
    reason: str = ""
    quoted: str = ""
    made: PackageRecord | None = None
    unchanged: bool = False
    same_as: "Workbook | None" = None
    number: int = 0
    case: int = 0
    rows: RowSums = field(default_factory=RowSums)
    reply: Path | None = None

    @property
    def notes(self) -> str:
        """Everything to know about it: Swedish sentences, or ''."""
        return " ".join(filter(None, (self.reason, self.quoted)))

    @property
    def outcome(self) -> State:
        """The state, with the ledger: a workbook without faults is not done while rows of it wait."""
        return State.WAITING if self.state is State.DONE and self.rows.waiting else self.state


@dataclass(slots=True)
class Batch:
    """The results of a run, and the state of the ledger after it.

    Attributes:
        now: the time of the run.
        workbooks: in the order in which they were found.
        rejected: everything that is not a workbook.
        loads: the loads that this run made.
        pending: earlier loads that are not marked as loaded.
        lost: names of such loads whose folder is gone.
        replies: the drafts that this run made.
        conflicts: all conflicts, whichever run received the workbooks.
        replaced: rows of open cases that others replaced.
        cases: the open cases, oldest first.
        chosen: what was decided with `--valj`, in this run or an interrupted one.
        notices: further Swedish sentences for the user.
        interrupted: the run was stopped, and the ledger is unchanged.
        planned: the number of workbooks found.
    """

    now: datetime
    workbooks: list[Workbook] = field(default_factory=list)
    rejected: "list[Rejected]" = field(default_factory=list)
    loads: "list[LoadView]" = field(default_factory=list)
    pending: "list[LoadView]" = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    replies: "list[ReplyView]" = field(default_factory=list)
    conflicts: "list[Conflict]" = field(default_factory=list)
    replaced: "list[ReplacedRow]" = field(default_factory=list)
    cases: "list[CaseView]" = field(default_factory=list)
    chosen: "list[ChosenView]" = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    interrupted: bool = False
    planned: int = 0

    @property
    def total(self) -> Counts:
        """The counts of all workbooks."""
        return sum((book.made.counts for book in self.workbooks if book.made), Counts())

    @property
    def held_back(self) -> int:
        """The number of rows that are left out until somebody confirms that they may change the TAK."""
        return sum(book.rows.held_back for book in self.workbooks if book.state is not State.TWICE)

    @property
    def approved(self) -> bool:
        """Whether nothing has errors, was rejected, waits or is lost, and the run was finished.

        Files that were not sent as workbooks (a picture in a mail) and duplicates are not considered.
        """
        once = [book for book in self.workbooks if book.state is not State.TWICE]
        right = all(book.made is not None and not book.made.counts.errors for book in once)
        done = not self.interrupted and not self.conflicts and not self.held_back and not self.lost
        return done and right and all(one.foreign for one in self.rejected)
