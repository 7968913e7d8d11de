"""The packages in the register: which package was made from which workbook, and its folder.

A row is written before its package is put in place, with the checksum of each of its files. After an
interruption, also a power failure, a package that is not complete is therefore detected and made again.
"""

import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import astuple
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from underlag import json_text
from underlag.batch.records.workbooks import Counts, PackageRecord, State
from underlag.batch.register.database import Database, RegisterError
from underlag.batch.register.stored_values import of_stored
from underlag.documents.package_names import FileEntry

__all__ = ["Register", "RegisterError", "altered_files"]

#: The columns read of each row, without the packed content, which is read for one row at a time.
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
#: Bytes of a file that is not read into memory as a whole.
_LARGE: Final = 1_000_000


class Register(Database):
    """The register, used as a context manager. The arguments are those of `Database`."""

    def find(self, fingerprint: str) -> PackageRecord | None:
        """Return the package with this fingerprint."""
        return next(self._rows("fingerprint = ?", (fingerprint,)), None)

    def find_same(self, made: PackageRecord) -> PackageRecord | None:
        """Return an earlier package of the same workbook with other options, which is to be replaced."""
        found = self._rows(
            "sha256 = ? AND environment = ? AND region = ?", (made.sha256, made.environment, made.region)
        )
        return next(found, None)

    def received(self, fingerprint: str) -> bool:
        """Whether the ledger has a workbook with this fingerprint, also if its package was replaced."""
        return bool(self.query("SELECT 1 FROM books WHERE fingerprint = ?", (fingerprint,)))

    def has_open_case(self, fingerprint: str) -> bool:
        """Whether the workbook with this fingerprint belongs to a case that is not closed."""
        query = (
            "SELECT 1 FROM books JOIN cases ON cases.number = case_number WHERE fingerprint = ? "
            "AND closed_at = ''"
        )
        return self.has_ledger and bool(self.query(query, (fingerprint,)))

    def loads_with(self, fingerprint: str) -> list[int]:
        """Return the loads, not taken back, that have rows of the workbook with this fingerprint."""
        if not self.has_ledger:
            return []
        found = self.query(
            "SELECT DISTINCT loads.number FROM books JOIN rows ON book = books.number "
            "JOIN loads ON loads.number = load WHERE fingerprint = ? AND loads.state != 'återtagen' "
            "ORDER BY 1",
            (fingerprint,),
        )
        return [number for (number,) in found]

    def all_records(self) -> Iterator[PackageRecord]:
        """Yield all rows, oldest first."""
        return self._rows("1", ())

    def content(self, fingerprint: str) -> bytes:
        """Return the packed content of a row; unpacking it reveals damage, by the checksum in it."""
        query = "SELECT content FROM made WHERE fingerprint = ?"
        with self.translated_errors():
            return bytes(self.connection.execute(query, (fingerprint,)).fetchone()[0])

    def remark(self, fingerprint: str) -> str | None:
        """Return the sentence about a package that no finished run has reported, None if nothing is noted."""
        found = self.query("SELECT text FROM remarks WHERE fingerprint = ?", (fingerprint,))
        return str(found[0][0]) if found else None

    def put_remarks(self, remarks: Mapping[str, str]) -> None:
        """Note sentences about packages to report, by fingerprint; '' for none is noted too."""
        if remarks:
            with self.transaction():
                self.connection.executemany("INSERT OR REPLACE INTO remarks VALUES (?, ?)", remarks.items())

    def put(self, packages: Iterable[tuple[PackageRecord, str]]) -> None:
        """Write rows, not reported yet, all or none.

        Args:
            packages: each with the fingerprint of another that it replaces, '' for none. Rows with these, and
                with the packages' own fingerprints, are deleted.
        """
        rows = [(self._values(made), instead_of) for made, instead_of in packages]
        if not rows:
            return
        with self.transaction():
            for values, instead_of in rows:
                self.connection.execute(
                    "DELETE FROM made WHERE fingerprint IN (?, ?)", (values["fingerprint"], instead_of)
                )
                names = ", ".join(values)
                marks = ", ".join(f":{name}" for name in values)
                self.connection.execute(f"INSERT INTO made ({names}) VALUES ({marks})", values)  # noqa: S608 - our own names

    def _values(self, made: PackageRecord) -> dict[str, Any]:
        return {
            **{name: getattr(made, name) for name in (*_COLUMNS, "content")},
            "state": made.state.value,
            "counts": json_text.compact(astuple(made.counts)).decode(),
            "files": json_text.compact(made.files, default=tuple).decode(),
            "made_at": made.made_at.isoformat(),
            "folder": self.stored(made.folder),
            "told_at": "",
        }

    def row(self, fingerprint: str) -> tuple[Any, ...]:
        """Return a row as it is stored, for `put_back`; an empty one for none."""
        found = self.query("SELECT * FROM made WHERE fingerprint = ?", (fingerprint,))
        return found[0] if found else ()

    def put_back(self, fingerprint: str, row: tuple[Any, ...]) -> None:
        """Delete a row, and write the one that it replaced, if there was one."""
        with self.transaction():
            self.connection.execute("DELETE FROM made WHERE fingerprint = ?", (fingerprint,))
            self.connection.execute("DELETE FROM remarks WHERE fingerprint = ?", (fingerprint,))
            if row:
                marks = ", ".join("?" * len(row))
                self.connection.execute(f"INSERT OR REPLACE INTO made VALUES ({marks})", row)  # noqa: S608 - marks alone

    def folders(self) -> set[Path]:
        """Return the folders of all packages."""
        with self.translated_errors():
            rows = self.connection.execute("SELECT folder FROM made").fetchall()
            return {self.resolved(row[0]) for row in rows}

    def _rows(self, condition: str, values: tuple[str, ...]) -> Iterator[PackageRecord]:
        query = f"SELECT {', '.join(_COLUMNS)} FROM made WHERE {condition} ORDER BY number"  # noqa: S608 - our own conditions
        with self.translated_errors():
            found = self.connection.execute(query, values).fetchall()
        for row in found:
            with self.translated_errors():
                made = self._made(dict(zip(_COLUMNS, row, strict=True)))
            yield made

    @of_stored
    def _made(self, row: dict[str, Any]) -> PackageRecord:
        for moment in filter(None, (row["saved"], row["told_at"])):
            datetime.fromisoformat(moment)  # raises for a damaged row
        return PackageRecord(
            **{
                **row,
                "content": b"",
                "state": State(row["state"]),
                "counts": Counts(*json_text.parse(row["counts"])),
                "files": tuple(FileEntry(*file) for file in json_text.parse(row["files"])),
                "made_at": datetime.fromisoformat(row["made_at"]),
                "folder": self.resolved(row["folder"]),
            }
        )


def altered_files(made: PackageRecord) -> list[str] | None:
    """Return the files of a package that are missing or changed; None when its folder is gone."""
    if not made.folder.is_dir():
        return None
    folder = str(made.folder)
    return [file.name for file in made.files if not _is_whole(f"{folder}/{file.name}", file)]


def _is_whole(path: str, file: FileEntry) -> bool:
    try:
        if os.stat(path).st_size != file.size:  # noqa: PTH116 - thousands of paths
            return False
        with open(path, "rb", buffering=0) as stream:  # noqa: PTH123 - as above
            if file.size > _LARGE:
                return hashlib.file_digest(stream, "sha256").hexdigest() == file.sha256
            return hashlib.sha256(stream.read()).hexdigest() == file.sha256
    except OSError:
        return False
