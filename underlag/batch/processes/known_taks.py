"""Which TAKs a batch has the content of, for code that does not read them."""

from pathlib import Path

from underlag.batch.records.workbooks import PackageRecord, Settings
from underlag.profiles import profiles


def export_of(platform: str, settings: Settings) -> Path | None:
    """Return the export of a platform, or one that does not state its platform."""
    return settings.exports.get(platform.upper(), settings.exports.get(""))


def has_tak(platform: str, settings: Settings) -> bool:
    """Whether the batch has the content of a platform's TAK."""
    return export_of(platform, settings) is not None or settings.api_of(platform) is not None


def is_compared(made: PackageRecord, settings: Settings) -> bool:
    """Whether the batch compares a workbook with a TAK; with a profile of the user's own, if there is any."""
    profile = profiles().get(made.profile)
    environment = profile.environment(made.environment) if profile else None
    if environment is None:
        return bool(settings.exports or settings.apis)
    return has_tak(environment.platform, settings)
