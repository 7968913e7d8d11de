"""`underlag kundservice`: many workbooks at once."""

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from underlag.batch.register.names import REGISTER
from underlag.cli.batch.outcome import show_outcome
from underlag.cli.batch.progress_bar import Bar, stop_on_ctrl_c
from underlag.cli.shared.common import InputPath, make_options, reading_options, select_options
from underlag.cli.shared.output import OutputPath, say
from underlag.cli.shared.reference_source import reference_options, take_reference
from underlag.cli.shared.swedish import command as swedish_command
from underlag.cli.shared.tak_sources import checksum, tak_sources_options, take_tak_sources
from underlag.text.system_errors import why_and_remedy

if TYPE_CHECKING:
    from underlag.batch.ledger.decide import Choice
    from underlag.batch.processes.pool import Pool
    from underlag.batch.records.workbooks import Batch

#: Folder within that of --ut for each region's decisions on columns and texts.
DECISIONS = "beslut"


@swedish_command("kundservice")
@click.argument("indata", nargs=-1, metavar="FIL|KATALOG...", type=InputPath(folders=True))
@click.option(
    "--ut",
    required=True,
    metavar="KATALOG",
    type=OutputPath(folder=True),
    help="Katalogen för paketen och sammanställningen. Den skapas om den inte finns.",
)
@click.option(
    "--register",
    type=OutputPath(),
    metavar="FIL",
    help=f"Registret över vad som är gjort. Utan flaggan: {REGISTER} i katalogen för --ut.",
)
@click.option(
    "--processer",
    type=click.IntRange(1, 64),
    metavar="ANTAL",
    help="Hur många arbetsböcker som granskas samtidigt. Utan flaggan: en per processorkärna.",
)
@reading_options
@reference_options
@tak_sources_options
@select_options
@click.option(
    "--valj",
    multiple=True,
    metavar="[HSA-ID=]NUMMER",
    help="Avgör en konflikt: arbetsboken med det numret gäller, för alla enheter där den väntar eller bara "
    "för den som anges. Numren står i sammanställningen.",
)
@click.option(
    "--regioner",
    type=InputPath(),
    metavar="FIL.toml",
    help="Egna namn på regioner, kommuner och privata vårdgivare, utöver de 21 regionerna.",
)
@click.option(
    "--egen-adress",
    multiple=True,
    metavar="ADRESS",
    help="En e-postadress som är kundservices egen: svaren skickas inte dit. Profilens adress och den som "
    "mejlet levererades till är redan kända.",
)
@click.option(
    "--vanta",
    type=click.IntRange(0, 86_400),
    default=600,
    show_default=True,
    metavar="SEKUNDER",
    help="Hur länge det väntas på en annan körning i samma katalog.",
)
@click.pass_context
def command(
    ctx: click.Context,
    /,
    *,
    indata: tuple[Path, ...],
    ut: Path,
    register: Path | None,
    processer: int | None,
    valj: tuple[str, ...],
    regioner: Path | None,
    egen_adress: tuple[str, ...],
    vanta: int,
    **asked: Any,
) -> None:
    """Granska många arbetsböcker och skriv ett paket för var och en.

    Arbetsböcker hittas i filer, kataloger, zip-filer, sparade mejl (.eml, .emlx och .msg) och mejllådor
    (.mbox). Mejl som bara har en länk till en fildelning listas med länken. En trasig arbetsbok hindrar inte
    de andra. Det som redan är gjort görs inte om, så länge varken arbetsboken eller paketet har ändrats.

    Beslut om en regions arbetsböcker läses ur beslut/REGION.toml i katalogen för --ut: samma tabeller,
    [flikar], [kolumner] och [beslut], som i bestallning.toml.

    I katalogen för --ut skrivs också sammanstallning.html, .xlsx och .json, i svar ett utkast till svar för
    varje avsändare (svar.eml), och i inlasningar en ny numrerad mapp per miljö med TAK-beställningar och
    adressatlistor för allt som är klart och inte var med i någon tidigare. Registret minns alla ärenden: det
    som arbetsböcker säger emot varandra om väntar tills någon väljer med --valj. Slutkoden är 1 när något har
    fel eller väntar på dig.

    \b
    Exempel:
      underlag kundservice inkorg --ut klart
      underlag kundservice mejl.eml bilagor.zip --ut klart --hoppa-over-fel
      underlag kundservice --ut klart --valj 12
    """
    from underlag.batch.processes.pool import Pool  # noqa: PLC0415 - `underlag --help` must not pay for it
    from underlag.batch.records.workbooks import Settings  # noqa: PLC0415 - as above

    if not indata and not valj:
        raise click.UsageError("Ange filer eller kataloger, eller --valj för att avgöra en konflikt.")
    _keep_apart(indata, ut)
    taks = take_tak_sources(asked)
    if (asked["bara_nytt"] or asked["ersatt_vagval"]) and not taks:
        raise click.UsageError(
            "--bara-nytt och --ersatt-vagval kräver --tak eller --tak-api att jämföra med."
        )
    sources = " ".join((*taks.marks, checksum(asked["hsa_lista"])))
    reference = take_reference(asked)
    options = replace(make_options(**asked), decisions=(ut / DECISIONS).resolve())
    settings = Settings(options, taks.exports, taks.apis, reference, sources)
    with stop_on_ctrl_c() as stopped, Bar() as bar, Pool(settings, processer or _cores()) as pool:
        register = register or ut / REGISTER
        if not register.exists():
            pool.begin("underlag.batch.make")  # the first run, for which every workbook is new
        asked_for = _Asked(register, _choices(valj), regioner, egen_adress, vanta)
        batch = _run(indata, ut, pool, asked_for, bar=bar, stopped=stopped)
    show_outcome(batch, ut)
    ctx.exit(0 if batch.approved else 1)


