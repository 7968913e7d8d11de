"""Sentences about loads, for their pages and for the commands."""

import os
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from underlag.text.lists import MOST_NAMED, listed
from underlag.text.numbers import counted


def not_restored(rows: Mapping[int, int]) -> str:
    """Return sentences on what an undo does not bring back, '' if that is nothing.

    Args:
        rows: by earlier load, how many of its rows the load replaces.
    """
    if not rows:
        return ""
    loads = listed([f"{load:04d}" for load in rows])
    return (
        f"Inläsningen ersätter {counted(sum(rows.values()), 'rad', 'rader')} i inläsning {loads}. "
        "Återställningen tar bort det nya men lägger inte tillbaka det gamla, eftersom ingen TAK-export var "
        f"med när den gjordes (--tak). Ska det gamla gälla igen måste det beställas på nytt: rader.csv i "
        f"inläsning {loads} visar vad det var."
    )


def lost_loads(names: Sequence[str]) -> str:
    """Return sentences on loads whose folder is gone before anybody noted that they were loaded."""
    return (
        "Mappen för en inläsning som inte är noterad som inläst saknas i inlasningar: "
        f"{listed(names, most=MOST_NAMED)}. Lägg tillbaka den från en säkerhetskopia. Är den redan inläst, "
        "notera det med underlag register inlast. Ska den aldrig läsas in, notera det med underlag register "
        "angra: då kan raderna beställas på nytt."
    )


def about_stop(case: int, sentences: Iterable[str]) -> str:
    """Return what the unanswered mails of a case say against a load, quoted.

    Args:
        case: the number of the case.
        sentences: the sentences, as they are shown.
    """
    quoted = " ".join(f"”{one}”" for one in sentences)
    return f"Ett obesvarat mejl i ärende {case} säger: {quoted}"


def register_command(what: str, place: str, number: str) -> str:
    """Return a command of `underlag register` about a load or a case.

    Args:
        what: the command, e.g. inlast.
        place: the path of the register, or of its folder.
        number: the number of the load, e.g. 0007, or of the case.
    """
    quoted = f'"{place}"' if re.search(r"[^\w./:\\-]", place) else place
    return f"underlag register {what} {quoted} {number}"


def relative(path: Path, folder: Path) -> str:
    """Return a path relative to a folder; the whole path on another drive of Windows."""
    try:
        return Path(os.path.relpath(path, folder)).as_posix()
    except ValueError:
        return path.as_posix()
