"""The time that the work on one file may take: far above any genuine file's, far below what blocks a machine.

It is processor time, so that the load of the machine does not matter.
"""

import signal
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Final, TypeVar

from underlag.files.limits import factor, how_to_raise

#: Seconds for any file, and more for each million bytes of it.
_SECONDS: Final = 8
_SECONDS_PER_MEGABYTE: Final = 4
#: The documents about a file may take this many times as long: each row may have findings.
_MAKING: Final = 3
#: A timer of no seconds would never end.
_LEAST: Final = 0.001

_Step = TypeVar("_Step")


class OverTimeError(BaseException):
    """The work on a file took longer than it may; no handler of other errors is to catch it."""


class TooLongError(Exception):
    """The documents about a file took longer than they may; the message is Swedish and says what to do."""


def seconds_for(size: int) -> float:
    """Return how many seconds of the processor a file of a size may take."""
    return factor() * (_SECONDS + _SECONDS_PER_MEGABYTE * size / 1_000_000)


def seconds_to_make(size: int) -> float:
    """Return how many seconds of the processor the documents about a file of a size may take."""
    return _MAKING * seconds_for(size)


@contextmanager
def limited_time(size: int) -> Iterator[None]:
    """Interrupt the work on a file of a size that takes too long.

    Only in a main thread, where the system has timers that are not in use: elsewhere the limits of what a
    file may hold are all there are.

    Raises:
        OverTimeError: it does.
    """
    with _running_clock(seconds_for(size)):
        yield


@contextmanager
def limited_making(*sizes: int) -> Iterator[None]:
    """Interrupt the making of documents about files of some sizes where `limited_time` could.

    Within it, further limits on making do not count on their own.

    Raises:
        TooLongError: it takes too long.
    """
    with _making(sum(map(seconds_to_make, sizes))):
        yield


def limited_steps(steps: Iterable[_Step], size: int) -> Iterator[_Step]:
    """Yield the documents about a file of a size; what is done with each between the steps does not count.

    Until it ends or is closed, no other limit counts.

    Raises:
        TooLongError: making them takes too long, see `limited_making`.
    """
    with _making(seconds_to_make(size)) as clock:
        for step in steps:
            clock.stop()
            yield step
            clock.start()


class _Clock:
    """Counts processor time while it runs, and interrupts when none is left.

    Args:
        seconds: the time.
        works: whether it counts at all.
    """

    def __init__(self, seconds: float, *, works: bool) -> None:
        self._left = seconds
        self._works = works

    def start(self) -> None:
        """Run."""
        if self._works:
            signal.setitimer(signal.ITIMER_VIRTUAL, max(self._left, _LEAST))

    def stop(self) -> None:
        """Stop, and keep the time that is left."""
        if self._works:
            self._left, _ = signal.setitimer(signal.ITIMER_VIRTUAL, 0)


@contextmanager
def _running_clock(seconds: float) -> Iterator[_Clock]:
    """Count the time of the block, where that is possible."""
    works = (
        hasattr(signal, "setitimer")
        and threading.current_thread() is threading.main_thread()
        and signal.getsignal(signal.SIGVTALRM) is signal.SIG_DFL
    )
    clock = _Clock(seconds, works=works)
    if works:
        signal.signal(signal.SIGVTALRM, _interrupt)
    try:
        clock.start()
        yield clock
    finally:
        try:
            clock.stop()  # the time may end here, too
        finally:
            if works:
                signal.signal(signal.SIGVTALRM, signal.SIG_DFL)


@contextmanager
def _making(seconds: float) -> Iterator[_Clock]:
    try:
        with _running_clock(seconds) as clock:
            yield clock
    except OverTimeError as error:
        error.__traceback__ = None  # its frames would keep all that was made
        raise TooLongError(
            f"Rapporten och de andra filerna tog mer än {round(seconds)} sekunder att göra, och därför "
            f"avbröts det. Kontrollera att det är rätt arbetsbok. {how_to_raise()}"
        ) from error


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise OverTimeError
