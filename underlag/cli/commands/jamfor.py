"""`underlag jamfor`: shows what a workbook would change in TAK."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from underlag.cli.shared.checking import documents_in_time
from underlag.cli.shared.common import (
    InputPath,
    check_file,
    make_options,
    reading_options,
    show_findings,
)
from underlag.cli.shared.output import deliver, format_option, output_options, refuse_output, show, show_lines
from underlag.cli.shared.swedish import command as swedish_command
from underlag.cli.shared.tak_source import TakSource, read_tak, require_tak_source, tak_options
from underlag.gc_pause import garbage_collection_paused

if TYPE_CHECKING:
    from underlag.checked import Checked
    from underlag.options import Options
    from underlag.tak.compare.comparison import Comparison


@swedish_command("jamfor")
@click.argument("fil", metavar="FIL", type=InputPath())
@tak_options
@reading_options
@click.option(
    "--bara-nytt", is_flag=True, help="Räkna bara det som inte redan finns i TAK som något att beställa."
)
@click.option(
    "--ersatt-vagval", is_flag=True, help="Räkna också vägval som ersätter ett annat som något att beställa."
)
@format_option("text", "json", "html")
@click.option("--alla", is_flag=True, help="Visa varje rad, inte bara de första av varje slag (gäller text).")
@output_options
@click.pass_context
@garbage_collection_paused()
def command(
    ctx: click.Context,
    /,
    *,
    fil: Path,
    form: str,
    alla: bool,
    ut: Path | None,
    skriv_over: bool,
    **asked: Any,
) -> None:
    """Visa vad en arbetsbok skulle ändra i TAK, adressat för adressat.

    Rader med fel i arbetsboken jämförs inte. Ingenting beställs och ingenting ändras.

    \b
    Exempel:
      underlag jamfor "Underlag för TAKning Intygstjänster NTjP PROD-LiV.xlsx" --tak takdump_ntjp_prod.json
    """
    refuse_output(ut, skriv_over, fil, asked["bestallning"], asked["tak"])
    source = require_tak_source(asked)
    checked, comparison = _compared(fil, make_options(**asked), source)
    with documents_in_time(checked):
        if form == "text" and not ut:
            if comparison:
                show_lines(_text(comparison, everything=alla).split("\n"))
                show("")
            show_findings(checked, everything=alla)
        else:
            deliver(_rendered(form, checked, comparison), ut)
    ctx.exit(0 if checked.approved else 1)


def _compared(path: Path, options: "Options", source: TakSource) -> "tuple[Checked, Comparison | None]":
    """Return the checked workbook, and the comparison; None when no TAK could be read."""
    from underlag.checks.skipping import with_sound_rows  # noqa: PLC0415 - not for --help
    from underlag.tak.compare.compared import compare_sound_rows  # noqa: PLC0415 - as above

    checked = check_file(path, options)
    found = compare_sound_rows(checked, read_tak(source, with_sound_rows(checked)))
    return found.checked, found.comparison


def _text(comparison: "Comparison", *, everything: bool) -> str:
    from underlag.documents.comparison.text import comparison_text  # noqa: PLC0415 - only the chosen form is loaded

    return comparison_text(comparison, everything=everything)


def _rendered(form: str, checked: "Checked", comparison: "Comparison | None") -> bytes:
    """Return the comparison as JSON, HTML or text."""
    if form == "json":
        from underlag.documents.comparison.json_document import comparison_json  # noqa: PLC0415 - as above

        return comparison_json(checked, comparison)
    if form == "html":
        from underlag.documents.comparison.page import render_comparison  # noqa: PLC0415 - as above

        return render_comparison(checked, comparison)
    from underlag.documents.report.terminal import findings_text  # noqa: PLC0415 - as above

    texts = [_text(comparison, everything=True), ""] if comparison else []
    texts.append(findings_text(checked, width=100, color=False, encoding="utf-8", everything=True))
    return ("\n".join(texts) + "\n").encode()
