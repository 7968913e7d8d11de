"""Measure the ledger of kundservice: first run, second run with nothing new, `register sok` in a large one.

Usage:
    python bench/ledger.py kundservice [--arbetsbocker 1000] [--enheter 200] [--varv 1] [--mot KATALOG]
    python bench/ledger.py sok [--rader 1000000]

`--mot` names the source folder of another version: first runs of both are then made in turn, each with two
processes.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "bench")]

from kundservice import make_workbooks  # noqa: E402 - the scripts are no package

from underlag.batch.inbox.mail import Mail  # noqa: E402 - as above
from underlag.batch.ledger.carry_over import add_run  # noqa: E402 - as above
from underlag.batch.ledger.events import EventLog  # noqa: E402 - as above
from underlag.batch.ledger.intake import Intake, Received  # noqa: E402 - as above
from underlag.batch.ledger.packed_rows import Head, PackedBook, PackedRow, PackedRows  # noqa: E402 - as above
from underlag.batch.ledger.settle import make_loads, settle  # noqa: E402 - as above
from underlag.batch.records.workbooks import Counts, PackageRecord, State  # noqa: E402 - as above
from underlag.batch.register.store import Register  # noqa: E402 - as above
from underlag.regions.region import known_regions  # noqa: E402 - as above

#: Maximum share of a first run's time that a second one with nothing new may take, and seconds of a search.
BUDGET_AGAIN, BUDGET_SEARCH = 0.1, 0.5
#: Rows of one workbook in the large ledger, and workbooks of one run.
ROWS, BOOKS = 1_000, 50
#: Modules are kept compiled, as they are once the program is installed.
ENVIRONMENT = {**os.environ, "PYTHONDONTWRITEBYTECODE": ""}
NOW = datetime(2027, 2, 1, 8, tzinfo=UTC)


def seconds(*command: str, version: Path = ROOT) -> float:
    """Return the wall time of a command of underlag, start-up included."""
    start = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "underlag", *command],
        cwd=version,
        env=ENVIRONMENT,
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    )
    taken = time.perf_counter() - start
    if done.returncode:
        raise SystemExit(f"underlag {command[0]} ended with {done.returncode}:\n{done.stdout[-2000:]}")
    return taken


def measure_runs(books: int, units: int, rounds: int, other: Path | None) -> None:
    """Measure first and second runs, and first runs of another version in turn with them.

    Each output stays until the end; see `kundservice.run`.
    """
    with tempfile.TemporaryDirectory() as place:
        inbox = Path(place, "in")
        make_workbooks(inbox, books, units)
        first, again, before = [], [], []
        for number in range(rounds):
            if other:
                before.append(_run(inbox, Path(place, f"mot-{number}"), other))
            first.append(_run(inbox, Path(place, f"ut-{number}"), ROOT))
            again.append(_run(inbox, Path(place, f"ut-{number}"), ROOT))
    print(f"{books} workbooks of {units} units, {rounds} rounds, medians")
    print(f"first run: {statistics.median(first):.1f} s; second run: {statistics.median(again):.2f} s")
    share = statistics.median(two / one for one, two in zip(first, again, strict=True))
    print(f"second to first: {share:.3f} (budget {BUDGET_AGAIN})")
    if before:
        ratio = statistics.median(one / two for one, two in zip(first, before, strict=True))
        print(
            f"first run of the other version: {statistics.median(before):.1f} s; ratio {ratio:.2f} (budget 1)"
        )


def _run(inbox: Path, out: Path, version: Path) -> float:
    return seconds("kundservice", str(inbox), "--ut", str(out), "--processer", "2", version=version)


def make_ledger(path: Path, rows: int) -> None:
    """Write a ledger of that many rows: workbooks of different regions, each with units of its own."""
    regions = known_regions()
    with Register(path) as register:
        for run in range(0, rows // ROWS, BOOKS):
            with register.transaction() as database:
                number = add_run(database, NOW.isoformat())
                log = EventLog(database, NOW, "bench")
                intake = Intake(database, number, log, regions)
                last = min(run + BOOKS, rows // ROWS)
                taken = [intake.receive(_received(book)) for book in range(run, last)]
                make_loads(
                    database,
                    number,
                    log,
                    settle(database, log, taken, intake.touched),
                    lambda at, _: f"{at:04d}",
                )


def _received(book: int) -> Received:
    mark = f"{book:064d}"
    made = PackageRecord(
        mark, mark, f"{book}.xlsx", "intygstjanster", "PROD", f"Region{book:04}", f"TSK-{book:05}",
        "2027-03-01", "", State.DONE, Counts(read=ROWS), (), b"", NOW,
    )  # fmt: skip
    heads = [_head(f"SE162321000156-{name}{book:04X}", name) for name in ("A", "B")]
    packed = [
        PackedRow(head, f"Contract{at}", unit_id(book, unit), "Vårdcentralen", "Blad", "A2", "")
        for unit in range(ROWS // 2)
        for at, head in enumerate(heads)
    ]
    return Received(made, f"{book}.xlsx", Mail(), PackedBook(PackedRows.of(packed), []))


def unit_id(book: int, unit: int) -> str:
    """Return the HSA-ID of a unit of a workbook."""
    return f"SE162321000156-{book:04X}{unit:05X}"


def _head(component: str, flow: str) -> Head:
    url = "https://a.example.se/rivtabp21"
    consumer = "SE5565594230-B8N"
    return Head(
        "intygstjanster", flow, "producer", "add", component, url, "RIVTABP21", consumer, "2027-03-01"
    )


def measure_search(rows: int) -> None:
    """Measure searches in a ledger."""
    with tempfile.TemporaryDirectory() as place:
        path = Path(place, "register.sqlite")
        start = time.perf_counter()
        make_ledger(path, rows)
        made = time.perf_counter() - start
        print(f"ledger of {rows} rows made in {made:.0f} s, {path.stat().st_size >> 20} MB")
        book = rows // ROWS // 2
        for name, text in (
            ("a unit", unit_id(book, 7)),
            ("a case number", f"TSK-{book:05}"),
            ("a region", f"Region{book:04}"),
            ("nothing", "SE162321000156-SAKNAS"),
        ):
            times = [seconds("register", "sok", str(path), text) for _ in range(5)]
            median = statistics.median(times)
            print(f"sok {name}: {median:.2f} s (max {max(times):.2f}; budget {BUDGET_SEARCH})")


def main() -> None:
    """Parse the command line and measure."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    kinds = parser.add_subparsers(dest="kind", required=True)
    runs = kinds.add_parser("kundservice")
    runs.add_argument("--arbetsbocker", type=int, default=1000)
    runs.add_argument("--enheter", type=int, default=200)
    runs.add_argument("--varv", type=int, default=1)
    runs.add_argument("--mot", type=Path)
    search = kinds.add_parser("sok")
    search.add_argument("--rader", type=int, default=1_000_000)
    asked = parser.parse_args()
    if asked.kind == "sok":
        measure_search(asked.rader)
    else:
        measure_runs(asked.arbetsbocker, asked.enheter, asked.varv, asked.mot)


if __name__ == "__main__":
    main()
