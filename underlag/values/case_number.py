"""Case numbers of Inera's customer service, in all forms issued over the years.

Source: Inera's public wiki, space PU, page 3353216099: CS and digits since 2024-04-23, TSK-nnnnn and TFF-nnnn
before it; order numbers are BS-nnnnn, and incidents of the same system INC and digits.
"""

import re
from typing import Final

from underlag.characters.cleaning import Cleaned, clean_identifier
from underlag.lazy_pattern import LazyPattern

#: Separator between letters and digits of each series.
_SEPARATORS: Final = {"CS": "", "INC": "", "BS": "-", "TFF": "-", "TSK": "-"}
_MOST_DIGITS: Final = 12
_ONE: Final = LazyPattern(
    rf"(?P<series>{'|'.join(_SEPARATORS)})[\s_.:#-]*(?:nr[\s.:]*)?(?P<digits>[0-9]{{1,{_MOST_DIGITS}}})",
    re.IGNORECASE,
).fullmatch
_WITHIN: Final = LazyPattern(
    rf"(?<!\w)(?:{'|'.join(_SEPARATORS)})[\s_.:#-]*[0-9]{{1,{_MOST_DIGITS}}}(?!\w)", re.IGNORECASE
)
#: Words before a number, or in parentheses after it, and separators between numbers.
_LABEL: Final = LazyPattern(
    r"\s*\((?:ärende|förstudie)\w*\)\.?$|\.$"
    r"|^(?:(?:ert|vårt|ineras?|kundservice|ref|referens|avser)[\s.:]+)*"
    r"(?:(?:(?:ärende|förstudie)(?:numme?r|nr|ns?|id)*|nr|id|#)[\s.:]*)*",
    re.IGNORECASE,
)
#: What a number is, in parentheses between two: 'CS0123456 (förstudie), TSK-12518'.
_KIND: Final = LazyPattern(r"(?:ärende|förstudie)(?:t|n|nr|numme?r)?", re.IGNORECASE).fullmatch
_BETWEEN: Final = LazyPattern(r"\s*(?:[,;/+&\n()]|\b(?:och|samt)\b)\s*|(?<=[0-9])\s+(?=[A-Z])", re.IGNORECASE)


def clean_case_number(raw: str) -> Cleaned:
    """Tidy a case number, or several: 'tsk 12518' -> 'TSK-12518', 'cs-0123456' -> 'CS0123456'.

    Of any other text only invisible characters are removed.
    """
    text, changes = clean_identifier(raw)
    if _is_spelled(text):
        return Cleaned(text, changes)
    pieces = _BETWEEN.split(_LABEL.sub("", text))
    numbers = [_number(piece) for piece in pieces if piece and not _KIND(piece)]
    if not numbers or not all(numbers):
        return Cleaned(text, changes)
    written = ", ".join(dict.fromkeys(numbers))
    return Cleaned(written, changes if written == text else (*changes, "skrivet som Inera skriver det"))


def case_numbers_in(text: str) -> list[str]:
    """Return the case numbers within a text, spelled as Inera does: 'TSK-13001 (ersätter TSK-12001)'."""
    numbers = (_number(found[0]) for found in _WITHIN.finditer(text))
    return list(dict.fromkeys(filter(None, numbers)))


def is_case_number(text: str) -> bool:
    """Whether a text is one case number or several, spelled as Inera does: 'CS0123456', 'TSK-1, TSK-2'."""
    return all(map(_is_spelled, text.split(", ")))


def _is_spelled(text: str) -> bool:
    """Whether a text is one case number as Inera spells it."""
    for series, separator in _SEPARATORS.items():
        digits = text.removeprefix(f"{series}{separator}")
        if digits != text and digits.isascii() and digits.isdigit():
            return len(digits) <= _MOST_DIGITS and bool(digits.strip("0"))
    return False


def _number(text: str) -> str:
    """Return a case number as Inera spells it, '' for any other text."""
    found = _ONE(text.strip())
    if not found or not found["digits"].strip("0"):
        return ""
    series = found["series"].upper()
    return f"{series}{_SEPARATORS[series]}{found['digits']}"
