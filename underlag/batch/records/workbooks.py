"""What is known of each workbook of a batch, and of them together: small, whatever the workbooks hold."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from underlag.options import Options

# What is only named here is not loaded: processes are to begin before this one has loaded all that.
if TYPE_CHECKING:
    from underlag.batch.inbox import Found, Rejected
    from underlag.documents.package_names import FileEntry
    from underlag.reference import Reference


class State(StrEnum):
    """What became of a workbook. Users meet these words."""

    DONE = "klar"
    PARTLY = "delvis"
    FAULTY = "fel"
    REJECTED = "avvisad"


@dataclass(slots=True, frozen=True)
class Settings:
    """What counts for every workbook of a batch; each worker process gets it once.

    `exports` are TAK exports to compare with, by platform ('' for one that does not tell), `reference` a
    list from the HSA catalogue. `sources` tells versions of such inputs apart (checksums): with others,
    everything is made again.
    """

    options: Options
    exports: dict[str, Path] = field(default_factory=dict)
    reference: "Reference | None" = None
    sources: str = ""


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
        content: units and orders, packed; see `underlag.batch.merged.stored_rows`.
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
    `superseded`: it is an older version of another, and is not merged.
    """

    found: "Found"
    state: State
    reason: str = ""
    made: PackageRecord | None = None
    unchanged: bool = False
    superseded: bool = False


class ConflictKind(StrEnum):
    """In what workbooks contradict each other. Programs meet these words, see sammanstallning.json."""

    ROUTES = "olika-vagval"
    REGIONS = "flera-regioner"
    SAME_CONTENT = "samma-innehall"
    OLDER = "aldre-version"
    VERSIONS = "flera-versioner"


@dataclass(slots=True, frozen=True)
class Conflict:
    """Workbooks that cannot all be right.

    Attributes:
        kind: in what they contradict each other.
        environment, contract: where it concerns some, else ''.
        addressees: the HSA-IDs that it is about; none where it is about the workbooks as such.
        workbooks: origins of the workbooks.
        message: what each of them says, and what follows (Swedish sentences).
    """

    kind: ConflictKind
    environment: str
    contract: str
    addressees: tuple[str, ...]
    workbooks: tuple[str, ...]
    message: str


@dataclass(slots=True, frozen=True)
class Merged:
    """The folder of one environment in samlad/: how much of what it orders."""

    environment: str
    folder: Path
    orders: int
    addressees: int
    files: "tuple[FileEntry, ...]"


@dataclass(slots=True)
class Batch:
    """Everything about one run."""

    now: datetime
    workbooks: list[Workbook] = field(default_factory=list)
    rejected: "list[Rejected]" = field(default_factory=list)
    conflicts: list[Conflict] = field(default_factory=list)
    merged: list[Merged] = field(default_factory=list)
    interrupted: bool = False
    planned: int = 0

    @property
    def total(self) -> Counts:
        """The numbers of all workbooks together."""
        return sum((book.made.counts for book in self.workbooks if book.made), Counts())

    @property
    def approved(self) -> bool:
        """Whether all is right: no errors, nothing rejected, nothing left undone.

        What nobody means as a workbook (a picture in a mail) is told, but does not count.
        """
        right = [book.made is not None and not book.made.counts.errors for book in self.workbooks]
        return not self.interrupted and all(right) and all(one.foreign for one in self.rejected)
