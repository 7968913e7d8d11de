"""Options of a run, in one object for all steps."""

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

#: Time zone of all times in orders and reports.
STOCKHOLM = ZoneInfo("Europe/Stockholm")


def now_in_stockholm() -> datetime:
    """Return the current Swedish time, to the second."""
    return datetime.now(STOCKHOLM).replace(microsecond=0)


def in_stockholm(moment: datetime) -> datetime:
    """Convert a moment to Swedish time, to the second; a naive one is taken as Swedish."""
    swedish = moment.replace(tzinfo=STOCKHOLM) if moment.tzinfo is None else moment.astimezone(STOCKHOLM)
    return swedish.replace(microsecond=0)


#: Default upper bound of the form-encoded body of a TAK order, in bytes; tak-web takes 2,097,152.
LARGEST_PART: Final = 2_000_000


@dataclass(frozen=True, eq=False, repr=False)
class Options:
    """Options of the caller; each overrides what files state.

    Attributes:
        environment: PROD or QA; '' to take the workbook's.
        profile: key of a profile; '' to recognise it by the sheets.
        date: date of change as the user wrote it (YYYY-MM-DD); '' if not given.
        case_number: the pre-study's case number, e.g. TSK-12518; '' if not given.
        order_file: a bestallning.toml; None to look next to the workbook.
        order_file_beside: a bestallning.toml next to the workbook, used only if it is about the workbook.
        columns: what columns mean, as (column, role) with the words of [kolumner]; overrides the order file.
        decisions: a folder with decisions of each region, as REGION.toml; None for none.
        remarks: sentences of mails about the workbook that may contradict it.
        skip_faulty: leave out faulty rows and order the rest.
        remove: remove the addressees of rows that state no action.
        only_new: with a TAK export, order only what the TAK lacks.
        replace_routes: with a TAK export, order also routes that replace another, and remove planned
            starts and ends.
        largest_part: upper bound (exclusive) of the form-encoded body of a TAK order, in bytes.
        now: timestamp written to the output, in Swedish time; pass a fixed value for reproducible bytes.
    """

    environment: str = ""
    profile: str = ""
    date: str = ""
    case_number: str = ""
    order_file: Path | None = None
    order_file_beside: Path | None = None
    columns: tuple[tuple[str, str], ...] = ()
    decisions: Path | None = None
    remarks: tuple[str, ...] = ()
    skip_faulty: bool = False
    remove: bool = False
    only_new: bool = False
    replace_routes: bool = False
    largest_part: int = LARGEST_PART
    now: datetime = field(default_factory=now_in_stockholm)

    def __post_init__(self) -> None:
        """Convert the moment to Swedish time, which decides the current day."""
        object.__setattr__(self, "now", in_stockholm(self.now))
