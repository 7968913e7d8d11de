"""What the caller asks for beside the workbook: one object that each step reads its own part of."""

from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

#: Every time in orders and reports is Swedish, with the offset of its date.
STOCKHOLM = ZoneInfo("Europe/Stockholm")


def now_in_stockholm() -> datetime:
    """Return the present moment, to the second, in Swedish time."""
    return datetime.now(STOCKHOLM).replace(microsecond=0)


def in_stockholm(moment: datetime) -> datetime:
    """Return a moment in Swedish time, to the second; without a zone it is Swedish already."""
    swedish = moment.replace(tzinfo=STOCKHOLM) if moment.tzinfo is None else moment.astimezone(STOCKHOLM)
    return swedish.replace(microsecond=0)


#: What the form-encoded body of a TAK order is smaller than by default, in bytes: tak-web takes 2,097,152.
LARGEST_PART: Final = 2_000_000


@dataclass(slots=True, frozen=True)
class Options:
    """The caller's wishes; an option overrides what files say.

    Attributes:
        environment: PROD or QA; '' to let the workbook say.
        profile: key of a profile; '' to find it by the sheets.
        date: date of change as the user wrote it (YYYY-MM-DD); '' if not given.
        case_number: the pre-study's case number, e.g. TSK-12518; '' if not given.
        order_file: a bestallning.toml; None to look beside the workbook.
        skip_faulty: leave faulty rows out and order the rest.
        remove: the addressees of the workbook are to be removed, not added.
        only_new: with a TAK export, order only what is not there already.
        replace_routes: with a TAK export, order also routes that replace another, and remove planned
            starts and ends.
        largest_part: what the form-encoded body of a TAK order must be smaller than, in bytes.
        now: the moment that the output states, made Swedish; fixed, the output is the same byte for byte.
    """

    environment: str = ""
    profile: str = ""
    date: str = ""
    case_number: str = ""
    order_file: Path | None = None
    skip_faulty: bool = False
    remove: bool = False
    only_new: bool = False
    replace_routes: bool = False
    largest_part: int = LARGEST_PART
    now: datetime = field(default_factory=now_in_stockholm)

    def __post_init__(self) -> None:
        """Make the moment Swedish: which day it is depends on it."""
        object.__setattr__(self, "now", in_stockholm(self.now))
