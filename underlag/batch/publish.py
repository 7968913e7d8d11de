"""Puts finished packages in their places: each is registered first, then renamed atomically.

An interruption leaves either the earlier package or a register row without a package, which the next run
makes again. Files that a person changed are kept.
"""

import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from underlag.batch.naming import Names, folder_name
from underlag.batch.records.workbooks import PackageRecord, State
from underlag.batch.register.store import Register, altered_files
from underlag.batch.workbook_job import Failure
from underlag.text.lists import listed
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

    def publish(
        self, packages: Iterable[tuple[PackageRecord, Path]]
    ) -> list[tuple[PackageRecord, str] | Failure]:
        """Register packages of different workbooks together, and put each in its place.

        Args:
            packages: the record of each, and its present folder.

        Returns:
            For each the record with its final folder, and a sentence about an earlier package ('' if there is
            nothing to report); or the reason why the package could not be put there.
        """
        planned = [self._planned(made, staged) for made, staged in packages]
        # An interrupted run goes on with the same sentences.
        self._register.put_remarks(
            {
                one.made.fingerprint: one.about_earlier
                for one in planned
                if one.replaced is not None or one.note
            }
        )
        there_is_room = [one for one in planned if self._is_done(one, one.make_room)]
        self._register.put((one.made, one.instead_of) for one in there_is_room)
        for one in there_is_room:
            self._is_done(one, one.put_in_place)
        return [one.result for one in planned]

    def _planned(self, made: PackageRecord, staged: Path) -> "_Planned":
        earlier = self._register.find(made.fingerprint) or self._register.find_same(made)
        here = earlier is not None and earlier.folder.parent == self._out
        if earlier is not None and here and (loads := self._loads_lost(earlier, made)):
            made = replace(made, folder=self._out / self._names.unique(_name(made)))
            return _Planned(made, staged, note=_kept(earlier.folder.name, loads))
        if earlier is not None and here and _name(earlier) == _name(made):
            folder = earlier.folder
        else:
            folder = self._out / self._names.unique(_name(made))
        made = replace(made, folder=folder)
        replaced = self._replaced(earlier, made) if earlier is not None and here else None
        before = self._register.row(earlier.fingerprint) if earlier else ()
        return _Planned(made, staged, earlier.fingerprint if earlier else "", before, replaced)

    def _loads_lost(self, earlier: PackageRecord, made: PackageRecord) -> list[int]:
        """Return the loads with rows of an earlier package for which a new one has fewer or no orders."""
        if earlier.fingerprint == made.fingerprint or made.state is earlier.state or made.state is State.DONE:
            return []
        return self._register.loads_with(earlier.fingerprint)

    def _is_done(self, planned: "_Planned", step: Callable[[], None]) -> bool:
        """Do a step of a package; if the operating system refuses, undo what was done, and note why."""
        try:
            step()
        except OSError as error:
            self._register.put_back(planned.made.fingerprint, planned.before)
            planned.bring_back()
            planned.refused = _refused(planned.made.folder, error)
            return False
        return True

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


@dataclass(slots=True)
class _Planned:
    """A package on its way to its place.

    Attributes:
        made: its record, with its final folder.
        staged: its present folder.
        instead_of: the fingerprint of an earlier package that it replaces, '' for none.
        before: the row of that one, as it is stored.
        replaced: the earlier package, if that is in the output folder.
        note: a sentence about an earlier package that stays next to it, '' for none.
        refused: why the package could not be put there, if so.
    """

    made: PackageRecord
    staged: Path
    instead_of: str = ""
    before: tuple[Any, ...] = ()
    replaced: "_Replaced | None" = None
    note: str = ""
    refused: Failure | None = None

    @property
    def result(self) -> tuple[PackageRecord, str] | Failure:
        """The record and a sentence about an earlier package, or why there is no package."""
        return self.refused or (
            replace(self.made, content=b""),
            self.about_earlier,
        )

    @property
    def about_earlier(self) -> str:
        """A sentence about an earlier package, '' if there is nothing to report."""
        return self.replaced.note if self.replaced else self.note

    def make_room(self) -> None:
        """Move an earlier package away."""
        if self.replaced is not None and self.replaced.altered is not None:
            _rename(self.replaced.folder, self.replaced.aside)
            self.replaced.moved = True

    def put_in_place(self) -> None:
        """Rename the folder to its final name."""
        _rename(self.staged, self.made.folder)

    def bring_back(self) -> None:
        """Move an earlier package back to where it was."""
        if self.replaced is not None and self.replaced.moved:
            with suppress(OSError):
                self.replaced.aside.rename(self.replaced.folder)


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


def _kept(folder: str, loads: Sequence[int]) -> str:
    """Return the sentence about an earlier package that is kept because its rows are in loads."""
    names = listed([f"{load:04d}" for load in loads])
    return (
        f"Paketet {folder} är kvar, för arbetsbokens rader är med i inläsning {names}. Är den inte inläst, "
        "vänta med den tills det är avgjort vad som gäller."
    )


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
