"""Notes that a review leaves in the workbook: their fixed texts, by which a later reading recognises them."""

import re
from typing import Final

from underlag.lazy_pattern import LazyPattern

#: The heading of each finding in a note begins with one of these, by severity.
HEADINGS: Final = {"fel": "FEL", "varning": "VARNING", "info": "UPPLYSNING"}
#: The text of a note from an earlier review when its cell has no finding any more.
IN_ORDER: Final = "Inget att rätta eller kontrollera längre i den här cellen."
#: The sheet that lists all findings; a number follows when the workbook has such a sheet of its own.
SHEET: Final = "Granskning"
#: The sheet that lists the changes of a correction.
CORRECTIONS_SHEET: Final = "Rättningar"
#: The beginning of the heading on each.
TITLE: Final = "Granskning av "
CORRECTIONS_TITLE: Final = "Rättningar i "

_HEADING: Final = rf"(?:{'|'.join(HEADINGS.values())}): [^\n]+ \([A-Z]{{3}}[0-9]{{3}}\)\n"
_OWN_PART: Final = LazyPattern(rf"(?:\A|\n+)(?:{_HEADING}|{re.escape(IN_ORDER)}\Z)")
_OWN_SHEET: Final = LazyPattern(rf"(?:{SHEET}|{CORRECTIONS_SHEET})(?: \d+)?").fullmatch


def own_part(text: str) -> int | None:
    """Return where a review's part of a note's text begins, None when it has none: it is the last part."""
    found = _OWN_PART.search(text)
    return None if found is None else found.start()


def without_own(text: str) -> str:
    """Return a note's text without the part that a review wrote."""
    return text[: own_part(text)].strip()


def is_review_sheet(name: str, title: str) -> bool:
    """Whether a sheet is a review's list of findings or of corrections, by its name and its first text."""
    return _OWN_SHEET(name) is not None and title.startswith((TITLE, CORRECTIONS_TITLE))
