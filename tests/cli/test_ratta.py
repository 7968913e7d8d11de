"""`underlag ratta`: changes, questions and rejections."""

from pathlib import Path

import pytest
from click.testing import CliRunner
from openpyxl import load_workbook

from tests.support.tables import NAME, ORDER_SHEET, STANDARD, workbook
from underlag.cli.main import cli

FAULTY = (STANDARD + ORDER_SHEET).replace("SE162321000156-4HVV", "SE162321000165-4HVV")
ROWS = "Webcert -> Vårdsystem", "Intygstjänsten -> Webcert"


def run(*arguments: object, answers: str = ""):
    return CliRunner().invoke(
        cli, ["ratta", *map(str, arguments), "--tidpunkt", "2027-02-01T09:00"], input=answers
    )


@pytest.fixture
def faulty(tmp_path) -> Path:
    path = tmp_path / NAME
    path.write_bytes(workbook(FAULTY))
    return path


def test_all_suggestions_give_a_workbook_without_errors(faulty, tmp_path):
    target = tmp_path / "rattad.xlsx"

    result = run(faulty, "--alla-forslag", "-o", target)

    assert result.exit_code == 0, result.output
    book = load_workbook(target)
    assert [book[sheet]["F3" if sheet == ROWS[0] else "E3"].value for sheet in ROWS] == [
        "SE162321000156-4HVV"
    ] * 2
    assert book.sheetnames[0] == "Rättningar"
    assert [cell.value for cell in book["Rättningar"][5]] == [
        ROWS[0],
        "F3",
        "SE162321000165-4HVV",
        "SE162321000156-4HVV",
    ]


def test_without_the_option_each_suggestion_is_asked_about_once(faulty, tmp_path):
    target = tmp_path / "rattad.xlsx"

    result = run(faulty, "-o", target, answers="nej\n")

    assert "cell F3 och 1 till" in result.output
    assert result.exit_code == 1
    assert not target.exists()
    assert run(faulty, "-o", target, answers="alla\n").exit_code == 0


def test_no_answer_is_wrong_usage(faulty, tmp_path):
    result = run(faulty, "-o", tmp_path / "rattad.xlsx")

    assert result.exit_code == 2
    assert "--alla-forslag" in result.output


def test_a_text_of_ones_own_is_written_into_a_cell(faulty, tmp_path):
    target = tmp_path / "rattad.xlsx"

    result = run(faulty, "--cell", "Beställning!B3=2027-03-08", "-o", target)

    assert result.exit_code == 1
    assert load_workbook(target)["Beställning"]["B3"].value == "2027-03-08"
    assert load_workbook(target)[ROWS[0]]["F3"].value == "SE162321000165-4HVV"


@pytest.mark.parametrize("cell", ["B3=x", "Beställning!B=x", "Beställning!B0=x", "x"])
def test_a_cell_of_another_form_is_wrong_usage(cell, faulty, tmp_path):
    result = run(faulty, "--cell", cell, "-o", tmp_path / "rattad.xlsx")

    assert result.exit_code == 2
    assert "FLIK!CELL=TEXT" in result.output


def test_a_missing_sheet_is_skipped(faulty, tmp_path):
    result = run(faulty, "--cell", "Finns inte!B3=x", "-o", tmp_path / "rattad.xlsx")

    assert "Orörd: flik Finns inte, cell B3" in result.output
    assert not (tmp_path / "rattad.xlsx").exists()


def test_another_format_is_refused_with_what_to_do(tmp_path):
    path = tmp_path / NAME.replace("xlsx", "ods")
    path.write_bytes(workbook(FAULTY, format="ods"))

    result = run(path, "--alla-forslag", "-o", tmp_path / "rattad.xlsx")

    assert result.exit_code == 1
    assert "Spara som" in result.output


def test_a_name_with_another_ending_is_wrong_usage(faulty, tmp_path):
    result = run(faulty, "--alla-forslag", "-o", tmp_path / "rattad.ods")

    assert result.exit_code == 2
    assert ".xlsx" in result.output


def test_the_workbook_itself_is_never_written_over(faulty):
    before = faulty.read_bytes()

    result = run(faulty, "--alla-forslag", "-o", faulty, "--skriv-over")

    assert result.exit_code == 2
    assert faulty.read_bytes() == before


def test_a_right_workbook_is_not_written(tmp_path):
    path = tmp_path / NAME
    path.write_bytes(workbook(STANDARD + ORDER_SHEET))

    result = run(path, "--alla-forslag", "-o", tmp_path / "rattad.xlsx")

    assert result.exit_code == 0
    assert not (tmp_path / "rattad.xlsx").exists()


def test_answers_may_be_initials_and_look_alikes_are_named(tmp_path):
    path, target = tmp_path / NAME, tmp_path / "rattad.xlsx"
    path.write_bytes(
        workbook((STANDARD + ORDER_SHEET).replace("SE162321000156-4HVV", "S\u0415162321000156-4HVV"))
    )

    assert not run(path, "-o", target, answers="n\n" * 9).output.count("Skrev")
    said = run(path, "-o", target, answers="J\n" * 9).output

    assert "Rättad: " in said
    assert "S‹kyrilliskt E›162321000156-4HVV -> SE162321000156-4HVV" in said.partition("Rättad: ")[2]


@pytest.mark.parametrize(("cell", "named"), [("G4", True), ("G3", False)])
def test_the_comment_on_a_corrected_cell_is_named(cell, named, tmp_path):
    last = "|  |  |  |  |  | SE162321000156-4HVX | Vårdcentralen Gripen |"
    text = (STANDARD + ORDER_SHEET).replace(last, f"{last}\n! note G4 Byter namn i maj", 1)
    path = tmp_path / NAME
    path.write_bytes(workbook(text))

    result = run(path, "-o", tmp_path / "ut.xlsx", "--cell", f"Webcert -> Vårdsystem!{cell}=Gripen Nord")

    assert ("är kvar: ”Byter namn i maj”" in result.output) == named


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"", "FIL004"), (b"Namn;HSA-ID\r\n", "FIL001"), (workbook(FAULTY)[:3000], "FIL002")],
)
@pytest.mark.parametrize("asked", [("--alla-forslag",), ("--cell", "Beställning!B3=2027-11-15")])
def test_a_file_that_cannot_be_read_is_explained(tmp_path, content, code, asked):
    source, target = tmp_path / NAME, tmp_path / "rattad.xlsx"
    source.write_bytes(content)

    result = run(source, *asked, "-o", target)

    assert result.exit_code == 1
    assert f"FEL {code}" in result.output
    assert result.output.endswith("Inget rättades, så ingen fil skrevs.\n")
    assert not target.exists()
