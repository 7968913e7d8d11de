"""Worker processes that examine workbooks, so that the server keeps answering."""

import multiprocessing
import queue
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from datetime import datetime
from typing import Final

from underlag.parent_process import end_with_parent
from underlag.web.examination.request import Request
from underlag.web.examination.work import Examined, WorkerDiedError, examine

#: How many workbooks are examined at once; a large one takes all of a processor.
AT_ONCE: Final = 2
#: A process ends after a larger workbook, in bytes, and what that took is given back.
_LARGE: Final = 300_000


class Workers:
    """Kept processes, each with one workbook at a time. One that dies is replaced; the others go on."""

    def __init__(self, number: int = AT_ONCE) -> None:
        self._free: queue.LifoQueue[ProcessPoolExecutor] = queue.LifoQueue()
        for _ in range(number):
            self._free.put(_process())

    def begin(self) -> None:
        """Start a process, so that the first workbook does not wait for it."""
        process = self._free.get()
        process.submit(_nothing)
        self._free.put(process)

    def examine(self, request: Request, now: datetime) -> Examined:
        """Do what `work.examine` does, in one of the processes; wait while all of them are busy.

        Raises:
            UnusableListError: the list from the HSA catalogue cannot be used.
            UncorrectableError: the workbook's format allows no corrections.
            TooLongError: making the package or the page takes too long.
            WorkerDiedError: the process ended without a result.
        """
        process = self._free.get()
        is_large = len(request.workbook.content) > _LARGE
        try:
            try:
                future = process.submit(examine, request, now)
            except BrokenProcessPool:  # it was ended while it had nothing to do
                process = _process()
                future = process.submit(examine, request, now)
            return future.result()
        except BrokenProcessPool as error:
            process = _process()
            raise WorkerDiedError from error
        finally:
            self._free.put(_renewed(process) if is_large else process)

    def end(self) -> None:
        """End the processes that have nothing to do; those at work end with this one."""
        while not self._free.empty():
            self._free.get().shutdown(wait=False, cancel_futures=True)


def _process() -> ProcessPoolExecutor:
    """Return an executor of one process, which it begins when it is needed."""
    return ProcessPoolExecutor(
        1, mp_context=multiprocessing.get_context("spawn"), initializer=end_with_parent
    )


def _renewed(process: ProcessPoolExecutor) -> ProcessPoolExecutor:
    """End a process, and return one that begins at once, so that the next workbook does not wait for it."""
    process.shutdown(wait=False)
    fresh = _process()
    fresh.submit(_nothing)
    return fresh


def _nothing() -> None:
    """Start a process and let it import this module."""
