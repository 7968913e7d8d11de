"""The shipped profiles, from the JSON copy of their TOML files.

The tests validate those files, and `python -m underlag.renew` makes the copy.
"""

from pathlib import Path
from typing import Final

from underlag.json_text import parse
from underlag.profiles.building import build_profile
from underlag.profiles.profile import Profile

#: The copy, in the folder of the TOML files.
FILE: Final = "prepared.json"


def prepared_profiles(folder: Path) -> dict[str, Profile]:
    """Return the profiles by key.

    Raises:
        OSError, ValueError, TypeError, LookupError, AttributeError: the copy is missing or damaged.
    """
    tables = parse((folder / FILE).read_bytes())
    return {table["key"]: build_profile(table) for table in tables}
