import pytest
from click.testing import CliRunner

import underlag
from underlag.cli.main import cli

NAME = "Underlag för TAKning Intygstjänster NTjP PROD-LiV.xlsx"
ASKED = ["mall", "--miljo", "PROD", "--region", "LiV"]


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*words):
    return CliRunner().invoke(cli, list(words))


def test_file_gets_the_name_of_the_profile(here):
    result = run(*ASKED)

    assert (result.exit_code, result.output) == (0, f"Skrev {NAME}\n")
    assert [path.name for path in here.iterdir()] == [NAME]
    assert underlag.read(here / NAME).underlag.environment == "PROD"


def test_no_room_for_temporary_files_is_needed(here, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(here / "missing"))

    assert run(*ASKED).exit_code == 0


def test_other_file_folder_and_profile(here):
    assert run(*ASKED, "--ut", "ny/katalog").exit_code == 0
    assert run(*ASKED, "--ut", "annan.xlsx").exit_code == 0
    assert run(*ASKED, "--profil", "bulktakning").exit_code == 0

    assert {path.relative_to(here).as_posix() for path in here.rglob("*.xlsx")} == {
        f"ny/katalog/{NAME}",
        "annan.xlsx",
        "BulkTAKning e-remiss NTjP PROD-LiV.xlsx",
    }


def test_nothing_is_written_over_unasked(here):
    (here / NAME).write_text("mitt")

    refused = run(*ASKED)
    before = (here / NAME).read_text()
    replaced = run(*ASKED, "--skriv-over")

    assert (refused.exit_code, before) == (2, "mitt")
    assert "finns redan" in refused.output
    assert replaced.exit_code == 0
    assert [path.name for path in here.iterdir()] == [NAME]
    assert (here / NAME).read_bytes().startswith(b"PK")


def test_same_moment_gives_the_same_bytes(here):
    for folder in ("a", "b"):
        run(*ASKED, "--tidpunkt", "2027-02-01T09:00", "--ut", folder)

    assert (here / "a" / NAME).read_bytes() == (here / "b" / NAME).read_bytes()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--miljo", "UTBILDNING", "--region", "LiV"), "Välj bland: PROD, QA"),
        (("--miljo", "PROD", "--region", "a/b"), "går inte att använda i ett filnamn"),
        (("--miljo", "PROD", "--region", "LiV", "--profil", "x"), "Välj bland: bulktakning, intygstjanster"),
        (("--miljo", "PROD", "--region", "LiV", "--ut", "a.txt"), "slutar inte på .xlsx"),
        (("--region", "LiV"), "--miljo"),
    ],
)
def test_wrong_usage_is_reported_in_swedish(here, words, said):
    result = run("mall", *words)

    assert result.exit_code == 2
    assert said in result.output
    assert list(here.iterdir()) == []


def test_a_place_that_cannot_be_written_is_an_error_without_traceback(here):
    (here / "fil").write_text("en fil")

    result = run(*ASKED, "--ut", "fil/under")

    assert result.exit_code == 1
    assert "gick inte att skriva" in result.output
