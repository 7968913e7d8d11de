"""`underlag register inlast`, `angra`, `svarat`, `stang`, `flytta` and `oppna`: notes in the ledger."""

from datetime import datetime
from pathlib import Path

import click

from underlag.cli.shared.common import InputPath, Moment
from underlag.cli.shared.output import show
from underlag.cli.shared.register_file import opened
from underlag.cli.shared.swedish import command as swedish_command
from underlag.text.numbers import counted

_PLACE = click.argument("plats", metavar="KATALOG|FIL", type=InputPath(folders=True))
_LOAD = click.argument("inlasning", metavar="NUMMER")
_CASE = click.argument("arende", metavar="ÄRENDE")
_MOMENT = click.option(
    "--tidpunkt",
    type=Moment(),
    metavar="TID",
    help="När det hände, t.ex. 2027-02-01T09:00. Utan flaggan: nu.",
)


@swedish_command("inlast")
@_PLACE
@_LOAD
@click.option(
    "--inte",
    "mistaken",
    is_flag=True,
    help="Rätta ett misstag: inläsningen är varken inläst eller återtagen, utan väntar på att läsas in.",
)
@_MOMENT
def loaded_command(*, plats: Path, inlasning: str, mistaken: bool, tidpunkt: datetime | None) -> None:
    """Notera att en inläsning är inläst i TAK.

    \b
    Exempel:
      underlag register inlast klart 0007
    """
    from underlag.batch.ledger.notes.loads import mark_loaded, mark_not_loaded  # noqa: PLC0415 - not for --help

    mark, words = (mark_not_loaded, "inte inläst") if mistaken else (mark_loaded, "inläst")
    with opened(plats, writing=True) as register:
        load, notes = mark(register, inlasning, tidpunkt or _now())
    show(f"Inläsning {load.folder.name} är noterad som {words}.")
    for note in notes:
        show(note)


@swedish_command("angra")
@_PLACE
@_LOAD
@click.option("--visa", "only_shown", is_flag=True, help="Visa bara vad som ska läsas in. Notera ingenting.")
@_MOMENT
def take_back_command(*, plats: Path, inlasning: str, only_shown: bool, tidpunkt: datetime | None) -> None:
    """Visa vad som ska läsas in för att ta tillbaka en inläsning, och notera den som återtagen.

    Raderna räknas sedan inte som beställda. Ska de beställas igen noteras samma inläsning som inläst igen när
    den har lästs in på nytt.

    \b
    Exempel:
      underlag register angra klart 0007 --visa
      underlag register angra klart 0007
    """
    from underlag.batch.ledger.notes.loads import take_back, taking_back  # noqa: PLC0415 - not for --help

    if only_shown and tidpunkt:
        raise click.UsageError("--visa noterar ingenting. Ange --visa eller --tidpunkt, inte båda.")
    with opened(plats, writing=not only_shown) as register:
        found = (
            taking_back(register, inlasning)
            if only_shown
            else take_back(register, inlasning, tidpunkt or _now())
        )
    for note in found.notes:
        show(note)
    if found.was_taken_back and not only_shown:
        return
    if found.files:
        files = "de här filerna i TAK, i den här ordningen:"
        show(f"Läs in {files}" if found.was_loaded else f"Bara om den är inläst: läs in {files}")
        for name in found.files:
            show(f"  {found.load.folder / name}")
    else:
        show("Inläsningen har ingenting att återställa.")
    if only_shown:
        show("Ingenting är noterat. Kör kommandot utan --visa när filerna är inlästa.")
    else:
        show(f"Inläsning {found.load.folder.name} är noterad som återtagen.")


@swedish_command("svarat")
@_PLACE
@_CASE
@_MOMENT
def replied_command(*, plats: Path, arende: str, tidpunkt: datetime | None) -> None:
    """Notera att regionen har fått svar i ett ärende.

    ÄRENDE är numret i sammanställningen eller ärendenumret, t.ex. TSK-12518. Där och i register sok står
    ärendet sedan som besvarat, tills det kommer en ny arbetsbok eller ett mejl i det.
    """
    from underlag.batch.ledger.notes.cases import case_named, note_reply  # noqa: PLC0415 - not for --help

    with opened(plats, writing=True) as register:
        number = case_named(register, arende)
        ended = note_reply(register, number, tidpunkt or _now())
    show(f"Ärende {number} är noterat som besvarat.")
    for stop in ended:
        quoted = " ".join(f"”{one}”" for one in stop.sentences)
        show(
            f"Ett mejl i ärendet säger: {quoted} Fram till nu hindrade det inläsning {stop.load:04d}. "
            "Ska den ändå inte läsas in, ta tillbaka den med underlag register angra."
        )


