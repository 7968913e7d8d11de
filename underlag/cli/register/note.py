"""`underlag register inlast`, `angra` and `stang`: what people tell the ledger."""

from datetime import datetime
from pathlib import Path

import click

from underlag.cli.shared.common import InputPath, Moment
from underlag.cli.shared.output import show
from underlag.cli.shared.register_file import opened
from underlag.cli.shared.swedish import command as swedish_command

_PLACE = click.argument("plats", metavar="KATALOG|FIL", type=InputPath(folders=True))
_LOAD = click.argument("inlasning", metavar="NUMMER")
_MOMENT = click.option(
    "--tidpunkt",
    type=Moment(),
    metavar="TID",
    help="När det hände, t.ex. 2027-02-01T09:00. Utan flaggan: nu.",
)


@swedish_command("inlast")
@_PLACE
@_LOAD
@_MOMENT
def loaded_command(*, plats: Path, inlasning: str, tidpunkt: datetime | None) -> None:
    """Notera att en inläsning är inläst i TAK.

    \b
    Exempel:
      underlag register inlast klart 0007
    """
    from underlag.batch.ledger.marking import mark_loaded  # noqa: PLC0415 - not for --help

    with opened(plats, writing=True) as register:
        load, notes = mark_loaded(register, inlasning, tidpunkt or _now())
    show(f"Inläsning {load.folder.name} är noterad som inläst.")
    for note in notes:
        show(note)


@swedish_command("angra")
@_PLACE
@_LOAD
@_MOMENT
def take_back_command(*, plats: Path, inlasning: str, tidpunkt: datetime | None) -> None:
    """Visa vad som ska läsas in för att ta tillbaka en inläsning, och notera den som återtagen.

    Raderna räknas sedan inte som beställda. Ska de beställas igen noteras samma inläsning som inläst igen när
    den har lästs in på nytt.

    \b
    Exempel:
      underlag register angra klart 0007
    """
    from underlag.batch.ledger.marking import take_back  # noqa: PLC0415 - not for --help

    with opened(plats, writing=True) as register:
        found = take_back(register, inlasning, tidpunkt or _now())
    for note in found.notes:
        show(note)
    if found.files:
        show("Läs in de här filerna i TAK, i den här ordningen:")
        for name in found.files:
            show(f"  {found.load.folder / name}")
    else:
        show("Inläsningen har ingenting att återställa.")
    show(f"Inläsning {found.load.folder.name} är noterad som återtagen.")


@swedish_command("stang")
@_PLACE
@click.argument("arende", metavar="ÄRENDE", type=click.IntRange(1))
@_MOMENT
def close_command(*, plats: Path, arende: int, tidpunkt: datetime | None) -> None:
    """Stäng ett ärende. Rader som väntar på ett beslut beställs då inte.

    ÄRENDE är numret i sammanställningen. Kommer det mer i samma sak blir det ett nytt ärende.
    """
    from underlag.batch.ledger.marking import close_case  # noqa: PLC0415 - not for --help

    with opened(plats, writing=True) as register:
        waiting = close_case(register, arende, tidpunkt or _now())
    show(f"Ärende {arende} är stängt." + (f" {waiting} rader som väntade beställs inte." if waiting else ""))


def _now() -> datetime:
    from underlag.options import STOCKHOLM  # noqa: PLC0415 - not for --help

    return datetime.now(STOCKHOLM).replace(microsecond=0)
