"""Several values in one cell: HSA-IDs on a line each, contracts after one another, and names beside them."""

import re
from typing import Final

_SEPARATOR: Final = re.compile(r"[\n\r;,\u2028\u2029]")
_BY_PREFERENCE: Final = (re.compile(r"[\n\r\u2028\u2029]+"), re.compile(";"), re.compile(","))
#: A piece that is only a version belongs to the contract before it: 'CreateDraftCertificate, version 3'.
_VERSION: Final = re.compile(r"\s*(?:v|ver|version)?\.?\s*\d+(?:\.\d+)*\s*", re.IGNORECASE)
_LAST_VERSION: Final = re.compile(r"[\s,]+(?:v|ver|version)?\.?\s*\d+(?:\.\d+)*\s*$", re.IGNORECASE)
_DIGITS: Final = re.compile(r"\d{6}")

#: Roles whose cells may hold several values.
ROLES: Final = ("consumer", "producer", "addressee", "contract")


def pieces(role: str, raw: str) -> list[str]:
    """Return the values in a cell; the cell itself where it holds one.

    A text that is not a list of ids (a remark with a comma in it) stays whole.
    """
    if role not in ROLES or not _SEPARATOR.search(raw):
        return [raw]
    if role == "contract":
        return _contracts(raw)
    found = [piece.strip(" \t") for piece in _SEPARATOR.split(raw) if piece.strip()]
    return found if len(found) > 1 and all(map(_DIGITS.search, found)) else [raw]


def _contracts(raw: str) -> list[str]:
    """Return the contracts in a cell; the cell itself where it is not several names of one word each."""
    found: list[str] = []
    for piece in filter(str.strip, _SEPARATOR.split(raw)):
        if found and _VERSION.fullmatch(piece):
            found[-1] += " " + piece.strip()
        else:
            found.append(piece.strip(" \t"))
    one_word_each = all(" " not in _LAST_VERSION.sub("", piece).strip() for piece in found)
    return found if len(found) > 1 and one_word_each else [raw]


def names(raw: str, count: int) -> list[str]:
    """Return as many names as there are ids, in the same order; [] where they do not come out even."""
    for separator in _BY_PREFERENCE:
        found = [piece.strip(" \t,;") for piece in separator.split(raw) if piece.strip()]
        if len(found) == count:
            return found
    return []
