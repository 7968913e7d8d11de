"""A run that was interrupted or killed goes on, at the next run, as if it had not been disturbed."""

import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.batch.books import NOW, batch, book, put, tree
from underlag.batch.processes.pool import Pool
from underlag.batch.records.workbooks import Settings, State
from underlag.batch.register.store import Register
from underlag.batch.run import run_batch
from underlag.options import Options


class PowerCut(BaseException):
    """Ends the run immediately."""


def cut_at_renaming(stops, inbox, out, monkeypatch):
    """Run a batch until `stops`, given the path and the target of a renaming, is true."""
    real = Path.rename

    def cut(path: Path, target: Path) -> Path:
        if stops(path, target):
            raise PowerCut
        return real(path, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "rename", cut)
        with pytest.raises(PowerCut):
            batch(inbox, out)


@pytest.mark.parametrize("moment", [1, 2, 3, 4, 5, 6])
def test_run_cut_at_any_renaming_goes_on_as_if_undisturbed(tmp_path, inbox, monkeypatch, moment):
    put(inbox, {"fel.xlsx": book(("F1", "4HVV"), region="Fel", change=(("156-4HVV |", "165-4HVV |"),))})
    count = []

    def is_moment(path: Path, _target: Path) -> bool:
        if any(part.startswith(".underlag") for part in path.parts):
            count.append(path)
        return len(count) == moment

    cut_at_renaming(is_moment, inbox, tmp_path / "ut", monkeypatch)
    batch(inbox, tmp_path / "ut")
    batch(inbox, tmp_path / "ostörd")

    assert tree(tmp_path / "ut") == tree(tmp_path / "ostörd")
    assert [p.name for p in (tmp_path / "ut").iterdir() if p.name.startswith(".")] == []


def test_what_a_process_of_a_killed_run_still_writes_is_in_nobodys_way(tmp_path, inbox, monkeypatch):
    staged = []

    def is_published(path: Path, target: Path) -> bool:
        if target.parent == tmp_path / "ut":
            staged.append(path)
        return bool(staged)

    cut_at_renaming(is_published, inbox, tmp_path / "ut", monkeypatch)

    def write_late(_done: int, _total: int, _name: str) -> None:
        (folder,) = staged
        for number in range(3):
            put(folder.with_name(str(number)), {"rapport.html": b"late"})

    with Pool(Settings(Options(now=NOW)), 0) as pool:
        again = run_batch(
            [inbox], tmp_path / "ut", pool, register=tmp_path / "ut/register.sqlite", progress=write_late
        )
    batch(inbox, tmp_path / "ostörd")

    assert [one.state for one in again.workbooks] == [State.DONE, State.DONE]
    assert tree(tmp_path / "ut") == tree(tmp_path / "ostörd")
    assert [p.name for p in (tmp_path / "ut").iterdir() if p.name.startswith(".")] == []


@pytest.mark.skipif(sys.platform == "win32", reason="kills as Unix does")
@pytest.mark.parametrize("packages", [0, 1, 5])
def test_killed_run_goes_on_as_if_undisturbed(tmp_path, packages):
    inbox = put(tmp_path / "in", {f"{n:02}.xlsx": book((f"A{n}1",), region=f"R{n:02}") for n in range(8)})
    command = [sys.executable, "-m", "underlag", "kundservice", str(inbox), "--ut", str(tmp_path / "ut")]
    command += ["--tidpunkt", NOW.isoformat(), "--processer", "2"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    while len(list((tmp_path / "ut").glob("R*"))) < packages or not (tmp_path / "ut").exists():
        if process.poll() is not None:  # it was faster than this loop
            break
        time.sleep(0.001)
    process.kill()
    process.wait()

    finished = subprocess.run(command, stdout=subprocess.DEVNULL, check=False)
    batch(inbox, tmp_path / "ostörd")

    assert finished.returncode == 0
    assert tree(tmp_path / "ut") == tree(tmp_path / "ostörd")
    assert rows(tmp_path / "ut") == rows(tmp_path / "ostörd")


def rows(out: Path) -> list[tuple]:
    with Register(out / "register.sqlite", reading=True) as register:
        return [(m.name, m.sha256, m.state, m.counts, m.files, m.folder.name) for m in register.all_records()]
