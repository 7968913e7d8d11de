"""`underlag webbfil`: the whole program as one file for any browser."""

import tempfile
from pathlib import Path

import click

from underlag.cli.shared.output import OutputPath, refuse_output, say, show, write_whole
from underlag.cli.shared.swedish import command as swedish_command
from underlag.text.system_errors import why


@swedish_command("webbfil")
@click.option(
    "-o",
    "--ut",
    type=OutputPath(),
    default=Path("underlag.html"),
    show_default=True,
    metavar="FIL",
    help="Filen att skriva.",
)
@click.option("--skriv-over", is_flag=True, help="Ersätt filen, om den redan finns.")
@click.option(
    "--delar",
    type=OutputPath(folder=True),
    metavar="KATALOG",
    help="Behåll de hämtade delarna i katalogen, så att nästa bygge klarar sig utan nätverk.",
)
def command(*, ut: Path, skriv_over: bool, delar: Path | None) -> None:
    """Bygg hela programmet som en enda fil, som öppnas i en webbläsare utan att något installeras.

    Delarna hämtas med pip och npm, som de är inställda på datorn, och används bara om deras kontrollsummor
    stämmer. Node.js 20 eller senare behövs för bygget, inte för den som öppnar filen.

    \b
    Exempel:
      underlag webbfil -o underlag.html
    """
    # Imported here to keep `underlag --help` fast.
    from underlag.web_file import BuildError, build_web_file  # noqa: PLC0415

    refuse_output(ut, skriv_over)
    try:
        if delar is not None:
            page = build_web_file(delar, say)
        else:
            with tempfile.TemporaryDirectory(prefix="underlag-") as folder:
                page = build_web_file(Path(folder), say)
    except BuildError as error:
        raise click.ClickException(str(error)) from error
    except OSError as error:
        place = delar or tempfile.gettempdir()
        raise click.ClickException(
            f"Delarna gick inte att spara i {error.filename or place}: {why(error)}."
        ) from error
    write_whole(ut, page)
    show(f"Skrev {ut}, {_megabytes(len(page))} MB.")


def _megabytes(size: int) -> str:
    return f"{size / 1e6:.1f}".replace(".", ",")
