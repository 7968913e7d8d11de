"""The time that the work on one file may take: far above any genuine file's, far below what blocks a machine.

It is processor time, so that the load of the machine does not matter.
"""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Final

from underlag.files.limits import factor

#: Seconds for any file, and more for each million bytes of it.
_SECONDS: Final = 8
_SECONDS_PER_MEGABYTE: Final = 4


class OverTimeError(BaseException):
    """The work on a file took longer than it may; no handler of other errors is to catch it."""


def seconds_for(size: int) -> float:
    """Return how many seconds of the processor a file of a size may take."""
    return factor() * (_SECONDS + _SECONDS_PER_MEGABYTE * size / 1_000_000)


@contextmanager
def limited_time(size: int) -> Iterator[None]:
    """Interrupt the work on a file of a size that takes too long.

    Only in a main thread, where the system has timers that are not in use: elsewhere the limits of what a
    file may hold are all there are.

    Raises:
        OverTimeError: it does.
    """
    if (
        not hasattr(signal, "setitimer")
        or threading.current_thread() is not threading.main_thread()
        or signal.getsignal(signal.SIGVTALRM) is not signal.SIG_DFL
    ):
        yield
        return
    signal.signal(signal.SIGVTALRM, _interrupt)
    try:
        signal.setitimer(signal.ITIMER_VIRTUAL, seconds_for(size))
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, signal.SIG_DFL)


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise OverTimeError
