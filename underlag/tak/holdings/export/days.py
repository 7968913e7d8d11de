"""The dates of an export: moments with a time zone, of which only the Swedish calendar date counts."""

from datetime import UTC, date, datetime
from typing import Any

from underlag.options import STOCKHOLM


def swedish_day(moment: Any) -> date | None:
    """Return the Swedish date of a moment, None for anything else.

    2014-08-12T22:00:00+0000 is 2014-08-13, midnight in Sweden. A moment without offset is Swedish.
    """
    if not isinstance(moment, str):
        return None
    try:
        when = datetime.fromisoformat(moment.strip())
    except ValueError:
        return None
    if when.tzinfo is None:
        return when.date()
    try:
        return when.astimezone(UTC).astimezone(STOCKHOLM).date()
    except OverflowError:
        # The end of time, which some systems write for "no end": the date as written is near enough.
        return when.date()
