"""What is known of each workbook of a batch, and of them together: small, whatever the workbooks hold."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from underlag.batch.records.ledger import RowSums
from underlag.options import Options

# What is only named here is not loaded: processes are to begin before this one has loaded all that.
if TYPE_CHECKING:
    from underlag.batch.inbox import Found, Rejected
    from underlag.batch.records.ledger import CaseView, Conflict, LoadView, ReplacedRow, ReplyView
    from underlag.documents.package_names import FileEntry
    from underlag.reference import Reference
    from underlag.tak.holdings.api_http import Access


class State(StrEnum):
    """What became of a workbook. Users meet these words."""

    DONE = "klar"
    PARTLY = "delvis"
    FAULTY = "fel"
    REJECTED = "avvisad"
    TWICE = "dubblett"


@dataclass(slots=True, frozen=True)
class Settings:
    """What counts for every workbook of a batch; each worker process gets it once.

    `exports` are TAK exports to compare with, by platform ('' for one that does not state it).
    `apis` tell how to reach the TAK-API of a platform that has no export.
    `reference` is a list from the HSA catalogue.
    `sources` tells versions of such inputs apart (checksums): with others, everything is made again.
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
    """Numbers about one workbook, or about several.

    `units` are addressees in the sheets that become producers' orders. Rows count as in rapport.json, one for
    each addressee and contract: read = ordered + left out.
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
    """What was made of one workbook: what the register keeps.

    Attributes:
        fingerprint: of everything that decides what is made; see `underlag.batch.fingerprint`.
        sha256: of the workbook's bytes.
        name: its file name.
        profile, environment, region, case_number, day: as read, '' where unknown; `day` is YYYY-MM-DD.
        saved: when the workbook was last saved, as it says itself (ISO 8601, UTC), '' if it does not.
        state: done, partly or faulty.
        counts: see `Counts`.
        files: the package's files.
        content: its rows, packed; see `underlag.batch.ledger.packed_rows`.
        made_at: when.
        folder: where the package is, or is to be.
        told_at: when a finished run first told of it (ISO 8601), '' if none has.
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
    folder: Path = Path()
    told_at: str = ""


@dataclass(slots=True)
class Workbook:
    """A workbook of this run and what became of it.

    `made` is None for a rejected one; `reason` then says why (a Swedish sentence), else it may tell what
    there is to know. `unchanged`: it was made in an earlier run, and nothing had to be made again.
    `same_as`: the workbook of the same content that came first. `number` is its number in the ledger, 0 for
    one that is not in it, `case` that of its case, `rows` tells what became of its rows, and `reply` is the
    file of the latest reply about it.
    """

    found: "Found"
    state: State
    reason: str = ""
    made: PackageRecord | None = None
    unchanged: bool = False
    same_as: "Workbook | None" = None
    number: int = 0
    case: int = 0
    rows: RowSums = field(default_factory=RowSums)
    reply: Path | None = None


@dataclass(slots=True)
class Batch:
    """Everything about one run, and the state of the ledger after it.

    Attributes:
        now: the time of the run.
        workbooks: those that were handed in, in the order in which they were found.
        rejected: what is no workbook.
        loads: those that this run made.
        replies: the drafts that this run made.
        conflicts: everything that waits for a person, whichever run received it.
        replaced: rows of open cases that others replaced.
        cases: the cases that are not closed, oldest first.
        notices: what else there is to know (Swedish sentences).
        interrupted: the run was stopped; nothing was taken into the ledger.
        planned: how many workbooks were found.
    """

    now: datetime
    workbooks: list[Workbook] = field(default_factory=list)
    rejected: "list[Rejected]" = field(default_factory=list)
    loads: "list[LoadView]" = field(default_factory=list)
    replies: "list[ReplyView]" = field(default_factory=list)
    conflicts: "list[Conflict]" = field(default_factory=list)
    replaced: "list[ReplacedRow]" = field(default_factory=list)
    cases: "list[CaseView]" = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    interrupted: bool = False
    planned: int = 0

    @property
    def total(self) -> Counts:
        """The numbers of all workbooks together."""
        return sum((book.made.counts for book in self.workbooks if book.made), Counts())

    @property
    def approved(self) -> bool:
        """Whether all is right: no errors, nothing rejected, nothing left undone, nothing that waits.

        What nobody means as a workbook (a picture in a mail) is told, but does not count; nor does a
        workbook that was handed in twice.
        """
        once = [book for book in self.workbooks if book.state is not State.TWICE]
        right = all(book.made is not None and not book.made.counts.errors for book in once)
        done = not self.interrupted and not self.conflicts
        return done and right and all(one.foreign for one in self.rejected)
