"""Each command that writes, at a disk that fails at each of its steps: a sentence, and nothing half done."""

import errno
import os
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.batch.books import batch, book, put
from tests.documents.examples import files_below
from tests.support.disk_faults import stopped_at
from underlag.cli.main import cli

EXPORT = Path(__file__).resolve().parents[2] / "sample_data" / "takdump_ntjp_prod.json"
COMMANDS = {
    "bestall": ("bok.xlsx", "--ut", "ut/paket"),
    "validera": ("bok.xlsx", "--format", "html", "--ut", "ut/fynd.html"),
    "jamfor": ("bok.xlsx", "--tak", EXPORT, "--format", "json", "--ut", "ut/skillnad.json"),
    "ratta": ("bok.xlsx", "--cell", "Webcert -> Vårdsystem!G2=Tolken", "-o", "ut/rattad.xlsx"),
    "mall": ("--miljo", "PROD", "--region", "LiV", "--ut", "ut/mall.xlsx"),
    "folj-upp": ("paket", "--tak", EXPORT, "--format", "json", "--ut", "ut/drift.json"),
    "register": ("exportera", "klart", "--ut", "ut/rader.csv"),
}
NOW = ("--tidpunkt", "2027-02-01T09:00")


def run(name, folder):
    arguments = [str(folder / one) if str(one).startswith("ut/") else str(one) for one in COMMANDS[name]]
    now = () if name == "register" else NOW
    return CliRunner().invoke(cli, [name, *arguments, *now], catch_exceptions=False)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "bok.xlsx").write_bytes(book())
    batch(put(tmp_path / "in", {"a.xlsx": book()}), tmp_path / "klart")
    shutil.rmtree(tmp_path / "in")
    CliRunner().invoke(cli, ["bestall", "bok.xlsx", "--ut", "paket", *NOW])
    return tmp_path


def fail(code):
    def step():
        raise OSError(code, os.strerror(code))

    return step


@pytest.mark.parametrize("name", COMMANDS)
@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EACCES, errno.EROFS, errno.EXDEV])
def test_a_disk_that_fails_at_any_step_is_reported_and_nothing_is_left(folder, name, code):
    """A failure of a step that only tidies up may pass unnoticed; then the result is whole."""
    assert run(name, folder).exit_code in {0, 1}
    whole = files_below(folder / "ut")
    before = files_below(folder)
    assert whole
    refused = 0
    for number in range(1, 100):
        shutil.rmtree(folder / "ut", ignore_errors=True)
        with stopped_at(number, fail(code), within=str(folder / "ut")) as passed:
            result = run(name, folder)
        left = files_below(folder / "ut") if (folder / "ut").exists() else {}
        if "Fel: " in result.output:
            refused += 1
            assert result.exit_code == 1
            assert "gick inte att skriva" in result.output
            assert left == {}
        else:
            assert sorted(left) == sorted(whole)
        if len(passed) < number:
            break
    assert refused >= 2
    assert number < 99
    assert files_below(folder) == before
