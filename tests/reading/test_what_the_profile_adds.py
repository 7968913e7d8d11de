"""Values that the workbook omits: fixed ones, required contracts, another sheet's addressees; and the form layout."""

from tests.support.reading import cells, read_text, rows, told
from tests.support.tables import NAME, STANDARD

FIRST = "vardsystem-webcert"
THIRD = "intygstjansten-webcert"
REST = "## Webcert -> Vårdsystem" + STANDARD.split("## Webcert -> Vårdsystem")[1]
THIRD_ROWS = (
    "| SE5565594230-B8N | https://webcert" + STANDARD.split("| SE5565594230-B8N | https://webcert")[1]
)
QA_NAME = NAME.replace("PROD", "QA-NMT")


def test_a_row_without_contract_requests_the_required_ones():
    text = "## Vårdsystem -> Webcert\n| Konsument (HSAID) |\n| SE162321000156-4H4F |\n" + REST
    reading = read_text(text)
    assert rows(reading, FIRST, "consumer", "contract", "addressee", "addressee_name", "consumer_name") == [
        ("SE162321000156-4H4F", "CreateDraftCertificate v3", "5565594230-WEBCERT", "Inera - Webcert", "-")
    ]
    assert told(reading) == [("FLI032", "Vårdsystem -> Webcert", "")]
    entry = reading.underlag.flow(FIRST).entries[0]
    assert (entry.contract.column, entry.contract.sheet, entry.contract.cell) == (0, "profilen", "")


def test_empty_cells_are_filled_by_the_profile_and_reported_once():
    text = STANDARD.replace("| SE5565594230-B31 | SendMessageToCare v2 |", "|  |  |")
    reading = read_text(text)
    assert set(rows(reading, THIRD, "consumer", "contract")) == {("SE5565594230-B31", "SendMessageToCare v2")}
    said = [f for f in reading.findings if f.code == "FLI033"]
    assert len(said) == 2
    assert all("rad 2–4" in finding.message for finding in said)


def test_an_empty_cell_below_a_value_takes_the_value_and_not_the_profiles():
    text = STANDARD.replace("SE5565594230-B31", "SE162321000156-ZZZ")
    assert set(rows(read_text(text), THIRD, "consumer")) == {("SE162321000156-ZZZ",)}


def test_outside_production_the_workbooks_values_are_used():
    text = STANDARD.replace("| SE5565594230-B31 |", "|  |")
    reading = read_text(text, name=QA_NAME)
    assert reading.underlag.environment == "QA"
    assert rows(reading, THIRD, "consumer") == [("",)] * 3
    assert told(reading) == []


def test_a_sheet_without_addressees_takes_the_other_sheets():
    text = STANDARD.replace(
        THIRD_ROWS,
        "| SE5565594230-B8N | https://w.sjunet.org/x | SE5565594230-B31 | SendMessageToCare v2 |\n",
    )
    reading = read_text(text)
    flow = reading.underlag.flow(THIRD)
    assert flow.same_as == "webcert-vardsystem"
    assert cells(reading, THIRD, "addressee", "addressee_name", "url") == [
        ("F2", "G2", "B2"),
        ("F3", "G3", "B2"),
        ("F4", "G4", "B2"),
    ]
    assert {entry.addressee.sheet for entry in flow.entries} == {"Webcert -> Vårdsystem"}
    assert {entry.url.sheet for entry in flow.entries} == {"Intygstjänsten -> Webcert"}
    assert told(reading) == [("FLI030", "Intygstjänsten -> Webcert", "")]


def test_only_headers_are_enough_where_everything_is_fixed():
    reading = read_text(STANDARD.replace(THIRD_ROWS, ""))
    assert rows(reading, THIRD, "producer", "consumer", "contract", "addressee")[0] == (
        "SE5565594230-B8N",
        "SE5565594230-B31",
        "SendMessageToCare v2",
        "SE162321000156-4HVT",
    )
    assert ("FLI030", "Intygstjänsten -> Webcert", "") in told(reading)


