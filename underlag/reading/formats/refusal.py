"""Why a file cannot be read.

Findings: FIL002, FIL005, FIL015, FIL020.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from underlag.files.limits import how_to_raise
from underlag.files.time_limit import seconds_for
from underlag.findings import Finding, finding


class UnreadableError(Exception):
    """A file that gives no cells: the code of the catalogue that says why, and what its message asks for."""

    def __init__(self, code: str, *, sheet: str = "", **texts: Any) -> None:
        super().__init__(code)
        self.code = code
        self.sheet = sheet
        self.texts = texts

    def finding(self) -> Finding:
        """Return the finding that reports it."""
        return finding(self.code, sheet=self.sheet, **self.texts)


def damaged(part: str = "", problem: str = "") -> UnreadableError:
    """Return the refusal of a damaged file.

    Args:
        part: the part of the file that cannot be read; '' where `naming` adds it or the whole file is meant.
        problem: what is wrong with it, as the end of a sentence in Swedish.
    """
    about = f" Det gäller delen {part} i filen." if part else ""
    if problem:
        about += f" Felet är att {problem}."
    return UnreadableError("FIL002", part=part, problem=problem, om=about)


def too_much(what: str, count: int, limit: int, *, sheet: str = "") -> UnreadableError:
    """Return the refusal of a file that holds more of something than the limits allow.

    Args:
        what: what there is too much of, in Swedish, as the beginning of a sentence.
        count: how many there are, or at least how many.
        limit: how many are read.
        sheet: the sheet's name, where one sheet alone is meant.
    """
    return UnreadableError(
        "FIL015", sheet=sheet, vad=what, antal=count, gräns=limit, hoj=how_to_raise(count / limit)
    )


def too_large_unpacked(limit: int) -> UnreadableError:
    """Return the refusal of a file that holds far more than it seems to.

    Args:
        limit: how many bytes are read.
    """
    return UnreadableError("FIL005", gräns=limit // 1_000_000, hoj=how_to_raise())


def too_costly(size: int) -> UnreadableError:
    """Return the refusal of a file that takes more time or memory than the limits allow.

    Args:
        size: bytes of the file.
    """
    return UnreadableError("FIL020", gräns=round(seconds_for(size)), hoj=how_to_raise())


@contextmanager
def naming(part: str) -> Iterator[None]:
    """Add the name of a part to a refusal that does not name any."""
    try:
        yield
    except UnreadableError as error:
        if error.code == "FIL002" and not error.texts.get("part"):
            raise damaged(part, error.texts.get("problem", "")) from error
        raise
