"""`underlag kundservice`: many workbooks at once."""

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Self

import click
from click.termui import progressbar

from underlag.characters.cleaning import shown
from underlag.cli.shared.common import InputPath, make_options, reading_options, select_options
from underlag.cli.shared.output import OutputPath, say, show
from underlag.cli.shared.reference_source import reference_options, take_reference
from underlag.cli.shared.register_file import REGISTER
from underlag.cli.shared.swedish import command as swedish_command
from underlag.cli.shared.tak_sources import checksum, tak_sources_options, take_tak_sources
from underlag.privacy.identity import shown_identity
from underlag.text.lists import MOST_NAMED, listed
from underlag.text.numbers import counted
from underlag.text.system_errors import why

if TYPE_CHECKING:
    from types import FrameType

    from click._termui_impl import ProgressBar

    from underlag.batch.ledger.decide import Choice
    from underlag.batch.processes.pool import Pool
    from underlag.batch.records.ledger import RowSums
    from underlag.batch.records.workbooks import Batch

#: Folder within that of --ut for each region's decisions on columns and texts.
DECISIONS = "beslut"


@swedish_command("kundservice")
@click.argument("indata", nargs=-1, metavar="FIL|KATALOG...", type=InputPath(folders=True))
@click.option(
    "--ut",
    required=True,
    metavar="KATALOG",
    type=OutputPath(folder=True),
    help="Katalogen för paketen och sammanställningen. Den skapas om den inte finns.",
)
@click.option(
    "--register",
    type=OutputPath(),
    metavar="FIL",
    help=f"Registret över vad som är gjort. Utan flaggan: {REGISTER} i katalogen för --ut.",
)
@click.option(
    "--processer",
    type=click.IntRange(1, 64),
    metavar="ANTAL",
    help="Hur många arbetsböcker som granskas samtidigt. Utan flaggan: en per processorkärna.",
)
@reading_options
@reference_options
@tak_sources_options
@select_options
@click.option(
    "--valj",
    multiple=True,
    metavar="[HSA-ID=]NUMMER",
    help="Avgör en konflikt: arbetsboken med det numret gäller, för alla enheter där den väntar eller bara "
    "för den som anges. Numren står i sammanställningen.",
)
@click.option(
    "--regioner",
    type=InputPath(),
    metavar="FIL.toml",
    help="Egna namn på regioner, kommuner och privata vårdgivare, utöver de 21 regionerna.",
)
@click.option(
    "--egen-adress",
    multiple=True,
    metavar="ADRESS",
    help="En e-postadress som är kundservices egen: svaren skickas inte dit. Profilens adress och den som "
    "mejlet levererades till är redan kända.",
)
@click.option(
    "--vanta",
    type=click.IntRange(0, 86_400),
    default=600,
    show_default=True,
    metavar="SEKUNDER",
    help="Hur länge det väntas på en annan körning i samma katalog.",
)
@click.pass_context
def command(
    ctx: click.Context,
    /,
    *,
    indata: tuple[Path, ...],
    ut: Path,
    register: Path | None,
    processer: int | None,
    valj: tuple[str, ...],
    regioner: Path | None,
    egen_adress: tuple[str, ...],
    vanta: int,
    **asked: Any,
) -> None:
    """Granska många arbetsböcker och skriv ett paket för var och en.

    Arbetsböcker hittas i filer, kataloger, zip-filer, sparade mejl (.eml, .emlx och .msg) och mejllådor
    (.mbox). Mejl som bara har en länk till en fildelning listas med länken. En trasig arbetsbok hindrar inte
    de andra. Det som redan är gjort görs inte om, så länge varken arbetsboken eller paketet
    har ändrats.

    Beslut om en regions arbetsböcker läses ur beslut/REGION.toml i katalogen för --ut: samma tabeller,
    [kolumner] och [beslut], som i bestallning.toml.

    I katalogen för --ut skrivs också sammanstallning.html, .xlsx och .json, i svar ett utkast till svar för
    varje avsändare (svar.eml), och i inlasningar en ny numrerad
    mapp per miljö med TAK-beställningar och adressatlistor för allt som är klart och inte var med i någon
    tidigare. Registret minns alla ärenden: det som arbetsböcker säger emot varandra om väntar tills någon
    väljer med --valj.

    \b
    Exempel:
      underlag kundservice inkorg --ut klart
      underlag kundservice mejl.eml bilagor.zip --ut klart --hoppa-over-fel
      underlag kundservice --ut klart --valj 12
    """
    from underlag.batch.processes.pool import Pool  # noqa: PLC0415 - as above
    from underlag.batch.records.workbooks import Settings  # noqa: PLC0415 - `underlag --help` must not pay for it

    if not indata and not valj:
        raise click.UsageError("Ange filer eller kataloger, eller --valj för att avgöra en konflikt.")
    _keep_apart(indata, ut)
    taks = take_tak_sources(asked)
    if (asked["bara_nytt"] or asked["ersatt_vagval"]) and not taks:
        raise click.UsageError(
            "--bara-nytt och --ersatt-vagval kräver --tak eller --tak-api att jämföra med."
        )
    sources = " ".join((*taks.marks, checksum(asked["hsa_lista"])))
    reference = take_reference(asked)
    options = replace(make_options(**asked), decisions=(ut / DECISIONS).resolve())
    settings = Settings(options, taks.exports, taks.apis, reference, sources)
    with _stop_on_ctrl_c() as stopped, _Bar() as bar, Pool(settings, processer or _cores()) as pool:
        pool.begin("underlag.batch.make")
        asked_for = _Asked(register or ut / REGISTER, _choices(valj), regioner, egen_adress, vanta)
        batch = _run(indata, ut, pool, asked_for, bar=bar, stopped=stopped)
    _tell(batch, ut)
    ctx.exit(0 if batch.approved else 1)


