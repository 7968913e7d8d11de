"""Why a register cannot be used, and what to do about it, in Swedish."""

import sqlite3
import tempfile
from pathlib import Path
from typing import Final

from underlag.text.system_errors import why, why_and_remedy

#: SQLite's messages about a disk, and their Swedish words.
_DISK: Final = {"is full": "disken är full", "disk I/O": "disken svarar inte som den ska"}
#: SQLite's messages about a file that is damaged, or none of its own.
_DAMAGED: Final = ("not a database", "malformed", "encrypted", "Could not decode", "no such table")
#: SQLite's messages about a file or folder that may not be read or written.
_REFUSED: Final = ("unable to open", "readonly")


def reason(path: Path, error: Exception) -> str:
    """Return Swedish sentences about an error of a register."""
    text = str(error)
    if "locked" in text:
        return f"Registret {path} används av en annan körning. Vänta tills den är klar och kör igen."
    if not isinstance(error, OSError | sqlite3.Error) or any(one in text for one in _DAMAGED):
        return (
            f"{path} är inget register, eller är skadat. Lägg tillbaka en säkerhetskopia, eller flytta undan "
            "det och ange en ny katalog för --ut. Inget har ändrats."
        )
    if isinstance(error, FileNotFoundError):
        return f"{path} finns inte. Ange katalogen som kundservice skrev i, eller registrets fil."
    if isinstance(error, OSError) or any(one in text for one in _REFUSED):
        why_not = f": {why(error)}" if isinstance(error, OSError) else _code(error)
        return _refused(path) or f"Registret {path} gick inte att öppna{why_not}. Kör igen."
    for sign, cause in _DISK.items():
        if sign in text:
            return f"Registret {path} gick inte att använda: {cause}."
    return f"Registret {path} gick inte att använda{_code(error)}. Kör igen."


def _refused(path: Path) -> str:
    """Return which access the operating system refuses, found by trying; '' if none."""
    for mode, what in (("rb", "läsas"), ("r+b", "ändras")):
        try:
            path.open(mode).close()
        except FileNotFoundError:
            break
        except OSError as error:
            return f"Registret {path} kan inte {what}: {why_and_remedy(error)}."
    folder = next((one for one in path.parents if one.is_dir()), path.parent)
    try:
        tempfile.TemporaryFile(dir=folder).close()
    except OSError as error:
        return f"Registret {path} kan inte skrivas i mappen {folder}: {why_and_remedy(error)}."
    return ""


def _code(error: Exception) -> str:
    """Return SQLite's code of an error in parentheses, whose message is English; '' if it has none."""
    name = getattr(error, "sqlite_errorname", "")
    return f" ({name})" if name else ""
