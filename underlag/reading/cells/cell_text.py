"""Converts a cell to its text: cleaned, with the finding that this gives.

Findings: CEL001, CEL002, CEL003, CEL004, CEL005, CEL006, CEL010, CEL017, CEL019.
"""

import math
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date, datetime, time
from functools import cache
from itertools import filterfalse
from typing import Final, NamedTuple

from underlag.characters.cleaning import (
    Cleaned,
    clean_hsa_id,
    clean_identifier,
    clean_name,
    stripped,
    unstorable,
    visible,
)
from underlag.findings import Finding, finding
from underlag.lazy_pattern import LazyPattern
from underlag.reading.cells.identifiers import CLEANED_ID, ONE_ID, PLAIN_ID, PLAIN_URL
from underlag.reading.formats.grid import CellValue, Sheet
from underlag.values.personal import is_personal_number
from underlag.values.url import clean_url
from underlag.workbook import Field

#: The kind of each role's values: it determines their cleaning and whether numbers are valid.
_KINDS: Final = {
    "consumer": "id",
    "producer": "id",
    "addressee": "id",
    "url": "url",
    "contract": "identifier",
    "rivta_profile": "identifier",
    "consumer_name": "name",
    "producer_name": "name",
    "addressee_name": "name",
    "action": "identifier",
}
_CLEAN: Final[dict[str, Callable[[str], Cleaned]]] = {
    "id": clean_hsa_id,
    "url": clean_url,
    "identifier": clean_identifier,
    "name": clean_name,
}

_NO_EXAMPLE: Final = r"(?!(?i:exempel|t[.\s]\s?ex|e\.?\s?g\.|ex[.:]))"
#: Letters and signs of a name, without those of placeholders.
_WORD: Final = "[!-;=?-Z^-~À-ÖØ-öø-ÿ]"
#: Values that need no cleaning and are no example, total or remark. Most cells need only this one match.
_PLAIN: Final = {
    "id": PLAIN_ID,
    "url": PLAIN_URL,
    "contract": re.compile(_NO_EXAMPLE + r"[A-Z][0-9A-Za-z]{8,}(?: v[0-9]+)?"),
    "rivta_profile": re.compile(r"RIVTABP2[0-9]"),
    "name": re.compile(_NO_EXAMPLE + rf"[0-9A-Za-zÀ-ÖØ-öø-ÿ]{_WORD}*(?: {_WORD}+)*"),
    "action": re.compile(r"Lägg till|Ta bort"),
}
#: The same with ids that are wrong, but one id each: a workbook may have thousands of them.
_ONE: Final = _PLAIN | {"id": ONE_ID}


#: Texts from which a match of all of them saves more time than its pattern takes.
_MANY: Final = 500


class Treated(NamedTuple):
    """A cell's text, the code of the finding that it gives ('' for none), and the changes that cleaning made.

    `sound`: whether the text is one value of its role, valid or not.
    """

    text: str
    code: str = ""
    changes: tuple[str, ...] = ()
    sound: bool = False

    @property
    def unreadable(self) -> bool:
        """Whether the cell has an error, so that its value is not checked further."""
        return self.code in _UNREADABLE


#: A value was cleaned; characters that a TAK cannot store were removed from a name.
TIDIED: Final = "CEL010"
#: The finding that a name is a number.
NUMBER_AS_NAME: Final = "CEL006"
UNSTORABLE: Final = "CEL019"
#: A ditto mark in a column whose values are carried down.
REPEATED: Final = "CEL017"
_REPEATS: Final = LazyPattern(
    r"(?:[-–—=]\s*)?(?:[\"”“″〃]|''|,,|\|\|)(?:\s*[-–—=])?|dito|d:o|(?:samma|se|som|samma som) ovan|samma",
    re.IGNORECASE,
)
#: A long number as Excel shows it, copied as text.
_SHORTENED: Final = LazyPattern(r"\d(?:[.,]\d+)?E\+\d\d").fullmatch
#: Digits of a personal identity number without its century.
_SHORTEST_PERSONAL_NUMBER: Final = 10
_UNREADABLE: Final = ("CEL001", "CEL002", "CEL003", "CEL004", "CEL005")


