"""`underlag felkoder`: the catalogue of findings on the terminal."""

import re
import textwrap

import click

from underlag.characters.likeness import MISSPELT, nearest
from underlag.cli.shared.output import show, show_lines
from underlag.cli.shared.swedish import command as swedish_command
from underlag.findings import Kind, catalogue


@swedish_command("felkoder")
@click.argument("kod", required=False, metavar="[KOD]")
def command(kod: str | None) -> None:
    """Lista felkoderna, eller förklara KOD: vad som är fel, varför det spelar roll och hur det rättas.

    KOD kan också vara en kategori, t.ex. HSA.

    \b
    Exempel:
      underlag felkoder
      underlag felkoder HSA003
    """
    kinds = catalogue()
    if kod is None:
        _list(list(kinds.values()))
        return
    wanted = kod.strip().upper()
    if wanted in kinds:
        _explain(kinds[wanted])
        return
    in_category = [kind for kind in kinds.values() if kind.category == wanted]
    if not in_category:
        raise click.BadParameter(
            f"felkoden {kod!r} finns inte.{_meant(wanted)} "
            "Kommandot 'underlag felkoder' listar dem som finns.",
            param_hint="KOD",
        )
    _list(in_category)


def _meant(code: str) -> str:
    """Return a question whether a code was meant that is written otherwise ('HSA3', 'hsa-003'), or ''."""
    letters, number = re.sub(r"[\W\d_]", "", code), re.sub(r"\D", "", code)
    found = f"{letters}{int(number):03}" if number else ""
    if found not in catalogue():
        found = nearest(code, catalogue(), at_least=MISSPELT)
    return f" Menas {found}?" if found else ""


def _list(kinds: list[Kind]) -> None:
    for kind in kinds:
        show(f"{kind.code}  {kind.severity.value:<7}  {kind.title}")


def _explain(kind: Kind) -> None:
    """Print one kind of finding with all its texts."""
    show(f"{kind.code}  {kind.title}")
    scope = (
        ""
        if kind.severity != "fel"
        else " – gäller hela beställningen"
        if kind.scope == "helhet"
        else " – gäller raden"
    )
    parts = (
        ("Allvar", kind.severity.value + scope),
        ("Meddelande", _without_blanks(kind.message)),
        ("Varför", kind.why),
        ("Gör så här", _without_blanks(kind.mend)),
    )
    for label, text in parts:
        show_lines(
            textwrap.wrap(text, width=88, initial_indent=f"  {label + ':':<12} ", subsequent_indent=" " * 15)
        )


def _without_blanks(template: str) -> str:
    """Return a template with three dots for each placeholder."""
    return re.sub(r"\{[^}]*\}", "…", template)
