"""How similar two texts are, for names that people write in their own way and for suggested corrections.

`compact` removes what people vary without meaning anything by it; difflib compares the rest. The thresholds
for all uses are here, from strict to lenient.
"""

import difflib
import re
import unicodedata
from collections.abc import Iterable
from threading import Lock
from typing import Final

from underlag.characters.short_texts import remembered_if_short

#: A contract that is ordered although its name is misspelt.
BEYOND_DOUBT: Final = 0.92
#: Two names of sheets or columns that mean the same.
SAME_NAME: Final = 0.87
#: A misspelt word, or the name of a property.
MISSPELT: Final = 0.75
#: A key or a label that is suggested instead of an unknown one.
SUGGESTED: Final = 0.6
#: A contract that is suggested: there are few, and their names are long.
SUGGESTED_CONTRACT: Final = 0.5
#: Names whose similarity differs by less match equally well.
EQUALLY: Final = 0.03
#: Names of fewer letters that differ by one are different words.
_SHORTEST: Final = 5

_NOT_ALPHANUMERIC: Final = re.compile(r"[\W_]+")


@remembered_if_short(4096)
def compact(text: str) -> str:
    """Return the letters and digits of a text in lower case, without accents.

    'Tjänste- producent (HSA-ID)' and 'tjansteproducent HSAID' become the same.
    """
    plain = text.casefold()
    if not plain.isascii():
        plain = plain.replace("å", "a").replace("ä", "a").replace("ö", "o")
    if not plain.isascii():
        plain = unicodedata.normalize("NFKD", text).casefold()
        plain = "".join(c for c in plain if not unicodedata.combining(c))
    return _NOT_ALPHANUMERIC.sub("", plain)


def alphanumeric(text: str) -> str:
    """Return the letters and digits of a text in lower case, with their accents."""
    return _NOT_ALPHANUMERIC.sub("", text).casefold()


def folded_name(name: str) -> str:
    """Return a name for comparison, without case and white space."""
    return "".join(name.split()).casefold()


def similarity(left: str, right: str, *, at_least: float) -> float:
    """Return the similarity of two texts, from 0 to 1; 0 if it is below `at_least`."""
    shorter, longer = sorted((len(left), len(right)))
    if 2 * shorter < at_least * (shorter + longer):
        return 0.0  # a text of 30,000 characters would take seconds
    found = difflib.SequenceMatcher(None, left, right, autojunk=False).ratio()
    return found if found >= at_least else 0.0


def nearest(text: str, known: Iterable[str], *, at_least: float = SUGGESTED) -> str:
    """Return the known name that is most similar to a text in compact form, '' if none is similar enough."""
    names = {compact(name): name for name in known}
    close = difflib.get_close_matches(compact(text), names, n=1, cutoff=at_least)
    return names[close[0]] if close else ""


class NearNames:
    """Known names of sheets or columns, for texts that are similar to one of them.

    Args:
        names: the known names in compact form.
    """

    def __init__(self, names: Iterable[str]) -> None:
        self._names = [(name, frozenset(name)) for name in names]
        self._matchers: dict[str, difflib.SequenceMatcher[str]] = {}
        self._in_use = Lock()

    def best(self, text: str) -> tuple[str, float]:
        """Return the name most similar to a compact text, and how similar; '' and 0 if none is the same."""
        best, most = "", 0.0
        letters = frozenset(text)
        for name, known in self._names:
            if name == text:
                return name, 1.0
            if min(len(name), len(text)) < _SHORTEST:
                continue
            # Letters that only one of them has match nothing; this cheap bound rejects most names.
            matching = min(len(text) - len(letters - known), len(name) - len(known - letters))
            if 2 * matching >= SAME_NAME * (len(text) + len(name)):
                found = self._ratio(text, name)
                if found > most:
                    best, most = name, found
        return best, most

    def _ratio(self, text: str, name: str) -> float:
        with self._in_use:  # a matcher keeps the text that it compares
            matcher = self._matchers.get(name)
            if matcher is None:
                matcher = self._matchers[name] = difflib.SequenceMatcher(None, "", name, autojunk=False)
            matcher.set_seq1(text)
            if matcher.quick_ratio() < SAME_NAME:
                return 0.0
            found = matcher.ratio()
        return found if found >= SAME_NAME else 0.0
