"""At the first row of another system, or a removed row, nothing is carried down from the one above."""

import pytest

from tests.support.reading import cells, read_text, rows, told
from tests.support.tables import NAME, STANDARD
from underlag import check
from underlag.findings import Severity
from underlag.options import Options

SHEET = "Webcert -> Vårdsystem"
FLOW = "webcert-vardsystem"

PRODUCERS = """
## Webcert -> Vårdsystem
| Tjänsteproducent (HSAID) | Tjänsteproducent (namn) | Anropsadress (URL) | RIV-TA-profil | Logisk adressat (HSAID) | Namn |
| SE162321000156-B3K | Proxy ett | https://a.sjunet.org/rivtabp20 | RIVTABP20 | SE162321000156-4HVT | Tolkcentralen |
|  |  |  |  | SE162321000156-4HVV | Vårdcentralen Rud |
| SE162321000156-B4K |  |  |  | SE162321000156-4HVX | Vårdcentralen Gripen |
|  |  |  |  | SE162321000156-4HVY | Vårdcentralen Kil |
"""


def test_a_new_producer_gets_neither_address_nor_name_nor_profile_of_the_one_above():
    assert rows(read_text(PRODUCERS), FLOW, "producer", "producer_name", "url", "rivta_profile") == [
        *[("SE162321000156-B3K", "Proxy ett", "https://a.sjunet.org/rivtabp20", "RIVTABP20")] * 2,
        *[("SE162321000156-B4K", "", "", "")] * 2,
    ]


def test_a_missing_address_of_a_new_producer_is_one_error_for_all_its_rows():
    reading = read_text(PRODUCERS)
    found = [f for f in check(reading, Options(environment="PROD")).findings if f.code == "URL001"]
    assert [(f.severity, f.cell) for f in found] == [(Severity.ERROR, "C4")]
    assert cells(reading, FLOW, "url")[2:] == [("C4",), ("C4",)]


def test_a_producer_that_is_repeated_is_no_new_one():
    text = PRODUCERS.replace("SE162321000156-B4K |  |", "se162321000156-b3k |  |")
    assert set(rows(read_text(text), FLOW, "url")) == {("https://a.sjunet.org/rivtabp20",)}


def test_an_error_in_the_producers_cell_is_no_new_producer():
    text = PRODUCERS.replace("| SE162321000156-B4K |", "| {error #N/A} |")
    assert set(rows(read_text(text), FLOW, "url")) == {("https://a.sjunet.org/rivtabp20",)}


def test_consumer_and_contract_still_apply_to_the_next_producer():
    text = PRODUCERS.replace("| RIV-TA-profil |", "| Konsument |").replace(
        "RIVTABP20 |", "SE5565594230-B8N |"
    )
    assert set(rows(read_text(text), FLOW, "consumer")) == {("SE5565594230-B8N",)}


def test_an_address_above_the_table_applies_to_every_producer():
    text = (
        PRODUCERS.replace("Anropsadress (URL)", "Anmärkning")
        .replace("https://a.sjunet.org/rivtabp20", "x")
        .replace(
            "## Webcert -> Vårdsystem\n", f"## {SHEET}\n| Anropsadress (URL) | https://b.sjunet.org/p |\n"
        )
    )
    assert set(rows(read_text(text), FLOW, "url")) == {("https://b.sjunet.org/p",)}


def test_a_new_consumer_requests_the_required_contracts_instead_of_those_above():
    text = """
## Vårdsystem -> Webcert
| Konsument (HSAID) | Konsument (namn) | Tjänstekontrakt |
| SE162321000156-4H4F | Cosmic | CreateDraftCertificate v3 |
|  |  | ListCertificatesForCareWithQA v3 |
| SE162321000156-TC2 |  |  |
"""
    reading = read_text(text)
    assert rows(reading, "vardsystem-webcert", "consumer", "consumer_name", "contract") == [
        ("SE162321000156-4H4F", "Cosmic", "CreateDraftCertificate v3"),
        ("SE162321000156-4H4F", "Cosmic", "ListCertificatesForCareWithQA v3"),
        ("SE162321000156-TC2", "", "CreateDraftCertificate v3"),
    ]
    assert "FLI033" in {code for code, _, _ in told(reading)}


def actions(*given):
    lines = [
        f"| SE162321000156-B3K | https://a.sjunet.org/rivtabp21 | SE162321000156-4HV{letter} | Enhet {letter} | {action} |"
        for letter, action in zip("TVXY", given, strict=False)
    ]
    header = "| Tjänsteproducent | Anropsadress | HSA-ID | Namn | Åtgärd |"
    return "\n".join([f"\n## {SHEET}", header, *lines, ""])


@pytest.mark.parametrize(
    ("given", "told_at"),
    [
        (("Ta bort", "", "", "Lägg till"), [("CEL014", SHEET, "E2")]),
        (("Lägg till", "", "", ""), []),
        (("", "", "", "Ta bort"), []),
        (("Ta bort", "Ta bort", "Lägg till", ""), []),
    ],
)
def test_a_removal_applies_to_its_own_row_only(given, told_at):
    reading = read_text(actions(*given))
    named = [action for (action,) in rows(reading, FLOW, "action")]
    assert named == list(given)
    assert told(reading, "CEL014") == told_at


def test_the_rows_with_an_empty_action_below_a_removal_are_named():
    (found,) = [f for f in read_text(actions("Ta bort", "", "", "Lägg till")).findings if f.code == "CEL014"]
    assert found.severity is Severity.WARNING
    assert "rad 3–4" in found.message


def test_a_merged_action_applies_to_all_its_rows():
    text = actions("Ta bort", "", "Lägg till", "") + "! merge E2:E3\n"
    assert rows(read_text(text), FLOW, "action") == [("Ta bort",), ("Ta bort",), ("Lägg till",), ("",)]


def test_a_sheet_that_takes_its_units_from_another_takes_their_removal_too():
    text = actions("Ta bort", "Lägg till") + (
        "\n## Intygstjänsten -> Webcert\n"
        "| Tjänsteproducent (HSAID) | Anropsadress | HSA-ID | Namn | Åtgärd |\n"
        "| SE5565594230-B8N | https://webcert.ntjp.intygstjanster.se/services/send-message-to-care/v2.0 |\n"
    )
    reading = read_text(text, name=NAME)
    assert rows(reading, "intygstjansten-webcert", "action") == [("Ta bort",), ("Lägg till",)]


def test_the_standard_workbook_has_one_system_and_carries_all():
    assert {url for (url,) in rows(read_text(STANDARD), FLOW, "url")} != {""}
