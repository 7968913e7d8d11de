"""Advice and quotes of findings."""

import pytest

from tests.checks.catalogue.cases_rows import added
from tests.checks.examine import SHEETS, altered, examine, only, told
from underlag.findings import Severity

UNIT = "SE162321000156-4HVV"


def test_the_organisation_of_the_others_is_suggested_for_a_slip():
    checked = examine(altered((2, UNIT, "SE162321000165-4HVV"), (3, UNIT, "SE162321000165-4HVV")))

    assert "SE162321000156-4HVV" in checked.findings[0].suggestion
    assert checked.findings[0].message.startswith("Organisationsnumret i SE162321000165-4HVV")


@pytest.mark.parametrize(
    "slip", ["SE16232100015-4HVV", "SE1623210001566-4HVV", "SE162321000186-4HVV", "SE162321000516-4HVV"]
)
def test_one_slip_from_the_workbooks_organisation_is_suggested(slip):
    checked = examine(altered((2, UNIT, slip), (3, UNIT, slip)))

    assert [f.suggestion for f in checked.findings] == [
        f"Menades {UNIT}? Jämför med HSA-katalogen och rätta i så fall cellen."
    ] * 2


@pytest.mark.parametrize("slip", ["SE162321000156-7Å", "SE162321000156-7.A", "SE162321000156-7A_"])
def test_the_only_unit_that_fits_a_foreign_character_is_suggested(slip):
    checked = examine(altered((2, UNIT, "SE162321000156-7A"), (3, UNIT, slip)))

    assert "Menades SE162321000156-7A?" in only(checked, "HSA004").suggestion


def test_no_unit_is_suggested_when_two_fit_a_foreign_character():
    checked = examine(altered((3, UNIT, "SE162321000156-4HVÅ")))

    assert "Menades" not in only(checked, "HSA004").suggestion


def test_a_letter_that_only_looks_right_in_a_contract_is_shown():
    found = only(examine(altered((2, "UpdateForCare v3", "UpdateForC\u0430re v3"))), "KTR002")

    assert found.message.startswith("CertificateStatusUpdateForC‹kyrilliskt a›re v3 är inget")
    assert "Menades CertificateStatusUpdateForCare v3?" in found.suggestion


def test_a_unit_is_suggested_in_the_form_that_it_has_in_the_workbook():
    checked = examine(altered((3, UNIT, "2321000156-4HVV")))

    assert "Menades SE162321000156-4HVV?" in only(checked, "HSA002").suggestion


@pytest.mark.parametrize("rest", ["4HVÅ", "4H V", "4HV" + "V" * 20])
def test_an_organisation_is_not_suggested_where_the_rest_of_the_id_is_faulty_too(rest):
    faulty = f"SE162321000186-{rest}"

    checked = examine(altered((2, UNIT, faulty), (3, UNIT, faulty)))

    assert checked.findings
    assert not any(f"Menades SE162321000156-{rest}" in f.suggestion for f in checked.findings)


def test_two_slips_suggest_nothing():
    checked = examine(altered((2, UNIT, "SE162321000888-4HVV"), (3, UNIT, "SE162321000888-4HVV")))

    assert {f.code for f in checked.findings} == {"HSA003"}
    assert not any("Menades" in f.suggestion for f in checked.findings)


def test_a_right_unit_is_not_called_lacking_for_a_slip_in_the_other_sheet():
    checked = examine(altered((3, UNIT, "SE162321000165-4HVV")))

    assert told(checked) == [("HSA003", 3, "E3")]


def test_the_nearest_contract_is_named():
    checked = examine(altered((2, "CertificateStatusUpdateForCare v3", "StatusUpdateForCare v3")))

    assert "CertificateStatusUpdateForCare v3" in only(checked, "KTR002").suggestion


def test_a_contract_like_no_other_gets_no_guess():
    checked = examine(altered((2, "CertificateStatusUpdateForCare v3", "XYZ")))

    assert "Menades" not in only(checked, "KTR002").suggestion


