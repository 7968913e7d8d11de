"""Replaces characters that a console's encoding lacks, as an error handler of encodings."""

import codecs
import unicodedata
from typing import Final

#: The handler's name: `text.encode(encoding, STAND_IN)`.
STAND_IN: Final = "underlag-stand-in"

#: Plain replacements for our own signs; letters lose their accents instead, the rest becomes a question mark.
_REPLACEMENTS: Final = {
    "→": "->",
    "…": "...",
    "–": "-",
    "—": "-",
    "‹": "<",
    "›": ">",
    "”": '"',
    "“": '"',
    "’": "'",
    "·": "-",
    "\N{NO-BREAK SPACE}": " ",
}


def _stand_in(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "".join(map(_plain, error.object[error.start : error.end])), error.end


def _plain(character: str) -> str:
    unmarked = unicodedata.normalize("NFKD", character).encode("ascii", "ignore").decode()
    return _REPLACEMENTS.get(character) or unmarked or "?"


codecs.register_error(STAND_IN, _stand_in)
