"""The connection profiles, as data: those that ship with the package, and the user's own."""

import os
from collections.abc import Iterable
from functools import lru_cache
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Final

from underlag.profiles.loading import ProfileError, parse_profile
from underlag.profiles.profile import Profile

#: The environment variable that names a folder with the user's own profiles.
FOLDER_VARIABLE: Final = "UNDERLAG_PROFILER"

#: Profiles of files that the user has named, by key.
_of_files: dict[str, Profile] = {}


def profiles() -> dict[str, Profile]:
    """Return every profile by its key: the shipped ones, those of the user's folder and of files named.

    One of the user's own goes before a shipped one with the same key.

    Raises:
        ProfileError: a profile of the user's folder cannot be used.
    """
    folder = os.environ.get(FOLDER_VARIABLE, "")
    own = _of_folder(folder) if folder else {}
    return {**_shipped(), **own, **_of_files}


def find_profile(name: str) -> Profile | None:
    """Return the profile with this key, or that of a TOML file; None for a key that no profile has.

    A file's profile is known by its key from then on.

    Raises:
        ProfileError: the file cannot be used.
    """
    if not name.lower().endswith(".toml"):
        return profiles().get(name)
    profile = _of_file(Path(name))
    _of_files[profile.key] = profile
    return profile


def standard_profile() -> Profile:
    """Return the profile that is meant where none is named: the one marked as standard, else the first."""
    known = profiles().values()
    return next((profile for profile in known if profile.standard), next(iter(known)))


@lru_cache(maxsize=1)
def _shipped() -> dict[str, Profile]:
    return _read(resources.files("underlag.profiles").iterdir())


@lru_cache(maxsize=4)
def _of_folder(folder: str) -> dict[str, Profile]:
    try:
        return _read(Path(folder).iterdir())
    except OSError as error:
        raise ProfileError(f"mappen {folder} ({FOLDER_VARIABLE}) går inte att läsa.") from error


@lru_cache(maxsize=16)
def _of_file(path: Path) -> Profile:
    return next(iter(_read([path]).values()))


def _read(files: Iterable[Traversable]) -> dict[str, Profile]:
    """Read the TOML files among these, in alphabetical order of their names."""
    found: dict[str, Profile] = {}
    for file in sorted((f for f in files if f.name.lower().endswith(".toml")), key=lambda f: f.name):
        profile = parse_profile(file)
        if profile.key in found:
            raise ProfileError(f"{file.name}: nyckeln {profile.key} finns redan i en annan profil.")
        found[profile.key] = profile
    return found


__all__ = ["FOLDER_VARIABLE", "Profile", "ProfileError", "find_profile", "profiles", "standard_profile"]