@swedish_command("stang")
@_PLACE
@_CASE
@_MOMENT
def close_command(*, plats: Path, arende: str, tidpunkt: datetime | None) -> None:
    """Stäng ett ärende. Rader som väntar på ett beslut beställs då inte.

    ÄRENDE är numret i sammanställningen eller ärendenumret, t.ex. TSK-12518. Kommer det mer i samma sak
    blir det ett nytt ärende, eller öppna det igen med underlag register oppna.
    """
    from underlag.batch.ledger.notes.cases import (  # noqa: PLC0415 - not for --help
        case_named,
        close_case,
        loads_ahead,
    )
    from underlag.text.lists import listed  # noqa: PLC0415 - as above

    with opened(plats, writing=True) as register:
        number = case_named(register, arende)
        waiting = close_case(register, number, tidpunkt or _now())
        loads = loads_ahead(register, number)
    left_out = counted(waiting, "rad som väntade beställs inte", "rader som väntade beställs inte")
    show(f"Ärende {number} är stängt." + (f" {left_out}." if waiting else ""))
    if loads:
        show(
            f"Rader i ärendet ligger i inläsning {listed(loads)}, som inte är noterad som inläst. De finns "
            "kvar där: ska de inte läsas in, ta tillbaka inläsningen med underlag register angra."
        )


@swedish_command("flytta")
@_PLACE
@click.argument("arbetsbok", metavar="ARBETSBOK", type=click.IntRange(1))
@click.option(
    "--till",
    metavar="ÄRENDE",
    help="Ärendet att flytta till. Utan flaggan: ett nytt ärende för samma region.",
)
@_MOMENT
def move_command(*, plats: Path, arbetsbok: int, till: str | None, tidpunkt: datetime | None) -> None:
    """Flytta en arbetsbok som kom i fel ärende till ett annat, eller till ett nytt.

    ARBETSBOK och ÄRENDE är numren i sammanställningen. Inget tas bort: flytten är en händelse i båda
    ärendena. Rader i inläsningar ligger kvar i dem. Rader som inte beställdes på grund av ärendet bedöms
    igen vid nästa körning av underlag kundservice.

    \b
    Exempel:
      underlag register flytta klart 12 --till 3
      underlag register flytta klart 12
    """
    from underlag.batch.ledger.notes.cases import case_named  # noqa: PLC0415 - not for --help
    from underlag.batch.ledger.notes.moves import move_book  # noqa: PLC0415 - not for --help

    with opened(plats, writing=True) as register:
        case = case_named(register, till) if till else None
        moved = move_book(register, arbetsbok, case, tidpunkt or _now())
    for line in moved.sentences:
        show(line)


@swedish_command("oppna")
@_PLACE
@_CASE
@_MOMENT
def reopen_command(*, plats: Path, arende: str, tidpunkt: datetime | None) -> None:
    """Öppna ett stängt ärende igen. Rader som väntade när det stängdes väntar då på nytt.

    ÄRENDE är numret i sammanställningen eller i underlag register sok, eller ärendenumret.
    """
    from underlag.batch.ledger.notes.cases import case_named, reopen_case  # noqa: PLC0415 - not for --help

    with opened(plats, writing=True) as register:
        number = case_named(register, arende)
        waiting = reopen_case(register, number, tidpunkt or _now())
    again = counted(waiting, "rad väntar igen", "rader väntar igen")
    show(f"Ärende {number} är öppet igen." + (f" {again}." if waiting else ""))


def _now() -> datetime:
    from underlag.options import STOCKHOLM  # noqa: PLC0415 - not for --help

    return datetime.now(STOCKHOLM).replace(microsecond=0)
