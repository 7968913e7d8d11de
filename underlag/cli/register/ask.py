"""`underlag register sok`, `handelser` and `exportera`: questions to the ledger."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from underlag.cli.shared.common import InputPath
from underlag.cli.shared.output import deliver, format_option, output_options, refuse_output, show_lines
from underlag.cli.shared.register_file import opened, register_path
from underlag.cli.shared.swedish import command as swedish_command

if TYPE_CHECKING:
    from collections.abc import Callable

    from underlag.batch.register.tables import Table

_PLACE = click.argument("plats", metavar="KATALOG|FIL", type=InputPath(folders=True))
_FORMAT = format_option("text", "json", "csv")

_NOTHING: Final = (
    "Inget sådant finns i registret.",
    "En enhet söks med hela HSA-ID, t.ex. SE2321000016-1003, ett ärende med numret, en region med namnet.",
)


@swedish_command("sok")
@_PLACE
@click.argument("vad", metavar="HSA-ID|ÄRENDE|REGION")
@click.option(
    "--regioner", type=InputPath(), metavar="FIL.toml", help="Egna namn på regioner, som i kundservice."
)
@_FORMAT
@output_options
def search_command(
    *, plats: Path, vad: str, regioner: Path | None, form: str, ut: Path | None, skriv_over: bool
) -> None:
    """Visa vem som har beställt en enhet, när, med vilken arbetsbok och i vilken inläsning.

    Med ett ärendenummer, ett ärendes nummer eller en region visas ärendena.

    \b
    Exempel:
      underlag register sok klart SE2321000016-1003
      underlag register sok klart Gotland
    """
    from underlag.batch.ledger.search import search  # noqa: PLC0415 - not for --help
    from underlag.batch.register.tables import as_blocks  # noqa: PLC0415 - as above
    from underlag.files.toml import TomlError  # noqa: PLC0415 - as above
    from underlag.regions.region import known_regions  # noqa: PLC0415 - as above

    refuse_output(ut, skriv_over, register_path(plats))
    try:
        regions = known_regions(regioner)
    except (TomlError, ValueError) as error:
        raise click.UsageError(f"{regioner}: {error}") from error
    with opened(plats) as register:
        _show(search(register, vad, regions), form, ut, as_blocks, _NOTHING)


@swedish_command("handelser")
@_PLACE
@_FORMAT
@output_options
def events_command(*, plats: Path, form: str, ut: Path | None, skriv_over: bool) -> None:
    """Visa allt som har hänt: mottaget, granskat, inläst, återtaget, avgjort och stängt, med tid och vem."""
    from underlag.batch.ledger.search import events  # noqa: PLC0415 - not for --help
    from underlag.batch.register.tables import as_text  # noqa: PLC0415 - as above

    refuse_output(ut, skriv_over, register_path(plats))
    with opened(plats) as register:
        _show(events(register), form, ut, as_text, _NOTHING[:1])


@swedish_command("exportera")
@_PLACE
@click.option(
    "--ut",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FIL",
    help="Filen: .xlsx med flikarna Rader, Ärenden och Händelser, eller .csv med raderna.",
)
@click.option("--skriv-over", is_flag=True, help="Skriv över en fil som finns.")
def export_command(*, plats: Path, ut: Path, skriv_over: bool) -> None:
    """Skriv hela registret som en Excelbok eller CSV-fil."""
    from underlag.batch.ledger.search import all_cases, all_rows, events  # noqa: PLC0415 - not for --help
    from underlag.batch.register.tables import as_csv, as_xlsx  # noqa: PLC0415 - as above

    ending = ut.suffix.casefold()
    if ending not in {".csv", ".xlsx"}:
        raise click.UsageError("Filen ska heta något på .xlsx eller .csv.")
    refuse_output(ut, skriv_over, register_path(plats))
    with opened(plats) as register:
        rows = all_rows(register)
        data = as_csv(rows) if ending == ".csv" else as_xlsx([rows, all_cases(register), events(register)])
    deliver(data, ut)


def _show(
    table: "Table",
    form: str,
    ut: Path | None,
    as_lines: "Callable[[Table], list[str]]",
    nothing: Sequence[str],
) -> None:
    from underlag.batch.register.tables import as_csv, as_json  # noqa: PLC0415 - not for --help

    if form == "text":
        lines = as_lines(table) if table.rows else nothing
        if ut is None:
            show_lines(lines)
            return
        deliver("".join(f"{line}\n" for line in lines).encode(), ut)
        return
    deliver(as_json(table) if form == "json" else as_csv(table), ut)
