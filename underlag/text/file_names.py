"""Names of output files: the same letters on every machine, and never a path."""

import re
import unicodedata
from typing import Final

#: Long enough to recognise a workbook, short enough for the 260 characters that Windows allows a whole path.
_LONGEST_STEM: Final = 80

#: Letters that do not decompose into a plain letter and an accent.
_LETTERS: Final = str.maketrans(
    {"ø": "o", "Ø": "O", "æ": "ae", "Æ": "AE", "ß": "ss", "đ": "d", "Đ": "D", "ł": "l", "Ł": "L"}
)


def ascii_stem(name: str) -> str:
    """Return a file's name, without extension, in A-Z a-z 0-9 . _ and hyphens.

    'Underlag för TAKning.xlsx' becomes 'Underlag-for-TAKning', a name without any such letter 'underlag'.
    """
    stem = re.sub(r"\.[A-Za-z]{2,4}$", "", re.split(r"[/\\]", name)[-1])
    plain = unicodedata.normalize("NFKD", stem.translate(_LETTERS))
    letters = "".join(c for c in plain if not unicodedata.combining(c))
    return re.sub(r"[^A-Za-z0-9._]+", "-", letters)[:_LONGEST_STEM].strip("-._") or "underlag"


def shown_name(name: str) -> str:
    """Return a file's name for a document: bytes that are not valid UTF-8 are shown as �."""
    return name.encode("utf-8", "surrogatepass").decode("utf-8", "replace")


def natural(name: str) -> list[int | str]:
    """Return a sort key that puts bestallning-10 after bestallning-9."""
    return [int(part) if part.isdecimal() else part for part in re.split(r"(\d+)", name)]
