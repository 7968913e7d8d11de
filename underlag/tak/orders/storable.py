"""Texts that TAK can store and that reach it.

Source: measured on a running tak-web: the columns are 3-byte utf8, which holds no character above U+FFFF;
over REST its firewall rejects control characters and unassigned ones.
"""

import re
import unicodedata
from typing import Final

_BEYOND_BMP: Final = re.compile("[\U00010000-\U0010ffff]")
#: Categories of control characters, surrogates, and unassigned code points.
_REFUSED: Final = frozenset({"Cc", "Cs", "Cn"})


def storable(text: str) -> str:
    """Return a text on one line, without the characters that TAK rejects."""
    if not (text.isascii() and text.isprintable()):
        text = " ".join(_BEYOND_BMP.sub("", text).split())
        if not text.isprintable():
            text = "".join(char for char in text if unicodedata.category(char) not in _REFUSED)
    return " ".join(text.split())
