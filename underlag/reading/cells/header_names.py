"""Names of sheets and columns as people write them, in compact form."""

import re
from typing import Final

from underlag.characters.likeness import compact

#: A longer text is an instruction, not a name.
LONGEST: Final = 120

_ARROW_WORD: Final = re.compile(r"\b(?:till|to)\b", re.IGNORECASE)
_PARENTHESIS: Final = re.compile(r"\([^()]*\)")


def compact_sheet(text: str) -> str:
    """Return a sheet's name in compact form; 'Vårdsystem till Webcert' equals 'Vårdsystem -> Webcert'."""
    return compact(_ARROW_WORD.sub(" ", text))


def reduced(text: str) -> tuple[str, ...]:
    """Return compact forms of a header without explanations: its first line, and without parentheses.

    A parenthesis with 'namn' stays: it distinguishes the column of names from that of ids.
    """
    forms = [text.strip().partition("\n")[0]]
    if "namn" not in text.casefold():
        forms.append(_PARENTHESIS.sub(" ", text))
    return tuple(dict.fromkeys(form for form in map(compact, forms) if form and form != compact(text)))
