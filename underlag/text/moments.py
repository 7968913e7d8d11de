"""Moments in Swedish text."""

import re
from datetime import datetime
from typing import Final

from underlag.options import STOCKHOLM

_IN_UTC: Final = re.compile(r"\b\d{4}-[01]\d-[0-3]\dT[0-2]\d:[0-5]\d:[0-5]\dZ")


def when(moment: datetime | str) -> str:
    """Return a moment, also one in ISO 8601, in Swedish time: 2027-02-01 09:00."""
    if isinstance(moment, str):
        moment = datetime.fromisoformat(moment)
    return moment.astimezone(STOCKHOLM).strftime("%Y-%m-%d %H:%M")


def with_local_times(text: str) -> str:
    """Return a text with moments in UTC (2026-11-26T08:12:00Z) in Swedish time."""
    return _IN_UTC.sub(lambda found: when(found[0]), text)
