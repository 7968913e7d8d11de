"""Findings as text for a terminal: by kind, a word for each colour, in characters that the console has."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Final

from underlag.characters.cleaning import shown
from underlag.documents.account import answer_lines
from underlag.documents.finding_groups import (
    FIRST_PLACES,
    WHOLE_FILE,
    Group,
    group_findings,
    shown_message,
    shown_value,
)
from underlag.documents.report.verdict import verdict
from underlag.findings import Finding, Severity
from underlag.options import STOCKHOLM
from underlag.text.console_encoding import STAND_IN
from underlag.text.lists import listed
from underlag.text.numbers import counted, number
from underlag.text.printable import printable
from underlag.text.sources import details_by_source

if TYPE_CHECKING:
    from pathlib import Path

    from underlag.checked import Checked
    from underlag.workbook import OrderDetails

_COLOURS: Final = {"fel": "red", "varning": "yellow", "info": "cyan", "ratt": "green"}
#: The answers that were used are listed even where other infos are counted: they decide what is ordered.
_ANSWERS_USED: Final = "FLI057"
_WORDS: Final = {Severity.ERROR: "FEL", Severity.WARNING: "VARNING", Severity.INFO: "INFO"}
_NARROWEST: Final = 40

#: How to answer without changing the workbook.
_ANSWERING: Final = (
    "Frågor om texter och kolumner kan också besvaras utan att arbetsboken ändras: skriv de här raderna i en "
    "textfil med namnet bestallning.toml, i samma mapp som arbetsboken."
)

#: How to see all places, for commands with that option.
ALL_PLACES: Final = "Lägg till --alla för att se varje ställe."

Style = Callable[..., str]


def findings_text(
    checked: "Checked",
    *,
    width: int,
    color: bool,
    encoding: str,
    everything: bool = False,
    rest: str = ALL_PLACES,
) -> str:
    """Return the findings and the verdict as text, without a line break at the end.

    Args:
        checked: the checked workbook.
        width: columns of the terminal; longer words (a URL) stay whole.
        color: whether to colour words with ANSI codes.
        encoding: the stream's; characters that it lacks are replaced by plain ones.
        everything: show all places, not only the first of every kind.
        rest: a note on how to see all places, shown when some are omitted.
    """
    writer = _Writer(max(width, _NARROWEST), _printer(encoding), _styler(color=color))
    return "\n".join(_lines(checked, writer, rest="" if everything else rest))


def summary_text(results: "Sequence[Checked]") -> str:
    """Return how many of several workbooks can be ordered, '' for a single one."""
    if len(results) < 2:  # noqa: PLR2004 - a summary is of several
        return ""
    approved = sum(checked.approved for checked in results)
    faulty = len(results) - approved
    return (
        f"{counted(len(results), 'arbetsbok', 'arbetsböcker')}: {approved} kan beställas, {faulty} har fel."
    )


def _printer(encoding: str) -> Callable[[str], str]:
    """Return a function that makes a line printable in the encoding, without control characters."""

    def as_shown(text: str) -> str:
        return printable(text).encode(encoding, STAND_IN).decode(encoding)

    return as_shown


def _styler(*, color: bool) -> Style:
    if not color:
        return lambda text, **_how: str(text)
    import click  # noqa: PLC0415 - only a terminal with colours needs it

    return click.style


class _Writer:
    """Formats lines: printable, wrapped and coloured, in that order."""

    def __init__(self, width: int, printable: Callable[[str], str], style: Style) -> None:
        self.width = width
        self.printable = printable
        self.style = style

    def wrapped(self, text: str, indent: str, more: str = "") -> Iterator[str]:
        """Yield the text in lines as wide as the terminal, after `indent`, from the second on also `more`."""
        text = self.printable(text)
        lead = indent
        room = self.width - len(lead)
        while len(text) > room:
            cut = text.rfind(" ", 1, room + 1)
            if cut < 0:
                cut = text.find(" ", room)
                if cut < 0:
                    break
            yield lead + text[:cut]
            text = text[cut + 1 :]
            lead = indent + more
            room = self.width - len(lead)
        yield lead + text

    def coloured(self, text: str, tone: str) -> str:
        """Return a text in bold and in a tone's colour."""
        return self.style(self.printable(text), fg=_COLOURS[tone], bold=True)