class _Asked(NamedTuple):
    """What is asked for about the ledger."""

    register: Path
    choices: "list[Choice]"
    regions: Path | None
    own: tuple[str, ...]
    wait: int


def _choices(texts: tuple[str, ...]) -> "list[Choice]":
    from underlag.batch.ledger.decide import UnusableChoiceError, parse_choice  # noqa: PLC0415 - only with --valj

    try:
        return [parse_choice(text) for text in texts]
    except UnusableChoiceError as error:
        raise click.UsageError(str(error)) from error


def _run(
    indata: tuple[Path, ...],
    ut: Path,
    pool: "Pool",
    asked: _Asked,
    *,
    bar: Bar,
    stopped: Callable[[], bool],
) -> "Batch":
    """Run the batch; errors that end it become error messages of the command."""
    # Imported here: the pool's processes import theirs at the same time.
    from underlag.batch.ledger.decide import UnusableChoiceError  # noqa: PLC0415
    from underlag.batch.register.store import RegisterError  # noqa: PLC0415
    from underlag.batch.run import run_batch  # noqa: PLC0415
    from underlag.files.toml import TomlError  # noqa: PLC0415
    from underlag.package.folder import PackageError  # noqa: PLC0415
    from underlag.regions.region import known_regions  # noqa: PLC0415

    def waiting() -> None:
        say(f"En annan körning använder {ut} eller registret. Väntar i högst {asked.wait} sekunder …")

    try:
        return run_batch(
            indata,
            ut,
            pool,
            register=asked.register,
            progress=bar.show,
            stopped=stopped,
            choices=asked.choices,
            regions=known_regions(asked.regions),
            own=asked.own,
            wait=asked.wait,
            waiting=waiting,
        )
    except (TomlError, ValueError) as error:
        if asked.regions is None:
            raise
        raise click.UsageError(f"{asked.regions}: {error}") from error
    except (RegisterError, PackageError, UnusableChoiceError) as error:
        raise click.ClickException(str(error)) from error
    except OSError as error:
        raise click.ClickException(f"Det gick inte att skriva i {ut}: {why_and_remedy(error)}.") from error


def _keep_apart(indata: tuple[Path, ...], ut: Path) -> None:
    """Reject input that lies in the output folder: results must not become input."""
    out = ut.resolve()
    for path in indata:
        if path.resolve().is_relative_to(out):
            raise click.UsageError(
                f"{path} ligger i katalogen för --ut. Ange en annan katalog: annars granskas paketen i nästa "
                "körning."
            )


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return min(len(os.sched_getaffinity(0)), 64)
    return min(os.cpu_count() or 1, 64)
