"""Distributes jobs to worker processes. A crashing worker loses only its own job."""

import atexit
import gc
import importlib
import multiprocessing
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import Final, Generic, NamedTuple, Protocol, Self, TypeVar

from underlag.batch.records.workbooks import Settings
from underlag.parent_process import end_with_parent
from underlag.profiles import find_profile

_Result = TypeVar("_Result")
_Result_co = TypeVar("_Result_co", covariant=True)

#: Maximum unfinished jobs per process: results come in order, so others must proceed behind a slow one.
_IN_HAND: Final = 16
#: Processes that start before the amount of work is known.
_AT_ONCE: Final = 2
#: Seconds between two checks of whether to stop.
_PATIENCE: Final = 0.2


class Died:
    """Returned instead of a result when the worker crashed, e.g. because memory ran out."""


class Job(Protocol[_Result_co]):
    """A job for a worker process; the job and its result can be pickled."""

    def run(self, settings: Settings) -> _Result_co:
        """Do the job."""


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


class Results(Iterator[_Result_co]):
    """The results of jobs, in their order.

    Args:
        results: yields them, and waits for those that are not there yet.
        are_there: returns whether nothing has to be waited for.
    """

    def __init__(self, results: Iterator[_Result_co], are_there: Callable[[], bool]) -> None:
        self._results = results
        self.are_there = are_there

    def __next__(self) -> _Result_co:
        return next(self._results)


class Pool:
    """Worker processes, used as a context manager.

    They are spawned on every system, as on Windows, so that they behave the same everywhere.

    Args:
        settings: sent to each process once; kept as an attribute.
        processes: maximum number; 0 runs the jobs in this process, without protection against crashes.
    """

    def __init__(self, settings: Settings, processes: int) -> None:
        self.settings = settings
        self._processes = processes
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._end()

    def begin(self, module: str) -> None:
        """Start processes that import a module, while this one collects the jobs."""
        for _ in range(min(self._processes, _AT_ONCE)):
            self._submit(_Loading(module))

    def results(
        self, jobs: Iterable[Job[_Result]], stopped: Callable[[], bool] = lambda: False
    ) -> Results[_Result | Died]:
        """Start the jobs, and return the result of each, in their order.

        The processes work before the first result is asked for. Once `stopped` returns True, no further job
        starts; started ones are finished and yielded.
        """
        source = iter(jobs)
        if not self._processes:
            return Results(self._done_here(source, stopped), lambda: True)
        in_hand: deque[_Begun[_Result]] = deque()
        self._refill(in_hand, source, stopped)
        results = self._shared_out(in_hand, source, stopped)
        return Results(results, lambda: all(begun.future.done() for begun in in_hand))

    def _done_here(self, jobs: Iterator[Job[_Result]], stopped: Callable[[], bool]) -> Iterator[_Result]:
        for job in jobs:
            yield job.run(self.settings)
            if stopped():
                return

    def _refill(
        self, in_hand: "deque[_Begun[_Result]]", source: Iterator[Job[_Result]], stopped: Callable[[], bool]
    ) -> None:
        """Submit as many jobs as may be unfinished, or cancel those that have not started."""
        if stopped():
            for begun in reversed(in_hand):
                begun.future.cancel()
            return
        room = _IN_HAND * self._processes - len(in_hand)
        in_hand += map(self._submit, islice(source, room))

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
            self._end()
        with Pool(self.settings, 1) as careful:
            for job, future, _ in waiting:
                if stopped():
                    return
                if future.done() and not future.cancelled() and future.exception() is None:
                    yield future.result()
                    continue
                try:
                    result = careful._submit(job).future.result()
                except BrokenProcessPool:
                    careful._end()
                    yield Died()
                else:
                    yield result

    def _submit(self, job: Job[_Result]) -> "_Begun[_Result]":
        if self._pool is None:
            self._pool = ProcessPoolExecutor(
                self._processes,
                mp_context=multiprocessing.get_context("spawn"),
                initializer=_begin,
                initargs=(self.settings,),
            )
        try:
            with _ctrl_c_held_back():
                return _Begun(job, self._pool.submit(_run, job), self._pool)
        except BrokenProcessPool as error:
            # The pool broke since the last check: this future fails as the earlier ones will.
            failed: Future[_Result] = Future()
            failed.set_exception(error)
            return _Begun(job, failed, self._pool)

    def _end(self) -> None:
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
