"""A workbook's units compared with a list, through the whole check."""

import pytest

from tests.checks.examine import NOW, altered, told
from tests.support.tables import NAME, workbook
from underlag.checks import check
from underlag.findings import finding
from underlag.options import Options
from underlag.reading import read
from underlag.reference import Reference

NAMES = {
    "SE162321000156-4HVT": "Tolkcentralen Värmland",
    "SE162321000156-4HVV": "Vårdcentralen Rud",
    "SE162321000156-4HVX": "Vårdcentralen Gripen",
}
RUD = "SE162321000156-4HVV"


def examine(*edits, names=NAMES, other_names=None, findings=(), name=NAME, **options):
    asked = Options(now=NOW, **options)
    reference = Reference("hsa.csv", names, other_names or {}, findings)
    return check(read(workbook(altered(*edits)), asked, name=name), asked, reference=reference)


def without(hsa_id, **more):
    return {**{key: value for key, value in NAMES.items() if key != hsa_id}, **more}


def listed(*pairs, lacking=RUD):
    return {**without(lacking), **dict(pairs)}


def found(checked, code):
    return [one for one in checked.findings if one.code == code]


def test_units_that_the_list_has_give_nothing():
    checked = examine()

    assert told(checked) == []
    assert not found(checked, "ADR031")


def test_a_unit_that_the_list_lacks_is_reported_at_each_of_its_cells():
    checked = examine(names=without(RUD))

    assert told(checked) == [("HSA030", 2, "F3"), ("HSA030", 3, "E3")]
    assert checked.approved
    assert [len(entries) for entries in checked.entries.values()] == [2, 3, 3]
    assert "Slå upp enheten" in found(checked, "HSA030")[0].suggestion


def test_the_one_id_that_is_a_slip_away_is_suggested():
    checked = examine(names=listed(("SE162321000156-4HRV", "VC Rud")))

    assert "Menades SE162321000156-4HRV (VC Rud)?" in found(checked, "HSA030")[0].suggestion


def test_a_similar_id_of_a_unit_with_another_name_is_not_proposed():
    checked = examine(names=listed(("SE162321000156-4HRV", "Vårdcentralen Nord")))
    suggestion = found(checked, "HSA030")[0].suggestion

    assert "SE162321000156-4HRV, är en annan enhet: Vårdcentralen Nord." in suggestion
    assert "Menades" not in suggestion


def test_the_unit_of_the_same_name_goes_before_a_similar_id_of_another():
    similar, same = ("SE162321000156-4HRV", "Vårdcentralen Nord"), ("SE162321000156-7X", "Vårdcentralen Rud")
    checked = examine(names=listed(similar, same))

    assert "är det SE162321000156-7X som heter Vårdcentralen Rud" in found(checked, "HSA030")[0].suggestion


def test_what_the_sheet_has_already_is_not_what_was_meant():
    edits = [(2, RUD, "SE162321000156-4HVY"), (3, "SE162321000156-4HVX", "SE162321000156-4HVY")]
    first, second = found(examine(*edits), "HSA030")

    assert (first.cell, second.cell) == ("F3", "E4")
    assert f"Menades {RUD} (Vårdcentralen Rud)?" in first.suggestion
    assert "Menades SE162321000156-4HVX (Vårdcentralen Gripen)?" in second.suggestion


def test_failing_that_the_one_unit_of_that_name_is_suggested():
    names = {"SE2321000156-XYZ9": "VÅRDCENTRALEN, Rud", "SE2321000156-ÅR": "Annan"}
    checked = examine(names=names)
    suggestion = found(checked, "HSA030")[1].suggestion

    assert "är det SE2321000156-XYZ9 som heter VÅRDCENTRALEN, Rud. Menades den?" in suggestion


@pytest.mark.parametrize(
    "more",
    [
        (("SE162321000156-4HRV", "Nord"), ("SE162321000156-4HVR", "Syd")),
        (("SE2321000156-XYZ8", "Vårdcentralen Rud"), ("SE2321000156-XYZ9", "Vårdcentralen Rud")),
        (("SE2321000156-XYZ8", ""),),
    ],
)
def test_several_candidates_or_none_are_no_suggestion(more):
    checked = examine(names={"SE2321000156-Q": "Tolkcentralen Värmland", **dict(more)})

    assert {one.suggestion for one in found(checked, "HSA030") if one.value == RUD} == {
        finding("HSA030", fil="").suggestion
    }