def _sources(details: "OrderDetails") -> str:
    """Return the sources of date, case number and persons; a file with its date."""
    day = _saved(details.order_file)
    labels = {
        f"{source}, sparad {day}" if day and source.endswith(".toml") else source: named
        for source, named in details_by_source(details, cells=False).items()
    }
    text = "; ".join(f"{listed(found)}: {source}" for source, found in labels.items())
    return text[:1].upper() + text[1:]


def _saved(path: "Path | None") -> str:
    """Return the day on which a file was saved, '' when it no longer exists."""
    try:
        return f"{datetime.fromtimestamp(path.stat().st_mtime, STOCKHOLM):%Y-%m-%d}" if path else ""
    except OSError:
        return ""


def _lines(checked: "Checked", writer: _Writer, *, rest: str) -> Iterator[str]:
    """Yield the lines: all places of each kind (without `rest`), or the first and the note on the rest."""
    underlag = checked.underlag
    yield writer.style(writer.printable(shown(underlag.source.name)), bold=True)
    profile = underlag.profile.title if underlag.profile else "okänd profil"
    about = f"{profile} · miljö {underlag.environment or 'okänd'} · region {underlag.region or 'okänd'}"
    yield from writer.wrapped(shown(about), "")
    if sources := _sources(underlag.details):
        yield from writer.wrapped(shown(sources), "")
    groups = group_findings(checked.findings)
    brief = [group for group in groups if rest and group.severity is Severity.INFO]
    for group in groups[: len(groups) - len(brief)]:
        yield ""
        yield from _group_lines(group, writer, everything=not rest)
    if brief:
        yield ""
        yield writer.coloured("Upplysningar", Severity.INFO.value)
        for group in brief:
            title = f"{group.kind.code} {group.kind.title}"
            if group.kind.code == _ANSWERS_USED:
                for found in group.findings:
                    yield from writer.wrapped(f"{title}: {found.message}", "  ", "  ")
                continue
            places = counted(len(group.findings), "ställe", "ställen")
            yield from writer.wrapped(f"{title} ({places})", "  ", "  ")
    if answers := answer_lines(checked.account):
        yield ""
        yield from writer.wrapped(_ANSWERING, "")
        yield from (f"  {writer.printable(line)}" if line else "" for line in answers)
    yield ""
    result = verdict(checked)
    yield writer.coloured(f"{result.sentence}.", result.tone)
    yield from writer.wrapped(f"{result.detail} Hittat: {result.counts_text}.", "")
    if rest and (brief or any(_hidden(group) for group in groups)):
        yield from writer.wrapped(rest, "")


def _hidden(group: Group) -> int:
    """Return how many places to omit; a single one is shown, as '1 till' would take as much room."""
    left = len(group.findings) - FIRST_PLACES
    return left if left > 1 else 0


def _group_lines(group: Group, writer: _Writer, *, everything: bool) -> Iterator[str]:
    """Yield the lines of one kind."""
    kind, findings = group.kind, group.findings
    word = writer.coloured(_WORDS[group.severity], group.severity.value)
    title = writer.style(writer.printable(kind.title), bold=True)
    places = writer.printable(counted(len(findings), "ställe", "ställen"))
    yield f"{word} {kind.code} {title} ({places})"
    if group.message:
        yield from writer.wrapped(shown(group.message), "  ")
    yield from writer.wrapped(kind.why, "  ")
    if group.advice:
        yield from writer.wrapped(f"Gör så här: {shown(group.advice)}", "  ")
    left = 0 if everything else _hidden(group)
    for found in findings[: len(findings) - left]:
        yield from _place_lines(found, group, writer)
    if left:
        yield from writer.wrapped(f"… och {number(left)} till", "    ")


def _place_lines(found: Finding, group: Group, writer: _Writer) -> Iterator[str]:
    """Yield the lines of one place."""
    where = f"{shown(found.sheet) or WHOLE_FILE}{f', cell {found.cell}' if found.cell else ''}"
    value = f": {shown_value(found)}" if found.value else ""
    yield from writer.wrapped(f"{where}{value}", "    ", "  ")
    if not group.message:
        yield from writer.wrapped(shown_message(found), "      ")
    if found.suggestion not in ("", group.advice):
        yield from writer.wrapped(f"Förslag: {shown(found.suggestion)}", "      ")
