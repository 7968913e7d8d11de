"""`underlag granska-tak`: predicts whether tak-web loads an order, and with what effect."""

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from underlag.cli.shared.common import InputPath, refusal
from underlag.cli.shared.output import format_option, paint, print_bytes, show
from underlag.cli.shared.swedish import command as swedish_command
from underlag.files.limits import TAK_ORDER
from underlag.files.regular import read_regular
from underlag.options import now_in_stockholm
from underlag.text.lists import listed
from underlag.text.numbers import counted
from underlag.text.system_errors import why

if TYPE_CHECKING:
    from underlag.tak.holdings.catalogue import Catalogue
    from underlag.tak.judge import Remark, TakVerdict

#: Places of one kind that are shown without --alla.
_SHOWN = 3
_COLOURS = {"avvisas": "red", "tyst": "yellow", "anmarkning": "cyan"}


@swedish_command("granska-tak")
@click.argument("filer", nargs=-1, required=True, metavar="ORDER.json...", type=InputPath())
@click.option(
    "--tak",
    type=InputPath(),
    metavar="EXPORT",
    help="En TAK-export: visar vad beställningen skulle ändra i den TAK:en.",
)
@click.option(
    "--plattform",
    metavar="NAMN",
    default="",
    help="Plattformen som beställningen ska läsas in i, t.ex. NTJP-PROD.",
)
@format_option("text", "json")
@click.option(
    "--alla", is_flag=True, help="Visa varje anmärkning, inte bara de första av varje slag (gäller text)."
)
@click.pass_context
def command(
    ctx: click.Context, *, filer: tuple[Path, ...], tak: Path | None, plattform: str, form: str, alla: bool
) -> None:
    """Granska TAK-beställningar (JSON) innan de läses in, också sådana som andra har gjort.

    Säger vad tak-web skulle svara, och vad som skulle ske utan att tak-web säger det.

    \b
    Exempel:
      underlag granska-tak paket/tak/bestallning-1.json
      underlag granska-tak bestallning.json --tak takdump_ntjp_prod.json
    """
    verdicts = [(path, _judge(path, tak, plattform)) for path in filer]
    if form == "json":
        results = [_as_json(path, verdict) for path, verdict in verdicts]
        data = json.dumps(results[0] if len(results) == 1 else results, ensure_ascii=False, indent=2)
        print_bytes(f"{data}\n".encode("utf-8", "replace"))
    else:
        for path, verdict in verdicts:
            _show(path, verdict, alla)
            if tak is None:
                _show_unknown(verdict)
    ctx.exit(0 if all(verdict.loads for _, verdict in verdicts) else 1)


def _judge(path: Path, tak: Path | None, platform: str) -> "TakVerdict":
    """Judge a file, with an export if one is given."""
    from underlag.tak.judge import judge  # noqa: PLC0415 - `underlag --help` must not pay for it

    try:
        content = read_regular(path, TAK_ORDER.value * 1_000_000 + 1)
    except OSError as error:
        raise click.ClickException(f"{path} gick inte att läsa: {why(error)}.") from error
    today = now_in_stockholm().date()
    verdict = judge(content, platform=platform, today=today)
    if tak is None or verdict.day is None:
        return verdict
    # The export is read for the order's own day, which only a first verdict gives.
    return judge(content, _catalogue(tak, verdict.day), platform, today)


def _catalogue(path: Path, day: date) -> "Catalogue":
    """Read the export for a day, or end the command with the findings that say why not."""
    from underlag.tak.holdings.export import read_catalogue  # noqa: PLC0415 - only with --tak

    try:
        reading = read_catalogue(path, day=day)
    except OSError as error:
        raise click.ClickException(f"{path} gick inte att läsa: {why(error)}.") from error
    if reading.catalogue is None:
        raise refusal(reading.findings)
    return reading.catalogue


