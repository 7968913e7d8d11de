"""Size limits of input files: far above any genuine file, far below what would exhaust the machine.

To raise all limits, set the environment variable UNDERLAG_GRANSER to a factor from 1 to 100. Child processes
inherit it.
"""

import math
import os
import sys
from typing import Final, NamedTuple

#: The environment variable that raises every limit.
VARIABLE: Final = "UNDERLAG_GRANSER"
_HIGHEST: Final = 100


def factor() -> int:
    """Return the factor in VARIABLE; 1 when it is unset or not a number."""
    text = os.environ.get(VARIABLE, "").strip(" \"'")  # `set X=2 && …` and `set X="2"` keep these on Windows
    return max(1, min(int(text), _HIGHEST)) if text.isascii() and text.isdigit() and len(text) < 10 else 1  # noqa: PLR2004 - digits that int() takes at once


def how_to_raise(excess: float = 1) -> str:
    """Return a Swedish sentence on how to raise the limits for a larger file.

    Args:
        excess: how many times as much as a limit allows the file has, if that is known.
    """
    if sys.platform == "emscripten":
        return (
            "Är filen rätt och ändå så stor: be någon som har programmet underlag i sin dator att granska "
            "den, för i webbläsaren går gränserna inte att höja."
        )
    needed = max(2 * factor(), math.ceil(factor() * excess))
    if needed > _HIGHEST:
        return "Är filen rätt och ändå så stor: dela upp den, för så högt går gränserna inte att höja."
    return (
        f"Är filen rätt och ändå så stor: skriv set {VARIABLE}={needed} i kommandofönstret (PowerShell: "
        f"$env:{VARIABLE}={needed}, macOS och Linux: export {VARIABLE}={needed}) och starta programmet igen "
        f"därifrån. Då är alla gränser {needed} gånger så höga."
    )


class Limit(NamedTuple):
    """A limit with its usual value."""

    usual: int

    @property
    def value(self) -> int:
        """The limit with the factor applied."""
        return self.usual * factor()


#: Megabytes of a TAK export, uncompressed. The catalogue of a whole country is about a hundred.
EXPORT: Final = Limit(400)
#: Megabytes of a list as text: a million units with all attributes that HSA exports.
TEXT_LIST: Final = Limit(200)
#: Lines of such a list.
LIST_LINES: Final = Limit(3_000_000)
#: Megabytes of a TAK order to judge, and thousands of items in it. tak-web loads two megabytes.
TAK_ORDER: Final = Limit(20)
TAK_ITEMS: Final = Limit(50_000)
#: Findings of one kind on one sheet; a workbook of 100,000 units with a mistake in each row has fewer.
FINDINGS: Final = Limit(110_000)
#: Consumers or producers of one sheet: each gives an order. A region has some ten.
SYSTEMS: Final = Limit(1_000)
#: Kilobytes of a TOML file. Real ones have one or two.
TOML: Final = Limit(100)
#: Characters of a header field in a mail that names a sender or a file.
MAIL_FIELD: Final = Limit(4_000)
#: Lines of a mail: each takes the parser a hundred bytes. Sixty characters each, an attachment of 90 MB.
MAIL_LINES: Final = Limit(2_000_000)
#: Parts of a mail, and files in an archive.
MAIL_PARTS: Final = Limit(3_000)
ARCHIVE_FILES: Final = Limit(20_000)
