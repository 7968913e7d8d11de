"""Reads regular files only: a pipe or a device may have no end, and may block."""

import os
import stat
from pathlib import Path
from typing import Final

#: Fits after a colon, as the reasons of text.system_errors do.
NOT_A_FILE: Final = "den är ingen vanlig fil utan ett rör eller en enhet: spara innehållet i en fil först"

#: Never block on a pipe; on Windows, never translate line feeds.
_HOW: Final = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


class NotAFileError(OSError):
    """A path leads to a pipe, a device or a socket; the Swedish text fits after a colon."""


def read_regular(path: Path, most: int = -1) -> bytes:
    """Return the content of a file.

    Args:
        path: the file.
        most: maximum bytes to read; -1 for all.

    Raises:
        NotAFileError: it is not a regular file.
        OSError: it cannot be opened or read.
    """
    with os.fdopen(os.open(path, _HOW), "rb") as stream:
        if not is_regular(os.fstat(stream.fileno())):
            raise NotAFileError(NOT_A_FILE)
        return stream.read(most)


def is_regular(status: os.stat_result) -> bool:
    """Whether an entry of the file system is a regular file."""
    return stat.S_ISREG(status.st_mode)
