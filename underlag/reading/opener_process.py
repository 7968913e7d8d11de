"""The process that opens workbooks for another one, which survives whatever a file does to it.

It reads requests from one stream and writes answers to another, each after its length, until the requests
end. It opens one workbook at a time, under limits of memory and processor time.
"""

import gc
import os
import pickle
import signal
import struct
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, Final

from underlag.files.limits import factor
from underlag.files.time_limit import seconds_for
from underlag.reading.formats.grid import Grid
from underlag.reading.formats.refusal import UnreadableError
from underlag.reading.opening import open_workbook

#: The length before each message.
LENGTH: Final = struct.Struct("<Q")

#: Maximum memory of a workbook: a constant, and a multiple of the file's bytes.
_MEMORY: Final = 450_000_000
_MEMORY_PER_BYTE: Final = 60


def serve(requests: BinaryIO, answers: BinaryIO) -> None:
    """Answer requests until there are no more."""
    gc.disable()  # garbage of a workbook is freed without it
    held = _held()
    while (content := receive(requests)) is not None:
        answer = _opened(content, held)
        del content
        send(answers, pickle.dumps(answer, pickle.HIGHEST_PROTOCOL))


def _held() -> int:
    """Return the bytes of data that this process has had since its start; 0 if the system does not report it.

    A fork of a large process has the data of its parent, which does not count as the workbook's.
    """
    with suppress(OSError), Path("/proc/self/status").open(encoding="ascii", errors="replace") as status:
        for line in status:
            if line.startswith("VmData:"):
                return int(line.split()[1]) * 1024
    return 0


def _opened(content: bytes, held: int) -> Grid | UnreadableError:
    _limit(len(content), held)
    try:
        return open_workbook(content)
    except UnreadableError as error:
        return error
    except MemoryError:
        os._exit(1)
    finally:
        if hasattr(signal, "setitimer"):
            signal.setitimer(signal.ITIMER_PROF, 0)


def _limit(size: int, held: int) -> None:
    """Let the system end this process if it uses too much for a file of a size; not on Windows.

    Args:
        size: of the file, in bytes.
        held: bytes of data that the process has already.
    """
    if hasattr(signal, "setitimer"):
        signal.signal(signal.SIGPROF, signal.SIG_DFL)
        signal.setitimer(signal.ITIMER_PROF, seconds_for(size))
    with suppress(ImportError, ValueError, OSError):
        import resource  # noqa: PLC0415 - Windows does not have it

        most = held + factor() * (_MEMORY + _MEMORY_PER_BYTE * size)
        _, hard = resource.getrlimit(resource.RLIMIT_DATA)
        resource.setrlimit(resource.RLIMIT_DATA, (most if hard < 0 else min(most, hard), hard))


def receive(stream: BinaryIO) -> bytes | None:
    """Return the next message, None at the end.

    Raises:
        EOFError: the stream ends within a message.
    """
    head = stream.read(LENGTH.size)
    if not head:
        return None
    (length,) = LENGTH.unpack(head)
    message = stream.read(length)
    if len(message) < length:
        raise EOFError
    return message


def send(stream: BinaryIO, message: bytes) -> None:
    """Write a message."""
    stream.write(LENGTH.pack(len(message)))
    stream.write(message)
    stream.flush()


def main(requests: BinaryIO, answers: BinaryIO) -> None:
    """Serve the parent process, which also handles Ctrl-C."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with suppress(BrokenPipeError, EOFError):
        serve(requests, answers)
