"""The connection profiles that ship with the package, as data."""

import tomllib
from functools import lru_cache
from importlib import resources

from underlag.profiles.profile import Profile


@lru_cache(maxsize=1)
def profiles() -> dict[str, Profile]:
    """Return every profile by its key, in alphabetical order of the files."""
    folder = resources.files("underlag.profiles")
    files = sorted((f for f in folder.iterdir() if f.name.endswith(".toml")), key=lambda f: f.name)
    found = (Profile.model_validate(tomllib.loads(f.read_text(encoding="utf-8"))) for f in files)
    return {profile.key: profile for profile in found}


def standard_profile() -> Profile:
    """Return the profile that is meant where none is named: the one marked as standard, else the first."""
    known = profiles().values()
    return next((profile for profile in known if profile.standard), next(iter(known)))


__all__ = ["Profile", "profiles", "standard_profile"]