def test_filled_in_values_are_reported_at_the_sheets_own_rows():
    text = STANDARD.replace(THIRD_ROWS, "|  |  | SE5565594230-B31 | SendMessageToCare v2 |\n").replace(
        "## Webcert -> Vårdsystem\n", "## Webcert -> Vårdsystem\n" + "||\n" * 10
    )
    said = [f.message for f in read_text(text).findings if f.code == "FLI033"]
    assert [message.partition(". Där")[0] for message in said] == [
        f"På fliken ”Intygstjänsten -> Webcert” är ”{column}” tom på rad 2"
        for column in ("Tjänsteproducent (HSAID)", "Anropsadress")
    ]


def test_a_column_without_rows_is_not_called_missing():
    reading = read_text(STANDARD.replace(THIRD_ROWS, ""))
    assert told(reading, "FLI032") == []
    assert len(told(reading, "FLI033")) == 4


def test_labels_above_a_table_without_rows_apply_to_the_other_sheets_units():
    text = STANDARD.replace(THIRD_ROWS, "").replace(
        "| Tjänsteproducent (HSAID) | Anropsadress | Konsument | Tjänstekontrakt | Logisk adressat (HSAID) | Namn |\n",
        "| Anropsadress | https://w.sjunet.org/x |\n| Konsument | SE5565594230-B31 |\n||\n| Logisk adressat (HSAID) | Namn |\n",
    )
    reading = read_text(text)
    assert cells(reading, THIRD, "addressee", "url", "consumer") == [
        ("F2", "B1", "B2"),
        ("F3", "B1", "B2"),
        ("F4", "B1", "B2"),
    ]


def test_a_form_without_units_says_once_what_the_profile_fills_in():
    text = STANDARD.partition("## Intygstjänsten")[0] + (
        "## Intygstjänsten -> Webcert\n| Anropsadress |  |\n| Konsument | SE5565594230-B31 |\n"
    )
    reading = read_text(text)
    assert len(rows(reading, THIRD, "addressee")) == 3
    said = [f.message for f in reading.findings]
    assert len(said) == len(set(said))


def test_only_headers_are_too_little_where_nothing_is_fixed():
    reading = read_text(STANDARD.replace(THIRD_ROWS, ""), name=QA_NAME)
    assert told(reading) == [("FLI006", "Intygstjänsten -> Webcert", "")]


FORM = """## Vårdsystem -> Webcert
| Underlag för TAKning |
||
|  | Konsument (HSAID): | se162321000156-4h4f |
|  | Systemnamn | Cosmic |
|  | Tjänstekontrakt | CreateDraftCertificate v3 |
|  |  | ListCertificatesForCareWithQA v3 |
"""


def test_labels_with_values_next_to_them_are_read_like_a_table():
    reading = read_text(FORM + REST)
    assert rows(reading, FIRST, "consumer", "consumer_name", "contract") == [
        ("SE162321000156-4H4F", "Cosmic", "CreateDraftCertificate v3"),
        ("SE162321000156-4H4F", "Cosmic", "ListCertificatesForCareWithQA v3"),
    ]
    assert cells(reading, FIRST, "consumer", "contract") == [("C3", "C5"), ("C3", "C6")]
    assert told(reading) == [
        ("CEL010", "Vårdsystem -> Webcert", "C3"),
        ("FLI032", "Vårdsystem -> Webcert", ""),
    ]


def test_units_in_a_form_are_below_one_another_with_names_next_to_them():
    text = (
        STANDARD.split("## Webcert -> Vårdsystem")[0]
        + """## Webcert -> Vårdsystem
| Tjänsteproducent (HSAID) | SE162321000156-B3K |
| Anropsadress (URL) | https://a.sjunet.org/rivtabp21 |
| Vårdenhet | SE162321000156-4HVT | SE162321000156-4HVV |
| Namn | Tolkcentralen | Rud |
## Intygstjänsten"""
        + STANDARD.split("## Intygstjänsten")[1]
    )
    reading = read_text(text)
    assert rows(reading, "webcert-vardsystem", "producer", "url", "addressee", "addressee_name") == [
        ("SE162321000156-B3K", "https://a.sjunet.org/rivtabp21", "SE162321000156-4HVT", "Tolkcentralen"),
        ("SE162321000156-B3K", "https://a.sjunet.org/rivtabp21", "SE162321000156-4HVV", "Rud"),
    ]


