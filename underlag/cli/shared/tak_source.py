"""The options that name a TAK to compare with, an export or the TAK-API, and reading it."""

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from underlag.checksum import sha256_of
from underlag.cli.shared.common import InputPath
from underlag.cli.shared.option_group import option_group
from underlag.cli.shared.output import OutputPath
from underlag.text.system_errors import why

if TYPE_CHECKING:
    from underlag.checked import Checked
    from underlag.tak.holdings.catalogue import CatalogueReading

#: The environment variable for the TAK-API's password: an option would end up in the shell's history.
PASSWORD_VARIABLE = "UNDERLAG_TAK_API_LOSENORD"  # noqa: S105 - the name of a variable, no password

#: The options that name a TAK; see `tak_source`.
tak_options = option_group(
    click.option(
        "--tak",
        type=InputPath(),
        metavar="EXPORT",
        help="TAK-export att jämföra med: takdump, PubVersion-fil eller svar från tak-services.",
    ),
    click.option(
        "--tak-api",
        metavar="URL",
        default="",
        help="Fråga TAK-API:et i stället för en export, t.ex. https://<värd>/coop/api/v2.",
    ),
    click.option(
        "--tak-api-anvandare",
        metavar="NAMN",
        default="",
        help=f"Användare för TAK-API:et. Lösenordet läses ur miljövariabeln {PASSWORD_VARIABLE}.",
    ),
    click.option(
        "--tak-api-cache",
        type=OutputPath(),
        metavar="FIL",
        help="Var svaren från TAK-API:et sparas. Annars i användarens cachekatalog.",
    ),
)


class TakSource(NamedTuple):
    """The TAK that the user named: an export, or the TAK-API's address, user and cache file."""

    export: Path | None
    api: str
    user: str
    cache: Path | None

    def __bool__(self) -> bool:
        """Whether one was named."""
        return bool(self.export or self.api)


def tak_source(
    *, tak: Path | None, tak_api: str, tak_api_anvandare: str, tak_api_cache: Path | None
) -> TakSource:
    """Build a source from the values of `tak_options`; a false one when none was named.

    Raises:
        click.UsageError: two were named, or the API's address or login is invalid.
    """
    if tak and tak_api:
        raise click.UsageError("Ange --tak eller --tak-api, inte båda.")
    if not tak_api:
        if tak_api_anvandare or tak_api_cache:
            raise click.UsageError("--tak-api-anvandare och --tak-api-cache används bara ihop med --tak-api.")
        return TakSource(tak, "", "", None)
    from underlag.tak.holdings.api_http import api_address  # noqa: PLC0415 - only where the API is asked

    try:
        address = api_address(tak_api)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="--tak-api") from error
    if tak_api_anvandare and not os.environ.get(PASSWORD_VARIABLE):
        raise click.UsageError(
            f"Lösenordet till TAK-API:et saknas. Lägg det i miljövariabeln {PASSWORD_VARIABLE}."
        )
    return TakSource(None, address, tak_api_anvandare, tak_api_cache)


def take_tak_source(asked: dict[str, Any]) -> TakSource:
    """Remove the values of `tak_options` from a command's arguments; see `tak_source`."""
    names = ("tak", "tak_api", "tak_api_anvandare", "tak_api_cache")
    return tak_source(**{name: asked.pop(name) for name in names})


def require_tak_source(asked: dict[str, Any]) -> TakSource:
    """Remove the values of `tak_options` from a command's arguments, for a command that needs a TAK.

    Raises:
        click.UsageError: no TAK was named; and as `tak_source`.
    """
    source = take_tak_source(asked)
    if not source:
        raise click.UsageError("Ange en TAK-export med --tak, eller TAK-API:ets adress med --tak-api.")
    return source


def read_tak(source: TakSource, checked: "Checked") -> "CatalogueReading":
    """Read the export, or query the TAK-API for the rows of the workbook.

    Raises:
        click.ClickException: the export cannot be opened at all.
    """
    from underlag.tak.compare.compare import day_to_read  # noqa: PLC0415 - `underlag --help` must not pay for it

    day = day_to_read(checked)
    if source.export:
        from underlag.tak.holdings.export import read_catalogue  # noqa: PLC0415 - only the named source is loaded

        try:
            return read_catalogue(source.export, day=day)
        except OSError as error:
            raise click.ClickException(f"{source.export} gick inte att öppna: {why(error)}.") from error
    from underlag.tak.compare.compare import question_of  # noqa: PLC0415 - as above
    from underlag.tak.holdings.api import Access, catalogue_from_api  # noqa: PLC0415 - as above

    question = question_of(checked)
    access = Access(source.api, source.user, os.environ.get(PASSWORD_VARIABLE, "") if source.user else "")
    cache = source.cache or default_cache(source.api, question.platform)
    return catalogue_from_api(access, question, day=day, now=checked.options.now, cache=cache)


def default_cache(address: str, platform: str) -> Path:
    """Return the cache file for one address and platform, in the user's folder for caches."""
    if sys.platform == "win32":
        folder = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    else:
        folder = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return folder / "underlag" / f"tak-api-{sha256_of(f'{address} {platform}'.encode())[:16]}.json"