def test_a_name_that_differs_is_a_warning_at_the_name():
    checked = examine(names={**NAMES, RUD: "Vårdcentralen Norr"})

    assert told(checked) == [("ADR030", 2, "G3"), ("ADR030", 3, "F3")]
    assert "skriv Vårdcentralen Norr" in found(checked, "ADR030")[0].suggestion


@pytest.mark.parametrize("name", ["VÅRDCENTRALEN RUD", "Vårdcentralen, Rud", "Vård-centralen  rud."])
def test_a_name_in_another_writing_is_only_worth_knowing(name):
    checked = examine(names={**NAMES, RUD: name})

    assert told(checked) == []
    assert [one.cell for one in found(checked, "ADR031")] == ["G3", "F3"]


def test_a_letter_is_no_matter_of_writing():
    assert found(examine(names={**NAMES, RUD: "Vardcentralen Rud"}), "ADR030")


def test_each_of_several_names_is_right():
    names = {**NAMES, RUD: "Vårdcentralen Norr"}

    assert told(examine(names=names, other_names={RUD: ("Vårdcentralen Rud",)})) == []
    assert found(examine(names=names, other_names={RUD: ("Annat",)}), "ADR030")


def test_a_list_without_a_name_says_nothing_of_names():
    assert told(examine(names={**NAMES, RUD: ""})) == []


def test_forms_with_and_without_16_are_one_unit_and_reported():
    checked = examine(names=listed(("SE2321000156-4HVV", "Vårdcentralen Rud")))
    first = found(checked, "HSA031")[0]

    assert told(checked) == [("HSA031", 2, "F3"), ("HSA031", 3, "E3")]
    assert "SE162321000156-4HVV står som SE2321000156-4HVV" in first.message


def test_faulty_ids_and_those_for_test_have_findings_of_their_own():
    wrong, test = "SE162321000165-4HVV", "TSTNMT2321000156-4HVX"
    edits = [(s, RUD, wrong) for s in (2, 3)] + [(s, "SE162321000156-4HVX", test) for s in (2, 3)]
    checked = examine(*edits, (2, "| SE162321000156-4HVT | Tolk", "| 191212121212 | Tolk"))

    assert not found(checked, "HSA030")


def test_an_id_for_test_is_looked_up_outside_production():
    edits = [(s, RUD, "TSTNMT2321000156-4HVV") for s in (2, 3)]
    checked = examine(*edits, (4, "PROD", "QA"), name=NAME.replace("PROD", "QA-NMT"))

    assert [one.value for one in found(checked, "HSA030")] == ["TSTNMT2321000156-4HVV"] * 2


def test_units_to_remove_may_be_missing_in_hsa():
    assert not found(examine(names=without(RUD), remove=True), "HSA030")
    by_row = [
        (2, "| Namn |", "| Namn | Åtgärd |"),
        (2, "Rud |", "Rud | Ta bort |"),
        (2, "Gripen |", "Gripen | Lägg till |"),
    ]
    checked = examine(*by_row, names={})

    assert {one.cell for one in found(checked, "HSA030")} == {"F2", "F4", "E2", "E3", "E4"}


def test_a_sheet_that_takes_anothers_units_is_not_reported_twice():
    third = "| SE162321000156-4HVT | Tolkcentralen Värmland |"
    edits = [
        (3, third, "|  |  |"),
        (3, "|  |  |  |  | SE162321000156-4HVV | Vårdcentralen Rud |\n", ""),
        (3, "|  |  |  |  | SE162321000156-4HVX | Vårdcentralen Gripen |\n", ""),
        (3, " Logisk adressat (HSAID) | Namn |", ""),
    ]

    assert [(one.sheet[:7], one.cell) for one in found(examine(*edits, names=without(RUD)), "HSA030")] == [
        ("Webcert", "F3")
    ]


def test_findings_about_the_list_are_reported_once():
    said = finding("HSA032", value="hsa.csv", fil="hsa.csv", antal="3")

    assert found(examine(findings=(said,)), "HSA032") == [said]
