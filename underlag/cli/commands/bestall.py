"""`underlag bestall`: from a workbook to the whole package."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from underlag.cli.shared.checking import check_with_tak, documents_in_time
from underlag.cli.shared.common import (
    InputPath,
    make_options,
    reading_options,
    select_options,
    show_findings,
)
from underlag.cli.shared.output import OutputPath, show
from underlag.cli.shared.reference_source import reference_options, take_reference
from underlag.cli.shared.swedish import command as swedish_command
from underlag.cli.shared.tak_source import tak_options, take_tak_source
from underlag.files.workbook_names import ANNOTATED_PREFIX
from underlag.gc_pause import garbage_collection_paused
from underlag.text.lists import listed
from underlag.text.numbers import counted

if TYPE_CHECKING:
    from underlag.checked import Checked


@swedish_command("bestall")
@click.argument("fil", metavar="FIL", type=InputPath())
@click.option(
    "--ut",
    required=True,
    metavar="KATALOG",
    type=OutputPath(folder=True),
    help="Katalogen som paketet skrivs i. Den skapas om den inte finns.",
)
@click.option("--skriv-over", is_flag=True, help="Ersätt ett tidigare paket i katalogen.")
@reading_options
@reference_options
@tak_options
@select_options
@click.pass_context
@garbage_collection_paused()
def command(ctx: click.Context, /, *, fil: Path, ut: Path, skriv_over: bool, **asked: Any) -> None:
    """Granska en arbetsbok och skriv hela beställningspaketet.

    Paketet innehåller rapport, vägledningar till Beställningsstödet, TAK-beställningar med
    återställningar, adressatlistor och ett utkast till mejl. Finns fel skrivs bara rapporten och den
    granskade arbetsboken.

    \b
    Exempel:
      underlag bestall "Underlag för TAKning Intygstjänster NTjP PROD-LiV.xlsx" --ut paket
    """
    from underlag.orders.build import make_orders  # noqa: PLC0415 - `underlag --help` must not pay for it
    from underlag.package.write import PackageError, PackageExists, write_package  # noqa: PLC0415 - as above

    source, reference = take_tak_source(asked), take_reference(asked)
    checked, catalogue, comparison = check_with_tak(fil, make_options(**asked), source, reference)
    with documents_in_time(checked):
        orders = [] if checked.blocked else make_orders(checked)
    try:
        package = write_package(
            checked, orders, ut, overwrite=skriv_over, catalogue=catalogue, comparison=comparison
        )
    except PackageExists as error:
        raise click.UsageError(str(error)) from error
    except PackageError as error:
        raise click.ClickException(str(error)) from error
    annotated = next((file.name for file in package.files if file.name.startswith(ANNOTATED_PREFIX)), "")
    where = _where_all_are(annotated, len(checked.findings))
    with documents_in_time(checked):
        show_findings(checked, rest=f"Varje ställe står {where}.")
    show("")
    if checked.blocked:
        show(f"Inga beställningar skrevs. Rätta felen och kör igen. Se {ut / 'rapport.html'}")
    else:
        for order in orders:
            what = "tjänstekonsument" if order.kind == "consumer" else "tjänsteproducent"
            count = f"{len(order.addressees)} {'adressat' if len(order.addressees) == 1 else 'adressater'}"
            show(f"Beställning {order.ordinal}: {what} {order.component.hsa_id}, {count}")
        if checked.left_out:
            show(f"{_left_out(checked)} står med sina skäl i {ut / 'bortvalda.csv'}")
        show(f"{len(package.files)} filer i {ut}. Börja med {ut / 'rapport.html'}")
    ctx.exit(0 if checked.approved else 1)


def _where_all_are(annotated: str, count: int) -> str:
    """Return where every finding is listed: the list of the annotated workbook has a limit."""
    if not annotated:
        return "i rapport.html"
    from underlag.documents.annotated_workbook.overview import LIST_LIMIT  # noqa: PLC0415 - imported to write it

    return f"på första fliken i {annotated}" if count <= LIST_LIMIT else "i rapport.json"


def _left_out(checked: "Checked") -> str:
    """Return how many rows are left out, of each kind: '1 rad beställs inte. Den'."""
    kinds = (
        (checked.rows_left_out, "beställs inte", "beställs inte"),
        (checked.rows_decided, "är bortvalda enligt beslut", "är bortvald enligt beslut"),
        (checked.rows_not_needed, "behöver inte beställas", "behöver inte beställas"),
    )
    parts = [counted(count, f"rad {one}", f"rader {several}") for count, several, one in kinds if count]
    total = sum(count for count, *_ in kinds)
    return f"{listed(parts)}. {'Den' if total == 1 else 'De'}"
