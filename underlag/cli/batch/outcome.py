"""The outcome of a run, as the terminal shows it."""

from pathlib import Path
from typing import TYPE_CHECKING

from underlag.characters.cleaning import shown
from underlag.cli.shared.output import say, show
from underlag.privacy.identity import shown_identity
from underlag.text.lists import MOST_NAMED, listed
from underlag.text.numbers import counted

if TYPE_CHECKING:
    from underlag.batch.records.ledger import RowSums
    from underlag.batch.records.workbooks import Batch, Workbook


def show_outcome(batch: "Batch", ut: Path) -> None:
    """Print what became of each workbook, and what is to be done.

    Args:
        batch: the result of the run, which may have been interrupted.
        ut: the folder that it wrote.
    """
    from underlag.batch.records.ledger import RowSums  # noqa: PLC0415 - only a finished run needs it

    if batch.interrupted:
        done = len(batch.workbooks)
        say(
            f"Avbrutet. {done} av {counted(batch.planned, 'arbetsbok', 'arbetsböcker')} är klara och finns i "
            f"{ut}. Kör samma kommando igen för resten."
        )
        return
    for choice in batch.chosen:
        unit = f" för {shown_identity(choice.unit)}" if choice.unit else ""
        show(f"Valt: arbetsbok {choice.book} ({shown(choice.origin)}){unit}.")
    for book in batch.workbooks:
        state = f"{_state_text(book)}{', oförändrad' if book.unchanged else ''}"
        where = f" -> {book.made.folder.name}" if book.made else ""
        show(f"{book.found.origin}: {state}{where}")
        if book.notes:
            show(f"  {book.notes}")
    for one in batch.rejected:
        show(f"{one.origin} {one.reason}.")
    for conflict in batch.conflicts:
        show(f"Konflikt: {shown(conflict.message)}")
        show(f"  {listed(list(map(shown_identity, conflict.addressees)), most=MOST_NAMED)}")
    for notice in batch.notices:
        show(shown(notice))
    _show_what_to_do(batch)
    unchanged = sum(book.unchanged for book in batch.workbooks)
    show("")
    show(
        f"{counted(len(batch.workbooks), 'arbetsbok', 'arbetsböcker')}, varav "
        f"{counted(unchanged, 'oförändrad', 'oförändrade')}. "
        f"Rader: {_sums_text(sum((book.rows for book in batch.workbooks), RowSums()))}."
    )
    if others := sum(one.foreign for one in batch.rejected):
        show(f"Dessutom {counted(others, 'fil som inte är ett underlag', 'filer som inte är underlag')}.")
    if not batch.approved:
        show(_why_not_approved(batch))
    show(f"Se {ut / 'sammanstallning.html'}")


def _state_text(book: "Workbook") -> str:
    """Return a workbook's state and how many rows wait: 'väntar (2 rader)', 'delvis, 2 rader väntar'."""
    from underlag.batch.records.workbooks import State  # noqa: PLC0415 - the batch is there when this runs

    state, waiting = book.outcome, book.rows.waiting
    if not waiting:
        return state.value
    rows = counted(waiting, "rad", "rader")
    return f"{state.value} ({rows})" if state is State.WAITING else f"{state.value}, {rows} väntar"


def _show_what_to_do(batch: "Batch") -> None:
    """Print the loads to load and the replies to send."""
    from underlag.batch.loads.planned import FOLDER  # noqa: PLC0415 - only a finished run needs it
    from underlag.batch.records.load_texts import about_stop  # noqa: PLC0415 - as above

    for load in (*batch.pending, *batch.loads):
        for stop in load.stops:
            show(
                f"Läs inte in inläsning {load.number:04d} förrän det är avgjort vad som gäller. "
                f"{about_stop(stop.case, map(shown, stop.sentences))}"
            )
    for load in batch.loads:
        show(f"Ny inläsning: {FOLDER}/{load.folder.name} ({counted(load.rows, 'rad', 'rader')})")
    if batch.pending:
        names = listed([load.folder.name for load in batch.pending], most=MOST_NAMED)
        show(f"Tidigare inläsningar som inte är noterade som inlästa: {names}.")
    if batch.loads and (
        written := sum(bool(book.quoted) and book.rows.ready > 0 for book in batch.workbooks)
    ):
        show(f"Läs före inläsningen vad som står om {counted(written, 'arbetsbok', 'arbetsböcker')} ovan.")
    if batch.replies:
        show(f"{counted(len(batch.replies), 'svar att skicka', 'svar att skicka')} i svar")


def _sums_text(rows: "RowSums") -> str:
    return (
        f"{counted(rows.read, 'läst', 'lästa')} = {counted(rows.loaded, 'inläst', 'inlästa')} + "
        f"{counted(rows.ready, 'klar', 'klara')} + {rows.waiting} väntar + "
        f"{counted(rows.left_out, 'utelämnad', 'utelämnade')}"
    )


def _why_not_approved(batch: "Batch") -> str:
    """Return why the run ends with 1."""
    from underlag.batch.records.workbooks import State  # noqa: PLC0415 - the batch is there when this runs

    faulty = sum(book.made is not None and bool(book.made.counts.errors) for book in batch.workbooks)
    refused = sum(book.state is State.REJECTED for book in batch.workbooks)
    refused += sum(not one.foreign and not one.is_message for one in batch.rejected)
    to_read = sum(not one.foreign and one.is_message for one in batch.rejected)
    waiting = sum(len(conflict.addressees) for conflict in batch.conflicts)
    parts = [
        counted(count, one, many)
        for count, one, many in (
            (faulty, "arbetsbok har fel", "arbetsböcker har fel"),
            (refused, "fil avvisades", "filer avvisades"),
            (to_read, "mejl utan arbetsbok ska läsas", "mejl utan arbetsbok ska läsas"),
            (waiting, "adressat väntar på beslut", "adressater väntar på beslut"),
            (len(batch.lost), "inläsning saknar sin mapp", "inläsningar saknar sina mappar"),
            (
                batch.held_back,
                "rad skulle ändra det som finns i TAK (är det rätt, kör igen med --ersatt-vagval)",
                "rader skulle ändra det som finns i TAK (är det rätt, kör igen med --ersatt-vagval)",
            ),
        )
        if count
    ]
    return f"Något väntar på dig: {listed(parts)}."
