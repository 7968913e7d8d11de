"""A run that is killed before any of its writes goes on, at the next run, as if it had not been disturbed."""

import functools
import itertools
import os
import shutil
import signal
import sys
import warnings
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from unittest import mock

import pytest

from tests.batch.books import NOW, URL, batch, book, put, tree
from underlag.batch.ledger.decide import Choice
from underlag.batch.ledger.search import all_cases, all_rows, events
from underlag.batch.processes.pool import Results
from underlag.batch.register.database import Database
from underlag.batch.register.store import Register

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="forks and kills as Unix does")

LATER = NOW + timedelta(days=1)
PRODUCER = (("SE162321000156-B3K", "SE162321000156-B99"),)
FAULTY = (("SE162321000156-4HVV |", "SE162321000165-4HVV |"),)
REMOVE = (("| Datum ", "| Åtgärd | Ta bort |\n| Datum "),)
#: Moments that are tried, spread over all writes of the run.
TRIED = 12


def monday(place: Path) -> None:
    """Three workbooks, of which two contradict each other."""
    files = {
        "d.xlsx": book(("GEM", "D1"), region="Dalarna", change=PRODUCER),
        "g.xlsx": book(("GEM", "G1", "G2"), region="Gotland"),
        "v.xlsx": book(("V1", "V2"), region="Värmland"),
    }
    batch(put(place / "måndag", files), place / "ut")


def damage(place: Path) -> None:
    """Lose a package of Monday's, lose a file of another, and change one of the third."""
    packages = {
        region: next((place / "ut").glob(f"{region}-*")) for region in ("Dalarna", "Gotland", "Varmland")
    }
    shutil.rmtree(packages["Dalarna"])
    (packages["Gotland"] / "rapport.html").unlink()
    (packages["Varmland"] / "rapport.html").write_text("Noterat.", encoding="utf-8")


def tuesday(place: Path) -> None:
    """A decision, a correction, a removal, a new conflict, a faulty workbook, duplicates and packages made again."""
    files = {
        "a.xlsx": book(
            ("G1",), region="Gotland", url=URL.replace("tph2", "tph9"), saved="2027-02-01T12:00:00Z"
        ),
        "b.xlsx": book(("V2",), region="Värmland", change=REMOVE),
        "c.xlsx": book(("V1", "H1"), region="Halland"),
        "fel.xlsx": book(("F1", "4HVV"), region="Fel", change=FAULTY),
        "igen.xlsx": book(("V1", "H1"), region="Halland"),
        "qa.xlsx": book(("Q1",), region="Gotland", environment="QA"),
    }
    for name in ("d", "g", "v"):
        files[f"{name}-igen.xlsx"] = (place / f"måndag/{name}.xlsx").read_bytes()
    batch(put(place / "tisdag", files), place / "ut", now=LATER, choices=[Choice(2, "")])


def tuesday_at_once(place: Path) -> None:
    """Tuesday, with all workbooks done at the same time."""
    with mock.patch.object(Results, "together", lambda results: iter([list(results)])):
        tuesday(place)


def choose(place: Path) -> None:
    """A decision alone."""
    batch(put(place / "tom", {}), place / "ut", now=LATER, choices=[Choice(2, "")])


def counted(call: Callable, tick: Callable[[], None]) -> Callable:
    @functools.wraps(call)
    def counting(*args, **more):
        tick()
        return call(*args, **more)

    return counting


def watch(tick: Callable[[], None]) -> None:
    """Call `tick` before everything that changes a file or the register; for a process of its own."""
    for name in ("mkdir", "rename", "replace", "rmdir", "unlink", "write_bytes"):
        setattr(Path, name, counted(getattr(Path, name), tick))
    shutil.rmtree = counted(shutil.rmtree, tick)
    transaction = Database.transaction

    def watched(self):
        tick()
        return transaction(self)

    Database.transaction = watched


def in_child(work: Callable[[], None]) -> int:
    """Run something in a forked process; return its status."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # other threads of pytest hold no lock of ours
        child = os.fork()
    if child == 0:
        try:
            work()
        except BaseException:  # noqa: BLE001 - the test's own machinery must not run on in the child
            os._exit(1)
        os._exit(0)
    return os.waitpid(child, 0)[1]


def kill_before(moment: int, work: Callable[[], None]) -> None:
    """Kill the process of some work before one of its writes."""
    passed = itertools.count(1)

    def tick() -> None:
        if next(passed) == moment:
            os.kill(os.getpid(), signal.SIGKILL)

    def killed() -> None:
        watch(tick)
        work()

    status = in_child(killed)
    assert status in {0, signal.SIGKILL}
    assert (status == 0) <= (moment > 1)


def writes(work: Callable[[], None], place: Path) -> int:
    """Return how many writes some work has."""
    passed = place / "antal"

    def counting() -> None:
        watch(lambda: os.write(file, b"."))
        work()

    file = os.open(passed, os.O_CREAT | os.O_WRONLY | os.O_APPEND)
    assert in_child(counting) == 0
    os.close(file)
    return passed.stat().st_size


def state(place: Path) -> tuple:
    """Return every file of the output folder and what the register shows."""
    with Register(place / "ut/register.sqlite", reading=True) as register:
        return tree(place / "ut"), all_rows(register), all_cases(register), events(register)


@pytest.fixture(scope="module")
def days(tmp_path_factory) -> dict[Callable[[Path], None], tuple[Path, tuple, int]]:
    """Monday's output and, for each later run, what it makes undisturbed and the number of its writes."""
    start = tmp_path_factory.mktemp("start")
    monday(start)
    damage(start)
    found = {}
    for run in (tuesday, tuesday_at_once, choose):
        whole = tmp_path_factory.mktemp("ostörd")
        shutil.copytree(start, whole, dirs_exist_ok=True)
        total = writes(functools.partial(run, whole), tmp_path_factory.mktemp("antal"))
        found[run] = start, state(whole), total
    return found


def moment(share: int, total: int) -> int:
    """Return a moment: shares spread over all writes, and from the end (negative) the last ones."""
    # The last write of all removes the folder for unfinished files: then all is reported.
    return 1 + share * total // TRIED if share >= 0 else total + share


@pytest.mark.parametrize(
    ("run", "share"),
    [
        *((tuesday, at) for at in (*range(TRIED), -1, -2)),
        *((tuesday_at_once, at) for at in range(1, TRIED, 2)),
        *((choose, at) for at in (4, 8, -1)),
    ],
)
def test_run_killed_before_any_write_ends_as_an_undisturbed_one(days, tmp_path, run, share):
    start, undisturbed, total = days[run]
    shutil.copytree(start, tmp_path, dirs_exist_ok=True)

    kill_before(moment(share, total), lambda: run(tmp_path))
    run(tmp_path)

    assert state(tmp_path) == undisturbed
    assert [path.name for path in (tmp_path / "ut").iterdir() if path.name.startswith(".")] == []
