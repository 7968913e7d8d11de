"""Finds the workbooks in files, folders, zip files and mails, also nested ones.

Everything that is not a workbook is reported with the reason, so that nothing is lost unseen.
"""

import os
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path

from underlag.batch.inbox.asides import why_aside
from underlag.batch.inbox.found import Found, Rejected
from underlag.batch.inbox.members import Spent
from underlag.batch.inbox.walk import Location, walk
from underlag.characters.cleaning import shown
from underlag.files.regular import is_regular, read_regular
from underlag.files.workbook_names import WORKBOOK_ENDINGS
from underlag.reading.formats.limits import MAX_FILE
from underlag.text.file_names import shown_name
from underlag.text.system_errors import why


def collect(paths: Iterable[Path], *, leave_out: Collection[Path] = ()) -> Iterator[Found | Rejected]:
    """Yield every workbook and everything else, in the order of the paths; within folders by name.

    A file that is named twice, e.g. directly and by its folder, is found once.

    Args:
        paths: files and folders.
        leave_out: folders that are not entered, such as the output, and files that are skipped.
    """
    passed = {os.path.realpath(path) for path in leave_out}
    given = list(paths)
    top = _top(given)
    for path in given:
        if path.is_dir():
            yield from _folder(path, top, passed)
        elif _is_new(path, passed):
            yield from _file(path, _origin(path, top))


def _top(paths: Sequence[Path]) -> Path:
    """Return the folder that origins are relative to: the one that all paths have in common."""
    folders = [path if path.is_dir() else path.parent for path in paths]
    try:
        return Path(os.path.commonpath([folder.absolute() for folder in folders]))
    except ValueError:  # several drives of Windows, or no path at all
        return Path()


def _origin(path: Path, top: Path) -> str:
    whole = path.absolute()
    return shown((whole.relative_to(top) if whole.is_relative_to(top) else whole).as_posix())


def _is_new(path: Path, passed: set[str]) -> bool:
    """Whether a file or folder was not passed yet; it is recorded as passed."""
    real = os.path.realpath(path)
    if real in passed:
        return False
    passed.add(real)
    return True


def _folder(folder: Path, top: Path, passed: set[str]) -> Iterator[Found | Rejected]:
    refused: list[OSError] = []
    for here, folders, files in os.walk(folder, onerror=refused.append):
        at = Path(here)
        yield from _not_entered(refused, top)
        for name in sorted(folders):
            path = at / name
            if path.is_symlink():
                if os.path.realpath(path) not in passed:
                    yield Rejected(
                        _origin(path, top), "är en länk till en annan mapp: ange den mappen för sig"
                    )
            elif name.startswith("."):
                folders.remove(name)
                yield Rejected(_origin(path, top), "är en dold mapp och genomsöks inte", foreign=True)
            elif not _is_new(path, passed):
                folders.remove(name)
        folders.sort()
        for name in sorted(files):
            if _is_new(at / name, passed):
                yield from _file(at / name, _origin(at / name, top))
    yield from _not_entered(refused, top)


def _not_entered(refused: list[OSError], top: Path) -> Iterator[Rejected]:
    """Yield the folders that could not be opened."""
    while refused:
        error = refused.pop(0)
        yield Rejected(_origin(Path(os.fsdecode(error.filename)), top), f"gick inte att öppna: {why(error)}")


def _file(path: Path, origin: str) -> Iterator[Found | Rejected]:
    if aside := why_aside(path.name):
        yield Rejected(origin, aside, foreign=True)
        return
    if path.name.casefold() in {".ds_store", "thumbs.db", "desktop.ini", "bestallning.toml"}:
        return
    try:
        status = path.stat()
        if not is_regular(status):
            yield Rejected(origin, "är ingen vanlig fil", foreign=True)
            return
        if status.st_size > MAX_FILE and not path.name.casefold().endswith(WORKBOOK_ENDINGS):
            yield Rejected(origin, f"är för stor (gränsen är {MAX_FILE // 1_000_000} MB)")
            return
        content = read_regular(path, MAX_FILE + 1)
    except OSError as error:
        yield Rejected(origin, f"gick inte att öppna: {why(error)}")
        return
    yield from walk(Location(path, shown_name(path.name), origin, Spent()), content)
