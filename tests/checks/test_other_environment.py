"""QA, where no party is fixed and test ids are expected; and sheets without some columns."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from tests.checks.examine import NOW, QA_NAME, SHEETS, altered, examine, only, told
from tests.support.tables import NAME, ORDER_SHEET, STANDARD, workbook
from underlag.options import Options
from underlag.reading import read

UNIT = "SE162321000156-4HVV"
QA = (4, "| PROD ", "| QA ")


def test_test_ids_and_test_servers_are_right_in_qa():
    text = altered(
        QA,
        (2, UNIT, "TSTNMT2321000156-B02"),
        (3, UNIT, "TSTNMT2321000156-B02"),
        (2, "tph2.liv", "tph2-test.liv"),
    )

    assert told(examine(text, QA_NAME)) == []


def test_no_party_is_fixed_in_qa():
    text = altered(QA, (3, "SE5565594230-B31", "SE5565594230-B99"), (3, "care/v2.0", "care/v2"))

    assert told(examine(text, QA_NAME)) == []


def test_the_address_of_production_is_mentioned_in_qa():
    found = only(examine(altered(QA), QA_NAME), "KOM014")

    assert (found.sheet, found.cell) == (SHEETS[3], "B2")
    assert "adressen i miljön PROD, men beställningen är för QA" in found.message


def test_an_address_of_its_own_is_not_mentioned_in_qa():
    text = altered(QA, (3, "webcert.ntjp.intygstjanster.se", "webcert.qa.intygstjanster.se"))

    assert "KOM014" not in {f.code for f in examine(text, QA_NAME).findings}
    assert "KOM014" not in {f.code for f in examine(STANDARD, NAME).findings}


def test_a_missing_column_blocks_in_qa():
    text = altered(
        QA,
        (3, "| Tjänsteproducent (HSAID) |", "| Anmärkning |"),
        (3, "| SE5565594230-B8N |", "|  |"),
    )

    checked = examine(text, QA_NAME)

    found = only(checked, "KOM006")
    assert (found.sheet, found.cell) == ("Intygstjänsten -> Webcert", "")
    assert "Tjänsteproducent (HSAID)" in found.suggestion
    assert checked.blocked


def test_the_same_column_may_be_missing_in_production():
    text = altered((3, "| Tjänsteproducent (HSAID) |", "| Anmärkning |"), (3, "| SE5565594230-B8N |", "|  |"))

    assert "KOM006" not in {f.code for f in examine(text).findings}


def test_routes_without_a_consumer_are_a_warning_in_qa():
    text = altered(QA, (3, "| Konsument |", "| Anmärkning |"), (3, "| SE5565594230-B31 |", "|  |"))

    checked = examine(text, QA_NAME)

    assert only(checked, "KOM009").sheet == "Intygstjänsten -> Webcert"
    assert not checked.blocked


def test_a_fixed_consumer_needs_no_column():
    text = altered((3, "| Konsument |", "| Anmärkning |"), (3, "| SE5565594230-B31 |", "|  |"))

    assert "KOM009" not in {f.code for f in examine(text).findings}


def test_an_empty_column_is_reported_once_with_all_its_rows():
    text = altered(QA, (3, "| SE5565594230-B8N |", "|  |"))

    checked = examine(text, QA_NAME)

    found = only(checked, "HSA001")
    assert found.cell == "A2"
    assert [position[1:] for position in found.related] == [(3, 1), (4, 1)]


def test_an_empty_column_of_consumers_is_as_good_as_none():
    checked = examine(altered(QA, (3, "| SE5565594230-B31 |", "|  |")), QA_NAME)

    assert "HSA001" not in {f.code for f in checked.findings}
    assert only(checked, "KOM009").sheet == SHEETS[3]


def test_all_missing_details_are_reported():
    checked = examine(STANDARD, NAME)

    assert told(checked) == [
        ("BST007", 0, ""),
        ("BST009", 0, ""),
        ("BST013", 0, ""),
        ("BST013", 0, ""),
        ("BST013", 0, ""),
        ("BST013", 0, ""),
    ]
    messages = [f.message for f in checked.findings if f.code == "BST013"]
    assert "För teknisk support saknas e-post och telefon." in messages
    assert "För beställaren saknas namn, e-post och telefon." in messages
    assert not checked.blocked


def test_a_detail_from_an_option_has_no_cell_and_names_its_source():
    checked = examine(STANDARD + ORDER_SHEET.replace("TSK-12518", ""), NAME, case_number="12518")

    found = only(checked, "BST010")
    assert (found.sheet, found.cell) == ("", "")
    assert "valet i programmet" in found.message


def test_a_detail_stated_twice_with_two_values_is_reported():
    checked = examine(STANDARD + ORDER_SHEET, NAME, case_number="TSK-12519")

    found = only(checked, "BST016")
    assert found.cell == "B4"
    assert "TSK-12519 (valet i programmet)" in found.message
    assert "TSK-12518 (flik Beställning, cell B4)" in found.message
    assert not checked.blocked


def test_a_detail_stated_twice_with_one_value_is_not_reported():
    checked = examine(STANDARD + ORDER_SHEET, NAME, case_number="TSK-12518")

    assert "BST016" not in {f.code for f in checked.findings}


def test_an_orderers_hsa_id_must_be_one():
    line = "| Beställare HSA-ID | {} |\n"

    assert only(examine(STANDARD + ORDER_SHEET + line.format("tove"), NAME), "BST017").cell == "B16"
    right = examine(STANDARD + ORDER_SHEET + line.format("SE2321000156-1ABC"), NAME)
    assert "BST017" not in {f.code for f in right.findings}


def test_an_action_for_the_whole_order_must_be_one():
    line = "| Åtgärd | {} |\n"

    assert only(examine(STANDARD + ORDER_SHEET + line.format("Flytta"), NAME), "BST018").cell == "B16"
    # One slip, one finding: the text is not also asked about as a remark.
    assert told(examine(STANDARD + ORDER_SHEET + line.format("Ändra adress"), NAME)) == [("BST018", 4, "B16")]
    right = examine(STANDARD + ORDER_SHEET + line.format("ta bort"), NAME)
    assert "BST018" not in {f.code for f in right.findings}


def test_contradicting_actions_for_the_whole_order_block():
    text = STANDARD + ORDER_SHEET + "| Åtgärd | Lägg till |\n"

    assert only(examine(text, NAME, remove=True), "BST019").cell == "B16"
    assert "BST019" not in {f.code for f in examine(text, NAME).findings}


@pytest.mark.parametrize(
    ("above", "title", "expected"),
    [
        ("Underlag: Intygstjänster, NTJP PROD", "Underlag – Intygstjänster, NTJP PROD, LiV", {"FLI055"}),
        ("Underlag: Intygstjänster, NTJP PROD", "Gäller NTJP PROD, beställ inte", {"FLI055", "FLI056"}),
        ("Underlag: Intygstjänster", "Underlag – Intygstjänster, NTJP PROD, LiV", {"FLI056"}),
    ],
)
def test_a_property_that_repeats_the_title_is_not_asked_about_too(above, title, expected):
    text = altered(QA, (4, "| Miljö ", f"| {above} |  |\n| Miljö "))
    book = load_workbook(BytesIO(workbook(text)))
    book.properties.title = title
    file = BytesIO()
    book.save(file)

    found = read(file.getvalue(), Options(now=NOW), name=QA_NAME).findings
    assert {f.code for f in found} & {"FLI055", "FLI056"} == expected