def one_value(role: str) -> Callable[[str], object]:
    """Return the test whether a text needs no cleaning and is one value of a role, valid or not."""
    return _pattern(_ONE, role).fullmatch


def not_one_value(role: str, texts: Collection[str]) -> Iterator[str]:
    """Return those of many texts that need cleaning, or are not one value of a role, valid or not."""
    if len(texts) >= _MANY:
        together = "\n".join((*texts, ""))
        if together.count("\n") == len(texts) and _lines_of(_pattern(_ONE, role)).fullmatch(together):
            return iter(())
    return filterfalse(one_value(role), texts)


@cache
def _lines_of(pattern: re.Pattern[str]) -> re.Pattern[str]:
    """Return the pattern of many texts that each match another and end with a line feed, their only one."""
    return re.compile(f"(?:(?:{pattern.pattern})\n)*+")


def _pattern(patterns: Mapping[str, re.Pattern[str]], role: str) -> re.Pattern[str]:
    """Return the pattern of a role, or of its kind."""
    return patterns.get(role) or patterns[_KINDS[role]]


def shown(value: CellValue) -> str:
    """Return a cell's value as a Swedish Excel shows it in full: 162321000156, not 1.62E+11."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "SANT" if value else "FALSKT"
    if isinstance(value, float):
        if math.isfinite(value) and value == int(value):
            return str(int(value))
        return repr(value).replace(".", ",")
    if isinstance(value, datetime):
        return value.isoformat(" ") if value.time() != time() else value.date().isoformat()
    return value.isoformat() if isinstance(value, date | time) else str(value)


def treat(role: str, value: CellValue) -> Treated:
    """Return the text of a cell for a role of the tables.

    A number where text belongs is an error, except a personal identity number: the checks report it without
    showing it.
    """
    kind, is_plain = _KINDS[role], _pattern(_PLAIN, role).fullmatch
    if isinstance(value, str):
        around = stripped(value)
        if around.changes and is_plain(around.text):  # most odd cells have blanks around and nothing else
            return Treated(around.text, TIDIED, around.changes, sound=True)
    text, code, changes = _tidied(kind, value)
    sound = CLEANED_ID.fullmatch(text) if kind == "id" else is_plain(text)
    return Treated(text, code, changes, sound is not None)


def _tidied(kind: str, value: CellValue) -> tuple[str, str, tuple[str, ...]]:
    if isinstance(value, str):
        text, changes = _CLEAN[kind](value)
        if kind == "id" and _SHORTENED(text):
            return text, "CEL003", ()
        code = UNSTORABLE if kind == "name" and unstorable(value) else TIDIED
        return text, code if changes and text else "", changes
    if isinstance(value, bool):
        return shown(value), "CEL005", ()
    if isinstance(value, int | float):
        # Excel drops the zero that those born in the first years of a century begin with.
        if kind == "id" and is_personal_number(number := shown(value).zfill(_SHORTEST_PERSONAL_NUMBER)):
            return number, "", ()
        return shown(value), NUMBER_AS_NAME if kind == "name" else "CEL003", ()
    return shown(value), "CEL004", ()


def repeats_above(text: str) -> bool:
    """Whether a text repeats the value above it: a ditto mark, 'dito', 'samma som ovan'."""
    return _REPEATS.fullmatch(text) is not None


def special(sheet: Sheet, row: int, column: int) -> Treated | None:
    """Return the text and code of an error value or a formula without a stored result; or None."""
    if error := sheet.errors.get((row, column)):
        return Treated(error, "CEL001")
    return Treated("", "CEL002") if (row, column) in sheet.uncached else None


def cell_finding(treated: Treated, at: Field, raw: CellValue, part: str = "") -> Finding:
    """Return the finding of a treated cell that has a code.

    Args:
        treated: the treated cell.
        at: the cell.
        raw: its value in the workbook.
        part: the part that was treated, if the cell has several values.
    """
    if treated.code in {TIDIED, UNSTORABLE}:
        before = shown(raw)
        return finding(
            treated.code,
            at,
            value=before,
            före=visible(part or before),
            efter=treated.text if treated.text.isascii() else visible(treated.text),
            ändring=", ".join(treated.changes),
        )
    return finding(treated.code, at, value=treated.text)
