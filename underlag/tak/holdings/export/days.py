"""The dates of an export: moments in some zone, of which only the Swedish calendar date counts."""

from datetime import UTC, date, datetime
from typing import Any

from underlag.options import STOCKHOLM


def swedish_day(moment: Any) -> date | None:
    """Return the Swedish date of a moment, None for what is none.

    2014-08-12T22:00:00+0000 is 2014-08-13, for it is midnight in Sweden then. One without offset is Swedish.
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
        # The end of time, as some systems write "for ever": the date as it stands is near enough.
        return when.date()
