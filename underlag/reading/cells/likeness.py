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


class NearNames:
    """Known names, for texts that resemble one of them. Names and texts are compact.

    Args:
        names: the known names.
    """

    def __init__(self, names: Iterable[str]) -> None:
        self._names = [(name, frozenset(name)) for name in names]
        self._matchers: dict[str, difflib.SequenceMatcher[str]] = {}

    def best(self, text: str) -> tuple[str, float]:
        """Return the name that a text resembles most and how much; '' and 0 where none is near enough."""
        best, most = "", 0.0
        letters = frozenset(text)
        for name, known in self._names:
            if name == text:
                return name, 1.0
            if min(len(name), len(text)) < _SHORTEST:
                continue
            # Letters that only one of them has match nothing; this rejects most names in no time.
            matching = min(len(text) - len(letters - known), len(name) - len(known - letters))
            if 2 * matching >= ENOUGH * (len(text) + len(name)):
                found = self._ratio(text, name)
                if found > most:
                    best, most = name, found
        return best, most

    def _ratio(self, text: str, name: str) -> float:
        matcher = self._matchers.get(name)
        if matcher is None:
            matcher = self._matchers[name] = difflib.SequenceMatcher(None, "", name, autojunk=False)
        matcher.set_seq1(text)
        if matcher.quick_ratio() < ENOUGH:
            return 0.0
        found = matcher.ratio()
        return found if found >= ENOUGH else 0.0


def nearest(text: str, known: Iterable[str]) -> str:
    """Return the known name that a text most resembles, '' when none does."""
    names = {compact(name): name for name in known}
    close = difflib.get_close_matches(compact(text), names, n=1, cutoff=0.6)
    return names[close[0]] if close else ""
