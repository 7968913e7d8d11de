"""Putting a package's files in their folder: whole or not at all.

A new folder is filled beside its place and then renamed, which the operating system does at one stroke. In a
folder that is there already the files are exchanged after all of them have been written; if anything goes
wrong in between, also Ctrl-C, the earlier files are put back. What a killed process leaves half done is
finished by the next one.
"""

import os
import shutil
from collections.abc import Iterable
from pathlib import Path

from underlag import json_text
from underlag.documents.package_names import INDEX
from underlag.package.exchange import NEW, HalfwayError, finish_interrupted, is_inside, prepare
from underlag.package.work_folder import sweep, work_folder
from underlag.text.system_errors import why


class PackageError(Exception):
    """The package could not be written. The message is Swedish, for the user, and tells what was changed."""


class PackageExists(PackageError):  # noqa: N818 - the name says what is the matter
    """There is something in the folder already, and nobody asked to write over it."""


#: A file's name and what it is to hold: bytes, or the contents of another file, which moves there.
Content = tuple[str, bytes | Path]


def write_folder(folder: Path, files: Iterable[Content], *, overwrite: bool = False) -> None:
    """Write files into a folder, all or none.

    Args:
        folder: is made if it does not exist.
        files: names, with '/' between folder and file, and contents; INDEX last, and as bytes. They are asked
            for one at a time, and not at all when the folder is refused.
        overwrite: replace files of the same names, take away those of an earlier package. Other files stay.

    Raises:
        PackageExists: the folder is not empty, and `overwrite` is not set.
        PackageError: the operating system refuses (no room, no permission, a file open in another program).
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


def _may_be_renamed(folder: Path) -> bool:
    """Whether an empty folder may be exchanged: not one where somebody stands, nor what is mounted."""
    return not folder.is_mount() and folder != Path.cwd() and os.access(folder.parent, os.W_OK)


def _create(folder: Path, files: Iterable[Content]) -> None:
    """Fill a folder beside and give it its name."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with work_folder(folder.parent) as work:
        new = work / NEW
        new.mkdir()
        _write(new, files)
        if folder.exists():
            folder.rmdir()
        new.rename(folder)


def _replace(folder: Path, files: Iterable[Content]) -> None:
    """Write all files into a folder inside, then exchange one by one, the index last."""
    with work_folder(folder) as work:
        new = work / NEW
        new.mkdir()
        wanted = _write(new, files)
        superfluous = [name for name in _earlier_files(folder) if name not in wanted]
        prepare(folder, work, wanted, superfluous).run()


def _write(folder: Path, files: Iterable[Content]) -> list[str]:
    names = []
    for name, content in files:
        names.append(name)
        path = folder / name
        path.parent.mkdir(exist_ok=True)
        if isinstance(content, Path):
            shutil.move(content, path)  # copied, where the folder leads to another disk
            continue
        with path.open("xb") as file:
            file.write(content)
            if name == INDEX:
                # The index has the checksums by which a file that a power failure took is found out.
                file.flush()
                os.fsync(file.fileno())
    return names


def _earlier_files(folder: Path) -> list[str]:
    """Return the names of an earlier package's files that are there, as its index lists them.

    The index lies in the user's folder and may say anything: a name that could lead out of it is passed over.
    """
    try:
        listed = json_text.parse((folder / INDEX).read_bytes())["filer"]
        names = [file["namn"] for file in listed]
    except (FileNotFoundError, IsADirectoryError, ValueError, KeyError, TypeError):
        return []
    return [
        name
        for name in names
        if is_inside(name) and not (folder / name).parent.is_symlink() and (folder / name).is_file()
    ]


def _reason(folder: Path, error: OSError) -> str:
    where = error.filename or folder
    if isinstance(error, PermissionError):
        return (
            f"Det gick inte att skriva i {where}. Stäng filer därifrån som är öppna i andra program, och "
            "kontrollera att du får skriva i mappen. Inget har ändrats."
        )
    if isinstance(error, NotADirectoryError | FileExistsError | IsADirectoryError):
        return f"{where} står i vägen för paketet. Välj en annan mapp. Inget har ändrats."
    return f"Det gick inte att skriva paketet i {folder}: {why(error)}. Inget har ändrats."
