"""Systems: each has its required contracts and a name, and is not the service's own."""

import pytest

from tests.checks.examine import altered, examine, only, told

WEBCERT = "SE5565594230-B8N"
CONSUMER = "SE162321000156-4H4F"
LIST = "|                     |                                | ListCertificatesForCareWithQA v3 | 5565594230-WEBCERT | Inera - Webcert |"
SECOND = "| SE162321000156-4H5F | Annat system | {} | 5565594230-WEBCERT | Inera - Webcert |"


def second(contract):
    return (1, LIST, f"{LIST}\n{SECOND.format(contract)}")


def test_the_services_own_system_is_no_consumer_of_the_regions():
    checked = examine(altered((1, CONSUMER, WEBCERT)))

    assert ("KOM010", 1, "A2") in told(checked)
    assert "Inera AB -- Intygstjänster -- Webcert" in only(checked, "KOM010").message


def test_the_services_own_system_is_known_with_16_too():
    assert ("KOM010", 1, "A2") in told(examine(altered((1, CONSUMER, "SE165565594230-B8N"))))


def test_a_system_that_calls_itself_is_reported_once():
    checked = examine(altered((2, "SE162321000156-B3K", WEBCERT)))

    assert {f.code for f in checked.findings} & {"KOM002", "KOM010"} == {"KOM002"}


def test_a_second_system_without_the_required_contract_is_reported_at_its_cell():
    checked = examine(altered(second("ListCertificatesForCareWithQA v3")))

    assert told(checked) == [("KTR009", 1, "A4")]
    assert "SE162321000156-4H5F" in only(checked, "KTR009").message


@pytest.mark.parametrize("contract", ["CreateDraftCertificate v3", ""])
def test_a_second_system_with_the_required_contract_is_right(contract):
    assert "KTR009" not in {f.code for f in examine(altered(second(contract))).findings}


def test_only_the_optional_contract_may_be_removed():
    checked = examine(
        altered((1, "CreateDraftCertificate v3", "ListCertificatesForCareWithQA v3")), remove=True
    )

    assert "KTR006" not in {f.code for f in checked.findings}


def test_a_lost_required_contract_is_reported_when_faulty_rows_are_left_out():
    other = (
        1,
        "| CreateDraftCertificate v3        | 5565594230-WEBCERT |",
        "| CreateDraftCertificate v3 | X |",
    )
    checked = examine(altered(other), skip_faulty=True)

    assert not checked.blocked
    found = only(checked, "KTR008")
    assert "CreateDraftCertificate v3" in found.message
    assert "ListCertificatesForCareWithQA" not in found.message


def test_a_contract_lost_for_one_system_is_reported_with_the_system():
    text = altered(second("CreateDraftCertificate v3"))
    checked = examine(
        altered(
            (1, "CreateDraftCertificate v3        | 5565594230-WEBCERT |", "CreateDraftCertificate v3 | X |"),
            text=text,
        ),
        skip_faulty=True,
    )

    assert CONSUMER in only(checked, "KTR008").message


def test_a_system_without_a_name_is_reported():
    checked = examine(altered((2, "Landstinget i Värmland -- Proxy", "")))

    found = only(checked, "KOM011")
    assert (found.severity, found.cell) == ("info", "B2")
    assert "SE162321000156-B3K" in found.message
    assert told(checked) == []


def test_a_name_in_another_sheet_counts():
    edits = [(2, "SE162321000156-B3K", CONSUMER), (2, "Landstinget i Värmland -- Proxy", "")]

    assert "KOM011" not in {f.code for f in examine(altered(*edits)).findings}


def test_a_removal_needs_no_name():
    checked = examine(altered((2, "Landstinget i Värmland -- Proxy", "")), remove=True)

    assert "KOM011" not in {f.code for f in checked.findings}


@pytest.mark.parametrize(
    "name",
    [
        *(".", "0", "N/A", "Namn", "xxx", "Fyll i namn", "ange namn här", "Platshållaren"),
        *("#REF!", "#VÄRDEFEL!", "#DIVISION/0!", "Err:502", "dito", "Samma som ovan", "se ovan", "NULL"),
        *("SE162321000156-4HVV", "TSTNMT2321000156-B02"),
    ],
)
def test_what_is_no_name_is_a_warning(name):
    checked = examine(altered((2, "Vårdcentralen Rud", name), (3, "Vårdcentralen Rud", name)))

    # The texts of the sheets mention a unit that is called "Namn".
    found = [one for one in told(checked) if one[0] != "FLI039"]
    assert found == [("ADR012", 2, "G3"), ("ADR012", 3, "F3")]


@pytest.mark.parametrize(
    "name", ["Namnlösa vårdcentralen", "1177 Vårdguiden", "NAVET", "X", "Åre", "#BUP Säffle"]
)
def test_odd_names_are_names(name):
    checked = examine(altered((2, "Vårdcentralen Rud", name), (3, "Vårdcentralen Rud", name)))

    assert told(checked) == []


@pytest.mark.parametrize("between", [" + ", " och ", " & "])
def test_two_contracts_in_one_cell_are_reported_as_such(between):
    both = f"CreateDraftCertificate v3{between}ListCertificatesForCareWithQA v3"
    checked = examine(altered((1, "CreateDraftCertificate v3 ", f"{both} ")))

    assert told(checked) == [("KTR010", 1, "C2")]


def test_a_contract_of_another_sheet_is_not_suggested():
    checked = examine(altered((2, "CertificateStatusUpdateForCare v3", "CreateDrafts v2")))

    assert "CreateDraftCertificate" not in only(checked, "KTR002").suggestion


def test_the_name_of_an_interface_is_understood():
    checked = examine(altered((3, "SendMessageToCare v2", "SendMessageToCareResponderInterface 2.0")))

    assert told(checked) == []
