"""`underlag kolumner` and --kolumn: meanings, open questions, and answers."""

import pytest
from click.testing import CliRunner

from tests.support.tables import NAME, ORDER_SHEET, STANDARD, workbook
from underlag.cli.main import cli

HEADER = "| Logisk adressat (HSAID) | Namn |"
TEXT = (STANDARD + ORDER_SHEET).replace(HEADER, f"{HEADER} Noterat |", 1)
TEXT = TEXT.replace("| Vårdcentralen Rud |", "| Vårdcentralen Rud | utgår |", 1)
NOW = ["--tidpunkt", "2027-01-15T10:00"]


@pytest.fixture
def path(tmp_path):
    """Return a workbook with a question."""
    found = tmp_path / NAME
    found.write_bytes(workbook(TEXT))
    return found


def run(*words):
    return CliRunner().invoke(cli, [*map(str, words), *NOW])


def test_columns_are_listed_with_what_is_open(path):
    result = run("kolumner", path)

    assert result.exit_code == 1
    assert "kolumn F ”Logisk adressat (HSAID)”: logisk adressat" in result.output
    assert "? värde H3 ”utgår”: texten säger att raden inte ska beställas (FLI037)" in result.output
    assert '"Webcert -> Vårdsystem!H3: utgår" = "utan"' in result.output


def test_the_printed_lines_answer_the_questions(path):
    lines = run("kolumner", path).output.partition("Svara i bestallning.toml:")[2]
    answers = path.with_name("svar.toml")
    answers.write_text(lines, encoding="utf-8")

    assert run("kolumner", path, "--bestallning", answers).exit_code == 0
    result = run("validera", path, "--bestallning", answers)
    assert result.exit_code == 0
    assert "FLI057 Svar som användes: Ur svar.toml: ”Webcert -> Vårdsystem!H3: utgår” = ”utan”." in " ".join(
        result.output.split()
    )


def test_an_option_says_what_a_column_means(path):
    assert run("validera", path).exit_code == 1
    result = run("validera", path, "--kolumn", "Noterat=bortse")
    assert result.exit_code == 0
    assert "Kan beställas" in result.output


@pytest.mark.parametrize("text", ["Noterat", "=bortse", "Noterat="])
def test_an_option_without_both_parts_is_wrong_usage(path, text):
    result = run("validera", path, "--kolumn", text)

    assert result.exit_code == 2
    assert "Ska TAKas=tas med" in result.output


def test_an_unknown_column_lists_the_existing_ones(path):
    result = run("validera", path, "--kolumn", "Noteratt=bortse")

    assert result.exit_code == 1
    assert "”Noterat”" in result.output


def test_sheet_of_an_earlier_correction_has_no_columns_to_understand(tmp_path):
    book, target = tmp_path / NAME, tmp_path / "rattad.xlsx"
    book.write_bytes(workbook((STANDARD + ORDER_SHEET).replace("4HVV", "4HVV;")))
    run("ratta", book, "--alla-forslag", "-o", target)

    lines = run("kolumner", target).output.splitlines()

    assert lines[lines.index("Rättningar: läses inte") + 1 :][:1] in ([], [""])
