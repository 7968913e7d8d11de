"""`--hsa-lista` on the command line."""

import json

import pytest
from click.testing import CliRunner

from tests.support.tables import NAME, ORDER_SHEET, STANDARD, workbook
from underlag.cli.main import cli

GOOD = "HSA-ID;Namn\nSE162321000156-4HVT;Tolkcentralen Värmland\n"


@pytest.fixture
def book(tmp_path):
    path = tmp_path / NAME
    path.write_bytes(workbook(STANDARD + ORDER_SHEET))
    return path


def run(*arguments):
    return CliRunner().invoke(cli, [*map(str, arguments), "--tidpunkt", "2027-01-15T10:00"])


def saved(tmp_path, text):
    path = tmp_path / "hsa.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_validera_looks_the_units_up(tmp_path, book):
    result = run("validera", book, "--hsa-lista", saved(tmp_path, GOOD), "--format", "json")
    codes = [found["kod"] for found in json.loads(result.stdout)["fynd"]]

    assert result.exit_code == 0
    assert codes.count("HSA030") == 4


def test_bestall_says_so_in_its_report(tmp_path, book):
    result = run("bestall", book, "--ut", tmp_path / "paket", "--hsa-lista", saved(tmp_path, GOOD))
    report = json.loads((tmp_path / "paket" / "rapport.json").read_bytes())

    assert result.exit_code == 0
    assert {found["kod"] for found in report["fynd"]} == {"HSA030", "HSA032"}


@pytest.mark.parametrize("command", ["validera", "bestall"])
def test_a_list_that_cannot_be_used_ends_with_a_sentence(tmp_path, book, command):
    more = ["--ut", tmp_path / "paket"] if command == "bestall" else []
    result = run(command, book, *more, "--hsa-lista", saved(tmp_path, "Kund;Namn\n1;A\n"))

    assert result.exit_code == 1
    assert "ingen kolumn med rubriken HSA-ID" in result.stderr
    assert "och kör igen." in result.stderr
    assert result.stdout == ""
    assert not (tmp_path / "paket").exists()


def test_a_list_that_does_not_exist_is_wrong_usage(book):
    assert run("validera", book, "--hsa-lista", "saknas.csv").exit_code == 2
