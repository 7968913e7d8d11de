"""Rows of a table that are no addressees: examples, totals, remarks, the headers once more."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

_EXAMPLE: Final = re.compile(r"\W*(?:exempel|t[.\s]\s?ex|e\.\s?g|ex(?=[.:]))(?![\w-])", re.IGNORECASE)
_PLACEHOLDER: Final = re.compile(
    r"<[^<>]+>|<<|>>|^\s*\[.*\]\s*$|(?<![a-wyzåäö])x{4,}(?![a-wyzåäö])|_{4,}|…{2,}|\.{4,}", re.IGNORECASE
)
_TOTAL: Final = re.compile(r"\W*(?:del)?(?:summa|totalt?|total|antal)\b", re.IGNORECASE)
_REMARK: Final = re.compile(
    r"\W*(?:obs|nb|not|anm|anmärkning|kommentar|information|info|kontakta|se|ps)\b(?!\d)|\*", re.IGNORECASE
)
_IDENTIFIER: Final = re.compile(r"\d{10}|://")

#: A sentence has so many words; in a cell for names, so many more.
_WORDS: Final = 4
_WORDS_OF_NAME: Final = 7


def is_identifier(text: str) -> bool:
    """Whether a text holds what ids and addresses consist of."""
    return _IDENTIFIER.search(text) is not None


@lru_cache(maxsize=4096)  # of a row's texts, most stand on every row
def is_example(role: str, text: str) -> bool:
    """Whether a cell is an example or a place to fill in: 'Exempel', 't.ex. …', '<<namn>>', 'SExxxx-xxxx'.

    A cell outside the table's columns (no role) must say nothing else.
    """
    return bool(_EXAMPLE.match(text) or (_PLACEHOLDER.search(text) if role else _EXAMPLE.fullmatch(text)))


def is_total(texts: Sequence[str]) -> bool:
    """Whether a row counts the rows above it: 'Antal enheter: 4', 'Summa'."""
    return bool(texts) and _TOTAL.match(texts[0]) is not None and not any(map(is_identifier, texts))


def is_remark(cells: Sequence[tuple[str, str]]) -> bool:
    """Whether a row of (role, text) is a sentence for people under the table and no value."""
    return len(cells) <= 2 and all(_is_sentence(role, text) for role, text in cells)  # noqa: PLR2004 - more is a row of a table


def _is_sentence(role: str, text: str) -> bool:
    if is_identifier(text):
        return False
    words = len(text.split())
    if _REMARK.match(text):
        return words > 1 or text.startswith("*")
    if role.endswith("_name"):
        return words >= _WORDS_OF_NAME or (words >= _WORDS and text.endswith((".", "!", ":", "?")))
    return words >= _WORDS or (words > 1 and text.endswith((".", "!", ":", "?")))
