"""What was sent and made of it, kept in memory for a while under names that nobody can guess."""

import secrets
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Final

from underlag.web.edition import random_key
from underlag.web.examination.work import Examined, Request

#: Seconds that a result is kept.
LIFETIME: Final = 3600
#: How many results are kept, and how many bytes of them in all; the oldest goes first.
MOST: Final = 60
MOST_BYTES: Final = 500_000_000


@dataclass(slots=True)
class Result:
    """A workbook that was sent, and what was made of it.

    Attributes:
        owner: what the browser that sent it is known by; no other may open it.
        request: what was sent and asked for.
        examined: what was made of it; None until somebody asks for it.
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
    """The results of one run of the program; it may be asked from several threads.

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
        # So that it is gone in time also when nobody asks for anything any more.
        timer = threading.Timer(LIFETIME + 1, self.forget_old)
        timer.daemon = True
        # In a browser there are no threads: a result is gone with the page.
        with suppress(RuntimeError):
            timer.start()
        return key

    def get(self, key: str, owner: str) -> Result | None:
        """Return a result, None when it is unknown, has been forgotten or is another browser's."""
        with self._lock:
            self._forget()
            kept = self._kept.get(key)
        if kept is None or not secrets.compare_digest(kept[1].owner.encode(), owner.encode()):
            return None
        return kept[1]

    def forget_old(self) -> None:
        """Forget what has been kept long enough."""
        with self._lock:
            self._forget()

    def _forget(self) -> None:
        oldest = self._clock() - LIFETIME
        self._kept = {key: kept for key, kept in self._kept.items() if kept[0] > oldest}
        # The newest stays, however large: it is what its owner is waiting for.
        while len(self._kept) > 1 and (len(self._kept) > MOST or self._size() > MOST_BYTES):
            del self._kept[next(iter(self._kept))]

    def _size(self) -> int:
        return sum(result.size for _, result in self._kept.values())
