"""A child process, with a pipe to it and a pipe back."""

import faulthandler
import os
import signal
import subprocess
import sys
import threading
from contextlib import suppress
from typing import BinaryIO, Final, NoReturn, Protocol

from underlag.reading.opener_process import main

#: A newly started process imports what this one would.
_COMMAND: Final = (
    "import sys; sys.path[:] = sys.argv[1:]; from underlag.reading.opener_process import main; "
    "main(sys.stdin.buffer, sys.stdout.buffer)"
)


class Child(Protocol):
    """A process that answers requests."""

    requests: BinaryIO
    answers: BinaryIO

    def kill(self) -> None:
        """Kill it; it may have ended already."""

    def end(self) -> None:
        """End it and release its resources."""


def begin_child() -> Child:
    """Start a process that opens workbooks.

    A fork of this process answers at once, but is safe only while it runs no other threads.
    """
    if sys.platform == "linux" and threading.active_count() == 1:
        return _Copy()
    return _Fresh()


class _Copy:
    """A fork of this process, which only answers requests."""

    def __init__(self) -> None:
        asked, asking = os.pipe()
        answered, answering = os.pipe()
        self._process = os.fork()
        if self._process == 0:
            os.close(asking)
            os.close(answered)
            _serve(asked, answering)
        os.close(asked)
        os.close(answering)
        self.requests: BinaryIO = os.fdopen(asking, "wb")
        self.answers: BinaryIO = os.fdopen(answered, "rb")

    def kill(self) -> None:
        with suppress(ProcessLookupError):
            os.kill(self._process, signal.SIGKILL)

    def end(self) -> None:
        self.kill()
        _close(self.requests, self.answers)
        with suppress(ChildProcessError):
            os.waitpid(self._process, 0)


def _serve(asked: int, answering: int) -> NoReturn:
    """Answer requests, and exit without the exit handlers of the parent process."""
    try:
        faulthandler.disable()
        nowhere = os.open(os.devnull, os.O_RDWR)
        for standard in range(
            3
        ):  # native code writes errors there, and its reader waits until every writer has closed it
            os.dup2(nowhere, standard)
        main(os.fdopen(asked, "rb"), os.fdopen(answering, "wb"))
    finally:
        os._exit(0)


class _Fresh:
    """A newly started process."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(  # noqa: S603 - this very program
            [sys.executable, "-I", "-c", _COMMAND, *sys.path],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        if self._process.stdin is None or self._process.stdout is None:
            raise ValueError("a process was begun without pipes")
        self.requests: BinaryIO = self._process.stdin  # type: ignore[assignment]  # a file of bytes
        self.answers: BinaryIO = self._process.stdout  # type: ignore[assignment]  # as above

    def kill(self) -> None:
        self._process.kill()

    def end(self) -> None:
        self.kill()
        _close(self.requests, self.answers)
        self._process.wait()


def _close(*streams: BinaryIO) -> None:
    for stream in streams:
        with suppress(OSError):  # unwritten data is no longer needed
            stream.close()
