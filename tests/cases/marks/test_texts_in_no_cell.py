"""Texts in no cell, and names of files and sheets, each with its verdict."""

import pytest

from tests.cases.test_texts import judge
from tests.checks.examine import LAST, altered, examine, verdict
from tests.support.tables import ORDER_SHEET, STANDARD
from underlag.findings import kind

#: Texts in no cell: verdict, what must be quoted, and the layout of the second sheet or the file's name.
LOOSE = [
    ("se", "Beställ inte Rud", "textbox B9 Beställ inte Rud!"),
    ("se", "utgår", "textbox H2 Rud ska inte med, utgår"),
    ("ren", "", "textbox B9 Fyll i alla gula fält."),
    ("ren", "", "textbox B9 Ta bort rader som inte används."),
    ("se", "12", "textbox B9 Antal enheter: 12"),
    ("se", "QA", "textbox B9 Underlaget gäller QA"),
    ("se", "UTKAST", "header UTKAST"),
    ("ren", "", "header Region Värmland"),
    ("se", "2027-05-01", "textbox B9 Önskat datum: 2027-05-01"),
    ("ren", "", "textbox B9 Önskat datum: 2027-03-01"),
    ("se", "före produktion", "textbox B9 Bara för test, byts före produktion"),
    ("se", "Beställ inte", "prompt F2 Beställ inte förrän avtalet är klart"),
    ("se", "QA", "prompt F2 Gäller QA-miljön"),
    ("ren", "", "prompt F2 Ange enhetens HSA-ID"),
    ("ren", "", "prompt F2 Skriv Ta bort om enheten ska tas bort"),
    ("se", "ska inte beställas", "name Ska_inte_beställas Rud"),
    ("se", "Vänta med", "name Anteckning Vänta med Rud"),
    ("ren", "", "name Enheter Rud"),
    ("ren", "", "name Old_list Ta bort"),
]


@pytest.mark.parametrize(("expected", "quoted", "line"), LOOSE)
def test_text_in_no_cell_gets_its_verdict(expected, quoted, line, tmp_path):
    judge(altered((2, LAST, f"{LAST}\n! {line}")), expected, quoted, tmp_path)


@pytest.mark.parametrize(
    ("expected", "name"),
    [
        ("se", "Underlag för TAKning Intygstjänster NTjP PROD-LiV UTKAST.xlsx"),
        ("se", "Underlag för TAKning Intygstjänster NTjP PROD-LiV (ej klart).xlsx"),
        ("se", "Underlag_för_TAKning_Intygstjänster_NTjP_PROD-LiV_gammal_version.xlsx"),
        ("ren", "Underlag för TAKning Intygstjänster NTjP PROD-LiV (2).xlsx"),
        ("ren", "Underlag för TAKning Intygstjänster NTjP PROD-LiV slutlig.xlsx"),
    ],
)
def test_name_of_the_file_gets_its_verdict(expected, name):
    checked = examine(STANDARD + ORDER_SHEET, name=name)

    assert verdict(checked) == expected, [(f.code, f.message) for f in checked.findings]
    assert {f.sheet for f in checked.findings if f.code == "FLI056"} <= {""}


def test_advice_on_a_text_in_no_cell_names_no_mail():
    found = [
        f for f in examine(altered((2, LAST, f"{LAST}\n! {LOOSE[0][2]}"))).findings if f.code == "FLI056"
    ]

    assert found
    advice = kind("FLI056")
    assert not [text for text in (advice.why, advice.mend, advice.mend_workbook) if "mejl" in text]


def test_answer_about_the_name_of_the_file_names_no_sheet():
    checked = examine(STANDARD + ORDER_SHEET, name="Underlag NTjP PROD-LiV UTKAST.xlsx")

    keys = [item.key for sheet in checked.account.sheets for item in sheet.items if item.questions]
    assert keys == ["filens namn: Underlag NTjP PROD-LiV UTKAST"]


@pytest.mark.parametrize(
    ("expected", "name"),
    [("se", "Webcert -> Vårdsystem old"), ("ren", "Webcert -> Vårdsystem")],
)
def test_name_of_a_sheet_that_is_read(expected, name):
    text = STANDARD.replace("## Webcert -> Vårdsystem", f"## {name}") + ORDER_SHEET

    assert verdict(examine(text)) == expected
    sheets = {f.sheet for f in examine(text).findings if f.code == "FLI056"}
    assert sheets == ({name} if expected == "se" else set())
