"""Replaces files of a folder such that a process killed at any moment leaves no mixture of old and new.

All new files, and copies of the old ones, are in a work folder before the first is replaced. A journal there
records the exchange: the next process that writes to the folder completes it, or completes its undoing.
"""

import os
import re
import shutil
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any, Final, NamedTuple

from underlag import json_text
from underlag.package.work_folder import JOURNAL, UNDOING, abandoned

#: Subfolders of the work folder: the new files, and the old ones.
NEW: Final = "nya"
_OLD: Final = "gamla"
#: In the folder itself during an exchange, for a person who finds it after a power failure.
NOTICE: Final = "PAKETET-AR-INTE-KLART.txt"
_NOTICE_TEXT: Final = (
    "Ett nytt paket höll på att skrivas över ett tidigare i den här mappen, och skrivningen avbröts.\r\n"
    "Filerna hör därför inte ihop: använd dem inte. Kör samma kommando igen, så blir paketet helt.\r\n"
)


class HalfwayError(Exception):
    """Some files were replaced, but neither the rest nor the undoing succeeded; the journal is kept."""


_SAFE_NAME: Final = re.compile(r"(?!\.)[A-Za-z0-9._-]+(/(?!\.)[A-Za-z0-9._-]+)?")


class Exchange(NamedTuple):
    """An exchange in progress.

    Attributes:
        folder: the folder whose files are replaced.
        work: the work folder within it.
        wanted: names of the new files, in the order of replacement.
        superfluous: names of files to remove.
        earlier: names among both that existed before.
    """

    folder: Path
    work: Path
    wanted: tuple[str, ...]
    superfluous: tuple[str, ...]
    earlier: frozenset[str]

    @property
    def _names(self) -> tuple[str, ...]:
        return (*self.superfluous, *self.wanted)

    @property
    def _parents(self) -> set[Path]:
        return {(self.folder / name).parent for name in self._names} - {self.folder}

    def run(self) -> None:
        """Put the new files in place; on failure, including Ctrl-C, restore everything.

        Raises:
            HalfwayError: it failed, and so did restoring.
            OSError: it failed; everything is restored.
        """
        try:
            self._note()
            self._forward()
        except BaseException:
            self.undo()
            raise

    def undo(self) -> None:
        """Restore the old files; do nothing if no file was replaced yet.

        Raises:
            HalfwayError: it failed.
        """
        try:
            if (self.work / JOURNAL).exists():
                (self.work / JOURNAL).replace(self.work / UNDOING)
            if (self.work / UNDOING).exists():
                self._back()
        except OSError as error:
            raise HalfwayError from error

    def _forward(self) -> None:
        """Put the new files in place; each step may have been done already."""
        for parent in self._parents:
            parent.mkdir(exist_ok=True)
        for name in self.superfluous:
            (self.folder / name).unlink(missing_ok=True)
        for name in self.wanted:
            fresh = self.work / NEW / name
            if fresh.exists():
                fresh.replace(self.folder / name)
        self._close()

    def _back(self) -> None:
        """Restore the old files; each step may have been done already."""
        for name in self._names:
            target, kept = self.folder / name, self.work / _OLD / name
            if kept.exists():
                target.parent.mkdir(exist_ok=True)
                kept.replace(target)
            elif name not in self.earlier and not (self.work / NEW / name).exists():
                target.unlink(missing_ok=True)
        self._close()

    def _note(self) -> None:
        """Write the journal atomically: from now on, a killed exchange is completed.

        Undoing needs no disk space: it renames the journal.
        """
        if (self.work / JOURNAL).exists():  # an earlier process wrote it
            return
        journal = {"nya": self.wanted, "bort": self.superfluous, "fanns": sorted(self.earlier)}
        fresh = self.work / f"{JOURNAL}.ny"
        with fresh.open("wb") as file:
            file.write(json_text.compact(journal))
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(self.work / JOURNAL)
        with suppress(OSError):  # a help to people, not part of the exchange
            (self.folder / NOTICE).write_bytes(_NOTICE_TEXT.encode("utf-8-sig"))

    def _close(self) -> None:
        """Remove empty subfolders, the notice and the journal."""
        for parent in self._parents:
            with suppress(OSError):  # not empty, as is usual
                parent.rmdir()
        (self.folder / NOTICE).unlink(missing_ok=True)
        journal = self.work / JOURNAL
        (journal if journal.exists() else self.work / UNDOING).unlink()


def prepare(folder: Path, work: Path, wanted: Sequence[str], superfluous: Sequence[str]) -> Exchange:
    """Keep copies of the old files, and return the exchange, which is yet to be run.

    Args:
        folder: the folder whose files are replaced.
        work: the work folder within it, which holds the new files.
        wanted: names of the new files.
        superfluous: names of files to remove.
    """
    earlier = []
    for name in (*superfluous, *wanted):
        target, kept = folder / name, work / _OLD / name
        if not target.exists():
            continue
        if not target.is_file():
            raise IsADirectoryError(None, None, os.fspath(target))
        earlier.append(name)
        kept.parent.mkdir(parents=True, exist_ok=True)
        try:
            kept.hardlink_to(target)
        except OSError:  # a file system without hard links
            shutil.copy2(target, kept)
    return Exchange(folder, work, tuple(wanted), tuple(superfluous), frozenset(earlier))


def finish_interrupted(folder: Path) -> None:
    """Complete, or complete undoing, a killed process's exchange in a folder, if there is one.

    Raises:
        HalfwayError: it cannot be completed now.
        OSError: it could not be completed, and was undone.
    """
    for work in abandoned(folder):
        for name, finish in ((UNDOING, Exchange.undo), (JOURNAL, Exchange.run)):
            if exchange := _journalled(folder, work, name):
                finish(exchange)


def _journalled(folder: Path, work: Path, name: str) -> Exchange | None:
    """Return the exchange of a journal, None when there is none or it is invalid."""
    try:
        journal = json_text.parse((work / name).read_bytes())
        wanted, superfluous, earlier = (_names(journal[key]) for key in ("nya", "bort", "fanns"))
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return Exchange(folder, work, wanted, superfluous, frozenset(earlier))


def _names(listed: Any) -> tuple[str, ...]:
    """Return the names in a journal, which is in the user's folder and may contain anything.

    Raises:
        ValueError: one leads out of the folder.
    """
    names = tuple(listed)
    if not all(map(is_inside, names)):
        raise ValueError("a name leads out of the folder")
    return names


def is_inside(name: Any) -> bool:
    """Whether a name read from a file is a place in its folder, at most one folder down."""
    return isinstance(name, str) and _SAFE_NAME.fullmatch(name) is not None
