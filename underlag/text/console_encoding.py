"""What stands in for characters that a console's encoding does not have, as an error handler of encodings."""

import codecs
import unicodedata
from typing import Final

#: The handler's name: `text.encode(encoding, STAND_IN)`.
STAND_IN: Final = "underlag-stand-in"

#: Plain signs for those of ours; letters lose their marks instead, and what is left becomes a question mark.
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
