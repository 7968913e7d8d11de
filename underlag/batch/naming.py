"""Names of package folders: region, environment and date of change, from a fixed alphabet."""

from collections.abc import Iterable
from typing import Final

from underlag.text.file_names import ascii_stem

#: With the output folder and the longest file within, this stays below the 260 characters of Windows.
_LONGEST: Final = 60

#: Names in the output folder that are no packages.
RESERVED: Final = (
    "samlad",
    "inlasningar",
    "svar",
    "sammanstallning.html",
    "sammanstallning.xlsx",
    "sammanstallning.json",
)


def folder_name(region: str, environment: str, day: str) -> str:
    """Return the name for a workbook's package: LiV-PROD-2027-03-01.

    It has only A-Z a-z 0-9 _ and hyphens, so it leads nowhere, and since it always has a hyphen and no dot it
    is none of the names that Windows keeps for devices.
    """
    when = f"{environment or 'okand-miljo'}-{day or 'utan-datum'}"
    short = region.strip()[: _LONGEST - len(when) - 1] or "okand-region"
    flat = f"{short}-{when}".replace("/", "-").replace("\\", "-").replace(".", "-")
    # A sign such as ⒈ has its dot only now.
    name = ascii_stem(f"{flat[-_LONGEST * 4 :]}.xlsx").replace(".", "-")
    return name if "-" in name and len(name) <= _LONGEST else f"underlag-{name[-_LONGEST + 9 :].strip('-_')}"


class Names:
    """Gives each package a name of its own; letter case does not tell names apart, for Windows does not.

    Args:
        taken: names that are in use already.
    """

    def __init__(self, taken: Iterable[str]) -> None:
        self._taken = {name.casefold() for name in (*taken, *RESERVED)}

    def unique(self, name: str) -> str:
        """Return the name, with a number after it where it is taken, and take it."""
        candidate, number = name, 1
        while candidate.casefold() in self._taken:
            number += 1
            candidate = f"{name}-{number}"
        self._taken.add(candidate.casefold())
        return candidate
