"""Two people with one output folder: the second one waits, and the results of both are whole."""

import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.batch.books import NOW, batch, book, put
from underlag.batch.register.store import Register
from underlag.cli.main import cli

ROOT = Path(__file__).resolve().parents[3]


def begin(inbox: Path, out: Path, *more: str) -> subprocess.Popen:
    command = [
        sys.executable,
        "-m",
        "underlag",
        "kundservice",
        str(inbox),
        "--ut",
        str(out),
        "--processer",
        "1",
    ]
    return subprocess.Popen(
        [*command, "--tidpunkt", NOW.isoformat(), *more],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )


def test_two_whole_runs_at_once_take_turns_and_both_results_are_whole(tmp_path):
    first = put(tmp_path / "a", {f"{n}.xlsx": book((f"A{n}",), region=f"A{n}") for n in range(6)})
    second = put(tmp_path / "b", {f"{n}.xlsx": book((f"B{n}",), region=f"B{n}") for n in range(6)})

    runs = [begin(inbox, tmp_path / "ut") for inbox in (first, second)]
    said = [run.communicate(timeout=600) for run in runs]

    assert [run.returncode for run in runs] == [0, 0]
    assert sum("Väntar i högst 600 sekunder" in errors for _, errors in said) <= 1
    with Register(tmp_path / "ut/register.sqlite", reading=True) as register:
        assert register.query("SELECT count(*), count(DISTINCT load) FROM rows WHERE load > 0") == [
            (12 * 2 + 2, 2)
        ]
        assert register.query("SELECT count(*) FROM runs WHERE told_at != ''") == [(2,)]
    ordered = b"".join(
        path.read_bytes() for path in (tmp_path / "ut/inlasningar").glob("*/tak/bestallning-*.json")
    )
    assert all(f"SE162321000156-{who}{n}".encode() in ordered for who in "AB" for n in range(6))
    packages = {path.parent.name[:2] for path in (tmp_path / "ut").glob("*/rapport.json")}
    assert packages == {f"{who}{n}" for who in "AB" for n in range(6)}


def test_run_that_waits_in_vain_says_so_and_changes_nothing(tmp_path):
    inbox = put(tmp_path / "in", {"a.xlsx": book(("A1",))})
    batch(inbox, tmp_path / "ut")
    before = (tmp_path / "ut/register.sqlite").read_bytes()
    with Register(tmp_path / "ut/register.sqlite"):
        run = begin(inbox, tmp_path / "ut", "--vanta", "1")
        _, errors = run.communicate(timeout=600)

    assert run.returncode == 1
    assert "Väntar i högst 1 sekund" in errors
    assert "används av en annan körning" in " ".join(errors.split())
    assert (tmp_path / "ut/register.sqlite").read_bytes() == before


@pytest.mark.parametrize("arguments", [("sok", "LiV"), ("handelser",), ("inlast", "0001"), ("visa",)])
def test_register_commands_wait_for_a_run_and_say_so(tmp_path, monkeypatch, arguments):
    batch(put(tmp_path / "in", {"a.xlsx": book(("A1",))}), tmp_path / "ut")
    running = Register(tmp_path / "ut/register.sqlite")
    said = []

    def end_the_run(text: str) -> None:
        said.append(text)
        running.connection.close()

    monkeypatch.setattr("underlag.cli.shared.register_file.say", end_the_run)
    command, *more = arguments
    result = CliRunner().invoke(cli, ["register", command, str(tmp_path / "ut"), *more])

    assert (result.exit_code, len(said)) == (0, 1), result.output
    assert "Väntar i högst 60 sekunder" in said[0]


def test_register_that_is_being_read_lets_a_run_wait(tmp_path):
    batch(put(tmp_path / "in", {"a.xlsx": book(("A1",))}), tmp_path / "ut")
    reading = Register(tmp_path / "ut/register.sqlite", reading=True)

    with Register(tmp_path / "ut/register.sqlite", wait=30, waiting=reading.connection.close) as register:
        assert register.has_ledger
