"""Splits cells with several values: HSA-IDs on a line each, contracts in a list, and the names of each."""

import re
from typing import Final

from underlag.lazy_pattern import LazyPattern
from underlag.reading.cells.identifiers import count_numbers, has_digits_of_id, is_quoted_id
from underlag.values.replacement import names_replacement

_SEPARATOR: Final = LazyPattern(r"[\n\r;,\u2028\u2029]")
#: Separators between ids; none occurs inside an id.
_BETWEEN_IDS: Final = LazyPattern(r"[\n\r;,&/+\u2028\u2029]|\s(?:och|samt|resp\.?)\s", re.IGNORECASE)
#: A cell without any of these holds one id at most.
_GAP: Final = LazyPattern(r"[\s;,&/+]").search
_COMMA_OR_AND: Final = LazyPattern(r",|\soch\s")
_BY_PREFERENCE: Final = (
    LazyPattern(r"[\n\r\u2028\u2029]+"),
    LazyPattern(";"),
    LazyPattern(","),
    _COMMA_OR_AND,
)
#: A version alone belongs to the contract before it: 'CreateDraftCertificate, version 3'.
_VERSION: Final = LazyPattern(r"\s*(?:v|ver|version)?\.?\s*\d+(?:\.\d+)*\s*", re.IGNORECASE)
_LAST_VERSION: Final = LazyPattern(r"[\s,]+(?:v|ver|version)?\.?\s*\d+(?:\.\d+)*\s*$", re.IGNORECASE)

#: Roles whose cells may hold several values.
ROLES: Final = ("consumer", "producer", "addressee", "contract")


def pieces(role: str, raw: str) -> list[str]:
    """Return the values in a cell; the cell itself if it has one.

    A text that is not a list of ids (a remark with a comma) is not split.
    """
    if role not in ROLES:
        return [raw]
    if role == "contract":
        return _contracts(raw) if _SEPARATOR.search(raw) else [raw]
    if not _GAP(raw.strip()):
        return [raw]
    if not _SEPARATOR.search(raw) and count_numbers(raw) < 2:  # noqa: PLR2004 - one id is no list
        return [raw]
    if names_replacement(raw):
        return [raw]
    found = [one for piece in _BETWEEN_IDS.split(raw) if piece.strip() for one in _apart(piece)]
    return found if len(found) > 1 and all(map(has_digits_of_id, found)) else [raw]


def _apart(piece: str) -> list[str]:
    """Return the ids that blanks separate; the text itself unless it consists of ids alone."""
    words = piece.split()
    return words if len(words) > 1 and all(map(is_quoted_id, words)) else [piece.strip(" \t")]


def _contracts(raw: str) -> list[str]:
    """Return the contracts in a cell; the cell itself unless it consists of several names of one word."""
    found: list[str] = []
    for piece in filter(str.strip, _SEPARATOR.split(raw)):
        if found and _VERSION.fullmatch(piece):
            found[-1] += " " + piece.strip()
        else:
            found.append(piece.strip(" \t"))
    one_word_each = all(" " not in _LAST_VERSION.sub("", piece).strip() for piece in found)
    return found if len(found) > 1 and one_word_each else [raw]


def names(raw: str, count: int) -> tuple[list[str], bool]:
    """Return as many names as there are ids, in the same order, and whether the split is unambiguous.

    A comma may also be part of a name. The list is empty if the number of names differs.
    """
    for separator in _BY_PREFERENCE:
        if separator is _COMMA_OR_AND and "," not in raw:
            continue  # 'Barn och ungdom' is one name
        found = [piece.strip(" \t,;") for piece in separator.split(raw) if piece.strip()]
        if len(found) == count:
            return found, "," not in separator.pattern
    return [], False
