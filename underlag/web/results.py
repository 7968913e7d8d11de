"""Uploads and their results, kept in memory for a limited time under keys that cannot be guessed."""

import secrets
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Final

from underlag.web.edition import random_key
from underlag.web.examination.request import Request
from underlag.web.examination.work import Examined

#: Seconds that a result is kept.
LIFETIME: Final = 3600
#: How many results are kept, and how many bytes of them in all; the oldest goes first.
MOST: Final = 60
MOST_BYTES: Final = 500_000_000


@dataclass(slots=True)
class Result:
    """An uploaded workbook and its result.

    Attributes:
        owner: id of the browser that uploaded it; no other may open it.
        request: the upload with its choices.
        examined: the result; None until it is opened.
        lock: held while it is examined.
    """

    owner: str
    request: Request
    examined: Examined | None = None
    lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    @property
    def size(self) -> int:
        """Bytes of all files."""
        return self.request.size + (self.examined.size if self.examined else 0)


class Results:
    """The results of one run of the program. Thread-safe.

    Args:
        clock: returns seconds of a monotonic clock.
        new_key: returns the key of a new result; one that exists is replaced.
    """

    def __init__(
        self,
        clock: Callable[[], float] = time.monotonic,
        new_key: Callable[[Request], str] = random_key,
    ) -> None:
        self._clock, self._new_key = clock, new_key
        self._lock = threading.Lock()
        self._kept: dict[str, tuple[float, Result]] = {}

    def add(self, result: Result) -> str:
        """Keep a result and return its key."""
        key = self._new_key(result.request)
        with self._lock:
            self._kept.pop(key, None)
            self._kept[key] = (self._clock(), result)
            self._forget()
        # Drop it in time even if no further request arrives.
        timer = threading.Timer(LIFETIME + 1, self.forget_old)
        timer.daemon = True
        # Threads do not start in a browser, where results live as long as the page.
        with suppress(RuntimeError):
            timer.start()
        return key

    def get(self, key: str, owner: str) -> Result | None:
        """Return a result, None if it is unknown, dropped or another browser's."""
        with self._lock:
            self._forget()
            kept = self._kept.get(key)
        if kept is None or not secrets.compare_digest(kept[1].owner.encode(), owner.encode()):
            return None
        return kept[1]

    def forget_old(self) -> None:
        """Drop results that are older than their lifetime."""
        with self._lock:
            self._forget()

    def _forget(self) -> None:
        oldest = self._clock() - LIFETIME
        self._kept = {key: kept for key, kept in self._kept.items() if kept[0] > oldest}
        # The newest stays, however large: its owner is waiting for it.
        while len(self._kept) > 1 and (len(self._kept) > MOST or self._size() > MOST_BYTES):
            del self._kept[next(iter(self._kept))]

    def _size(self) -> int:
        return sum(result.size for _, result in self._kept.values())
