"""The process that opens workbooks: started when it is first needed, and kept for further workbooks.

A new one replaces it after a workbook that crashed it, and after a large one.
"""

import atexit
import io
import pickle
import threading
from typing import Any, Final

from underlag.files.time_limit import seconds_for
from underlag.reading.child import Child, begin_child
from underlag.reading.formats.grid import Grid
from underlag.reading.formats.refusal import UnreadableError, too_costly
from underlag.reading.opener_process import receive, send

#: The process is ended after a workbook of more bytes, and what that took is given back.
_LARGE: Final = 300_000
#: Maximum wall clock time as a multiple of the processor time: the machine may be busy.
_PATIENCE: Final = 20

#: The classes that an answer may contain.
_CLASSES: Final = {
    ("underlag.reading.formats.grid", "Grid"),
    ("underlag.reading.formats.grid", "Sheet"),
    ("underlag.reading.formats.sheet_facts", "LooseText"),
    ("underlag.reading.formats.refusal", "UnreadableError"),
    *(("datetime", name) for name in ("date", "datetime", "time", "timedelta")),
}


class Opener:
    """The process that opens workbooks, started when it is needed."""

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
        if answer is None or len(content) > _LARGE:
            self.end()
        return answer


class _Answers(pickle.Unpickler):
    """Unpickles answers of the process, which a file may have compromised: data only, no code."""

    def find_class(self, module: str, name: str) -> Any:
        """Return a class that an answer may contain."""
        if (module, name) not in _CLASSES:
            raise pickle.UnpicklingError(f"{module}.{name} is no part of an answer")
        return super().find_class(module, name)


OPENER: Final = Opener()
atexit.register(OPENER.end)
