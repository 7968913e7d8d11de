"""Folders for unfinished files. Those left by killed processes are removed: they hold contact details."""

import os
import re
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import gettempdir
from typing import IO, Final

#: Prefix of the random part of a name; it hides a folder next to the user's own files.
_PREFIX: Final = ".underlag-"
_NAME: Final = re.compile(r"\.underlag-[0-9a-f]{12}")
#: The file in each work folder that its process keeps locked.
_LOCK: Final = "las"
#: A work folder with one of these is kept until the exchange that it records is completed or undone.
JOURNAL: Final = "byte.json"
UNDOING: Final = "angra.json"
#: Written into that file once it is locked. Until then no other process tries to lock it.
_HELD: Final = b"1"
#: Seconds after which a work folder with nothing but an unused lock, or a work file, has no running process.
_ABANDONED: Final = 3600


@contextmanager
def work_folder(parent: Path) -> Iterator[Path]:
    """Create a folder that only this user can enter, and remove it afterwards.

    It is kept if it then holds a journal. Leftovers of killed processes in `parent` are removed first.
    """
    sweep(parent)
    work = parent / unique_name()
    work.mkdir(mode=0o700)
    held: IO[bytes] | None = None
    try:
        held = _locked(work / _LOCK)
        held.write(_HELD)
        held.flush()
        yield work
    finally:
        if held is not None:
            held.close()
        _remove(work)


@contextmanager
def private_folder() -> Iterator[Path]:
    """Create such a folder among the system's temporary files, as `work_folder` does."""
    with work_folder(Path(gettempdir())) as work:
        yield work


def unique_name() -> str:
    """Return a name for a work folder or a work file."""
    return f"{_PREFIX}{os.urandom(6).hex()}"


def is_within_work(path: Path) -> bool:
    """Return whether a path is that of a work folder or of something in one."""
    return any(map(_NAME.fullmatch, path.parts))


def sweep(parent: Path) -> None:
    """Remove the work folders and work files that killed processes left in a folder."""
    for path in abandoned(parent):
        if path.is_dir():
            _remove(path)
        else:
            with suppress(OSError):
                path.unlink()


def _remove(work: Path) -> None:
    if not any((work / journal).exists() for journal in (JOURNAL, UNDOING)):
        shutil.rmtree(work, ignore_errors=True)


def abandoned(parent: Path) -> list[Path]:
    """Return the work folders and work files in a folder that belong to no running process."""
    try:
        with os.scandir(parent) as entries:
            ours = [Path(entry.path) for entry in entries if _NAME.fullmatch(entry.name)]
    except OSError:
        return []
    return [path for path in sorted(ours) if not path.is_symlink() and _is_abandoned(path)]


def _is_abandoned(path: Path) -> bool:
    """Whether a work folder or file belongs to no running process of this user."""
    try:
        if hasattr(os, "getuid") and path.stat().st_uid != os.getuid():
            return False
        # Listed once: its process may be creating the lock, then the rest, at this moment.
        names = {one.name for one in path.iterdir()} if path.is_dir() else set()
        lock = path / _LOCK
        if not names:
            return _is_old(path)
        if _LOCK not in names:  # it is the first file created in a work folder, and may be the first removed
            return True
        if names == {_LOCK} and lock.stat().st_size == 0:
            return _is_old(lock)
        _locked(lock).close()
    except OSError:  # removed meanwhile, or locked by its process
        return False
    return True


def _is_old(path: Path) -> bool:
    return time.time() - path.stat().st_mtime > _ABANDONED


def _locked(path: Path) -> IO[bytes]:
    """Open a file and lock it; closing it, or the end of the process, releases the lock.

    Raises:
        OSError: another process holds the lock.
    """
    file = path.open("ab")
    file.seek(0)  # Windows locks bytes from here on, the same ones for every process
    try:
        if os.name == "nt":
            import msvcrt  # noqa: PLC0415 - only Windows has it

            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
        else:
            import fcntl  # noqa: PLC0415 - Windows does not have it

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except ImportError:  # in the browser, which has one process
        pass
    except BaseException:
        file.close()
        raise
    return file
