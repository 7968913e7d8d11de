"""Registers that a run refuses: in use, damaged, of another program, not there."""

import errno
import sqlite3
import tempfile
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.batch.books import NOW, batch, tree
from underlag.batch.processes.pool import Pool
from underlag.batch.records.workbooks import Settings
from underlag.batch.register.store import Register, RegisterError
from underlag.batch.run import run_batch
from underlag.cli.main import cli
from underlag.options import Options


def test_two_concurrent_runs_do_not_conflict_in_the_register(tmp_path, inbox):
    with Register(tmp_path / "ut/register.sqlite"), pytest.raises(RegisterError, match="annan körning"):
        batch(inbox, tmp_path / "ut")


def test_two_runs_with_registers_of_their_own_do_not_meet_in_the_output_folder(tmp_path, inbox):
    stopped = []

    def run(register: str, progress, out: str = "ut") -> None:
        with Pool(Settings(Options(now=NOW)), 0) as pool:
            run_batch([inbox], tmp_path / out, pool, register=tmp_path / register, progress=progress)

    def second(*_: object) -> None:
        with pytest.raises(RegisterError, match="annan körning"):
            run("annat.sqlite", lambda *_: None)
        stopped.append(True)

    Register(tmp_path / "annat.sqlite").connection.close()
    run("första.sqlite", second)
    (tmp_path / "första.sqlite").rename(tmp_path / "flyttad.sqlite")
    run("första.sqlite", lambda *_: None, "ostörd")

    assert stopped == [True, True]
    assert tree(tmp_path / "ut") == tree(tmp_path / "ostörd")


@pytest.mark.parametrize("content", [b"skrot" * 500, b"SQLite format 3\0" + b"\xff" * 5000])
def test_damaged_register_is_reported_and_not_written_over(tmp_path, inbox, content):
    (tmp_path / "ut").mkdir()
    (tmp_path / "ut/register.sqlite").write_bytes(content)

    with pytest.raises(RegisterError):
        batch(inbox, tmp_path / "ut")

    assert (tmp_path / "ut/register.sqlite").read_bytes() == content


@pytest.mark.parametrize(
    "damage",
    [
        "name = CAST(x'ff' AS TEXT)",
        "counts = '['",
        "state = 'klr'",
        "made_at = '2027-13-01'",
        "told_at = 'x'",
        "folder = CAST(x'ff' AS TEXT)",
    ],
)
def test_register_with_damaged_rows_is_reported(tmp_path, inbox, damage):
    batch(inbox, tmp_path / "ut")
    path = tmp_path / "ut/register.sqlite"
    with sqlite3.connect(path) as database:
        database.execute(f"UPDATE made SET {damage}")  # noqa: S608 - our own words
    database.close()

    with pytest.raises(RegisterError, match="är skadat"):
        batch(inbox, tmp_path / "ut")
    shown = CliRunner().invoke(cli, ["register", str(path)])
    assert (shown.exit_code, "är skadat" in shown.output) == (1, True)


def test_another_programs_database_is_refused(tmp_path, inbox):
    (tmp_path / "ut").mkdir()
    with sqlite3.connect(tmp_path / "ut/register.sqlite") as other:
        other.execute("CREATE TABLE made (x)")
    other.close()

    with pytest.raises(RegisterError, match="inget register"):
        batch(inbox, tmp_path / "ut")


def test_folder_without_a_register_is_reported(tmp_path):
    result = CliRunner().invoke(cli, ["register", str(tmp_path)])

    assert result.exit_code == 1
    assert "register.sqlite finns inte. Ange katalogen som kundservice skrev i" in result.output
    assert list(tmp_path.iterdir()) == []


def _deny(monkeypatch, modes: tuple[str, ...], number: int = errno.EACCES) -> None:
    """Let SQLite refuse the register, and the operating system its file in these modes ('' for its folder)."""

    def refuse(*_: object, **__: object):
        raise OSError(number, "refused")

    def connect(*_: object, **__: object):
        raise sqlite3.OperationalError("unable to open database file")

    real = Path.open
    monkeypatch.setattr(sqlite3, "connect", connect)
    monkeypatch.setattr(
        Path,
        "open",
        lambda path, mode="r", *more, **options: (
            refuse()
            if mode in modes and path.name == "register.sqlite"
            else real(path, mode, *more, **options)
        ),
    )
    if "" in modes:
        monkeypatch.setattr(tempfile, "TemporaryFile", refuse)


@pytest.mark.parametrize(
    ("denied", "said"),
    [
        ((("rb", "r+b"), errno.EACCES), "kan inte läsas: åtkomst nekas. Be den som äger mappen"),
        ((("r+b",), errno.EACCES), "kan inte ändras: åtkomst nekas. Be den som äger mappen"),
        ((("r+b",), errno.EROFS), "kan inte ändras: disken kan bara läsas. Be den som sköter disken"),
        ((("",), errno.EACCES), "kan inte skrivas i mappen"),
        (((), errno.EACCES), "gick inte att öppna. Kör igen."),
    ],
)
def test_refused_access_to_the_register_is_named(tmp_path, inbox, monkeypatch, denied, said):
    batch(inbox, tmp_path / "ut")
    _deny(monkeypatch, *denied)

    with pytest.raises(RegisterError) as refused:
        batch(inbox, tmp_path / "ut")

    assert said in str(refused.value)


def test_a_register_in_a_folder_that_nobody_may_write_in_is_reported(tmp_path, inbox, monkeypatch):
    _deny(monkeypatch, ("",))

    with pytest.raises(RegisterError) as refused:
        batch(inbox, tmp_path / "ut")

    assert f"kan inte skrivas i mappen {tmp_path / 'ut'}: åtkomst nekas. Be den" in str(refused.value)


@pytest.mark.parametrize("damage", ["counts = '3'", "files = '[[1]]'", "files = '[3]'"])
def test_rows_with_values_of_another_form_are_damage(tmp_path, inbox, damage):
    batch(inbox, tmp_path / "ut")
    with sqlite3.connect(tmp_path / "ut/register.sqlite") as database:
        database.execute(f"UPDATE made SET {damage}")  # noqa: S608 - our own words
    database.close()

    with pytest.raises(RegisterError, match="är skadat"):
        batch(inbox, tmp_path / "ut")


def test_fault_of_the_program_is_no_damage_of_the_register(tmp_path):
    with (
        Register(tmp_path / "register.sqlite") as register,
        pytest.raises(AttributeError),
        register.transaction() as database,
    ):
        database.execute("SELECT 1").fetchone().missing()  # type: ignore[union-attr]


def test_messages_of_sqlite_are_not_shown(tmp_path):
    with Register(tmp_path / "register.sqlite") as register, pytest.raises(RegisterError) as refused:
        register.query("SELECT missing FROM made")

    assert str(refused.value) == (
        f"Registret {tmp_path / 'register.sqlite'} gick inte att använda (SQLITE_ERROR). Kör igen."
    )
