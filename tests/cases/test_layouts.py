"""Workbooks laid out quite otherwise, each brought to right orders by bestallning.toml alone."""

import pytest
from click.testing import CliRunner

from tests.cases.layouts import (
    LAYOUTS,
    ONE_TABLE,
    ONE_TABLE_ANSWERS,
    SHEETS,
    URL,
    errors_and_warnings,
    placed,
)
from tests.checks.examine import examine, verdict
from tests.support.tables import NAME, ORDER_SHEET, STANDARD, workbook
from underlag.cli.main import cli
from underlag.documents.account import answer_lines

#: A name that says nothing, and the name that the guide asks for.
NAMES = ("Anslutning Webcert.xlsx", NAME)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(("text", "answers"), LAYOUTS.values(), ids=LAYOUTS)
def test_any_layout_gives_the_same_orders_with_answers(tmp_path, text, answers, name):
    path = tmp_path / "svar.toml"
    path.write_text(answers, encoding="utf-8")
    before = examine(text + ORDER_SHEET, name=name)
    checked = examine(text + ORDER_SHEET, name=name, order_file=path)

    assert before.blocked
    assert errors_and_warnings(checked) == []
    assert placed(checked) == placed(examine(STANDARD + ORDER_SHEET))


@pytest.mark.parametrize(("text", "answers"), LAYOUTS.values(), ids=LAYOUTS)
def test_the_sheets_are_proposed_by_what_they_hold(text, answers):
    lines = answer_lines(examine(text + ORDER_SHEET).account)
    proposed = [line for line in lines if "->" in line and not line.startswith("#")]

    assert proposed
    assert all(line in answers for line in proposed)


def test_columns_of_a_sheet_that_is_not_read_are_listed(tmp_path):
    path = tmp_path / "Anslutning.xlsx"
    path.write_bytes(workbook(ONE_TABLE + ORDER_SHEET))
    result = CliRunner().invoke(cli, ["kolumner", str(path), "--tidpunkt", "2027-01-15T10:00"])

    assert result.exit_code == 1
    assert "TAKning 2027: läses inte" in result.output
    assert "kolumn E ”Svarsadress”: inte förstådd" in result.output
    assert "FLI001 Fliken ”Webcert -> Vårdsystem” saknas." in result.output
    assert f'"TAKning 2027" = [{SHEETS}]' in result.output


def test_columns_may_be_answered_before_their_sheet_is(tmp_path):
    path = tmp_path / "svar.toml"
    path.write_text("".join(ONE_TABLE_ANSWERS.partition("[kolumner]")[1:]), encoding="utf-8")
    checked = examine(ONE_TABLE + ORDER_SHEET, order_file=path)

    assert "FIL017" not in {f.code for f in checked.findings}
    assert any(item.decided and item.meaning == "url" for _, item in checked.account.items())


def test_a_file_that_is_no_workbook_is_reported(tmp_path):
    path = tmp_path / "Anslutning.xlsx"
    path.write_bytes(b"text")
    result = CliRunner().invoke(cli, ["kolumner", str(path)])

    assert result.exit_code == 1
    assert "FIL" in result.output


def test_an_answer_decides_between_two_sheets_that_fit_equally_well(tmp_path):
    text = f"{STANDARD}{ORDER_SHEET}\n## Webcert->vårdsystem\n| Anteckningar | Gamla |\n"
    before = examine(text)
    lines = answer_lines(before.account)
    answers = tmp_path / "svar.toml"
    answers.write_text("\n".join(lines), encoding="utf-8")

    assert [found.code for found in before.findings if found.code == "FLI002"] == ["FLI002"]
    assert '"Webcert -> Vårdsystem" = "Webcert -> Vårdsystem"' in lines
    assert errors_and_warnings(examine(text, order_file=answers)) == []


# --- What labels beside a form's own say ---------------------------------------------------------------------------

UNITS = f"""
## Webcert -> Vårdsystem
| Tjänsteproducent (HSAID) | SE162321000156-B3K |
| Tjänsteproducent (namn) | Landstinget i Värmland -- Proxy |
| Anropsadress (URL) | {URL} |
| Vårdenhet (HSAID) | SE162321000156-4HVT | SE162321000156-4HVV | SE162321000156-4HVX |
| Vårdenhetens namn | Tolkcentralen Värmland | Vårdcentralen Rud | Vårdcentralen Gripen |
"""
LABELS = [
    ("ren", "| Kontaktperson | Eva Exempelsson |", 3),
    ("ren", "| Ska TAKas | Ja |", 3),
    ("ren", "| Version | 3 |", 3),
    ("se", "| Ska TAKas | Ja | Nej | Ja |", 2),
    ("stopp", "| Beställs | x |  | x |", 0),
    ("stopp", "| Kommentar |  | utgår |  |", 0),
    ("stopp", "| Version | 2 |", 0),
    ("stopp", "| Miljö | QA |", 0),
    ("stopp", "| Slutdatum | 2026-06-30 |", 0),
    ("se", "| Noterat | nytt |", 3),
    ("ren", "| Ta bort | Nej |", 3),
    ("se", "| Ta bort | Kanske |", 3),
    ("ren", "| Typ av ändring | Ny |", 3),
]


