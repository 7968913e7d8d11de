"""Options that several commands share, with one name and one meaning, and the display of results."""

import os
import shutil
import sys
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from underlag.cli.shared.option_group import option_group
from underlag.cli.shared.output import Painted, show, wants_colour
from underlag.files.regular import NOT_A_FILE, is_regular
from underlag.options import LARGEST_PART, Options, in_stockholm, now_in_stockholm
from underlag.text.printable import printable
from underlag.text.system_errors import why

if TYPE_CHECKING:
    from underlag.checked import Checked
    from underlag.findings import Finding
    from underlag.profiles import Profile
    from underlag.reference import Reference


class Moment(click.ParamType[datetime]):
    """A moment, ISO 8601; without offset it is Swedish time."""

    name = "tidpunkt"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        """Return the moment in Swedish time, to the second."""
        if isinstance(value, datetime):
            return value
        try:
            moment = datetime.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} är ingen tidpunkt. Skriv så här: 2027-02-01T09:00.", param, ctx)
        return in_stockholm(moment)


class InputPath(click.Path):
    """The name of an existing file, or with `folders` also of a folder; never of a pipe or a device."""

    def __init__(self, *, folders: bool = False) -> None:
        super().__init__(exists=True, dir_okay=folders, path_type=Path)

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """Return the path."""
        path = super().convert(value, param, ctx)
        if isinstance(path, Path) and not path.is_dir() and not is_regular(path.stat()):
            self.fail(f"{path} går inte att läsa: {NOT_A_FILE}.", param, ctx)
        return path


#: The options for reading and ordering a workbook; see `make_options`.
reading_options = option_group(
    click.option(
        "--miljo", metavar="MILJÖ", default="", help="Miljö, om inte filnamnet eller arbetsboken säger den."
    ),
    click.option(
        "--profil",
        metavar="NAMN|FIL.toml",
        default="",
        help="Anslutningsprofil, om den inte framgår av flikarna, eller en fil med en egen profil.",
    ),
    click.option("--datum", metavar="ÅÅÅÅ-MM-DD", default="", help="Datum då ändringen ska göras."),
    click.option("--arende", metavar="NUMMER", default="", help="Förstudiens ärendenummer, t.ex. TSK-12518."),
    click.option(
        "--bestallning",
        type=InputPath(),
        metavar="FIL.toml",
        help="Beställningsuppgifter. Utan flaggan läses bestallning.toml bredvid arbetsboken.",
    ),
    click.option(
        "--kolumn",
        "kolumner",
        multiple=True,
        metavar="KOLUMN=BETYDELSE",
        help='Vad en kolumn betyder, t.ex. "Ska TAKas=tas med" eller "Kommentar=bortse". Kan upprepas.',
    ),
    click.option("--hoppa-over-fel", is_flag=True, help="Lämna felaktiga rader utanför och beställ resten."),
    click.option("--ta-bort", is_flag=True, help="Adressaterna ska tas bort, inte läggas till."),
    click.option(
        "--tidpunkt",
        type=Moment(),
        metavar="TID",
        help="Räkna detta som nu, t.ex. 2027-02-01T09:00. Samma indata ger då samma filer, byte för byte.",
    ),
)


#: The options for the content of TAK orders; see `make_options`.
select_options = option_group(
    click.option(
        "--bara-nytt", is_flag=True, help="Beställ bara det som inte redan finns i TAK (kräver --tak)."
    ),
    click.option(
        "--ersatt-vagval",
        is_flag=True,
        help="Beställ också vägval som ersätter ett annat, och flytta planerade start- och slutdatum (gäller "
        "med --tak).",
    ),
    click.option(
        "--storsta-del",
        type=click.IntRange(10, 2000),
        default=LARGEST_PART // 1000,
        show_default=True,
        metavar="KB",
        help="Hur stor en TAK-beställning får vara när den skickas. Större delas.",
    ),
)


