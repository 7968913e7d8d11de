"""Worker processes. A crashing one loses only its own job."""

import atexit
import gc
import importlib
import multiprocessing
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing, contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import Final, Generic, NamedTuple, TypeVar

from underlag.batch.processes.pool import Died, Job, Results
from underlag.batch.records.workbooks import Settings
from underlag.parent_process import end_with_parent
from underlag.profiles import find_profile

_Result = TypeVar("_Result")

#: Maximum unfinished jobs per process: results come in order, so others must proceed behind a slow one.
_IN_HAND: Final = 16
#: Processes that start before the amount of work is known.
_AT_ONCE: Final = 2
#: Seconds between two checks of whether to stop.
_PATIENCE: Final = 0.2


@dataclass(slots=True, frozen=True)
class _Loading:
    """Imports a module."""

    module: str

    def run(self, settings: Settings) -> None:
        """Do the job."""
        del settings
        importlib.import_module(self.module)


class _Begun(NamedTuple, Generic[_Result]):
    """A job, its future result, and the processes that it was submitted to."""

    job: Job[_Result]
    future: Future[_Result]
    pool: ProcessPoolExecutor

    @property
    def is_done(self) -> bool:
        """Whether it has a result."""
        future = self.future
        return future.done() and not future.cancelled() and future.exception() is None


class Workers:
    """Processes that do jobs.

    They are spawned on every system, as on Windows, so that they behave the same everywhere.

    Args:
        settings: sent to each process once.
        processes: maximum number.
    """

    def __init__(self, settings: Settings, processes: int) -> None:
        self._settings = settings
        self._processes = processes
        self._pool: ProcessPoolExecutor | None = None

    def load(self, module: str) -> None:
        """Start processes that import a module."""
        for _ in range(min(self._processes, _AT_ONCE)):
            self.submit(_Loading(module))

    def results(self, jobs: Iterator[Job[_Result]], stopped: Callable[[], bool]) -> Results[_Result | Died]:
        """Start the jobs, and return the results; see `Pool.results`."""
        in_hand: deque[_Begun[_Result]] = deque()
        self._refill(in_hand, jobs, stopped)
        results = self._shared_out(in_hand, jobs, stopped)
        return Results(
            results,
            lambda: all(begun.future.done() for begun in in_hand),
            lambda: bool(in_hand) and in_hand[0].is_done,
        )

    def _refill(
        self, in_hand: "deque[_Begun[_Result]]", source: Iterator[Job[_Result]], stopped: Callable[[], bool]
    ) -> None:
        """Submit as many jobs as may be unfinished, or cancel those that have not started."""
        if stopped():
            for begun in reversed(in_hand):
                begun.future.cancel()
            return
        room = _IN_HAND * self._processes - len(in_hand)
        in_hand += map(self.submit, islice(source, room))

    def _shared_out(
        self, in_hand: "deque[_Begun[_Result]]", source: Iterator[Job[_Result]], stopped: Callable[[], bool]
    ) -> Iterator[_Result | Died]:
        while in_hand:
            future = in_hand[0].future
            if future.cancelled():
                return
            if not future.done():
                wait([future], timeout=_PATIENCE)
            elif isinstance(future.exception(), BrokenProcessPool):
                yield from self._one_by_one(in_hand, stopped)
                in_hand.clear()
            else:
                in_hand.popleft()
                yield future.result()
            self._refill(in_hand, source, stopped)

    def _one_by_one(
        self, in_hand: "Iterable[_Begun[_Result]]", stopped: Callable[[], bool]
    ) -> Iterator[_Result | Died]:
        """Run the unfinished jobs one by one after a crash, so that only the job that causes it fails."""
        waiting = list(in_hand)
        if self._pool is waiting[0].pool:
            self.close()
        with closing(Workers(self._settings, 1)) as careful:
            for begun in waiting:
                if stopped():
                    return
                if begun.is_done:
                    yield begun.future.result()
                    continue
                try:
                    result = careful.submit(begun.job).future.result()
                except BrokenProcessPool:
                    careful.close()
                    yield Died()
                else:
                    yield result

    def submit(self, job: Job[_Result]) -> "_Begun[_Result]":
        """Give a job to the processes."""
        if self._pool is None:
            self._pool = ProcessPoolExecutor(
                self._processes,
                mp_context=multiprocessing.get_context("spawn"),
                initializer=_begin,
                initargs=(self._settings,),
            )
        try:
            with _ctrl_c_held_back():
                return _Begun(job, self._pool.submit(_run, job), self._pool)
        except BrokenProcessPool as error:
            # The pool broke since the last check: this future fails as the earlier ones will.
            failed: Future[_Result] = Future()
            failed.set_exception(error)
            return _Begun(job, failed, self._pool)

    def close(self) -> None:
        """End the processes; others start when there is more to do."""
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = None


@contextmanager
def _ctrl_c_held_back() -> Iterator[None]:
    """Block Ctrl-C in processes started here; this process receives it afterwards.

    A terminal sends it to all its processes, also to one that does not ignore it yet.
    """
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


#: The settings of this process, if it is a worker.
_given: list[Settings] = []


def _begin(settings: Settings) -> None:
    """Initialise a worker: the parent handles Ctrl-C, and the worker ends with it."""
    end_with_parent()
    atexit.register(gc.freeze)  # at exit, collecting cycles is a waste of time
    _given[:] = [settings]
    if settings.options.profile:
        find_profile(settings.options.profile)  # registers the profile of a file under its key


def _run(job: Job[_Result]) -> _Result:
    return job.run(_given[0])
