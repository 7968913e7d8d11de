"""The connection profiles, as data: shipped ones and the user's own."""

import os
from functools import lru_cache
from pathlib import Path
from typing import Final, NamedTuple

from underlag.profiles.prepared import prepared_profiles
from underlag.profiles.profile import Profile, ProfileError

#: The environment variable that names a folder with the user's own profiles.
FOLDER_VARIABLE: Final = "UNDERLAG_PROFILER"

#: Profiles loaded from files that the user named, by key.
_of_files: dict[str, Profile] = {}


def profiles() -> dict[str, Profile]:
    """Return every profile by its key: shipped ones, those of the user's folder, and those of named files.

    The user's own profile replaces a shipped one with the same key. A file without a usable profile is
    skipped; `damaged_profiles` names it.

    Raises:
        ProfileError: the user's folder cannot be read, or there is no usable profile.
    """
    return {**recognised_profiles(), **_of_files}


def recognised_profiles() -> dict[str, Profile]:
    """Return the profiles by which a workbook is recognised: shipped ones, and those of the user's folder.

    A profile of a named file is used only where it is named.

    Raises:
        ProfileError: as `profiles`.
    """
    found = {**_shipped().profiles, **_of_own_folder().profiles}
    if not found:
        raise ProfileError(f"Ingen anslutningsprofil går att använda. {' '.join(damaged_profiles())}")
    return found


def damaged_profiles() -> tuple[str, ...]:
    """Return a Swedish sentence for each file without a usable profile: file, line and reason.

    Raises:
        ProfileError: the user's folder cannot be read.
    """
    return (*_shipped().damaged, *_of_own_folder().damaged)


def find_profile(name: str) -> Profile | None:
    """Return the profile with this key, or that of a TOML file; None for an unknown key.

    A file's profile is registered by its key from then on.

    Raises:
        ProfileError: the file cannot be used.
    """
    if not name.lower().endswith(".toml"):
        return profiles().get(name)
    profile = _of_file(Path(name))
    _of_files[profile.key] = profile
    return profile


def standard_profile() -> Profile:
    """Return the default profile: the one marked as standard, else the first."""
    known = profiles().values()
    return next((profile for profile in known if profile.standard), next(iter(known)))


class _Loaded(NamedTuple):
    """The profiles of a folder by key, and the faults of its other files."""

    profiles: dict[str, Profile]
    damaged: tuple[str, ...] = ()


@lru_cache(maxsize=1)
def _shipped() -> _Loaded:
    folder = Path(__file__).parent
    try:
        return _Loaded(prepared_profiles(folder))
    except (OSError, ValueError, TypeError, LookupError, AttributeError):
        return _read(folder)


def _of_own_folder() -> _Loaded:
    folder = os.environ.get(FOLDER_VARIABLE, "")
    return _of_folder(folder) if folder else _Loaded({})


@lru_cache(maxsize=4)
def _of_folder(folder: str) -> _Loaded:
    try:
        return _read(Path(folder))
    except OSError as error:
        raise ProfileError(f"mappen {folder} ({FOLDER_VARIABLE}) går inte att läsa.") from error


@lru_cache(maxsize=16)
def _of_file(path: Path) -> Profile:
    return _parse(path)


def _parse(path: Path) -> Profile:
    """Read and validate a profile from outside; see `parse_profile`."""
    from underlag.profiles.loading import parse_profile  # noqa: PLC0415 - most commands read only shipped profiles

    return parse_profile(path)


def _read(folder: Path) -> _Loaded:
    """Parse the TOML files of a folder, in alphabetical order of their names."""
    found: dict[str, Profile] = {}
    damaged: list[str] = []
    for file in sorted(file for file in folder.iterdir() if file.name.lower().endswith(".toml")):
        try:
            profile = _parse(file)
        except ProfileError as error:
            damaged.append(str(error))
            continue
        if profile.key in found:
            damaged.append(f"{file.name}: nyckeln {profile.key} finns redan i en annan profil.")
        else:
            found[profile.key] = profile
    return _Loaded(found, tuple(damaged))


__all__ = [
    "FOLDER_VARIABLE",
    "Profile",
    "ProfileError",
    "damaged_profiles",
    "find_profile",
    "profiles",
    "recognised_profiles",
    "standard_profile",
]
