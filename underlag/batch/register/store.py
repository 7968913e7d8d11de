"""The register's file.

A row is written before its package gets its place, and tells the checksum of each of the package's files. So
whatever interrupts the work, also a power failure, a row whose package is not there whole is found out, and
made again.

The file may lie on a network drive: it has one user at a time (an exclusive lock, given up when the process
ends in whatever way) and no write-ahead log, which needs memory shared on one machine.

Source: sqlite.org/wal.html.
"""

import hashlib
import os
import sqlite3
import zlib
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import astuple
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

from underlag import json_text
from underlag.batch.records.workbooks import Counts, PackageRecord, State
from underlag.documents.package_names import FileEntry

#: What tells our file from other SQLite files ('ULAG'), and its version.
_APPLICATION: Final = 0x554C4147
_VERSION: Final = 1

_SCHEMA: Final = """
CREATE TABLE made (
    number INTEGER PRIMARY KEY,
    fingerprint TEXT NOT NULL UNIQUE,
    sha256 TEXT NOT NULL,
    name TEXT NOT NULL,
    profile TEXT NOT NULL,
    environment TEXT NOT NULL,
    region TEXT NOT NULL,
    case_number TEXT NOT NULL,
    day TEXT NOT NULL,
    saved TEXT NOT NULL,
    state TEXT NOT NULL,
    counts TEXT NOT NULL,
    files TEXT NOT NULL,
    content BLOB NOT NULL,
    made_at TEXT NOT NULL,
    folder TEXT NOT NULL,
    told_at TEXT NOT NULL
)
"""

#: What is read of a row. The packed content is not: it is asked for one row at a time.
_COLUMNS: Final = (
    "fingerprint",
    "sha256",
    "name",
    "profile",
    "environment",
    "region",
    "case_number",
    "day",
    "saved",
    "state",
    "counts",
    "files",
    "made_at",
    "folder",
    "told_at",
)


#: What a damaged file makes SQLite and the reading of its rows raise.
_DAMAGE: Final = (sqlite3.Error, zlib.error, ValueError, TypeError)


class RegisterError(Exception):
    """The register cannot be used. The message is Swedish, for the user."""


