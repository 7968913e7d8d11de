"""Puts a finished package in its place: it is registered first, then renamed atomically.

An interruption leaves either the earlier package or a register row without a package, which the next run
makes again. Files that a person changed are kept.
"""

import time
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Final

from underlag.batch.naming import Names, folder_name
from underlag.batch.records.workbooks import PackageRecord
from underlag.batch.register.store import Register, altered_files
from underlag.batch.workbook_job import Failure
from underlag.text.system_errors import why

#: Seconds between two tries to rename a folder.
_PAUSES: Final = (0.1, 0.3, 1.0)


class Publisher:
    """Places packages in the output folder.

    Args:
        register: the register of packages.
        out: the output folder, which exists.
        work: a folder in it for unfinished files, emptied by the next run.
    """

    def __init__(self, register: Register, out: Path, work: Path) -> None:
        self._register = register
        self._out = out.resolve()
        self._work = work
        claimed = {folder.name for folder in register.folders() if folder.parent == self._out}
        self._names = Names(claimed | {path.name for path in self._out.iterdir()})
        self._moved = 0

    def publish(self, made: PackageRecord, staged: Path) -> tuple[PackageRecord, str] | Failure:
        """Register a package and put it in its place.

        Args:
            made: the record of the package.
            staged: its present folder.

        Returns:
            The record with its final folder, and a sentence about an earlier package ('' if there is nothing
            to report); or the reason why the package could not be put there.
        """
        earlier = self._register.find(made.fingerprint) or self._register.find_same(made)
        here = earlier is not None and earlier.folder.parent == self._out
        if earlier is not None and here and _name(earlier) == _name(made):
            folder = earlier.folder
        else:
            folder = self._out / self._names.unique(_name(made))
        note, aside = "", None
        if earlier is not None and here:
            try:
                note, aside = self._make_room(earlier)
            except OSError as error:
                return _refused(folder, error)
        made = replace(made, folder=folder)
        self._register.put(made, instead_of=earlier.fingerprint if earlier else "")
        try:
            _rename(staged, folder)
        except OSError as error:
            self._register.forget(made.fingerprint)
            if aside is not None:
                with suppress(OSError):
                    aside.rename(earlier.folder if earlier else folder)
            return _refused(folder, error)
        return replace(made, content=b""), note

    def _make_room(self, earlier: PackageRecord) -> tuple[str, Path | None]:
        """Move an earlier package away; return a sentence about it ('' for none), and its new folder."""
        folder = earlier.folder
        altered = altered_files(earlier)
        if altered is None:
            return "Paketet gjordes om, för mappen var borta." if earlier.told_at else "", None
        own = {file.name for file in earlier.files}
        others = [p for p in folder.rglob("*") if p.is_file() and p.relative_to(folder).as_posix() not in own]
        if others or any((folder / name).exists() for name in altered):
            aside = self._out / self._names.unique(f"{folder.name}-andrad")
            _rename(folder, aside)
            return f"Paketet gjordes om. Det som hade ändrats i mappen ligger kvar i {aside.name}.", aside
        self._moved += 1
        aside = self._work / f"ersatt-{self._moved}"
        _rename(folder, aside)
        note = "Paketet gjordes om, för filer i mappen saknades." if altered and earlier.told_at else ""
        return note, aside


def _name(made: PackageRecord) -> str:
    return folder_name(made.region, made.environment, made.day)


def _rename(path: Path, target: Path) -> None:
    """Rename a folder, with retries: on Windows a virus scanner may hold a new file for a moment."""
    for pause in _PAUSES:
        try:
            path.rename(target)
        except PermissionError:
            time.sleep(pause)
        else:
            return
    path.rename(target)


def _refused(folder: Path, error: OSError) -> Failure:
    return Failure(
        f"Paketet kunde inte läggas i {folder}: {why(error)}. "
        "Stäng filer därifrån som är öppna i andra program, och kör igen."
    )
