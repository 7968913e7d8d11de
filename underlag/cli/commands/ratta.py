"""`underlag ratta`: the user's workbook with the accepted corrections."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import click

from underlag.characters.cleaning import visible
from underlag.cli.shared.checking import documents_in_time
from underlag.cli.shared.common import InputPath, check_file, make_options, reading_options, show_findings
from underlag.cli.shared.output import OutputPath, refuse_output, show, write_whole
from underlag.cli.shared.swedish import command as swedish_command
from underlag.options import Options
from underlag.text.numbers import counted

if TYPE_CHECKING:
    from underlag.checked import Checked
    from underlag.documents.corrected_workbook.change_list import Change
    from underlag.documents.corrected_workbook.corrections import Correction

_CELL: Final = re.compile(
    r"(?P<sheet>.+)!(?P<column>[A-Za-z]{1,3})(?P<row>[1-9][0-9]{0,6})=(?P<text>.*)", re.DOTALL
).fullmatch
#: Changed cells that are listed on the terminal; the workbook lists all.
_SHOWN: Final = 20
_ANSWERS: Final = ("ja", "nej", "alla", "sluta")
_INITIALS: Final = {answer[0]: answer for answer in _ANSWERS}


@swedish_command("ratta")
@click.argument("fil", metavar="FIL", type=InputPath())
@click.option(
    "-o",
    "--ut",
    required=True,
    type=OutputPath(),
    metavar="FIL",
    help="Filen som den rättade arbetsboken skrivs i.",
)
@click.option("--skriv-over", is_flag=True, help="Ersätt filen, om den redan finns.")
@click.option("--alla-forslag", is_flag=True, help="Rätta enligt alla entydiga förslag utan att fråga.")
@click.option(
    "--cell",
    "cells",
    multiple=True,
    metavar="FLIK!C7=TEXT",
    help="Skriv en egen text i en cell. Kan anges flera gånger.",
)
@reading_options
@click.pass_context
def command(
    ctx: click.Context,
    /,
    *,
    fil: Path,
    ut: Path,
    skriv_over: bool,
    alla_forslag: bool,
    cells: tuple[str, ...],
    **asked: Any,
) -> None:
    """Rätta arbetsboken enligt förslagen i granskningen och granska den igen.

    Bara de celler som rättas ändras. De blir gröna och listas på en första flik. Allt annat i arbetsboken är
    kvar som det var. Utan --alla-forslag och --cell frågar kommandot om varje förslag.

    \b
    Exempel:
      underlag ratta "Underlag PROD-LiV.xlsx" --alla-forslag -o "rattad-Underlag PROD-LiV.xlsx"
      underlag ratta "Underlag PROD-LiV.xlsx" --cell "Beställning!B6=2027-11-15" -o rattad.xlsx
    """
    from underlag.documents.corrected_workbook.build import UncorrectableError, corrected_workbook  # noqa: PLC0415 - `underlag --help` must not pay for it
    from underlag.documents.corrected_workbook.corrections import suggested  # noqa: PLC0415 - as above

    refuse_output(ut, skriv_over, fil)
    typed = [_typed(cell) for cell in cells]
    options = make_options(**asked)
    checked = check_file(fil, options)
    if not checked.underlag.source.format:
        show_findings(checked)
        show("")
        show("Inget rättades, så ingen fil skrevs.")
        ctx.exit(1)
    with documents_in_time(checked):
        suggestions = list(suggested(checked.findings))
    accepted = suggestions if alla_forslag else [] if typed else _accepted(suggestions)
    try:
        with documents_in_time(checked):
            corrected = corrected_workbook(checked.underlag.source, [*accepted, *typed], options.now)
    except UncorrectableError as error:
        raise click.ClickException(str(error)) from error
    for left in corrected.left:
        show(
            f"Orörd: flik {left.sheet}, cell {left.cell}. Den går inte att rätta härifrån, utan bara i Excel."
        )
    if corrected.changes:
        _refuse_ending(ut, corrected.extension)
        write_whole(ut, corrected.content)
        checked = _checked_again(fil, corrected.content, options)
    with documents_in_time(checked):
        show_findings(checked)
    show("")
    if corrected.changes:
        _show_changes(corrected.changes)
        _show_comments(corrected.changes, checked)
        show(f"Skrev {ut}. Granskningen ovan gäller den.")
    else:
        show("Inget rättades, så ingen fil skrevs. Granskningen ovan gäller arbetsboken som den är.")
    ctx.exit(0 if checked.approved else 1)


def _refuse_ending(path: Path, extension: str) -> None:
    """Reject a name with which Excel would not open the file.

    Raises:
        click.UsageError: the extension does not match the content.
    """
    if path.suffix.lower() != f".{extension}":
        raise click.UsageError(
            f"Den rättade arbetsboken är en .{extension}-fil, och då öppnar Excel inte {path.name}. Skriv "
            f"ett namn som slutar på .{extension} efter --ut."
        )


def _typed(text: str) -> "Correction":
    """Parse a value of --cell.

    Raises:
        click.BadParameter: it has another form.
    """
    from underlag.column_letters import column_number  # noqa: PLC0415 - as above
    from underlag.documents.corrected_workbook.corrections import Correction  # noqa: PLC0415 - as above

    found = _CELL(text)
    if found is None:
        raise click.BadParameter(
            f"{text!r} är inte skrivet som FLIK!CELL=TEXT. Skriv till exempel Beställning!B6=2027-11-15.",
            param_hint="--cell",
        )
    sheet = found["sheet"].strip("'").replace("''", "'")
    return Correction(sheet, int(found["row"]), column_number(found["column"].upper()), found["text"])


def _accepted(suggestions: "Iterable[Correction]") -> "list[Correction]":
    """Ask about each suggestion, once if it occurs in many cells."""
    same: dict[tuple[str | None, str], list[Correction]] = {}
    for one in suggestions:
        same.setdefault((one.instead_of, one.text), []).append(one)
    accepted: list[Correction] = []
    answer = ""
    for (before, after), cells in same.items():
        if answer != "alla":
            more = f" och {len(cells) - 1} till" if len(cells) > 1 else ""
            show(f"Flik {cells[0].sheet}, cell {cells[0].cell}{more}: {_replaced(before, after)}")
            answer = _answer()
        if answer == "sluta":
            break
        if answer != "nej":
            accepted += cells
    return accepted


def _replaced(before: str | None, after: str) -> str:
    """Return both texts of a cell, with their invisible and misleading characters named."""
    return f"{visible(before) if before else '(tom)'} -> {visible(after) if after else '(tom)'}"


def _answer() -> str:
    """Ask for an answer; without a terminal the command ends with an error."""
    try:
        given = click.prompt(
            "Rätta? ja, nej, alla eller sluta",
            type=click.Choice([*_ANSWERS, *_INITIALS], case_sensitive=False),
            show_choices=False,
        )
    except click.Abort as error:
        raise click.UsageError(
            "Det kom inget svar på frågan. Ange --alla-forslag för att rätta utan frågor."
        ) from error
    return _INITIALS.get(given, str(given))


def _checked_again(path: Path, content: bytes, options: Options) -> "Checked":
    """Read and check the corrected workbook, with the same order file as the original."""
    from underlag.checks import check  # noqa: PLC0415 - as above
    from underlag.reading import read  # noqa: PLC0415 - as above
    from underlag.reading.order_details.order_file import NAME  # noqa: PLC0415 - as above

    if options.order_file is None and (beside := path.with_name(NAME)).is_file():
        options = replace(options, order_file_beside=beside)
    return check(read(content, options, name=path.name), options)


def _show_changes(changes: "Sequence[Change]") -> None:
    for change in changes[:_SHOWN]:
        replaced = _replaced(change.before, change.after)
        show(f"Rättad: flik {change.sheet}, cell {change.cell}: {replaced}")
    if (more := len(changes) - _SHOWN) > 0:
        show(f"… och {counted(more, 'cell', 'celler')} till. Alla står på arbetsbokens första flik.")


def _show_comments(changes: "Sequence[Change]", checked: "Checked") -> None:
    """List the open comments on corrected cells: a new text in the cell does not change them."""
    from underlag.account import Kind  # noqa: PLC0415 - as above

    corrected = {(change.sheet, change.cell) for change in changes}
    notes = [item for _, item in checked.account.items() if item.kind is Kind.NOTE and item.asked]
    for at in (item.at for item in notes):
        if (at.sheet, at.cell) in corrected:
            show(f"Kommentaren i cell {at.cell} på flik {at.sheet} är kvar: ”{visible(at.text)}”.")