class Register:
    """The register as an object; to be used as a context.

    Args:
        path: its file; made if it does not exist.
        reading: only look, and do not make the file.

    Raises:
        RegisterError: it is no register, is in use, or cannot be read or written.
    """

    def __init__(self, path: Path, *, reading: bool = False) -> None:
        self.path = Path(os.path.realpath(path))
        try:
            if reading:
                with self.path.open("rb"):  # SQLite would make it
                    self._database = sqlite3.connect(self.path, timeout=1)
            else:
                self.path.parent.mkdir(parents=True, exist_ok=True)
                self._database = sqlite3.connect(self.path, timeout=1, isolation_level=None)
        except (sqlite3.Error, OSError) as error:
            raise RegisterError(_reason(path, error)) from error
        try:
            if reading:
                self._database.execute("PRAGMA query_only = ON")
                self._check()
            else:
                self._lock()
        except _DAMAGE as error:
            self._database.close()
            raise RegisterError(_reason(path, error)) from error
        except BaseException:
            self._database.close()
            raise

    @property
    def files(self) -> tuple[Path, Path]:
        """The register's file, and the one that SQLite keeps beside it while it is in use."""
        return self.path, self.path.with_name(f"{self.path.name}-journal")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._database.close()

    def _lock(self) -> None:
        self._database.execute("PRAGMA locking_mode = EXCLUSIVE")
        self._database.execute("PRAGMA synchronous = FULL")
        self._database.execute("BEGIN EXCLUSIVE")
        if self._database.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0] == 0:
            self._database.execute(_SCHEMA)
            self._database.execute(f"PRAGMA application_id = {_APPLICATION}")
            self._database.execute(f"PRAGMA user_version = {_VERSION}")
        self._database.execute("COMMIT")
        self._check()

    def _check(self) -> None:
        application = self._database.execute("PRAGMA application_id").fetchone()[0]
        version = self._database.execute("PRAGMA user_version").fetchone()[0]
        if application != _APPLICATION:
            raise RegisterError(f"{self.path} är inget register från underlag. Välj en annan fil.")
        if version != _VERSION:
            raise RegisterError(f"{self.path} är gjort av en annan version av underlag ({version}).")

    def find(self, fingerprint: str) -> PackageRecord | None:
        """Return what was made with this fingerprint."""
        return next(self._rows("fingerprint = ?", (fingerprint,)), None)

    def find_same(self, made: PackageRecord) -> PackageRecord | None:
        """Return what was made earlier of the same workbook, asked for in another way: that is replaced."""
        found = self._rows(
            "sha256 = ? AND environment = ? AND region = ?", (made.sha256, made.environment, made.region)
        )
        return next(found, None)

    def all_records(self) -> Iterator[PackageRecord]:
        """Yield all rows, oldest first."""
        return self._rows("1", ())

    def content(self, fingerprint: str) -> bytes:
        """Return the packed units and orders of a row."""
        query = "SELECT content FROM made WHERE fingerprint = ?"
        with self._translated_errors():
            content = bytes(self._database.execute(query, (fingerprint,)).fetchone()[0])
            zlib.decompress(content)  # which has a checksum in it
            return content

    def mark_reported(self, fingerprints: Iterable[str], now: datetime) -> None:
        """Note that a finished run has told of these rows for the first time."""
        rows = ((now.isoformat(), one) for one in fingerprints)
        with self._writing():
            self._database.executemany(
                "UPDATE made SET told_at = ? WHERE fingerprint = ? AND told_at = ''", rows
            )

    def put(self, made: PackageRecord, *, instead_of: str = "") -> None:
        """Write a row, in place of those with the same or the other fingerprint. It counts as not told."""
        values = {
            **{name: getattr(made, name) for name in (*_COLUMNS, "content")},
            "state": made.state.value,
            "counts": json_text.compact(astuple(made.counts)).decode(),
            "files": json_text.compact(made.files, default=tuple).decode(),
            "made_at": made.made_at.isoformat(),
            "folder": self._stored(made.folder),
            "told_at": "",
        }
        with self._writing():
            self._database.execute(
                "DELETE FROM made WHERE fingerprint IN (?, ?)", (made.fingerprint, instead_of)
            )
            names = ", ".join(values)
            marks = ", ".join(f":{name}" for name in values)
            self._database.execute(f"INSERT INTO made ({names}) VALUES ({marks})", values)  # noqa: S608 - our own names

    def forget(self, fingerprint: str) -> None:
        """Take a row away."""
        with self._writing():
            self._database.execute("DELETE FROM made WHERE fingerprint = ?", (fingerprint,))

    def folders(self) -> set[Path]:
        """Return the folders of all packages."""
        with self._translated_errors():
            rows = self._database.execute("SELECT folder FROM made").fetchall()
            return {self._resolved(row[0]) for row in rows}

    def _rows(self, condition: str, values: tuple[str, ...]) -> Iterator[PackageRecord]:
        query = f"SELECT {', '.join(_COLUMNS)} FROM made WHERE {condition} ORDER BY number"  # noqa: S608 - our own conditions
        with self._translated_errors():
            found = self._database.execute(query, values).fetchall()
        for row in found:
            with self._translated_errors():
                made = self._made(dict(zip(_COLUMNS, row, strict=True)))
            yield made

    @contextmanager
    def _translated_errors(self) -> Iterator[None]:
        """What goes wrong in here goes to the user in Swedish."""
        try:
            yield
        except _DAMAGE as error:
            raise RegisterError(_reason(self.path, error)) from error

    def _made(self, row: dict[str, Any]) -> PackageRecord:
        for moment in filter(None, (row["saved"], row["told_at"])):
            datetime.fromisoformat(moment)  # others take them for moments
        return PackageRecord(
            **{
                **row,
                "content": b"",
                "state": State(row["state"]),
                "counts": Counts(*json_text.parse(row["counts"])),
                "files": tuple(FileEntry(*file) for file in json_text.parse(row["files"])),
                "made_at": datetime.fromisoformat(row["made_at"]),
                "folder": self._resolved(row["folder"]),
            }
        )

    def _writing(self) -> "_Transaction":
        return _Transaction(self._database, self.path)

    def _stored(self, folder: Path) -> str:
        """Write a folder relative to the register where it lies beside it, so that both can be moved."""
        real = Path(os.path.realpath(folder))
        home = self.path.parent
        return real.relative_to(home).as_posix() if real.is_relative_to(home) else real.as_posix()

    def _resolved(self, stored: str) -> Path:
        return self.path.parent / stored


class _Transaction:
    """All or nothing; what SQLite says goes to the user in Swedish."""

    def __init__(self, database: sqlite3.Connection, path: Path) -> None:
        self._database = database
        self._path = path

    def __enter__(self) -> None:
        try:
            self._database.execute("BEGIN IMMEDIATE")
        except sqlite3.Error as error:
            raise RegisterError(_reason(self._path, error)) from error

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        try:
            self._database.execute("ROLLBACK" if error else "COMMIT")
        except sqlite3.Error as failure:
            raise RegisterError(_reason(self._path, failure)) from failure
        if isinstance(error, sqlite3.Error):
            raise RegisterError(_reason(self._path, error)) from error


def altered_files(made: PackageRecord) -> list[str] | None:
    """Return which files of a package are not as they were made; None when the package is gone as a whole."""
    if not made.folder.is_dir():
        return None
    return [file.name for file in made.files if not _is_whole(made.folder / file.name, file)]


def _is_whole(path: Path, file: FileEntry) -> bool:
    try:
        if path.stat().st_size != file.size:
            return False
        with closing(path.open("rb")) as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest() == file.sha256
    except OSError:
        return False


def _reason(path: Path, error: Exception) -> str:
    text = str(error)
    if "locked" in text:
        return f"Registret {path} används av en annan körning. Vänta tills den är klar och kör igen."
    damaged = ("not a database", "malformed", "encrypted", "Could not decode")
    if not isinstance(error, OSError | sqlite3.Error) or any(one in text for one in damaged):
        return f"{path} är inget register, eller är skadat. Flytta undan det eller ange ett annat."
    if isinstance(error, FileNotFoundError):
        return f"{path} finns inte. Ange katalogen som kundservice skrev i, eller registrets fil."
    if isinstance(error, OSError) or "unable to open" in text:
        return f"Registret {path} gick inte att öppna. Finns mappen, och får du skriva i den?"
    return f"Registret {path} gick inte att använda: {text}."
