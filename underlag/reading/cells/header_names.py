"""Names of sheets and columns as people write them, in compact form."""

import re
from typing import Final

from underlag.characters.likeness import compact
from underlag.profiles.words import folded, words

#: A longer text is an instruction, not a name.
LONGEST: Final = 120
#: Maximum words of an English phrase.
_MOST_WORDS: Final = 3

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


def in_swedish(text: str) -> str:
    """Return an English header in Swedish, compact: 'Service producer (HSA ID)'; '' if a word is unknown."""
    english, found = words().english, []
    rest = folded(text).split()
    while rest:
        size = next(
            (n for n in range(min(_MOST_WORDS, len(rest)), 0, -1) if " ".join(rest[:n]) in english), 0
        )
        if not size:
            return ""
        found.append(english[" ".join(rest[:size])])
        rest = rest[size:]
    return compact(" ".join(found))
