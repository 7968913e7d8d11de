"""`underlag folj-upp`: whether everything that was ordered is live."""

import os
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from underlag.batch.register.names import REGISTER
from underlag.cli.shared.common import InputPath, Moment
from underlag.cli.shared.output import deliver, format_option, output_options, refuse_output, show, show_lines
from underlag.cli.shared.register_file import opened
from underlag.cli.shared.swedish import command as swedish_command
from underlag.cli.shared.tak_source import (
    PASSWORD_VARIABLE,
    TakSource,
    default_cache,
    require_tak_source,
    tak_options,
)
from underlag.text.system_errors import why

if TYPE_CHECKING:
    from underlag.tak.follow_up import FollowUp, Ordered
    from underlag.tak.holdings.catalogue import CatalogueReading


@swedish_command("folj-upp")
@click.argument("mapp", metavar="PAKET|INLÄSNING", type=InputPath(folders=True))
@tak_options
@click.option(
    "--register",
    type=InputPath(),
    metavar="FIL",
    help="Registret att notera uppföljningen i. Utan flaggan: det i katalogen som kundservice skrev i.",
)
@click.option("--tidpunkt", type=Moment(), metavar="TID", help="Räkna detta som nu, t.ex. 2027-02-01T09:00.")
@format_option("text", "json", "html")
@click.option("--alla", is_flag=True, help="Visa varje rad, inte bara dem som inte är i drift (gäller text).")
@output_options
@click.pass_context
def command(
    ctx: click.Context,
    /,
    *,
    mapp: Path,
    register: Path | None,
    tidpunkt: datetime | None,
    form: str,
    alla: bool,
    ut: Path | None,
    skriv_over: bool,
    **asked: Any,
) -> None:
    """Kontrollera att allt som beställdes är i drift i TAK.

    Ange mappen med ett paket eller en inläsning. Listan visar för varje vägval och anropsbehörighet om det är
    i drift som det beställdes, är i drift på annat sätt, saknas eller börjar senare, och för varje borttag om
    det är borta. Slutkoden är 0 när allt är som det beställdes.

    \b
    Exempel:
      underlag folj-upp klart/inlasningar/0007-PROD --tak takdump_ntjp_prod.json
    """
    from underlag.documents.follow_up.render import follow_up_html, follow_up_json, follow_up_text  # noqa: PLC0415 - not for --help
    from underlag.options import now_in_stockholm  # noqa: PLC0415 - as above

    refuse_output(ut, skriv_over, asked["tak"])
    source = require_tak_source(asked)
    now = tidpunkt or now_in_stockholm()
    found = _followed_up(mapp, source, now)
    if form == "text" and not ut:
        show_lines(follow_up_text(found, everything=alla).split("\n"))
    else:
        makers = {
            "text": lambda one: f"{follow_up_text(one, everything=True)}\n".encode(),
            "json": follow_up_json,
            "html": follow_up_html,
        }
        deliver(makers[form](found), ut)
    _note(mapp, register, found, now)
    ctx.exit(0 if found.is_live else 1)


def _followed_up(folder: Path, source: TakSource, now: datetime) -> "FollowUp":
    from underlag.tak.follow_up import OrderedError, follow_up, read_ordered  # noqa: PLC0415 - not for --help

    try:
        ordered = read_ordered(folder)
    except OrderedError as error:
        raise click.ClickException(str(error)) from error
    reading = _read(source, ordered, now)
    if reading.catalogue is None:
        raise click.ClickException(" ".join(found.message for found in reading.findings))
    platform = reading.catalogue.platform
    if platform and platform.upper() != ordered.platform.upper():
        raise click.ClickException(f"TAK:en är {platform}, men beställningarna gäller {ordered.platform}.")
    return follow_up(ordered, reading.catalogue, now.date(), shows_planned=source.export is not None)


def _read(source: TakSource, ordered: "Ordered", now: datetime) -> "CatalogueReading":
    if source.export:
        from underlag.tak.holdings.export import read_catalogue  # noqa: PLC0415 - only the named source is loaded

        try:
            return read_catalogue(source.export, day=now.date())
        except OSError as error:
            raise click.ClickException(f"{source.export} gick inte att öppna: {why(error)}.") from error
    from underlag.tak.holdings.api import Access, catalogue_from_api  # noqa: PLC0415 - as above

    access = Access(source.api, source.user, os.environ.get(PASSWORD_VARIABLE, "") if source.user else "")
    cache = source.cache or default_cache(source.api, ordered.platform)
    return catalogue_from_api(access, ordered.question, day=now.date(), now=now, cache=cache)


def _note(folder: Path, register: Path | None, found: "FollowUp", now: datetime) -> None:
    """Note the follow-up of a load or a package in its register, if there is one."""
    real = folder.resolve()
    next_to = (place / REGISTER for place in (real.parent.parent, real.parent))
    path = register or next((one for one in next_to if one.is_file()), None)
    if path is None:
        return
    from underlag.batch.ledger.notes.follow_up import note_follow_up  # noqa: PLC0415 - not for --help

    with opened(path, writing=True) as ledger:
        noted = note_follow_up(ledger, real, found, now)
    if register and not noted:
        show(f"{folder} finns inte i {register}, så ingenting noterades.")
