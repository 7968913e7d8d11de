"""Rows of a table that are no addressees: examples, totals, remarks, the headers once more."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

_EXAMPLE: Final = re.compile(r"\W*(?:exempel|t[.\s]\s?ex|e\.\s?g|ex(?=[.:]))(?![\w-])", re.IGNORECASE)
_PLACEHOLDER: Final = re.compile(
    r"^\s*\((?:tomt?|saknas|ifylls|fylls? i|namn|hsa-?id)\b[^)]*\)\s*$"
    r"|<[^\W\d][^<>]*>|<<|>>|^\s*\[.*\]\s*$|(?<![a-wyzåäö])x{4,}(?![a-wyzåäö])|_{4,}|…{2,}|\.{4,}",
    re.IGNORECASE,
)
#: A sign that each of these has.
_SIGN: Final = re.compile(r"[<>(\[_….xX]").search
_TOTAL: Final = re.compile(
    r"\W*(?:del)?(?:summa|totalt?|total|antal)\b|\W*\d{1,6}\s*(?:st|stycken|enheter|rader)\b", re.IGNORECASE
)
#: What stands beside the word of a total: '4', '4 st'.
_COUNT: Final = re.compile(r"\W*(?:\d{1,6}(?:st)?\b.*)?", re.DOTALL).fullmatch
_REMARK: Final = re.compile(
    r"\W*(?:obs|nb|not|fotnot|anm|anmärkning|kommentar|information|info|kontakta?|se|ps|version|utgåva|fler"
    r"|uppdaterad|reviderad|upprättad|ifylld|senast|forts|fortsättning|slut)\b(?!\d)|\*",
    re.IGNORECASE,
)
#: How an explanation of a column begins, and the number of a footnote.
_EXPLAINS: Final = re.compile(
    r"\W*(?:obligatorisk|valfri|frivillig|ange|skriv|fyll|välj|krävs|måste|ska|enligt)[a-zåäö]*\b|\(\d{1,2}\)$",
    re.IGNORECASE,
)
#: Nothing to read: lines and dots, or the word that ends a list.
_ORNAMENT: Final = re.compile(r"(?=.)[\W_]*+(?:slut[\W_]*+)?", re.IGNORECASE | re.DOTALL)
_IDENTIFIER: Final = re.compile(r"\d{10}|://")
_BEGINS_WITH_IDENTIFIER: Final = re.compile(
    r"\W*+(?:(?:[^\W\d_]{2,10}\W*+)?(?:[0-9odi][ -]?){8}|[a-z]{3,6}://)", re.IGNORECASE
)
_FOUR_DIGITS: Final = re.compile(r"\d{4}")

_SYSTEMS_AND_UNITS: Final = ("consumer", "producer", "addressee")

#: A sentence has so many words; in a cell for names, so many more.
_WORDS: Final = 4
_WORDS_OF_NAME: Final = 7


def is_identifier(text: str) -> bool:
    """Whether a text holds what ids and addresses consist of."""
    return _IDENTIFIER.search(text) is not None


@lru_cache(maxsize=4096)  # of a row's texts, most stand on every row
def begins_with_identifier(text: str) -> bool:
    """Whether a text is an id or address, perhaps a faulty one, whatever follows it."""
    return _BEGINS_WITH_IDENTIFIER.match(text) is not None


@lru_cache(maxsize=4096)  # as above
def is_example(role: str, text: str) -> bool:
    """Whether a cell is an example or a place to fill in: 'Exempel', 't.ex. …', '<<namn>>', 'SExxxx-xxxx'.

    A cell outside the table's columns (no role) must say nothing else.
    """
    if not role:
        return _EXAMPLE.fullmatch(text) is not None
    return _EXAMPLE.match(text) is not None or (
        _SIGN(text) is not None and _PLACEHOLDER.search(text) is not None
    )


def is_total(cells: Sequence[tuple[str, str]]) -> bool:
    """Whether a row of (role, text) counts the rows above it: 'Antal enheter: 4', 'Summa'.

    A name may begin so too: beside it then stands an id, perhaps a faulty one, and no count.
    """
    if not _TOTAL.match(cells[0][1]) or any(is_identifier(text) for _, text in cells):
        return False
    return all(_COUNT(text) for role, text in cells[1:] if role in _SYSTEMS_AND_UNITS)


def is_remark(cells: Sequence[tuple[str, str]]) -> bool:
    """Whether a row of (role, text) is a sentence for people under the table and no value."""
    return len(cells) <= 2 and all(_is_sentence(role, text) for role, text in cells)  # noqa: PLR2004 - more is a row of a table


def is_explanation(cells: Sequence[tuple[str, str]]) -> bool:
    """Whether a row of (role, text) explains the columns above it: 'Obligatorisk', 'Ange HSA-ID', '(1)'."""
    texts = [text for _, text in cells]
    explains = [_EXPLAINS.match(text) is not None for text in texts]
    return (
        len(texts) > 1
        and any(explains)
        and not any(map(is_identifier, texts))
        and all(said or len(text.split()) >= _WORDS for said, text in zip(explains, texts, strict=True))
    )


def is_doubtful(cells: Sequence[tuple[str, str]]) -> bool:
    """Whether a row of (role, text) is a heading or remark that may be meant as a unit or a system."""
    if len(cells) > 2 or any(begins_with_identifier(text) for _, text in cells):  # noqa: PLR2004 - as above
        return False
    role, text = cells[0]
    if not text:
        return False  # an error or a formula without a result
    words = len(text.split())
    said = words > 1 and _REMARK.match(text) is not None
    if len(cells) > 1:
        return role in _SYSTEMS_AND_UNITS and said
    if is_identifier(text):
        return said or words >= _WORDS
    if role not in _SYSTEMS_AND_UNITS:
        return role.endswith("_name") and words >= _WORDS_OF_NAME
    return not any(map(str.isdigit, text)) or (words > 1 and not _FOUR_DIGITS.search(text))


def _is_sentence(role: str, text: str) -> bool:
    if is_identifier(text):
        return False
    words = len(text.split())
    if _ORNAMENT.fullmatch(text):
        return True
    if _REMARK.match(text):
        return words > 1 or text.startswith("*")
    if role.endswith("_name"):
        return words >= _WORDS and text.endswith((".", "!", ":", "?"))
    return words >= _WORDS or (words > 1 and text.endswith((".", "!", ":", "?")))