def test_the_sheet_where_a_contract_belongs_is_named():
    checked = examine(altered((2, "CertificateStatusUpdateForCare v3", "SendMessageToCare v2")))

    assert "Intygstjänsten -> Webcert" in only(checked, "KTR005").message


def test_a_value_for_thousands_of_rows_is_reported_once():
    checked = examine(altered((2, "https://tph2.liv.sjunet.org:50001", "http://tph2.liv.sjunet.org:50001")))

    assert told(checked) == [("URL003", 2, "C2")]


@pytest.mark.parametrize(
    "number", ["19121212-1212", "121212-1212", "191212121212", " 19121212–1212", "{number 191212121212}"]
)
def test_a_personal_number_is_repeated_nowhere(number):
    checked = examine(
        altered(
            (2, UNIT, number),
            (3, UNIT, number),
            (2, "| Vårdcentralen Rud", "|  "),
            (2, "| SE162321000156-4HVX", f"| {number}"),
            (
                4,
                "| Beställare namn            | Tove Exempelsson    |",
                f"| Beställare namn | Tove E |\n| Beställare HSA-ID | {number} |",
            ),
        ),
        skip_faulty=True,
    )

    told_in_all = " ".join(f"{f.message} {f.value} {f.suggestion}" for f in checked.findings)
    assert "1212" not in told_in_all.replace("TSK-12518", "")
    assert {f.severity for f in checked.findings if f.cell == "F3"} == {Severity.ERROR}


def test_a_tidied_cell_is_quoted_as_written():
    checked = examine(altered((2, UNIT, "se162321000165-4hvv"), (3, UNIT, UNIT)))

    assert only(checked, "HSA003").value == "se162321000165-4hvv"
    assert "SE162321000165-4HVV" in only(checked, "HSA003").message


def test_a_tidied_cell_is_quoted_as_written_even_if_nothing_uses_it():
    last = "| SE162321000156-4HVX | Vårdcentralen Gripen |"
    checked = examine(altered((2, last, f"{last}\n| se162321000156-b9k |  |  |  |  |  |  |")))

    assert (only(checked, "FLI017").cell, only(checked, "FLI017").value) == ("A5", "se162321000156-b9k")


def test_look_alike_letters_are_shown_by_name():
    checked = examine(altered((2, UNIT, "SE162321000156-4HVА")))

    message = only(checked, "HSA006").message
    assert "kyrillisk" in message


def test_unreadable_cells_are_not_judged_again():
    checked = examine(altered((2, UNIT, "{number 162321000156}"), (3, UNIT, "{error #N/A}")))

    assert {(f.code, SHEETS.index(f.sheet)) for f in checked.findings} == {("CEL003", 2), ("CEL001", 3)}


def test_an_unreadable_name_is_not_taken_for_a_name():
    checked = examine(
        altered((2, "Vårdcentralen Rud", "{error #N/A}"), (3, "Vårdcentralen Rud", "{number 12}"))
    )

    assert {f.code for f in checked.findings} == {"CEL001", "CEL006"}
    assert checked.names[UNIT] == "12"


def test_a_missing_name_is_taken_from_another_sheet_and_reported():
    checked = examine(altered((3, "Vårdcentralen Rud", "")))

    assert checked.names[UNIT] == "Vårdcentralen Rud"
    assert "Vårdcentralen Rud" in only(checked, "ADR005").message
    assert "flik Webcert -> Vårdsystem, cell G3" in only(checked, "ADR005").message


def test_names_are_not_required_when_units_are_removed():
    text = altered((2, "Vårdcentralen Rud", ""), (3, "Vårdcentralen Rud", ""))

    assert "ADR004" in {f.code for f in examine(text).findings}
    assert "ADR004" not in {f.code for f in examine(text, remove=True).findings}


def test_another_address_of_a_unit_is_named_with_its_cell():
    row = "|  |  | https://annan.example.se/svar |  |  | SE162321000156-4HVX | Vårdcentralen Gripen |"

    assert " i cell C2," in only(examine(altered(*added(row))), "KOM004").message
