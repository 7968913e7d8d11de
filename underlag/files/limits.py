"""How large a file may be: far above what anybody means, far below what would stop the machine.

Whoever has a larger one sets the environment variable UNDERLAG_GRANSER to a factor from 1 to 100. Child
processes inherit it.
"""

import os
from dataclasses import dataclass
from typing import Final

#: The environment variable that raises every limit.
VARIABLE: Final = "UNDERLAG_GRANSER"
_HIGHEST: Final = 100


def factor() -> int:
    """Return what VARIABLE asks for; 1 where it is unset or no number."""
    text = os.environ.get(VARIABLE, "")
    return max(1, min(int(text), _HIGHEST)) if text.isascii() and text.isdigit() and len(text) < 10 else 1  # noqa: PLR2004 - digits that int() takes at once


def how_to_raise() -> str:
    """Return a Swedish sentence for whoever has a larger file and means it."""
    return f"Gränsen höjs med miljövariabeln {VARIABLE}={2 * factor()}."


@dataclass(slots=True, frozen=True)
class Limit:
    """A limit with its usual value."""

    usual: int

    @property
    def value(self) -> int:
        """The limit that holds now."""
        return self.usual * factor()


#: Megabytes of a TAK export, unpacked. The catalogue of a whole country is about a hundred.
EXPORT: Final = Limit(400)
#: Megabytes of a list as text: a million units with all that HSA says of them.
TEXT_LIST: Final = Limit(200)
#: Megabytes of a TAK order that is judged, and items in it. tak-web loads two megabytes.
TAK_ORDER: Final = Limit(20)
TAK_ITEMS: Final = Limit(50_000)
#: Kilobytes of a file of order details. People write one or two.
TOML: Final = Limit(100)
#: Characters of a header field in a mail that names a sender or a file.
MAIL_FIELD: Final = Limit(4_000)
#: Parts of a mail, and files in an archive.
MAIL_PARTS: Final = Limit(3_000)
ARCHIVE_FILES: Final = Limit(20_000)
