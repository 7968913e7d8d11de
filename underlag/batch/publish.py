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
        made = replace(made, folder=folder)
        replaced = self._replaced(earlier, made) if earlier is not None and here else None
        before = self._register.row(earlier.fingerprint) if earlier else ()
        try:
            if replaced is not None:
                # An interrupted run goes on with the same sentence.
                self._register.put_remark(made.fingerprint, replaced.note)
                self._make_room(replaced)
            self._register.put(made, instead_of=earlier.fingerprint if earlier else "")
            _rename(staged, folder)
        except OSError as error:
            self._register.put_back(made.fingerprint, before)
            if replaced is not None and replaced.moved:
                with suppress(OSError):
                    replaced.aside.rename(replaced.folder)
            return _refused(folder, error)
        return replace(made, content=b""), replaced.note if replaced else ""

    def _replaced(self, earlier: PackageRecord, made: PackageRecord) -> "_Replaced":
        """Return what happens to an earlier package, with the sentence about it."""
        found = _Replaced(earlier)
        if found.is_changed:
            found.aside = self._out / self._names.unique(f"{found.folder.name}-andrad")
            found.note = (
                f"Paketet gjordes om. Det som hade ändrats i mappen ligger kvar i {found.aside.name}."
            )
            return found
        self._moved += 1
        found.aside = self._work / f"ersatt-{self._moved}"
        begun = self._register.remark(made.fingerprint)
        if begun is not None:
            found.note = begun
        elif earlier.told_at and found.altered != []:
            lost = "mappen var borta" if found.altered is None else "filer i mappen saknades"
            found.note = f"Paketet gjordes om, för {lost}."
        return found

    @staticmethod
    def _make_room(replaced: "_Replaced") -> None:
        """Move an earlier package away."""
        if replaced.altered is not None:
            _rename(replaced.folder, replaced.aside)
            replaced.moved = True


class _Replaced:
    """An earlier package of the same workbook in the output folder.

    Attributes:
        folder: its folder.
        altered: its files that are missing or changed, None if the folder is gone.
        is_changed: whether the folder has what a person changed or added.
        aside: the new place of the folder: next to the new one, or where the next run deletes it.
        note: a sentence about it to report, '' for none.
        moved: whether it was moved.
    """

    def __init__(self, earlier: PackageRecord) -> None:
        self.folder = earlier.folder
        self.altered = altered_files(earlier)
        self.is_changed = self.altered is not None and (
            any((self.folder / name).exists() for name in self.altered) or self._has_others(earlier)
        )
        self.aside = Path()
        self.note = ""
        self.moved = False

    def _has_others(self, earlier: PackageRecord) -> bool:
        own = {file.name for file in earlier.files}
        files = (path for path in self.folder.rglob("*") if path.is_file())
        return any(path.relative_to(self.folder).as_posix() not in own for path in files)


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
