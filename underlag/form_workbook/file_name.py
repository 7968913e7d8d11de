"""The workbook's file name, from the profile's pattern, so that reading understands it."""

import re
from typing import Final

from underlag.profiles.environments import EnvironmentSpec
from underlag.profiles.profile import Profile
from underlag.reading.order_details.file_name import read_file_name

#: A short name that is valid in file names on Windows, macOS and Linux.
_SHORT_NAME: Final = re.compile(r"[^\W_](?:[\w .&+-]{0,38}[^\W_])?").fullmatch


class UnusableRegionError(ValueError):
    """A region's short name that is invalid in a file name or is parsed differently. Swedish message."""


def file_name(profile: Profile, environment: EnvironmentSpec, region: str) -> str:
    """Return the name of a region's workbook.

    Args:
        profile: its `file_name` is the pattern.
        environment: the environment that the workbook is for.
        region: the region's short name, e.g. LiV.

    Raises:
        UnusableRegionError: the name is invalid in a file name, or would not be parsed back unchanged.
    """
    if not _SHORT_NAME(region):
        raise UnusableRegionError(
            f"regionens kortnamn {region!r} går inte att använda i ett filnamn. Skriv 1–40 bokstäver och "
            "siffror, till exempel LiV. Blanksteg, bindestreck, punkt, & och + får stå inuti."
        )
    name = profile.file_name.format(miljo=environment.key, region=region)
    stated = []
    for key, value in read_file_name(name, profile):
        known = profile.environment(value.text) if key == "environment" else None
        stated.append((key, known.key if known else value.text))
    if stated != [("environment", environment.key), ("region", region)]:
        raise UnusableRegionError(
            f"regionens kortnamn {region!r} skulle läsas som något annat i filnamnet ”{name}”. Undvik namn "
            "på miljöer, datum, versioner och ord som kopia."
        )
    return name
