"""The program `underlag`: one command for each task of a user."""

import gc
import os
import sys
from contextlib import suppress
from pathlib import Path

import click

from underlag.cli.lazy_group import LazyGroup
from underlag.cli.shared.output import say, show
from underlag.cli.shared.swedish import HELP_NAMES
from underlag.text.console_encoding import STAND_IN
from underlag.text.system_errors import why

#: Each command with its line in --help; its module is underlag.cli.commands.<name>.
SUMMARIES = {
    "validera": "Granska arbetsböcker och visa fynden, cell för cell.",
    "bestall": "Granska en arbetsbok och skriv hela beställningspaketet.",
    "ratta": "Rätta en arbetsbok enligt förslagen och granska den igen.",
    "jamfor": "Visa vad en arbetsbok skulle ändra i TAK.",
    "granska-tak": "Granska en TAK-beställning (JSON) innan den läses in.",
    "mall": "Skapa en tom arbetsbok att fylla i.",
    "kundservice": "Granska många arbetsböcker och skriv ett paket för var och en.",
    "register": "Visa vad kundservice har gjort, enligt registret.",
    "folj-upp": "Kontrollera att allt som beställdes är i drift i TAK.",
    "webb": "Granska och beställ på en webbsida i den egna datorn.",
    "webbfil": "Bygg hela programmet som en fil för webbläsaren.",
    "felkoder": "Lista felkoderna eller förklara en av dem.",
    "kolumner": "Visa vad varje flik och kolumn lästes som, och vad som inte förstås.",
    "profiler": "Lista anslutningsprofilerna eller visa en av dem.",
}


def _show_version(ctx: click.Context, _param: click.Parameter, value: bool) -> None:
    if value and not ctx.resilient_parsing:
        from importlib import metadata  # noqa: PLC0415 - it loads all of `email`, and few ask for the version

        try:
            number = metadata.version("underlag")
        except metadata.PackageNotFoundError:
            number = "okänd (inte installerad)"
        show(f"underlag, version {number}")
        ctx.exit()


@click.group(
    "underlag",
    cls=LazyGroup,
    summaries=SUMMARIES,
    context_settings=dict(HELP_NAMES),
    options_metavar="[FLAGGOR]",
    subcommand_metavar="KOMMANDO [ARGUMENT]...",
)
@click.option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_show_version,
    help="Visa versionen och avsluta.",
)
def cli() -> None:
    """Från ett ifyllt Underlag för TAKning till granskade beställningar.

    underlag läser arbetsboken, granskar varje cell och skapar det som ska in i Beställningsstödet, till
    kundservice och till TAK.

    \b
    Exempel:
      underlag validera "Underlag för TAKning Intygstjänster NTjP PROD-LiV.xlsx"
      underlag bestall "Underlag för TAKning Intygstjänster NTjP PROD-LiV.xlsx" --ut paket

    \b
    Slutkoder:
      0  klart utan fel
      1  fel hittades, eller något väntar på dig
      2  felaktig användning
    """


def _leave_output() -> None:
    """Discard buffered output: otherwise Python would try to write it at exit, and fail again."""
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)


def _unexpected(error: Exception) -> str:
    import traceback  # noqa: PLC0415 - only a fault of our own needs it

    at = traceback.extract_tb(error.__traceback__)[-1]
    return (
        f"Fel: Något gick fel i programmet, inte hos dig ({type(error).__name__} i {Path(at.filename).name}, "
        f"rad {at.lineno}). Anmäl felet med den här raden."
    )


def main() -> None:
    """Run the program. Ends the process with 0, 1 or 2."""
    if sys.stdout is None:
        say("Fel: Det finns ingenstans att skriva svaret, för standard ut är stängd. Ingenting gjordes.")
        sys.exit(2)
    for stream in (sys.stdout, sys.stderr):
        # A Windows console may not encode every character: replace those instead of failing.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors=STAND_IN)
    try:
        try:
            cli(prog_name="underlag")
        finally:
            sys.stdout.flush()
    except BrokenPipeError:  # the reader of the output has closed it
        _leave_output()
        sys.exit(1)
    except OSError as error:
        _leave_output()
        where = f"{error.filename}: " if error.filename else ""
        say(f"Fel: {where}{why(error)}")
        sys.exit(1)
    except MemoryError:
        say("Fel: Minnet räcker inte. Stäng andra program och kör igen, eller dela upp underlaget.")
        sys.exit(1)
    except Exception as error:  # noqa: BLE001 - report an error of our own in a sentence, without a traceback
        say(_unexpected(error))
        sys.exit(1)
    finally:
        # The process is about to end; freezing skips a last garbage collection.
        gc.freeze()
