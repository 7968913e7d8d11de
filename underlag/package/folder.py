"""Writes a package's files to their folder atomically.

A new folder is filled next to its place and then renamed, which is atomic. In an existing folder, files are
replaced after all new ones have been written; if anything goes wrong in between, including Ctrl-C, the old
files are restored. An exchange that a killed process leaves unfinished is completed by the next one.
"""

import os
import shutil
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from underlag import json_text
from underlag.documents.package_names import INDEX
from underlag.package.exchange import NEW, HalfwayError, finish_interrupted, is_inside, prepare
from underlag.package.work_folder import is_within_work, sweep, work_folder
from underlag.text.system_errors import why


class PackageError(Exception):
    """The package could not be written. The Swedish message for the user states what was changed."""


class PackageExists(PackageError):  # noqa: N818 - the name states the reason
    """The folder is not empty and overwriting was not requested."""


#: Where the list of files begins, the last property of an index; no text in JSON contains a line feed.
_FILES: Final = b'\n  "filer": ['

#: A file's name and content: bytes, or another file, which is moved there.
Content = tuple[str, bytes | Path]


def write_folder(folder: Path, files: Iterable[Content], *, overwrite: bool = False) -> None:
    """Write files into a folder, all or none.

    Args:
        folder: created if it does not exist.
        files: names, with '/' between folder and file, and contents; INDEX last, and as bytes. They are
            requested one at a time, and not at all when the folder is rejected.
        overwrite: replace files of the same names and remove those of an earlier package. Other files stay.

    Raises:
        PackageExists: the folder is not empty, and `overwrite` is not set.
        PackageError: the operating system reports an error (no room, no permission, a file open elsewhere).
    """
    folder = Path(os.path.realpath(folder))
    try:
        finish_interrupted(folder)
        sweep(folder)
        occupied = folder.exists() and next(folder.iterdir(), None) is not None
        if occupied and not overwrite:
            raise PackageExists(
                f"Mappen {folder} är inte tom. Välj en annan mapp, eller ange --skriv-over för att ersätta "
                "ett tidigare paket där."
            )
        if occupied or (folder.exists() and not _may_be_renamed(folder)):
            _replace(folder, files)
        else:
            _create(folder, files)
    except OSError as error:
        raise PackageError(_reason(folder, error)) from error
    except HalfwayError as error:
        raise PackageError(
            f"Filerna i {folder} hör inte ihop: det gick varken att byta ut alla eller att ångra bytet. "
            "Stäng filer därifrån som är öppna i andra program, och kör samma kommando igen: då görs bytet "
            "klart."
        ) from error


def fill_folder(folder: Path, files: Iterable[tuple[str, bytes]]) -> None:
    """Write files into a new folder, for a caller that renames it and can tell whether it is complete.

    Nothing protects it against a power failure, nor against a process that ends halfway.

    Args:
        folder: its place, where nothing is.
        files: as in `write_folder`.

    Raises:
        PackageError: the operating system reports an error.
    """
    try:
        folder.mkdir(parents=True)
        _write(folder, files)
    except OSError as error:
        raise PackageError(_reason(folder, error)) from error


def _may_be_renamed(folder: Path) -> bool:
    """Whether an empty folder may be replaced: not a process's current folder, nor a mount point."""
    return not folder.is_mount() and folder != Path.cwd() and os.access(folder.parent, os.W_OK)


def _create(folder: Path, files: Iterable[Content]) -> None:
    """Fill a folder next to the place, and rename it."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with work_folder(folder.parent) as work:
        new = work / NEW
        new.mkdir()
        _write(new, files)
        _sync(new / INDEX)
        if folder.exists():
            folder.rmdir()
        new.rename(folder)


def _replace(folder: Path, files: Iterable[Content]) -> None:
    """Write all files into a work folder inside, then replace one by one, the index last."""
    with work_folder(folder) as work:
        new = work / NEW
        new.mkdir()
        wanted = _write(new, files)
        _sync(new / INDEX)
        superfluous = [name for name in _earlier_files(folder) if name not in wanted]
        prepare(folder, work, wanted, superfluous).run()


def _write(folder: Path, files: Iterable[Content]) -> list[str]:
    """Write or move files into a folder; return their names."""
    names: list[str] = []
    made = {""}
    for name, content in files:
        names.append(name)
        path = folder / name
        if (parent := name.rpartition("/")[0]) not in made:
            path.parent.mkdir(exist_ok=True)
            made.add(parent)
        if isinstance(content, Path):
            shutil.move(content, path)  # copies if the folder is on another disk
            continue
        with path.open("xb") as file:
            file.write(content)
    return names


def _sync(index: Path) -> None:
    """Have the index on the disk: its checksums reveal a file that is lost in a power failure."""
    with index.open("r+b") as file:
        os.fsync(file.fileno())


def _earlier_files(folder: Path) -> list[str]:
    """Return the names of an earlier package's existing files, as listed in its index.

    The index is in the user's folder and may contain anything: names that lead out of it are skipped.
    """
    try:
        listed = _listed_files((folder / INDEX).read_bytes())
        names = [file["namn"] for file in listed]
    except (FileNotFoundError, IsADirectoryError, ValueError, KeyError, TypeError):
        return []
    return [
        name
        for name in names
        if is_inside(name) and not (folder / name).parent.is_symlink() and (folder / name).is_file()
    ]


def _listed_files(index: bytes) -> Any:
    """Return what an index lists as files; its findings, often most of it, are not parsed unless they follow.

    Raises:
        ValueError, KeyError, TypeError: it is no index.
    """
    if (start := index.rfind(_FILES)) >= 0:
        with suppress(json_text.JsonError):
            return json_text.parse(b"{" + index[start:])["filer"]
    return json_text.parse(index)["filer"]


def _reason(folder: Path, error: OSError) -> str:
    """Return Swedish sentences on why the package could not be written, and what to do."""
    where = folder if not error.filename or is_within_work(Path(error.filename)) else error.filename
    if isinstance(error, PermissionError):
        return (
            f"Det gick inte att skriva i {where}: {why(error)}. Stäng filer därifrån som är öppna i andra "
            "program, och kontrollera att du får skriva i mappen. Inget har ändrats."
        )
    if isinstance(error, NotADirectoryError | FileExistsError | IsADirectoryError):
        return f"{where} står i vägen för paketet. Välj en annan mapp. Inget har ändrats."
    return f"Det gick inte att skriva paketet i {folder}: {why(error)}. Inget har ändrats."
