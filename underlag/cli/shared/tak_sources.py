"""The options that name TAKs to compare many workbooks with: for each platform an export or a TAK-API."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from underlag.checksum import sha256_of
from underlag.cli.shared.common import InputPath
from underlag.cli.shared.option_group import option_group
from underlag.cli.shared.tak_source import PASSWORD_VARIABLE, tak_source
from underlag.text.system_errors import why

if TYPE_CHECKING:
    from underlag.tak.holdings.api import Access

#: The options that name TAKs; see `take_tak_sources`.
tak_sources_options = option_group(
    click.option(
        "--tak",
        type=InputPath(),
        multiple=True,
        metavar="EXPORT",
        help="TAK-export att jämföra med: takdump, PubVersion-fil eller svar från tak-services. En för "
        "varje miljö: den känns igen på sin plattform.",
    ),
    click.option(
        "--tak-api",
        multiple=True,
        metavar="URL",
        help="Fråga TAK-API:et om de miljöer som det visar och som ingen export gäller, t.ex. "
        "https://<värd>/coop/api/v2. Kan anges flera gånger.",
    ),
    click.option(
        "--tak-api-anvandare",
        metavar="NAMN",
        default="",
        help=f"Användare för TAK-API:et. Lösenordet läses ur miljövariabeln {PASSWORD_VARIABLE}.",
    ),
)


class TakSources(NamedTuple):
    """The TAKs that the user named.

    Attributes:
        exports: by platform in upper case, '' for a single one that does not state its own.
        apis: how to reach the API of each other platform.
        marks: tell versions of them apart.
    """

    exports: dict[str, Path]
    apis: "dict[str, Access]"
    marks: list[str]

    def __bool__(self) -> bool:
        """Whether any was named."""
        return bool(self.exports or self.apis)


def take_tak_sources(asked: dict[str, Any]) -> TakSources:
    """Take the values of `tak_sources_options` out of a command's arguments, and ask each API what it shows.

    Raises:
        click.UsageError: two have the same platform, one of several does not state its own, or an API's
            address or login cannot be used.
        click.ClickException: an export cannot be opened, or an API does not answer.
    """
    files: tuple[Path, ...] = asked.pop("tak")
    urls: tuple[str, ...] = asked.pop("tak_api")
    user: str = asked.pop("tak_api_anvandare")
    if not urls:
        tak_source(tak=None, tak_api="", tak_api_anvandare=user, tak_api_cache=None)
    marks = [checksum(file) for file in files]
    exports = _exports(files, alone=not urls) if files else {}
    apis: dict[str, Access] = {}
    for url in urls:
        source = tak_source(tak=None, tak_api=url, tak_api_anvandare=user, tak_api_cache=None)
        access, loaded = _shown(source.api, user)
        if both := sorted(loaded.keys() & apis.keys()):
            raise click.UsageError(
                f"{apis[both[0]].url} och {access.url} visar båda {both[0]}. Ange ett TAK-API per miljö."
            )
        asked_for = {platform: taken for platform, taken in loaded.items() if platform not in exports}
        apis |= dict.fromkeys(asked_for, access)
        marks += [f"{access.url} {platform} {taken}" for platform, taken in sorted(asked_for.items())]
    return TakSources(exports, apis, marks)


def _exports(files: tuple[Path, ...], *, alone: bool) -> dict[str, Path]:
    """Return the TAK exports by platform; `alone` says that no API is named.

    Raises:
        click.UsageError: two have the same platform, or one of several does not state its own.
    """
    from underlag.tak.holdings.export import platform_of  # noqa: PLC0415 - only with --tak

    if len(files) == 1 and alone:
        # Its platform decides which workbooks to compare with it; faults of the export are findings.
        return {platform_of(files[0]): files[0].resolve()}
    found: dict[str, Path] = {}
    for file in files:
        platform = platform_of(file)
        if not platform:
            raise click.UsageError(
                f"{file} säger inte vilken plattform den gäller. Döp den till "
                "takdump_PLATTFORM_MILJÖ.json, till exempel takdump_ntjp_prod.json."
            )
        if platform in found:
            raise click.UsageError(
                f"{found[platform]} och {file} gäller båda {platform}. Ange en export per miljö."
            )
        found[platform] = file.resolve()
    return found


def _shown(url: str, user: str) -> "tuple[Access, dict[str, str]]":
    """Return how to reach an API, and what it shows."""
    from underlag.tak.holdings.api import (  # noqa: PLC0415 - only with --tak-api
        Access,
        ApiTrouble,
        platforms_of_api,
    )

    access = Access(url, user, os.environ.get(PASSWORD_VARIABLE, "") if user else "")
    try:
        return access, platforms_of_api(access)
    except ApiTrouble as trouble:
        raise click.ClickException(
            f"TAK-API:et på {url} gav inget svar: {trouble.reason}. Ingen arbetsbok är granskad. Kör igen "
            "när det svarar, eller jämför med en export: --tak."
        ) from trouble


def checksum(file: Path | None) -> str:
    """Return a text that changes when the file does; '-' for none."""
    try:
        return sha256_of(file.read_bytes()) if file else "-"
    except OSError as error:
        raise click.ClickException(f"{error.filename} gick inte att öppna: {why(error)}.") from error
