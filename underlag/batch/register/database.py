"""The register's file: opened by one run at a time, and what goes wrong with it in Swedish.

The file may lie on a network drive: it has one user at a time (an exclusive lock, given up when the process
ends in whatever way) and no write-ahead log, which needs memory shared on one machine.

Source: sqlite.org/wal.html.
"""

import os
import sqlite3
import time
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

from underlag.batch.register import schema
from underlag.batch.register.names import REGISTER
from underlag.batch.register.refusal import reason

#: What a damaged file makes SQLite and the reading of its rows raise.
_DAMAGE: Final = (sqlite3.Error, zlib.error, ValueError)
#: Versions that can be used.
_KNOWN: Final = (schema.VERSION, schema.WITHOUT_LEDGER)
#: Seconds between two tries to get the lock of another run.
_PAUSE: Final = 0.2


class RegisterError(Exception):
    """The register cannot be used. The message is Swedish, for the user."""


class Busy(RegisterError):  # noqa: N818 - the name states the reason
    """Another run uses the register."""


class Database:
    """The file as a connection with a lock; to be used as a context.

    Args:
        path: its file; made if it does not exist.
        reading: only look, and do not make the file.
        wait: seconds to wait for another run that has it.
        waiting: is called once before that.
        may_begin: returns why an empty register must not begin here, '' if it may.

    Raises:
        RegisterError: it is no register, is in use, or cannot be read or written.
    """

    def __init__(
        self,
        path: Path,
        *,
        reading: bool = False,
        wait: float = 0,
        waiting: Callable[[], None] = lambda: None,
        may_begin: Callable[[], str] = lambda: "",
    ) -> None:
        self.path = Path(os.path.realpath(path))
        try:
            if reading:
                with self.path.open("rb"):  # SQLite would create it
                    self.connection = sqlite3.connect(self.path, timeout=1, isolation_level=None)
            else:
                self._refuse_to_begin(may_begin)
                self.path.parent.mkdir(parents=True, exist_ok=True)
                self.connection = sqlite3.connect(self.path, timeout=1, isolation_level=None)
        except (sqlite3.Error, OSError) as error:
            raise RegisterError(reason(path, error)) from error
        try:
            if reading:
                self.connection.execute("PRAGMA query_only = ON")
                self._patiently(self._begin_reading, wait, waiting)
                self._check()
            else:
                self._lock(wait, waiting)
        except _DAMAGE as error:
            self.connection.close()
            raise _translated(self.path, error) from error
        except BaseException:
            self.connection.close()
            raise

    @property
    def files(self) -> tuple[Path, Path]:
        """The register's file, and the one that SQLite keeps next to it while it is in use."""
        return self.path, self.path.with_name(f"{self.path.name}-journal")

    @property
    def place(self) -> Path:
        """What commands name: the register's file, or its folder where the file has the usual name."""
        return self.path.parent if self.path.name == REGISTER else self.path

    @property
    def has_ledger(self) -> bool:
        """Whether it is of a version with a ledger."""
        return self._version() != schema.WITHOUT_LEDGER

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.connection.close()

    def _refuse_to_begin(self, may_begin: Callable[[], str]) -> None:
        if (not self.path.exists() or self.path.stat().st_size == 0) and (why_not := may_begin()):
            raise RegisterError(why_not)

    def _lock(self, wait: float, waiting: Callable[[], None]) -> None:
        self._patiently(self._begin_exclusive, wait, waiting)
        if self.connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0] == 0:
            schema.create(self.connection)
        elif self._is_ours() and self._version() in _KNOWN:
            schema.upgrade(self.connection)
        self.connection.execute("COMMIT")
        self._check()

    @staticmethod
    def _patiently(begin: Callable[[], None], wait: float, waiting: Callable[[], None]) -> None:
        """Begin a transaction as soon as the lock is free, within `wait` seconds."""
        until = time.monotonic() + wait
        announced = False
        while True:
            try:
                begin()
            except sqlite3.OperationalError as error:
                if "locked" not in str(error):
                    raise
                if wait and not announced:
                    announced = True
                    waiting()
                if time.monotonic() >= until:
                    raise
                time.sleep(_PAUSE)
            else:
                return

    def _begin_exclusive(self) -> None:
        # The first of them reads the file already.
        self.connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        self.connection.execute("PRAGMA synchronous = FULL")
        self.connection.execute("BEGIN EXCLUSIVE")

    def _begin_reading(self) -> None:
        """Keep the lock until the end, so that all that is read is of one moment."""
        if not self.connection.in_transaction:
            self.connection.execute("BEGIN")
        self.connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()

    def _is_ours(self) -> bool:
        return bool(self.connection.execute("PRAGMA application_id").fetchone()[0] == schema.APPLICATION)

    def _version(self) -> int:
        return int(self.connection.execute("PRAGMA user_version").fetchone()[0])

    def _check(self) -> None:
        version = self._version()
        if not self._is_ours():
            raise RegisterError(f"{self.path} är inget register från underlag. Välj en annan fil.")
        if version > schema.VERSION:
            raise RegisterError(
                f"{self.path} är gjort av en nyare version av underlag (registerversion {version}, den här "
                f"klarar {schema.VERSION}). Uppdatera underlag och kör igen. Registret är inte ändrat."
            )
        if version not in _KNOWN:
            raise RegisterError(f"{self.path} har en okänd registerversion ({version}).")

    @contextmanager
    def translated_errors(self) -> Iterator[None]:
        """What goes wrong in here goes to the user in Swedish."""
        try:
            yield
        except _DAMAGE as error:
            raise _translated(self.path, error) from error

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """All that is done in here, or nothing."""
        with self.translated_errors():
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                yield self.connection
                self.connection.execute("COMMIT")
            except BaseException:
                if self.connection.in_transaction:  # of a full disk SQLite rolls back itself
                    self.connection.execute("ROLLBACK")
                raise

    def query(self, text: str, values: tuple[Any, ...] | dict[str, Any] = ()) -> list[tuple[Any, ...]]:
        """Return the rows of a query."""
        with self.translated_errors():
            return self.connection.execute(text, values).fetchall()

    def stored(self, folder: Path) -> str:
        """Return a folder's path, relative to a register next to it, so that both can be moved."""
        real = Path(os.path.realpath(folder))
        home = self.path.parent
        return real.relative_to(home).as_posix() if real.is_relative_to(home) else real.as_posix()

    def resolved(self, stored: str) -> Path:
        """Return the folder that `stored` wrote."""
        return self.path.parent / stored


def _translated(path: Path, error: Exception) -> RegisterError:
    kind = Busy if "locked" in str(error) else RegisterError
    return kind(reason(path, error))
