"""`underlag kolumner`: what was understood of each sheet and column, and what is open."""

from pathlib import Path
from typing import Any

import click

from underlag.cli.shared.checking import documents_in_time
from underlag.cli.shared.common import InputPath, check_file, make_options, reading_options
from underlag.cli.shared.output import show_lines
from underlag.cli.shared.swedish import command as swedish_command


@swedish_command("kolumner")
@click.argument("fil", metavar="FIL", type=InputPath())
@reading_options
@click.pass_context
def command(ctx: click.Context, /, *, fil: Path, **asked: Any) -> None:
    """Visa vad varje flik och kolumn i en arbetsbok lästes som, och vad som inte förstås.

    Det som inte förstås är märkt med ? och besvaras i bestallning.toml. Sist står raderna att klistra in.
    Heter flikarna eller kolumnerna något annat i er mall räcker det att säga där vad de är.

    \b
    Exempel:
      underlag kolumner "Underlag för TAKning Intygstjänster NTjP PROD-LiV.xlsx"
      underlag kolumner underlag.xlsx --kolumn "Ska TAKas=tas med"
    """
    # `underlag --help` must not pay for it.
    from underlag.documents.account import account_lines, answer_lines, reading_errors  # noqa: PLC0415

    checked = check_file(fil, make_options(**asked))
    with documents_in_time(checked):
        show_lines(account_lines(checked.account))
        errors = reading_errors(checked)
        if errors:
            show_lines(["", "Fel i läsningen:", *(f"  {found.code} {found.message}" for found in errors)])
        if lines := answer_lines(checked.account):
            show_lines(["", "Svara i bestallning.toml:", "", *lines])
    ctx.exit(1 if errors or any(item.asked for _, item in checked.account.items()) else 0)