class _Asked(NamedTuple):
    """What is asked for about the ledger."""

    register: Path
    choices: "list[Choice]"
    regions: Path | None
    own: tuple[str, ...]
    wait: int


def _choices(texts: tuple[str, ...]) -> "list[Choice]":
    from underlag.batch.ledger.decide import UnusableChoiceError, parse_choice  # noqa: PLC0415 - only with --valj

    try:
        return [parse_choice(text) for text in texts]
    except UnusableChoiceError as error:
        raise click.UsageError(str(error)) from error


def _run(
    indata: tuple[Path, ...],
    ut: Path,
    pool: "Pool",
    asked: _Asked,
    *,
    bar: "_Bar",
    stopped: Callable[[], bool],
) -> "Batch":
    """Run the batch; errors that end it become error messages of the command."""
    # Imported here: the pool's processes import theirs at the same time.
    from underlag.batch.ledger.decide import UnusableChoiceError  # noqa: PLC0415
    from underlag.batch.register.store import RegisterError  # noqa: PLC0415
    from underlag.batch.run import run_batch  # noqa: PLC0415
    from underlag.files.toml import TomlError  # noqa: PLC0415
    from underlag.package.folder import PackageError  # noqa: PLC0415
    from underlag.regions.region import known_regions  # noqa: PLC0415

    def waiting() -> None:
        say(f"En annan körning använder {ut} eller registret. Väntar i högst {asked.wait} sekunder …")

    try:
        return run_batch(
            indata,
            ut,
            pool,
            register=asked.register,
            progress=bar.show,
            stopped=stopped,
            choices=asked.choices,
            regions=known_regions(asked.regions),
            own=asked.own,
            wait=asked.wait,
            waiting=waiting,
        )
    except (TomlError, ValueError) as error:
        if asked.regions is None:
            raise
        raise click.UsageError(f"{asked.regions}: {error}") from error
    except (RegisterError, PackageError, UnusableChoiceError) as error:
        raise click.ClickException(str(error)) from error
    except OSError as error:
        raise click.ClickException(f"Det gick inte att skriva i {ut}: {why(error)}.") from error


def _keep_apart(indata: tuple[Path, ...], ut: Path) -> None:
    """Reject input that lies in the output folder: results must not become input."""
    out = ut.resolve()
    for path in indata:
        if path.resolve().is_relative_to(out):
            raise click.UsageError(
                f"{path} ligger i katalogen för --ut. Ange en annan katalog: annars granskas paketen i nästa "
                "körning."
            )


def _cores() -> int:
    if hasattr(os, "sched_getaffinity"):
        return min(len(os.sched_getaffinity(0)), 64)
    return min(os.cpu_count() or 1, 64)