def _as_json(path: Path, verdict: "TakVerdict") -> dict[str, Any]:
    """Return a verdict as the object for JSON output."""
    return {
        "version": 1,
        "fil": path.name,
        "lases_in": verdict.loads,
        "vagar": verdict.ways,
        "plattform": verdict.platform,
        "genomforande": verdict.day.isoformat() if verdict.day else None,
        "antal": verdict.counts,
        "effekter": dict(verdict.effects),
        "svar": list(verdict.answer),
        "anmarkningar": [
            {
                "regel": r.rule,
                "allvar": r.weight.value,
                "steg": r.step,
                "plats": r.where,
                "varde": r.value,
                "meddelande": r.message,
                "svar": r.answer,
            }
            for r in verdict.remarks
        ],
    }


def _show(path: Path, verdict: "TakVerdict", everything: bool) -> None:
    """Print a verdict: the outcome first, then the remarks by kind."""
    word, colour = ("läses in", "green") if verdict.loads else ("avvisas", "red")
    show(f"{path.name}: ", paint(word, colour, bold=True))
    about = [verdict.platform, f"gäller från {verdict.day}" if verdict.day else ""]
    counts = [f"{number} {name}" for name, number in verdict.counts.items()]
    if facts := ", ".join(filter(None, (*about, *counts))):
        show(f"  {facts}")
    if verdict.effects:
        show(f"  I TAK: {', '.join(f'{number} {word}' for word, number in verdict.effects.items())}")
    _show_ways(verdict)
    if verdict.answer:
        show("  tak-web svarar:")
        for line in verdict.answer[: None if everything else _SHOWN + 1]:
            show(f"    {line}")
        if not everything and len(verdict.answer) > _SHOWN + 1:
            left = counted(len(verdict.answer) - _SHOWN - 1, "rad", "rader")
            show(f"    … och {left} till (visa med --alla)")
    for remarks in _by_rule(verdict).values():
        _show_kind(remarks, everything)
    _show_order(verdict, everything)


def _show_unknown(verdict: "TakVerdict") -> None:
    """Say what only an export shows: tak-web closes a route by addressee and contract alone."""
    closed = verdict.counts.get("exkludera.vagval", 0)
    if closed and verdict.loads:
        routes = counted(closed, "vägval", "vägval")
        show("")
        show(
            f"  Beställningen avslutar {routes}. tak-web ser bara till adressat och kontrakt, inte till "
            "vilken producent beställningen nämner. Ange --tak EXPORT för att se vart vägvalen går."
        )


def _show_ways(verdict: "TakVerdict") -> None:
    """Print by which ways an order loads, if they differ."""
    from underlag.tak.judge.verdict import WAYS  # noqa: PLC0415 - as above

    if len(set(verdict.ways.values())) == 1:
        return
    for loads, words in ((True, "Läses in"), (False, "Läses inte in")):
        names = [name for way, name in WAYS.items() if verdict.ways[way] is loads]
        show(f"  {words} {listed(names)}.")


def _show_order(verdict: "TakVerdict", everything: bool) -> None:
    """Print the order itself, one line for each object; the file has a single line."""
    from underlag.tak.orders.layout import laid_out  # noqa: PLC0415 - as above

    lines = laid_out(verdict.order, None if everything else _SHOWN)
    if lines:
        show("")
        show("  Beställningen:")
    for line in lines:
        show(f"    {line}")


def _by_rule(verdict: "TakVerdict") -> "dict[str, list[Remark]]":
    """Group remarks by weight and rule, the gravest first."""
    kinds: dict[str, list[Remark]] = {}
    for weight in _COLOURS:
        for remark in verdict.remarks:
            if remark.weight.value == weight:
                kinds.setdefault(f"{weight} {remark.rule}", []).append(remark)
    return kinds


def _show_kind(remarks: "list[Remark]", everything: bool) -> None:
    """Print the remarks of one kind."""
    from underlag.tak.judge.verdict import rules  # noqa: PLC0415 - as above

    first = remarks[0]
    title = paint(first.weight.word, _COLOURS[first.weight.value])
    number = f" ({len(remarks)} st)" if len(remarks) > 1 else ""
    show("")
    show("  ", title, f": {rules()[first.rule].title}{number} [{first.rule}]")
    shown = remarks if everything else remarks[:_SHOWN]
    for remark in shown:
        show(f"    {f'{remark.where}: ' if remark.where else ''}{remark.message}")
    if len(shown) < len(remarks):
        show(f"    … och {len(remarks) - len(shown)} till (visa med --alla)")
