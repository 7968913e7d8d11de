"""Names in which letters were replaced: a file was written in one encoding and read in another.

Most often a CSV file in UTF-8 was opened in Excel by a double click, which reads it as Windows-1252.
"""

import html
from collections.abc import Collection, Iterator
from typing import Final

from underlag.lazy_pattern import LazyPattern

_LETTERS: Final = "åäöÅÄÖéÉèüÜæøÆØ"
#: The encodings in which UTF-8 is read by mistake: of Windows, of older Macs and of its command window.
_MISTAKEN: Final = ("cp1252", "mac_roman", "cp850")
#: What a letter of two bytes in UTF-8 becomes, and the letter.
_BECOME: Final = {letter.encode().decode(encoding): letter for encoding in _MISTAKEN for letter in _LETTERS}
#: What a garbled name has at least one of. Most names have none, and no other name is looked at.
_SIGNS: Final = ("\ufffd", "Ã", "ï¿½", "√", "├", "†", "„", "”", "‰", "ˆ", "÷", "┼", "─", "?", "&", "=")
_ENTITY: Final = r"&(?:[AOUEaoue](?:ring|uml|acute|grave)|amp|nbsp|quot|#\d{2,5}|#[xX][0-9A-Fa-f]{2,4});"
_GARBLED: Final = LazyPattern(
    r"\ufffd|ï¿½|Ãƒ|" + "|".join(_BECOME) + rf"|{_ENTITY}"
    # A letter of one byte, between letters: the signs are right at the end of a word, or alone.
    r"|[^\W\d_](?:[†„”‰ˆ÷┼─?]|=(?:C3=[89AB][0-9A-F]|[EC][459]|[FD]6))[^\W\d_]|(?<!\S)\?[a-zåäö]"
).search
_MENDED: Final = LazyPattern("|".join(_BECOME) + rf"|{_ENTITY}")


def garbled_among(texts: Collection[str]) -> set[str]:
    """Return those of many names in which letters were replaced."""
    joined = "\n".join(texts)
    signs = [sign for sign in _SIGNS if sign in joined]
    return set(_garbled(texts, signs)) if signs else set()


def _garbled(texts: Collection[str], signs: list[str]) -> Iterator[str]:
    return (text for text in texts if any(sign in text for sign in signs) and _GARBLED(text))


def mended(text: str) -> str:
    """Return a garbled name with its letters, '' where they cannot be known."""
    found = _MENDED.sub(lambda match: _BECOME.get(match[0]) or html.unescape(match[0]), text)
    return "" if found == text or _GARBLED(found) else " ".join(found.split())
