"""`underlag register visa`: lists which packages were made from which workbooks."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from underlag.cli.shared.common import InputPath
from underlag.cli.shared.output import deliver, format_option, output_options, refuse_output, show_lines
from underlag.cli.shared.register_file import opened, register_path
from underlag.cli.shared.swedish import command as swedish_command

if TYPE_CHECKING:
    from underlag.batch.records.workbooks import PackageRecord


@swedish_command("visa")
@click.argument("plats", metavar="KATALOG|FIL", type=InputPath(folders=True))
@click.option("--region", metavar="NAMN", default="", help="Visa bara den här regionens arbetsböcker.")
@click.option("--miljo", metavar="PROD|QA", default="", help="Visa bara den här miljöns arbetsböcker.")
@click.option("--arende", metavar="NUMMER", default="", help="Visa bara det här ärendets arbetsböcker.")
@click.option(
    "--tillstand", type=click.Choice(["klar", "delvis", "fel"]), help="Visa bara arbetsböcker som blev så."
)
@format_option("text", "json", "csv")
@output_options
def command(
    *,
    plats: Path,
    region: str,
    miljo: str,
    arende: str,
    tillstand: str | None,
    form: str,
    ut: Path | None,
    skriv_over: bool,
) -> None:
    """Visa vad kundservice har gjort av vilken arbetsbok, och när.

    Ange katalogen som kundservice skrev i, eller registrets fil.

    \b
    Exempel:
      underlag register klart
      underlag register klart --region LiV --format csv --ut register.csv
    """
    from underlag.batch.register.export import followed, register_csv, register_json, register_text  # noqa: PLC0415 - not for --help

    def wanted(made: "PackageRecord") -> bool:
        """Whether a record matches every filter."""
        return (
            made.region.casefold() == (region or made.region).casefold()
            and made.environment.casefold() == (miljo or made.environment).casefold()
            and made.case_number.casefold() == (arende or made.case_number).casefold()
            and made.state.value == (tillstand or made.state.value)
        )

    path = register_path(plats)
    refuse_output(ut, skriv_over, path)
    with opened(plats, ledger=False) as register:
        rows = [made for made in register.all_records() if wanted(made)]
        known = followed(register) if form == "text" else {}
    if form == "text" and not ut:
        show_lines(register_text(rows, known).split("\n") if rows else ["Inget sådant finns i registret."])
        return
    data = {
        "text": lambda found: f"{register_text(found, known)}\n".encode(),
        "json": register_json,
        "csv": register_csv,
    }[form](rows)
    deliver(data, ut)
