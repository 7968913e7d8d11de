"""Compares workbooks with a TAK-API; each worker caches the answers and queries only what is missing."""

import time
from datetime import date, datetime
from typing import Final

from underlag.batch.processes.unanswered import UnansweredError
from underlag.tak.holdings.api import Access, ApiTrouble, snapshot_from_api
from underlag.tak.holdings.api_snapshot import Snapshot
from underlag.tak.holdings.catalogue import Catalogue
from underlag.tak.holdings.question import Question

#: Consecutive unanswered queries after which a process pauses; each may cost a long wait.
_MOST_TROUBLES: Final = 2
#: Seconds.
_PAUSE: Final = 300


class _Kept:
    """The answers of an API about one platform."""

    def __init__(self, access: Access) -> None:
        self._access = access
        self._snapshot: Snapshot | None = None
        self._catalogues: dict[date, Catalogue] = {}
        self._troubles = 0
        self._reason = ""
        self._paused_until = 0.0

    def catalogue(self, question: Question, day: date, now: datetime) -> Catalogue:
        """Return a catalogue that covers a question."""
        if time.monotonic() >= self._paused_until:
            self._ask(question, now)
        if self._snapshot is None or self._reason:
            raise UnansweredError(f"TAK-API:et på {self._access.url} gav inget svar: {self._reason}")
        if day not in self._catalogues:
            self._catalogues[day] = self._snapshot.catalogue(day)
        return self._catalogues[day]

    def _ask(self, question: Question, now: datetime) -> None:
        try:
            answer = snapshot_from_api(self._access, question, now=now, kept=self._snapshot)
        except ApiTrouble as trouble:
            self._troubles += 1
            self._reason = trouble.reason
            if self._troubles >= _MOST_TROUBLES:
                self._paused_until = time.monotonic() + _PAUSE
            return
        self._troubles, self._reason = 0, ""
        if answer is not self._snapshot:
            self._snapshot = answer
            self._catalogues.clear()


_KEPT: Final[dict[tuple[Access, str], _Kept]] = {}


def catalogue_of_api(access: Access, question: Question, *, day: date, now: datetime) -> Catalogue:
    """Return a TAK-API's answer to a question, with its answers to this process's earlier questions.

    Args:
        access: address and login.
        question: platform, contracts, addressees and components.
        day: the day of the change.
        now: the present moment.

    Raises:
        UnansweredError: the API gives no usable answer.
    """
    kept = _KEPT.setdefault((access, question.platform), _Kept(access))
    return kept.catalogue(question, day, now)
