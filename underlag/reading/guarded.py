"""Opening a workbook so that no file can end the program: another process opens what is not small.

That process is begun when it is first needed, kept for further workbooks, and replaced when one of them
ended it.
Where no processes can be begun (in the browser) the limits of the opening itself hold.
"""

import atexit
import io
import pickle
import struct
import sys
import threading
import zipfile
from typing import Any, Final

from underlag.files.time_limit import seconds_for
from underlag.reading.child import Child, begin_child
from underlag.reading.formats.grid import Grid
from underlag.reading.formats.refusal import UnreadableError, too_costly
from underlag.reading.opener_process import receive, send
from underlag.reading.opening import open_workbook

_ZIP: Final = b"PK\x03\x04"
_ENTRY: Final = b"PK\x01\x02"
#: What a workbook has at the most that is opened here: bytes, parts, and bytes of all parts, unpacked.
_SMALL: Final = 300_000
_FEW_PARTS: Final = 100
_SMALL_UNPACKED: Final = 2_000_000
#: A larger one that hardly grows when it is unpacked holds rows like any other: so many times, so many bytes.
_PLAIN_RATIO: Final = 20
_PLAIN_UNPACKED: Final = 25_000_000
#: By the clock it may take so many times its processor time: the machine may have other things to do.
_PATIENCE: Final = 20

#: All that an answer may be made of.
_CLASSES: Final = {
    ("underlag.reading.formats.grid", "Grid"),
    ("underlag.reading.formats.grid", "Sheet"),
    ("underlag.reading.formats.sheet_facts", "LooseText"),
    ("underlag.reading.formats.refusal", "UnreadableError"),
    *(("datetime", name) for name in ("date", "datetime", "time", "timedelta")),
}


def open_guarded(content: bytes) -> Grid:
    """Read a workbook's cells, in another process where the file is not small and plain.

    Args:
        content: the bytes of the file.

    Raises:
        UnreadableError: as `open_workbook`; or the process that opened it ended, or took too long.
    """
    if is_small(content) or sys.platform == "emscripten":
        return open_workbook(content)
    return _OPENER.open(content)


def is_small(content: bytes) -> bool:
    """Return whether a file is so small and plain that the opening's own limits are enough."""
    if not content.startswith(_ZIP):
        return len(content) <= _SMALL
    if content.count(_ENTRY) > _FEW_PARTS:
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            unpacked = sum(info.file_size for info in archive.infolist())
    except (zipfile.BadZipFile, ValueError, OSError, EOFError, struct.error, NotImplementedError):
        return True  # it goes no further than this
    return unpacked <= max(_SMALL_UNPACKED, min(_PLAIN_UNPACKED, _PLAIN_RATIO * len(content)))


class Opener:
    """The process that opens workbooks, begun when it is needed."""

    def __init__(self) -> None:
        self._process: Child | None = None
        self._lock = threading.Lock()

    def open(self, content: bytes) -> Grid:
        """Read a workbook's cells; as `open_guarded`."""
        with self._lock:
            answer = self._answer(content)
        if isinstance(answer, UnreadableError):
            raise answer
        if not isinstance(answer, Grid):
            raise too_costly(len(content))
        return answer

    def end(self) -> None:
        """End the process."""
        process, self._process = self._process, None
        if process is not None:
            process.end()

    def _answer(self, content: bytes) -> Any:
        if self._process is None:
            self._process = begin_child()
        process = self._process
        timer = threading.Timer(_PATIENCE * seconds_for(len(content)), process.kill)
        timer.daemon = True
        timer.start()
        try:
            send(process.requests, content)
            message = receive(process.answers)
            answer = _Answers(io.BytesIO(message)).load() if message else None
        except (OSError, EOFError, pickle.UnpicklingError):
            answer = None
        finally:
            timer.cancel()
        if answer is None or len(content) > _SMALL:
            self.end()  # what a large file took is given back
        return answer


class _Answers(pickle.Unpickler):
    """Takes answers of the process, which a file may have led astray: cells, and nothing that acts."""

    def find_class(self, module: str, name: str) -> Any:
        """Return a class that an answer may be made of."""
        if (module, name) not in _CLASSES:
            raise pickle.UnpicklingError(f"{module}.{name} is no part of an answer")
        return super().find_class(module, name)


_OPENER: Final = Opener()
atexit.register(_OPENER.end)
