"""Sharing work out among processes. A process that dies takes only the job down that killed it."""

import atexit
import gc
import importlib
import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from typing import Final, Protocol, Self, TypeVar

from underlag.batch.records.workbooks import Settings
from underlag.profiles import find_profile

_Result = TypeVar("_Result")
_Result_co = TypeVar("_Result_co", covariant=True)

#: Jobs in hand for each process: results come in order, and behind a slow one the others go on.
_IN_HAND: Final = 16
#: So many processes begin before it is known how much there is to do.
_AT_ONCE: Final = 2
#: Seconds between two looks at whether to stop.
_PATIENCE: Final = 0.2


class Died:
    """Stands for a result: the process that did the job ended without one, e.g. since memory ran out."""


class Job(Protocol[_Result_co]):
    """Something to do in another process; it can be pickled, and so can its result."""

    def run(self, settings: Settings) -> _Result_co:
        """Do it."""


@dataclass(slots=True, frozen=True)
class _Loading:
    """Loads a module."""

    module: str

    def run(self, settings: Settings) -> None:
        """Do it."""
        del settings
        importlib.import_module(self.module)


class Pool:
    """Processes that do jobs; to be used as a context.

    They are started afresh (spawn) on every system, as Windows does, so that they behave the same everywhere.

    Args:
        settings: what each process gets once; kept as an attribute.
        processes: how many at the most; with 0 the jobs are done here, and one that kills this process is not
            survived.
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
        """Start processes that load a module, while this one finds out what there is to do."""
        for _ in range(min(self._processes, _AT_ONCE)):
            self._submit(_Loading(module))

    def results(
        self, jobs: Iterable[Job[_Result]], stopped: Callable[[], bool] = lambda: False
    ) -> Iterator[_Result | Died]:
        """Yield the result of each job, in their order.

        When `stopped` says so, no further job is begun; those that were are finished and yielded.
        """
        if self._processes:
            yield from self._shared_out(iter(jobs), stopped)
            return
        for job in jobs:
            yield job.run(self.settings)
            if stopped():
                return

    def _shared_out(
        self, source: Iterator[Job[_Result]], stopped: Callable[[], bool]
    ) -> Iterator[_Result | Died]:
        in_hand: deque[tuple[Job[_Result], Future[_Result]]] = deque()
        while True:
            stopping = stopped()
            if stopping:
                for _, future in reversed(in_hand):
                    future.cancel()
            else:
                room = _IN_HAND * self._processes - len(in_hand)
                in_hand += [(job, self._submit(job)) for job in islice(source, room)]
            if not in_hand:
                return
            future = in_hand[0][1]
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

    def _one_by_one(
        self, in_hand: Iterable[tuple[Job[_Result], Future[_Result]]], stopped: Callable[[], bool]
    ) -> Iterator[_Result | Died]:
        """Go through the jobs that were in hand when a process died, so that only the deadly one fails."""
        self._end()
        waiting = list(in_hand)
        with Pool(self.settings, 1) as careful:
            for job, future in waiting:
                if stopped():
                    return
                if future.done() and not future.cancelled() and future.exception() is None:
                    yield future.result()
                    continue
                try:
                    result = careful._submit(job).result()
                except BrokenProcessPool:
                    careful._end()
                    yield Died()
                else:
                    yield result

    def _submit(self, job: Job[_Result]) -> "Future[_Result]":
        if self._pool is None:
            self._pool = ProcessPoolExecutor(
                self._processes,
                mp_context=multiprocessing.get_context("spawn"),
                initializer=_begin,
                initargs=(self.settings,),
            )
        try:
            with _ctrl_c_held_back():
                return self._pool.submit(_run, job)
        except BrokenProcessPool as error:
            # It broke after the last look: the future tells so as those before it will.
            failed: Future[_Result] = Future()
            failed.set_exception(error)
            return failed

    def _end(self) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = None


@contextmanager
def _ctrl_c_held_back() -> Iterator[None]:
    """Let a process that begins in here never see Ctrl-C; this one sees it afterwards.

    It goes to all of a terminal's processes, also to one that has not got as far as to ignore it.
    """
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


#: What this process was given at its start, if it is one of a pool.
_given: list[Settings] = []


def _begin(settings: Settings) -> None:
    """Start a process. Ctrl-C is the business of the one that shares out; when that ends, so does this."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    atexit.register(gc.freeze)  # what is left goes with the process: no need to search it for cycles
    _given[:] = [settings]
    if settings.options.profile:
        find_profile(settings.options.profile)  # registers the profile of a file under its key


def _end_with_parent() -> None:
    """End this process when the one that began it is gone: else it would wait for work for ever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _run(job: Job[_Result]) -> _Result:
    return job.run(_given[0])