@contextmanager
def _stop_on_ctrl_c() -> Iterator[Callable[[], bool]]:
    """Let Ctrl-C stop after the current workbooks; a second one stops at once."""
    stop = threading.Event()
    if threading.current_thread() is not threading.main_thread():
        yield stop.is_set
        return

    def note(_signal: int, _frame: "FrameType | None") -> None:
        if stop.is_set():
            raise KeyboardInterrupt
        stop.set()
        say("\nAvbryter: det som är påbörjat görs klart. Tryck Ctrl-C igen för att avbryta genast.")

    earlier = signal.signal(signal.SIGINT, note)
    try:
        yield stop.is_set
    finally:
        signal.signal(signal.SIGINT, earlier)


class _Bar:
    """A progress bar with count and name, shown only if standard error is a terminal."""

    def __init__(self) -> None:
        self._bar: ProgressBar[str] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.render_finish()

    def show(self, done: int, total: int, name: str) -> None:
        """Show the progress."""
        stream = sys.stderr
        if not stream.isatty():
            return
        if self._bar is None:
            self._bar = progressbar(
                length=total,
                label="Granskar",
                show_pos=True,
                file=stream,
                item_show_func=_shown,
            )
        bar = self._bar
        bar.update(done - bar.pos, name)


def _shown(name: object) -> str:
    return shown(str(name or ""))[-40:]


def _tell(batch: "Batch", ut: Path) -> None:
    """Print the results of the batch."""
    from underlag.batch.records.ledger import RowSums  # noqa: PLC0415 - only a finished run needs it

    if batch.interrupted:
        done = len(batch.workbooks)
        say(
            f"Avbrutet. {done} av {counted(batch.planned, 'arbetsbok', 'arbetsböcker')} är klara och finns i "
            f"{ut}. Kör samma kommando igen för resten."
        )
        return
    for book in batch.workbooks:
        state = book.state.value + (", oförändrad" if book.unchanged else "")
        where = f" -> {book.made.folder.name}" if book.made else ""
        show(f"{book.found.origin}: {state}{where}")
        if book.reason:
            show(f"  {book.reason}")
    for one in batch.rejected:
        show(f"{one.origin} {one.reason}.")
    for conflict in batch.conflicts:
        show(f"Konflikt: {shown(conflict.message)}")
        show(f"  {listed(list(map(shown_identity, conflict.addressees)), most=MOST_NAMED)}")
    for notice in batch.notices:
        show(shown(notice))
    _tell_what_to_do(batch)
    unchanged = sum(book.unchanged for book in batch.workbooks)
    show("")
    show(
        f"{counted(len(batch.workbooks), 'arbetsbok', 'arbetsböcker')}, varav {unchanged} oförändrade. "
        f"Rader: {_sums_text(sum((book.rows for book in batch.workbooks), RowSums()))}."
    )
    if not batch.approved:
        show(_why_not_approved(batch))
    show(f"Se {ut / 'sammanstallning.html'}")


def _tell_what_to_do(batch: "Batch") -> None:
    """Print the loads to load and the replies to send."""
    from underlag.batch.loads.folder import FOLDER  # noqa: PLC0415 - only a finished run needs it

    for load in batch.loads:
        show(f"Ny inläsning: {FOLDER}/{load.folder.name} ({counted(load.rows, 'rad', 'rader')})")
    if batch.pending:
        names = listed([load.folder.name for load in batch.pending], most=MOST_NAMED)
        show(f"Inte noterade som inlästa sedan tidigare: {names}.")
    if batch.replies:
        show(f"{counted(len(batch.replies), 'svar att skicka', 'svar att skicka')} i svar")


def _sums_text(rows: "RowSums") -> str:
    return (
        f"{rows.read} lästa = {rows.loaded} inlästa + {rows.ready} klara + {rows.waiting} väntar + "
        f"{rows.left_out} utelämnade"
    )


def _why_not_approved(batch: "Batch") -> str:
    """Return why the run ends with 1."""
    from underlag.batch.records.workbooks import State  # noqa: PLC0415 - the batch is there when this runs

    faulty = sum(book.made is not None and bool(book.made.counts.errors) for book in batch.workbooks)
    refused = sum(book.state is State.REJECTED for book in batch.workbooks)
    refused += sum(not one.foreign for one in batch.rejected)
    waiting = sum(len(conflict.addressees) for conflict in batch.conflicts)
    parts = [
        f"{counted(count, one, many)}"
        for count, one, many in (
            (faulty, "arbetsbok har fel", "arbetsböcker har fel"),
            (refused, "fil avvisades", "filer avvisades"),
            (waiting, "adressat väntar på beslut", "adressater väntar på beslut"),
        )
        if count
    ]
    return f"Något väntar på dig: {listed(parts)}."