@pytest.mark.parametrize(("expected", "line", "ordered"), LABELS)
def test_labels_that_are_not_the_profiles_are_judged(tmp_path, expected, line, ordered):
    parts = STANDARD.split("## ")
    contract = "| Tjänstekontrakt | CertificateStatusUpdateForCare |\n"
    text = f"## {parts[1]}{UNITS}{contract}{line}\n## {parts[3]}{ORDER_SHEET}"
    checked = examine(text)
    answers = tmp_path / "svar.toml"
    answers.write_text("\n".join(answer_lines(checked.account)), encoding="utf-8")

    assert verdict(checked) == expected, [(f.code, f.message) for f in checked.findings]
    assert len(checked.entries.get("webcert-vardsystem", ())) == ordered
    if expected != "ren" and "| Version" not in line:
        assert errors_and_warnings(examine(text, order_file=answers)) == []


@pytest.mark.parametrize(
    ("line", "quoted", "removed"),
    [
        ("| Ta bort |  | x |  |", "x (C6)", ["4HVV"]),
        ("| Ta bort: | x |", "x (B6)", ["4HVT", "4HVV", "4HVX"]),
        ("| Ska tas bort? | Ja |", "Ja (B6)", ["4HVT", "4HVV", "4HVX"]),
        ("| Typ av ändring | Ny |  | Borttag |", "Borttag (D6)", ["4HVX"]),
    ],
)
def test_what_a_label_of_a_form_removes_is_removed_and_quoted(tmp_path, line, quoted, removed):
    parts = STANDARD.split("## ")
    checked = examine(f"## {parts[1]}{UNITS}{line}\n## {parts[3]}{ORDER_SHEET}")
    (found,) = [f for f in checked.findings if f.code == "FLI043"]
    path = tmp_path / "svar.toml"
    path.write_text("\n".join(answer_lines(checked.account)), encoding="utf-8")
    again = examine(f"## {parts[1]}{UNITS}{line}\n## {parts[3]}{ORDER_SHEET}", order_file=path)

    assert quoted in found.message
    for one in (checked, again):
        entries = one.entries["webcert-vardsystem"]
        assert [
            e.addressee.text[-4:] for e in entries if e.action and "bort" in e.action.text.casefold()
        ] == removed
    assert "FLI043" not in {f.code for f in again.findings}


def test_a_unit_of_a_form_with_a_column_for_each_is_left_out_alone(tmp_path):
    parts = STANDARD.split("## ")
    text = f"## {parts[1]}{UNITS}| Kommentar |  | utgår |  |\n## {parts[3]}{ORDER_SHEET}"
    path = tmp_path / "svar.toml"
    path.write_text('[beslut]\n"Webcert -> Vårdsystem!C6: utgår" = "utan"\n', encoding="utf-8")
    left = examine(text, order_file=path)
    path.write_text('[beslut]\n"Webcert -> Vårdsystem!C6: utgår" = "ta bort"\n', encoding="utf-8")
    removed = examine(text, order_file=path).entries["webcert-vardsystem"]

    assert [e.addressee.text[-4:] for e in left.entries["webcert-vardsystem"]] == ["4HVT", "4HVX"]
    assert [e.addressee.text[-4:] for e in removed if e.action and e.action.text] == ["4HVV"]


@pytest.mark.parametrize("mark", ["note C4 Ska inte med!", "strike C4", "hide rows 4"])
def test_marks_on_the_values_of_a_form_are_seen(mark):
    parts = STANDARD.split("## ")
    text = f"## {parts[1]}{UNITS}! {mark}\n## {parts[3]}{ORDER_SHEET}"

    assert verdict(examine(text)) != "ren"


def test_headers_of_all_directions_may_be_answered_on_a_shared_sheet(tmp_path):
    text = ONE_TABLE.replace("| Klartext |", "| Klartext | Noterat |", 1).replace("Rud |", "Rud | nytt |")
    path = tmp_path / "svar.toml"
    path.write_text(ONE_TABLE_ANSWERS, encoding="utf-8")
    checked = examine(text + ORDER_SHEET, order_file=path)
    assert "FLI036" in {f.code for f in checked.findings}
    path.write_text(ONE_TABLE_ANSWERS + '"Noterat" = "bortse"\n', encoding="utf-8")

    assert errors_and_warnings(examine(text + ORDER_SHEET, order_file=path)) == []
