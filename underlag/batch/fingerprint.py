"""The fingerprint of a workbook: a checksum of everything that determines its package.

A workbook with a known fingerprint is not processed again. Of the file's name only environment and region
are part of it, so that 'Underlag (1).xlsx' of the next mail is recognised. Next to a bestallning.toml the
whole name is, since it determines, with the other workbooks there, whether that file is used. The time of the
run is not: that a date of change has passed is no reason to order again.
"""

from collections.abc import Iterable
from dataclasses import fields, replace
from functools import lru_cache
from importlib import metadata
from pathlib import Path

from underlag import json_text
from underlag.batch.inbox import Found
from underlag.batch.records.workbooks import Settings
from underlag.checksum import sha256_of
from underlag.options import Options
from underlag.profiles import profiles
from underlag.profiles.profile import Profile
from underlag.reading.order_details.file_name import read_file_name
from underlag.reading.order_details.order_file import NAME as ORDER_FILE
from underlag.reading.order_details.order_file_beside import lies_alone


class Fingerprints:
    """The fingerprints of the workbooks of one batch.

    Args:
        settings: of the batch.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._profiles = profiles()
        self._profiles_digest = _digest_of(self._profiles.values())
        self._options = lru_cache(maxsize=64)(self._options_with)  # most workbooks have the same

    def of(self, found: Found) -> str:
        """Return the checksum (hex) for a workbook."""
        options = self._settings.options
        stated = [
            [key, statement.key, statement.value.text]
            for key, profile in self._profiles.items()
            for statement in read_file_name(found.name, profile)
        ]
        adjacent = order_file_beside(found, options.order_file)
        remarks = (*options.remarks, *found.remarks)
        came_with = found.order_file if options.order_file is None else b""
        decides = [
            found.sha256,
            stated,
            self._options(adjacent, remarks),
            [found.name, lies_alone(adjacent)] if adjacent else [],
            [found.name, sha256_of(came_with)] if came_with else [],
            self._settings.sources,
            version(),
            self._profiles_digest,
        ]
        return sha256_of(json_text.compact(decides))

    def _options_with(self, adjacent: Path | None, remarks: tuple[str, ...]) -> dict[str, object]:
        return _option_values(replace(self._settings.options, order_file_beside=adjacent, remarks=remarks))


def _option_values(options: Options) -> dict[str, object]:
    """Return every option except the time; files and folders are replaced by checksums.

    Remarks of mails, which few workbooks have, are only there if there are any.
    """
    skipped = {"now"} if options.remarks else {"now", "remarks"}
    values = (
        (part.name, getattr(options, part.name)) for part in fields(options) if part.name not in skipped
    )
    return {name: _digest(value) if isinstance(value, Path) else value for name, value in values}


def order_file_beside(found: Found, given: Path | None) -> Path | None:
    """Return the bestallning.toml in the folder of a workbook, None where an option names one.

    One next to a mail or zip file belongs to no single workbook inside; one within is `Found.order_file`.
    """
    if given is not None or found.inside:
        return None
    order_file = found.path.with_name(ORDER_FILE)
    return order_file if order_file.is_file() else None


@lru_cache(maxsize=1)
def version() -> str:
    """Return the version of underlag, '' for one that runs without being installed."""
    try:
        return metadata.version("underlag")
    except metadata.PackageNotFoundError:
        return ""


def _digest_of(known: Iterable[Profile]) -> str:
    content = "\0".join(map(repr, known))
    return sha256_of(content.encode())


def _digest(path: Path) -> str:
    try:
        if path.is_dir():
            return json_text.compact([[one.name, _digest(one)] for one in sorted(path.iterdir())]).decode()
        return sha256_of(path.read_bytes())
    except OSError:
        return "unreadable"
