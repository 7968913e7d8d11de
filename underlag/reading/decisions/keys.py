"""Keys of decisions: names of columns and items as people write them, and roles by their names."""

from functools import lru_cache
from typing import Final

from underlag.characters.likeness import compact
from underlag.checksum import sha256_of
from underlag.column_letters import column_number
from underlag.lazy_pattern import LazyPattern
from underlag.profiles.words import words

#: Separates the name of a sheet from a place or header on it.
SHEET_SIGN: Final = "!"
#: A longer text is cut in a key, and followed by a checksum of the whole text.
_LONGEST_TEXT: Final = 60
_CUT_TEXT: Final = 44
_PLACE: Final = LazyPattern(r"([A-Z]{1,3})[0-9]{0,7}").fullmatch


def role_of(meaning: object) -> str:
    """Return the role with this name, '' if there is none."""
    return _roles().get(compact(meaning), "") if isinstance(meaning, str) else ""


def title_of(role: str) -> str:
    """Return the name of a role in Swedish."""
    return words().roles[role][0] if role in words().roles else role


@lru_cache(maxsize=1)
def _roles() -> dict[str, str]:
    return {compact(name): role for role, names in words().roles.items() for name in names}


def key_of(sheet: str, place: str, text: str) -> str:
    """Return the key of an item in [beslut]: sheet, place and text. A change of any of them gives a new key.

    Args:
        sheet: the sheet's name; '' for a text of the workbook as a whole, such as its properties.
        place: a cell, several ('K8–9') or 'dolda rader'; '' for the whole sheet.
        text: the text there.
    """
    shown = " ".join(text.split())
    if len(shown) > _LONGEST_TEXT:
        digest = sha256_of(shown.encode())[:6]
        shown = f"{shown[:_CUT_TEXT].rstrip()}… #{digest}"
    if not sheet:
        return f"{place}: {shown}"
    return f"{sheet}{SHEET_SIGN}{place}: {shown}" if place else f"{sheet}{SHEET_SIGN} {shown}"


def answer_identity(key: str) -> str:
    """Return the form in which two keys of [beslut] about the same item are equal."""
    return " ".join(key.replace("–", "-").split()).casefold()


def column_identity(key: str) -> str:
    """Return the form in which two keys of [kolumner] about the same columns are equal."""
    there, _, rest = key.rpartition(SHEET_SIGN)
    return f"{compact(there)}!{compact(rest)}"


def column_of(place: str) -> int:
    """Return the number of the column of a place (11 of 'K' or 'K8'), 0 if it is none."""
    match = _PLACE(place.strip().upper())
    return column_number(match[1]) if match else 0