def test_an_error_in_a_form_is_reported_at_its_cell():
    reading = read_text(FORM.replace("se162321000156-4h4f", "{error #REF!}") + REST)
    assert told(reading, "CEL001") == [("CEL001", "Vårdsystem -> Webcert", "C3")]
    assert ("Vårdsystem -> Webcert", 3, 3) in reading.underlag.unreadable


def test_a_label_without_value_does_not_turn_a_form_into_a_table():
    reading = read_text(FORM.replace("se162321000156-4h4f", "") + REST)
    assert rows(reading, FIRST, "consumer", "consumer_name") == [("", "Cosmic")] * 2
    assert cells(reading, FIRST, "consumer") == [("C3",)] * 2


def test_labels_above_a_table_apply_to_all_its_rows():
    text = STANDARD.replace(
        "## Webcert -> Vårdsystem\n",
        "## Webcert -> Vårdsystem\n| Region Värmland |\n| RIV-TA-profil | RIVTABP20 |\n||\n",
    )
    reading = read_text(text)
    assert cells(reading, "webcert-vardsystem", "rivta_profile", "addressee") == [
        ("B2", "F5"),
        ("B2", "F6"),
        ("B2", "F7"),
    ]
    assert told(reading) == []


def test_a_second_value_above_a_table_is_reported():
    text = STANDARD.replace(
        "## Webcert -> Vårdsystem\n",
        "## Webcert -> Vårdsystem\n| RIV-TA-profil | RIVTABP20 | RIVTABP21 |\n",
    )
    reading = read_text(text)
    assert set(rows(reading, "webcert-vardsystem", "rivta_profile")) == {("RIVTABP20",)}
    assert told(reading) == [("FLI034", "Webcert -> Vårdsystem", "C1")]


BULK = """
## Konsumenter
| Tjänstekonsument | Namn |
| SE162321000156-4H4F | Cosmic |
| SE162321000156-4H5F | Obstetrix |
## Tjänstekontrakt
| Tjänstekontrakt | URL |
| ProcessRequest v1 | https://a.sjunet.org/rivtabp21 |
| ProcessRequestConfirmation v1 |  |
| urn:riv:clinicalprocess:activity:request:ProcessRequestOutcomeResponder:1 | https://b.sjunet.org/rivtabp21 |
## Tjänsteproducent
| Tjänsteproducent | Namn för Tjänsteproducent |
| SE162321000156-EXEMPEL | Exempel på producent |
| SE162321000156-B3K | Proxy |
## Logiska adressater
| HSA-ID | Namn |
| SE162321000156-4HVT | Tolkcentralen Värmland |
| SE162321000156-4HVV | Vårdcentralen Rud |
"""


def test_a_second_service_is_read_by_its_profile_alone():
    reading = read_text(BULK, name="BulkTAKning PROD-LiV.xlsx")
    assert reading.underlag.profile.key == "bulktakning"
    assert reading.underlag.environment == "PROD"
    found = rows(reading, "e-remiss", "consumer", "contract", "url", "producer", "addressee")
    assert len(found) == 2 * 2 * 2
    assert len(set(found)) == 8
    assert {row[3] for row in found} == {"SE162321000156-B3K"}
    assert told(reading) == [("FLI012", "Tjänsteproducent", "B2"), ("FLI031", "Tjänstekontrakt", "A3")]


def test_where_no_address_is_filled_in_every_contract_is_kept_for_the_checks():
    text = BULK.replace("https://a.sjunet.org/rivtabp21", "").replace("https://b.sjunet.org/rivtabp21", "")
    reading = read_text(text, name="BulkTAKning PROD-LiV.xlsx")
    assert len(rows(reading, "e-remiss", "contract")) == 2 * 3 * 2
    assert told(reading, "FLI031") == []
