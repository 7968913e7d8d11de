"""The notes of `underlag register` at a full disk, a kill or a pipe: the whole note, or none."""

import itertools
import os
import sqlite3
import sys

import pytest
from click.testing import CliRunner

from tests.batch.books import batch, book, put
from underlag.batch.register.store import Register
from underlag.cli.main import cli

pytestmark = pytest.mark.usefixtures("one_process")

NOW = ("--tidpunkt", "2027-02-01T09:00")
#: Each note, and those that it needs before it.
NOTES = {"inlast": (), "angra": ("inlast",)}
needs_fork = pytest.mark.skipif(not hasattr(os, "fork"), reason="the test kills a copy of this process")


def run(name, place):
    return CliRunner().invoke(cli, ["register", name, str(place), "0001", *NOW], catch_exceptions=False)


@pytest.fixture(params=NOTES)
def note(request, tmp_path):
    batch(put(tmp_path / "in", {"a.xlsx": book()}), tmp_path / "klart")
    for earlier in NOTES[request.param]:
        assert run(earlier, tmp_path / "klart").exit_code == 0
    return request.param, tmp_path / "klart"


def noted(place):
    """Return the states of the loads and what is noted about them."""
    with Register(place / "register.sqlite", reading=True) as register:
        states = register.query("SELECT number, state FROM loads ORDER BY number")
        return states, register.query("SELECT count(*) FROM events")


@pytest.fixture
def before(note):
    return noted(note[1])


class Stopped(sqlite3.Connection):
    """A connection that stops before one of its statements that change the register."""

    number = 0
    stop = None
    passed = itertools.count(1)

    def execute(self, statement, *values):
        if (
            statement.startswith(("BEGIN IMM", "INSERT", "UPDATE", "COMMIT"))
            and next(self.passed) == self.number
        ):
            type(self).stop()
        return super().execute(statement, *values)


def stopping(monkeypatch, number, stop):
    connect = sqlite3.connect

    class Counting(Stopped):
        passed = itertools.count(1)

    Counting.number, Counting.stop = number, staticmethod(stop)
    monkeypatch.setattr(
        sqlite3, "connect", lambda *args, **more: connect(*args, **{**more, "factory": Counting})
    )


def full():
    raise sqlite3.OperationalError("database or disk is full")


def test_a_full_disk_at_any_statement_is_reported_and_notes_nothing(note, before, monkeypatch):
    name, place = note
    refused = 0
    for number in range(1, 40):
        with monkeypatch.context() as patch:
            stopping(patch, number, full)
            result = run(name, place)
        if result.exit_code == 0:
            break
        refused += 1
        assert result.exit_code == 1
        assert "disken är full" in result.output
        assert "är noterad" not in result.output
        assert noted(place) == before
    assert refused >= 3
    assert noted(place) != before


@needs_fork
def test_a_kill_at_any_statement_leaves_the_note_or_none(note, before, monkeypatch):
    name, place = note
    killed = 0
    for number in range(1, 40):
        child = os.fork()
        if child == 0:
            stopping(monkeypatch, number, lambda: os._exit(9))
            os._exit(run(name, place).exit_code)
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        if status == 0:
            break
        assert status == 9
        killed += 1
        assert noted(place) == before
    assert killed >= 3
    assert noted(place) != before


@pytest.mark.skipif(sys.platform != "linux", reason="needs a disk that is always full")
def test_output_to_a_full_disk_does_not_undo_the_note(note, before):
    name, place = note
    child = os.fork()
    if child == 0:
        sys.stdout = open("/dev/full", "w", encoding="utf-8")  # noqa: SIM115, PTH123 - closed with the process
        from underlag.cli import main  # noqa: PLC0415 - in the child alone

        sys.argv = ["underlag", "register", name, str(place), "0001", *NOW]
        try:
            main.main()
        except SystemExit as end:
            os._exit(int(end.code or 0))
        os._exit(7)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 1
    assert noted(place) != before


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="the system has no pipes")
@pytest.mark.parametrize("name", NOTES)
def test_a_pipe_instead_of_a_register_is_refused_at_once(tmp_path, name):
    os.mkfifo(tmp_path / "direkt")
    (tmp_path / "mapp").mkdir()
    os.mkfifo(tmp_path / "mapp/register.sqlite")

    direct, within = run(name, tmp_path / "direkt"), run(name, tmp_path / "mapp")

    assert (direct.exit_code, within.exit_code) == (2, 1)
    assert "ingen vanlig fil" in direct.output
    assert "finns inte" in within.output
