"""Recognises texts that state that one HSA-ID replaces another: 'X ersätter Y', 'X -> Y'."""

import re
from typing import Final

_ID: Final = r"[A-Za-z]{0,10}\d{10,12}[-\u2010-\u2015\u2212]\w+"
_BETWEEN: Final = (
    r"(?:ersätt\w*|ersatt\w*|ers|byts?|bytt|byte|utbytt?|blir|heter|i ?stället|istället|tidigare|före ?detta"
    r"|f\.?d\.?|gam(?:la|mal\w*)|ny(?:a|tt)?|utgår|utgått|-+>|=+>|<-+|<=+|[→⇒➔←⇐<>])"
)
_REPLACEMENT: Final = rf"\b{_ID}\W+(?:\w+\W+){{0,3}}?{_BETWEEN}(?:\W.{{0,40}}?)?\W*\b{_ID}"
_SHORTEST: Final = 26


def names_replacement(text: str) -> bool:
    """Whether a text names two HSA-IDs, one replacing the other."""
    return len(text) >= _SHORTEST and re.search(_REPLACEMENT, text, re.IGNORECASE) is not None
