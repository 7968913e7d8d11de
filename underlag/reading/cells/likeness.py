"""How alike two names of sheets or columns are: first what people vary without meaning, then difflib."""

import difflib
import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

#: From here on two names are taken for the same.
ENOUGH: Final = 0.87
#: Names this near to each other match equally well.
EQUALLY: Final = 0.03
#: Shorter names differ by one letter and are different words.
_SHORTEST: Final = 5
#: A longer text is an instruction, not a name.
LONGEST: Final = 120

_ARROW_WORD: Final = re.compile(r"\b(?:till|to)\b", re.IGNORECASE)
_NOT_ALPHANUMERIC: Final = re.compile(r"[\W_]+")
_PARENTHESIS: Final = re.compile(r"\([^()]*\)")


@lru_cache(maxsize=4096)
def compact(text: str) -> str:
    """Return what a name consists of: no case, accents, blanks, dashes, arrows or line breaks.

    'Tjänste- producent (HSA-ID)' and 'tjansteproducent HSAID' become the same.
    """
    plain = unicodedata.normalize("NFKD", text).casefold()
    return _NOT_ALPHANUMERIC.sub("", "".join(c for c in plain if not unicodedata.combining(c)))


def compact_sheet(text: str) -> str:
    """As compact, and 'Vårdsystem till Webcert' is 'Vårdsystem -> Webcert'."""
    return compact(_ARROW_WORD.sub(" ", text))


def reduced(text: str) -> tuple[str, ...]:
    """Return shorter forms of a header that has explanations with it: without parentheses, its first line.

    A parenthesis that says 'namn' is no explanation: it tells the column of names from that of ids.
    """
    forms = [text.strip().partition("\n")[0]]
    if "namn" not in text.casefold():
        forms.append(_PARENTHESIS.sub(" ", text))
    return tuple(dict.fromkeys(form for form in map(compact, forms) if form and form != compact(text)))


def ratio(one: str, other: str) -> float:
    """Return how alike two compact names are; 0 where they are too short or too far apart to count."""
    if one == other:
        return 1.0
    if min(len(one), len(other)) < _SHORTEST:
        return 0.0
    matcher = difflib.SequenceMatcher(None, one, other, autojunk=False)
    if matcher.real_quick_ratio() < ENOUGH or matcher.quick_ratio() < ENOUGH:
        return 0.0
    found = matcher.ratio()
    return found if found >= ENOUGH else 0.0


def nearest(text: str, known: Iterable[str]) -> str:
    """Return the known name that a text most resembles, '' when none does."""
    names = {compact(name): name for name in known}
    close = difflib.get_close_matches(compact(text), names, n=1, cutoff=0.6)
    return names[close[0]] if close else ""
