"""Names that say more than what a unit or a system is called, and headers that doubt their column."""

import pytest

from tests.cases.test_texts import placed
from tests.checks.examine import altered, examine, only, told

#: Further units and times in names that stand without parentheses.
ADDED = """
Vårdcentralen Rud inkl. filialen i Deje
Vårdcentralen Rud inkl BVC
Vårdcentralen Rud med filial Deje
Vårdcentralen Rud samt filialen i Deje
Vårdcentralen Rud + Deje
Vårdcentralen Rud + BVC
Vårdcentralen Rud / Vårdcentralen Ängen
Vårdcentralen Rud och Vårdcentralen Ängen
Vårdcentralen Rud & Hälsocentralen Ängen
Vårdcentralen Rud, gäller även filialen i Slite
"""
DOUBTED = """
Vårdcentralen Rud fr o m maj
Vårdcentralen Rud t.o.m. juni
Vårdcentralen Rud (uppehåll)
Vårdcentralen Rud (namn ändras)
Vårdcentralen Rud (se kommentar)
Vårdcentralen Rud NY!
Vårdcentralen Rud 1)
"""
HONEST = """
Vård- och omsorgscentralen
Barn- och ungdomsmottagningen Å/Ä
BVC/MVC Deje
Hud och STD
Vårdcentralen Rud och Gripen
Barnmottagningen och Ungdomsmottagningen Deje
Medicinkliniken/Hjärtmottagningen Karlstad
Region Värmland / Vårdcentralen Ängen
Vårdcentralen Rud/BVC Rud
Vårdcentralen Mars
Filialen i Deje
Vårdcentralen Deje, filial
Team 60+
Medicin & Rehab Kil
BUP från noll till sex år
Mottagningen för hud och hår
"""


def lines(text):
    return text.strip().splitlines()


@pytest.mark.parametrize("name", [*lines(ADDED), *lines(DOUBTED)])
def test_a_name_that_says_more_is_asked_about_on_both_sheets(name):
    assert told(examine(altered(*placed("name", name)))) == [("ADR034", 2, "G3"), ("ADR034", 3, "F3")]


@pytest.mark.parametrize("name", lines(ADDED))
def test_a_further_unit_in_a_name_is_answered_with_a_row_of_its_own(name):
    found = examine(altered(*placed("name", name))).findings

    assert all("skriv den enheten på en egen rad" in one.suggestion for one in found if one.code == "ADR034")


@pytest.mark.parametrize("name", lines(HONEST))
def test_what_a_unit_is_called_is_not(name):
    assert told(examine(altered(*placed("name", name)))) == []


def test_the_mark_of_a_footnote_is_quoted_without_the_name():
    found = examine(altered(*placed("name", "Vårdcentralen Rud 1)"))).findings

    assert {one.message for one in found if one.code == "ADR034"} == {
        "Namnet ”Vårdcentralen Rud 1)” innehåller ”1)”."
    }


@pytest.mark.parametrize("more", [" (byts i maj)", " (gamla)", "?", " ej klar", " - preliminärt"])
@pytest.mark.parametrize(
    ("sheet", "name", "cell"),
    [(1, "Landstinget i Värmland -- Cosmic", "B2"), (2, "Landstinget i Värmland -- Proxy", "B2")],
)
def test_a_doubt_in_the_name_of_a_system_is_asked_about(sheet, name, cell, more):
    assert told(examine(altered((sheet, name, name + more)))) == [("ADR034", sheet, cell)]


@pytest.mark.parametrize(
    "name",
    [
        *(
            "Cosmic, Region Uppsala",
            "TakeCare (SLL)",
            "NCS Cross R4.2",
            "Proxy A/B",
            "PMO 10.1 – företagshälsa",
        ),
        *("Region Norrbotten - VAS, produktion", "Cosmic (ny)", "Test-proxy", "Journalia & Co"),
    ],
)
def test_what_a_system_is_called_is_not(name):
    assert told(examine(altered((2, "Landstinget i Värmland -- Proxy", name)))) == []


@pytest.mark.parametrize("more", [" ej klart", " - preliminära", " (gamla)", " (ändras 1/4)", " (prel)"])
def test_a_header_that_doubts_its_column_is_asked_about(more):
    text = altered((2, "(HSAID) | Namn |", f"(HSAID) | Namn{more} |"))

    assert only(examine(text), "FLI039").cell == "G1"


@pytest.mark.parametrize("more", ["", " (obligatoriskt)", " (ändra inte)", " enligt HSA"])
def test_a_header_that_explains_its_column_is_not(more):
    assert told(examine(altered((2, "(HSAID) | Namn |", f"(HSAID) | Namn{more} |")))) == []


def test_a_copy_of_a_sheet_does_not_ask_again():
    text = altered(*placed("name", "Vårdcentralen Rud (vänta)"))
    copied = text + text.split("## Intygstjänsten")[0].split("## Webcert -> Vårdsystem")[1].join(
        ["\n## Webcert -> Vårdsystem (2)", ""]
    )

    assert told(examine(copied)) == [("ADR034", 2, "G3"), ("ADR034", 3, "F3")]
