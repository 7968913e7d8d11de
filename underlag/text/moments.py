"""Moments in Swedish text."""

from datetime import datetime

from underlag.options import STOCKHOLM


def when(moment: datetime | str) -> str:
    """Return a moment, also one in ISO 8601, in Swedish time: 2027-02-01 09:00."""
    if isinstance(moment, str):
        moment = datetime.fromisoformat(moment)
    return moment.astimezone(STOCKHOLM).strftime("%Y-%m-%d %H:%M")
