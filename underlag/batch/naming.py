"""Names of package folders: region, environment and date of change, in a fixed alphabet."""

from collections.abc import Iterable
from typing import Final

from underlag.text.file_names import ascii_stem

#: Keeps paths, with the output folder and the longest file name, below the 260 characters of Windows.
_LONGEST: Final = 60

#: Names in the output folder that packages must not take.
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

    It consists of A-Z a-z 0-9 _ and hyphens, so it cannot leave the folder. With a hyphen and without a dot
    it is never a device name of Windows.
    """
    when = f"{environment or 'okand-miljo'}-{day or 'utan-datum'}"
    short = region.strip()[: _LONGEST - len(when) - 1] or "okand-region"
    flat = f"{short}-{when}".replace("/", "-").replace("\\", "-").replace(".", "-")
    # A sign such as ⒈ has its dot only now.
    name = ascii_stem(f"{flat[-_LONGEST * 4 :]}.xlsx").replace(".", "-")
    return name if "-" in name and len(name) <= _LONGEST else f"underlag-{name[-_LONGEST + 9 :].strip('-_')}"


class Names:
    """Makes names unique; case is ignored, as on Windows.

    Args:
        taken: names in use.
    """

    def __init__(self, taken: Iterable[str]) -> None:
        self._taken = {name.casefold() for name in (*taken, *RESERVED)}

    def unique(self, name: str) -> str:
        """Return the name, with a number appended if it is taken, and take it."""
        candidate, number = name, 1
        while candidate.casefold() in self._taken:
            number += 1
            candidate = f"{name}-{number}"
        self._taken.add(candidate.casefold())
        return candidate
