"""`underlag mall`: an empty Underlag workbook to fill in."""

from datetime import datetime
from pathlib import Path

import click

from underlag.cli.shared.common import Moment, profile_named
from underlag.cli.shared.output import show, write_whole
from underlag.cli.shared.swedish import command as swedish_command
from underlag.options import now_in_stockholm


@swedish_command("mall")
@click.option("--miljo", metavar="MILJÖ", required=True, help="Miljön som beställningen gäller.")
@click.option("--region", metavar="NAMN", required=True, help="Regionens kortnamn, t.ex. LiV.")
@click.option("--profil", metavar="NAMN|FIL.toml", default="", help="Anslutningsprofil, om inte den vanliga.")
@click.option(
    "--ut",
    type=click.Path(path_type=Path),
    default=Path(),
    metavar="FIL|KATALOG",
    help="Filen (.xlsx) att skriva, eller katalogen. Annars skrivs filen i katalogen där du står.",
)
@click.option("--skriv-over", is_flag=True, help="Ersätt en fil som finns.")
@click.option(
    "--tidpunkt",
    type=Moment(),
    metavar="TID",
    help="Räkna detta som nu, t.ex. 2027-02-01T09:00. Samma indata ger då samma fil, byte för byte.",
)
def command(
    *, miljo: str, region: str, profil: str, ut: Path, skriv_over: bool, tidpunkt: datetime | None
) -> None:
    """Skapa en tom arbetsbok att fylla i, med rätt flikar, rubriker och fasta värden.

    Filen får det namn som mallen ska ha, till exempel Underlag för TAKning … PROD-LiV.xlsx.

    \b
    Exempel:
      underlag mall --miljo PROD --region LiV
    """
    # Imported here to keep `underlag --help` fast.
    from underlag.form_workbook import UnusableRegionError, empty_workbook, file_name  # noqa: PLC0415
    from underlag.profiles import standard_profile  # noqa: PLC0415

    profile = profile_named(profil) if profil else standard_profile()
    environment = profile.environment(miljo)
    if environment is None:
        names = ", ".join(spec.key for spec in profile.environments)
        raise click.BadParameter(f"miljön {miljo!r} finns inte. Välj bland: {names}.", param_hint="--miljo")
    try:
        name = file_name(profile, environment, region.strip())
    except UnusableRegionError as error:
        raise click.BadParameter(str(error), param_hint="--region") from error
    path = _target(ut, name)
    if path.exists() and not skriv_over:
        raise click.UsageError(
            f"{path} finns redan. Välj en annan katalog med --ut. Är filen en tom mall som kan ersättas: "
            "ange --skriv-over."
        )
    write_whole(path, empty_workbook(profile, environment, region.strip(), tidpunkt or now_in_stockholm()))
    show(f"Skrev {path}")


def _target(ut: Path, name: str) -> Path:
    """Return the file that --ut designates.

    Raises:
        click.BadParameter: it has another extension.
    """
    if ut.is_dir() or not ut.suffix:
        return ut / name
    if ut.suffix.lower() != ".xlsx":
        raise click.BadParameter(f"{ut} slutar inte på .xlsx, och är ingen katalog.", param_hint="--ut")
    return ut