def make_options(
    *,
    miljo: str,
    profil: str,
    datum: str,
    arende: str,
    bestallning: Path | None,
    kolumner: tuple[str, ...],
    hoppa_over_fel: bool,
    ta_bort: bool,
    tidpunkt: datetime | None,
    bara_nytt: bool = False,
    ersatt_vagval: bool = False,
    storsta_del: int = LARGEST_PART // 1000,
) -> Options:
    """Build Options from the values of `reading_options` (and of `select_options`).

    Raises:
        click.BadParameter: an unknown profile or environment.
    """
    _check_names(miljo, profil)
    return Options(
        environment=miljo,
        profile=profil,
        date=datum,
        case_number=arende,
        order_file=bestallning,
        columns=tuple(map(_column_choice, kolumner)),
        skip_faulty=hoppa_over_fel,
        remove=ta_bort,
        only_new=bara_nytt,
        replace_routes=ersatt_vagval,
        largest_part=storsta_del * 1000,
        now=tidpunkt or now_in_stockholm(),
    )


def _column_choice(text: str) -> tuple[str, str]:
    """Parse a column and its meaning from 'Ska TAKas=tas med'.

    Raises:
        click.BadParameter: it is no such pair.
    """
    column, sign, meaning = (part.strip() for part in text.rpartition("="))
    if not (column and sign and meaning):
        raise click.BadParameter(
            f'{text!r} säger inte vad en kolumn betyder. Skriv så här: "Ska TAKas=tas med".',
            param_hint="--kolumn",
        )
    return column, meaning


def _check_names(miljo: str, profil: str) -> None:
    """Reject a misspelt profile or environment: wrong usage, not a finding about the workbook."""
    if not (miljo or profil or os.environ.get("UNDERLAG_PROFILER")):
        return
    chosen = [profile_named(profil)] if profil else list(all_profiles().values())
    if miljo and not any(p.environment(miljo) for p in chosen):
        names = sorted({e.key for p in chosen for e in p.environments})
        raise click.BadParameter(
            f"miljön {miljo!r} finns inte. Välj bland: {', '.join(names)}.", param_hint="--miljo"
        )


def all_profiles() -> "dict[str, Profile]":
    """Return every profile by its key.

    Raises:
        click.ClickException: a profile of the user's folder cannot be used.
    """
    from underlag.profiles import ProfileError, profiles  # noqa: PLC0415 - pydantic is only needed where a name is looked up

    try:
        return profiles()
    except ProfileError as error:
        raise click.ClickException(printable(f"{error}")) from error


def profile_named(name: str, hint: str = "--profil") -> "Profile":
    """Return the profile with a key, or that of a TOML file.

    Raises:
        click.BadParameter: there is none, or the file cannot be used.
    """
    from underlag.profiles import ProfileError, find_profile, profiles  # noqa: PLC0415 - as above

    try:
        found = find_profile(name)
        known = ", ".join(profiles())
    except ProfileError as error:
        raise click.BadParameter(f"{printable(str(error))}", param_hint=hint) from error
    if found is None:
        raise click.BadParameter(
            f"profilen {name!r} finns inte. Välj bland: {known}, eller ange en fil (FIL.toml).",
            param_hint=hint,
        )
    return found


def check_file(path: Path, options: Options, reference: "Reference | None" = None) -> "Checked":
    """Read and check one workbook, with a list from the HSA catalogue if there is one.

    Raises:
        click.ClickException: the file cannot be opened at all.
    """
    from underlag.checks import check  # noqa: PLC0415 - `underlag --help` must not pay for it
    from underlag.reading import read  # noqa: PLC0415 - as above

    try:
        reading = read(path, options)
    except OSError as error:
        raise click.ClickException(f"{path} gick inte att öppna: {why(error)}.") from error
    return check(reading, options, reference=reference)


def refusal(findings: "Iterable[Finding]") -> click.ClickException:
    """Return the error that ends a command because of another file than the workbook: a line per finding."""
    lines = (f"{found.code}: {found.message} {found.suggestion}" for found in findings)
    return click.ClickException("\n".join(map(printable, lines)))


def show_findings(checked: "Checked", *, everything: bool = False, rest: str = "") -> None:
    """Print the findings, as wide and as colourful as the terminal allows.

    Args:
        checked: the checked workbook.
        everything: show each place, not only the first of every kind.
        rest: Swedish words for how to see each place, if the command has no --alla.
    """
    from underlag.documents.report.terminal import ALL_PLACES, findings_text  # noqa: PLC0415 - only where text is asked for

    width = min(shutil.get_terminal_size().columns, 120)
    encoding = sys.stdout.encoding or "utf-8"
    text = findings_text(
        checked,
        width=width,
        color=wants_colour(),
        encoding=encoding,
        everything=everything,
        rest=rest or ALL_PLACES,
    )
    show(Painted(text))
