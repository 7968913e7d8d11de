"""`underlag validera`: checks workbooks, cell by cell."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from underlag.cli.shared.checking import check_with_tak, documents_in_time
from underlag.cli.shared.common import (
    InputPath,
    make_options,
    reading_options,
    show_findings,
)
from underlag.cli.shared.output import (
    deliver,
    format_option,
    output_options,
    refuse_output,
    show,
    show_lines,
)
from underlag.cli.shared.reference_source import reference_options, take_reference
from underlag.cli.shared.swedish import command as swedish_command
from underlag.cli.shared.tak_source import tak_options, take_tak_source
from underlag.gc_pause import garbage_collection_paused

if TYPE_CHECKING:
    from underlag.checked import Checked


@swedish_command("validera")
@click.argument("filer", nargs=-1, required=True, metavar="FIL...", type=InputPath())
@reading_options
@reference_options
@tak_options
@format_option("text", "json", "html")
@click.option(
    "--alla", is_flag=True, help="Visa varje fynd, inte bara de första av varje slag (gäller text)."
)
@output_options
@click.pass_context
@garbage_collection_paused()
def command(
    ctx: click.Context,
    /,
    *,
    filer: tuple[Path, ...],
    form: str,
    alla: bool,
    ut: Path | None,
    skriv_over: bool,
    **asked: Any,
) -> None:
    """Granska arbetsböcker och visa fynden, cell för cell.

    \b
    Exempel:
      underlag validera "Underlag för TAKning Intygstjänster NTjP PROD-LiV.xlsx"
      underlag validera *.xlsx --format json
    """
    if form == "html" and len(filer) > 1:
        raise click.UsageError("--format html tar en arbetsbok i taget.")
    refuse_output(ut, skriv_over, *filer, asked["bestallning"], asked["tak"], asked["hsa_lista"])
    source, reference = take_tak_source(asked), take_reference(asked)
    options = make_options(**asked)
    results = [check_with_tak(path, options, source, reference).checked for path in filer]
    if form == "text" and not ut:
        for number, checked in enumerate(results):
            if number:
                show()
            with documents_in_time(checked):
                show_findings(checked, everything=alla)
        _show_summary(results)
    else:
        with documents_in_time(*results):
            data = _RENDERERS[form](results)
        deliver(data, ut)
    ctx.exit(0 if all(checked.approved for checked in results) else 1)


def _show_summary(results: "list[Checked]") -> None:
    from underlag.documents.report.terminal import summary_text  # noqa: PLC0415 - only where text is asked for

    if summary := summary_text(results):
        show_lines(["", *summary.splitlines()])


def _text(results: "list[Checked]") -> bytes:
    from underlag.documents.report.terminal import findings_text, summary_text  # noqa: PLC0415 - only the chosen form is loaded

    texts = [findings_text(c, width=100, color=False, encoding="utf-8", everything=True) for c in results]
    return "\n\n".join(filter(None, (*texts, summary_text(results)))).encode()


def _json(results: "list[Checked]") -> bytes:
    from underlag.documents.report.json_document import validation_json  # noqa: PLC0415 - only the chosen form is loaded

    return validation_json(results)


def _html(results: "list[Checked]") -> bytes:
    from underlag.documents.report.page import render_report  # noqa: PLC0415 - only the chosen form is loaded

    return render_report(results[0], (), {})


_RENDERERS = {"text": _text, "json": _json, "html": _html}
