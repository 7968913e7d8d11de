"""Distributes jobs to worker processes, which start when there is something to do."""

from collections.abc import Callable, Iterable, Iterator
from itertools import chain, islice
from typing import TYPE_CHECKING, Final, Protocol, Self, TypeVar

from underlag.batch.records.workbooks import Settings

if TYPE_CHECKING:
    from underlag.batch.processes.workers import Workers

#: Results that are taken together, at most.
_TOGETHER: Final = 32

_Result = TypeVar("_Result")
_Result_co = TypeVar("_Result_co", covariant=True)


class Died:
    """Returned instead of a result when the worker crashed, e.g. because memory ran out."""


class Job(Protocol[_Result_co]):
    """A job for a worker process; the job and its result can be pickled."""

    def run(self, settings: Settings) -> _Result_co:
        """Do the job."""


class Results(Iterator[_Result_co]):
    """The results of jobs, in their order.

    Args:
        results: yields them, and waits for those that are not there yet.
        are_there: returns whether nothing has to be waited for.
        is_next_there: returns whether the next one exists and is there.
    """

    def __init__(
        self,
        results: Iterator[_Result_co],
        are_there: Callable[[], bool],
        is_next_there: Callable[[], bool] = lambda: False,
    ) -> None:
        self._results = results
        self.are_there = are_there
        self._is_next_there = is_next_there

    def __next__(self) -> _Result_co:
        return next(self._results)

    def together(self) -> Iterator[list[_Result_co]]:
        """Yield results with those after them that are there already, up to a limit."""
        for result in self:
            some = [result]
            while len(some) < _TOGETHER and self._is_next_there():
                some += islice(self, 1)
            yield some


class Pool:
    """Worker processes, used as a context manager.

    Args:
        settings: sent to each process once; kept as an attribute.
        processes: maximum number; 0 runs the jobs in this process, without protection against crashes.
    """

    def __init__(self, settings: Settings, processes: int) -> None:
        self.settings = settings
        self._processes = processes
        self._workers: Workers | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._workers is not None:
            self._workers.close()

    def begin(self, module: str) -> None:
        """Start processes that import a module, while this one collects the jobs."""
        if self._processes:
            self._started().load(module)

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
        first = None if stopped() else next(source, None)
        if first is None:
            return Results(iter(()), lambda: True)
        return self._started().results(chain([first], source), stopped)

    def _done_here(self, jobs: Iterator[Job[_Result]], stopped: Callable[[], bool]) -> Iterator[_Result]:
        for job in jobs:
            yield job.run(self.settings)
            if stopped():
                return

    def _started(self) -> "Workers":
        if self._workers is None:
            from underlag.batch.processes.workers import Workers  # noqa: PLC0415 - a run with nothing new has none

            self._workers = Workers(self.settings, self._processes)
        return self._workers
