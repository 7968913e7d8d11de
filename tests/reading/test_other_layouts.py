"""Headers in two rows, several tables or forms on a sheet, ids next to names, and text outside them all."""

import pytest

from tests.support.reading import cells, read_text, rows, told
from tests.support.tables import STANDARD
from underlag.findings import Severity

FLOW = "webcert-vardsystem"
SECOND = "Webcert -> Vårdsystem"
HEADERS = "| Tjänsteproducent (HSAID) | Tjänsteproducent (namn) | Anropsadress (URL) | Konsument (HSAID) | Tjänstekontrakt | Logisk adressat (HSAID) | Namn |"
URL = "https://a.liv.sjunet.org/rivtabp21"
FIRST_SHEET, _, _REST = STANDARD.partition("## Webcert -> Vårdsystem\n")
THIRD_SHEET = "## Intygstjänsten" + _REST.partition("## Intygstjänsten")[2]
THIRD = "Intygstjänsten -> Webcert"


def with_second(body):
    """Return a workbook whose second sheet has these rows."""
    return FIRST_SHEET + "## Webcert -> Vårdsystem\n" + body.strip() + "\n" + THIRD_SHEET


def with_third(body):
    """Return a workbook whose third sheet has these rows."""
    return STANDARD.replace(THIRD_SHEET, "## Intygstjänsten -> Webcert\n" + body)


@pytest.mark.parametrize(
    "pair", [("HSA-ID", "Enhet"), ("HSA-ID", "Vårdenhet"), ("HSA-ID (vårdenhet)", "Vårdenhet")]
)
@pytest.mark.parametrize("turned", [False, True])
def test_of_two_headers_for_the_unit_the_one_with_texts_below_is_its_name(pair, turned):
    ids, name = pair
    units = [
        (ids, name),
        ("SE162321000156-4HVT", "Tolkcentralen"),
        ("SE162321000156-4HVX", "Vårdcentral 1177"),
    ]
    lines = ["| Tjänsteproducent | URL | {} | {} |".format(*(units[0][::-1] if turned else units[0]))]
    lines += [
        "| SE162321000156-B3K | {} | {} | {} |".format(URL, *(u[::-1] if turned else u)) for u in units[1:]
    ]
    reading = read_text(with_second("\n".join(lines)))
    assert rows(reading, FLOW, "addressee", "addressee_name") == units[1:]
    assert told(reading, "FLI004", "FLI005", "FLI011") == []


def test_two_columns_of_ids_for_the_unit_are_still_refused():
    body = f"| Producent | URL | HSA-ID | Enhet | Namn |\n| SE162321000156-B3K | {URL} | SE162321000156-4HVT | SE162321000156-4HVV | A |"
    reading = read_text(with_second(body))
    assert told(reading, "FLI004") == [("FLI004", SECOND, "C1")]


def test_rows_under_indistinguishable_columns_are_not_reported():
    body = f"""| Producent | URL | HSA-ID | Namn | HSA-ID | Namn |
| SE162321000156-B3K | {URL} | SE162321000156-4HVT | A | SE162321000156-4HVV | B |
|  |  | SE162321000156-4HVX | C | SE162321000156-4HVY | D |"""
    reading = read_text(with_second(body))
    assert {code for code, sheet, _ in told(reading) if sheet == SECOND} == {"FLI004", "FLI032"}


def test_an_ambiguous_column_of_units_is_not_called_a_sheet_without_units():
    body = """| Tjänsteproducent (HSAID) | Anropsadress | HSA-ID | Enhet | Namn |
| SE5565594230-B8N | https://webcert.ntjp.intygstjanster.se/x | SE162321000156-4HVT | SE162321000156-4HVV | A |
"""
    reading = read_text(with_third(body), environment="PROD")
    assert [code for code, _, _ in told(reading, "FLI004", "FLI006", "FLI030")] == ["FLI004"]
    assert len(reading.underlag.flow("intygstjansten-webcert").entries) == 0


@pytest.mark.parametrize("role", ["producent", "tjänsteproducent"])
def test_an_hsa_id_may_precede_its_owner(role):
    body = f"| HSA-ID {role} | URL | HSA-ID konsument | HSA-ID enhet | Namn |\n| SE162321000156-B3K | {URL} | SE5565594230-B8N | SE162321000156-4HVT | A |"
    reading = read_text(with_second(body))
    assert rows(reading, FLOW, "producer", "consumer", "addressee") == [
        ("SE162321000156-B3K", "SE5565594230-B8N", "SE162321000156-4HVT")
    ]


def test_headings_of_groups_distinguish_equal_headers():
    body = f"""
! merge A1:B1 C1:C2 D1:E1
| Tjänsteproducent |  | Anropsadress | Vårdenhet |  |
| HSA-ID | Namn |  | HSA-ID | Namn |
| SE162321000156-B3K | Proxy | {URL} | SE162321000156-4HVT | Tolkcentralen |
"""
    reading = read_text(with_second(body))
    assert rows(reading, FLOW, "producer", "producer_name", "url", "addressee", "addressee_name") == [
        ("SE162321000156-B3K", "Proxy", URL, "SE162321000156-4HVT", "Tolkcentralen")
    ]
    assert {code for code, sheet, _ in told(reading) if sheet == SECOND} == {"FLI032"}


@pytest.mark.parametrize("producer", ["Tjänsteproducent", "Producent"])
def test_headings_of_groups_reach_to_the_next_one_where_nothing_is_merged(producer):
    body = f"""
| {producer} |  | Anropsadress | Vårdenhet |  |
| HSA-ID | Namn |  | HSA-ID | Namn |
| SE162321000156-B3K | Proxy | {URL} | SE162321000156-4HVT | Tolkcentralen |
"""
    reading = read_text(with_second(body))
    assert rows(reading, FLOW, "producer", "producer_name", "url", "addressee", "addressee_name") == [
        ("SE162321000156-B3K", "Proxy", URL, "SE162321000156-4HVT", "Tolkcentralen")
    ]
    assert reading.underlag.flow(FLOW).columns["url"].text == "Anropsadress"


def test_a_title_above_the_headers_is_no_heading_of_a_group():
    reading = read_text(
        with_second(
            f"| Underlag för regionen |\n{HEADERS}\n| SE162321000156-B3K | P | {URL} |  |  | SE162321000156-4HVT | A |"
        )
    )
    assert cells(reading, FLOW, "producer", "addressee") == [("A3", "F3")]
    assert told(reading, "FLI036", "FLI023", "FLI034") == []


def test_a_second_table_with_its_columns_in_another_order_is_read_by_its_own_headers():
    body = f"""{HEADERS}
| SE162321000156-B3K | Proxy | {URL} | SE5565594230-B8N | CertificateStatusUpdateForCare v3 | SE162321000156-4HVT | A |
||
| Logisk adressat (HSAID) | Namn | Tjänsteproducent (HSAID) | Anropsadress (URL) |
| SE162321000156-4HVV | B | SE162321000156-B4K | https://b.liv.sjunet.org/rivtabp21 |
| SE162321000156-4HVX | C |  |  |
"""
    reading = read_text(with_second(body), environment="PROD")
    assert rows(reading, FLOW, "producer", "url", "addressee", "addressee_name", "contract") == [
        ("SE162321000156-B3K", URL, "SE162321000156-4HVT", "A", "CertificateStatusUpdateForCare v3"),
        (
            "SE162321000156-B4K",
            "https://b.liv.sjunet.org/rivtabp21",
            "SE162321000156-4HVV",
            "B",
            "CertificateStatusUpdateForCare v3",
        ),
        (
            "SE162321000156-B4K",
            "https://b.liv.sjunet.org/rivtabp21",
            "SE162321000156-4HVX",
            "C",
            "CertificateStatusUpdateForCare v3",
        ),
    ]
    assert cells(reading, FLOW, "addressee") == [("F2",), ("A5",), ("A6",)]


def test_a_second_table_that_lacks_a_column_is_an_error():
    body = f"{HEADERS}\n| SE162321000156-B3K | P | {URL} |  |  | SE162321000156-4HVT | A |\n||\n| HSA-ID | Namn |\n| SE162321000156-4HVV | B |"
    reading = read_text(with_second(body), environment="PROD")
    missing = [f.message for f in reading.findings if f.code == "FLI005"]
    assert len(missing) == 2
    assert "”Tjänsteproducent (HSAID)”" in missing[0]


def test_headers_that_only_come_again_begin_no_table():
    body = f"{HEADERS}\n| SE162321000156-B3K | P | {URL} |  |  | SE162321000156-4HVT | A |\n{HEADERS}\n|  |  |  |  |  | SE162321000156-4HVV | B |"
    reading = read_text(with_second(body), environment="PROD")
    assert rows(reading, FLOW, "producer", "addressee") == [
        ("SE162321000156-B3K", "SE162321000156-4HVT"),
        ("SE162321000156-B3K", "SE162321000156-4HVV"),
    ]
    assert told(reading, "FLI016") == [("FLI016", SECOND, "A3")]


def test_labels_above_each_of_two_tables_apply_to_that_table():
    body = f"""
| Tjänsteproducent (HSAID) | SE162321000156-B3K |
| Anropsadress (URL) | {URL} |
||
| HSA-ID | Namn |
| SE162321000156-4HVT | A |
||
| Tjänsteproducent (HSAID) | SE162321000156-B4K |
| Anropsadress (URL) | https://b.liv.sjunet.org/rivtabp21 |
||
| HSA-ID | Namn |
| SE162321000156-4HVV | B |
"""
    reading = read_text(with_second(body), environment="PROD")
    assert rows(reading, FLOW, "producer", "url", "addressee") == [
        ("SE162321000156-B3K", URL, "SE162321000156-4HVT"),
        ("SE162321000156-B4K", "https://b.liv.sjunet.org/rivtabp21", "SE162321000156-4HVV"),
    ]
    assert not [f for f in reading.findings if f.severity is Severity.ERROR]


def test_a_form_that_begins_again_is_a_form_of_its_own():
    body = f"""
| Tjänsteproducent (HSAID) | SE162321000156-B3K |
| Anropsadress (URL) | {URL} |
| HSA-ID | SE162321000156-4HVT |
| Namn | A |
||
| Tjänsteproducent (HSAID) | SE162321000156-B4K |
| Anropsadress (URL) | https://b.liv.sjunet.org/rivtabp21 |
| HSA-ID | SE162321000156-4HVV |
| Namn | B |
"""
    reading = read_text(with_second(body), environment="PROD")
    assert rows(reading, FLOW, "producer", "url", "addressee", "addressee_name") == [
        ("SE162321000156-B3K", URL, "SE162321000156-4HVT", "A"),
        ("SE162321000156-B4K", "https://b.liv.sjunet.org/rivtabp21", "SE162321000156-4HVV", "B"),
    ]


FORM = """
## Vårdsystem -> Webcert
| Uppgift | Värde |
| Konsument (HSAID): | SE162321000156-4H4F |
| Tjänstekontrakt 1: | CreateDraftCertificate v3 |
| Tjänstekontrakt 2: | ListCertificatesForCareWithQA v3 |
| Logisk adressat: | 5565594230-WEBCERT |
| {text  } | {text  } |
"""


def test_numbered_labels_are_several_values_of_one_kind():
    reading = read_text(FORM + STANDARD[len(FIRST_SHEET) :])
    assert rows(reading, "vardsystem-webcert", "contract", "addressee") == [
        ("CreateDraftCertificate v3", "5565594230-WEBCERT"),
        ("ListCertificatesForCareWithQA v3", "5565594230-WEBCERT"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Även ListCertificatesForCareWithQA",
        "Enhet SE162321000156-4HWX tillkommer",
        "Se https://a.sjunet.org/x",
    ],
)
def test_unread_text_that_holds_a_value_is_a_warning(text):
    reading = read_text(FORM.replace("| Uppgift | Värde |", f"| {text} |") + STANDARD[len(FIRST_SHEET) :])
    (said,) = [f for f in reading.findings if f.code == "FLI034"]
    assert (said.cell, said.value, said.severity) == ("A1", text, Severity.WARNING)


def test_a_text_below_the_values_of_a_form_is_a_warning():
    form = "| HSA-ID | SE162321000156-4HVT |\n| Kommentar |  |\n|  |  |\n|  | Vårdcentralen Norra |\n"
    reading = read_text(with_third(form), environment="PROD")
    assert told(reading, "FLI034") == [("FLI034", THIRD, "B4")]


def test_a_header_with_ids_below_it_is_no_label_whatever_is_next_to_it():
    text = "## Vårdsystem -> Webcert\n| Konsument (HSAID) | Skapa utkast | Lista intyg |\n| SE162321000156-4H4F | Ja | Nej |\n"
    reading = read_text(text + STANDARD[len(FIRST_SHEET) :])
    assert set(rows(reading, "vardsystem-webcert", "consumer")) == {("SE162321000156-4H4F",)}
    asked = [(f.code, f.cell) for f in reading.findings if f.sheet == "Vårdsystem -> Webcert" and f.cell]
    assert asked == [("FLI036", "B1"), ("FLI037", "C2")]


@pytest.mark.parametrize("body", ["", "| Samma som fliken före |\n"])
def test_a_last_sheet_without_headers_has_the_other_sheets_units_where_all_is_fixed(body):
    reading = read_text(with_third(body), environment="PROD")
    assert len(rows(reading, "intygstjansten-webcert", "addressee")) == 3
    assert told(reading, "FLI003", "FLI030") == [("FLI030", THIRD, "")]


def test_a_last_sheet_with_ids_and_no_headers_is_an_error():
    reading = read_text(with_third("| SE162321000156-4HVT | Tolkcentralen |\n"), environment="PROD")
    (said,) = [f for f in reading.findings if f.code == "FLI003"]
    assert "”Logisk adressat (HSAID)”" in said.message


@pytest.mark.parametrize(
    "text", ["Samma som fliken Webcert -> Vårdsystem", "Alla vårdenheter", "Samma", "Se flik 2"]
)
def test_a_cell_that_says_the_same_units_is_no_id(text):
    headers = "| Tjänsteproducent (HSAID) | Anropsadress | Logisk adressat (HSAID) | Namn |"
    row = f"| SE5565594230-B8N | https://webcert.ntjp.intygstjanster.se/x/v2.0 | {text} | Alla |"
    reading = read_text(with_third(f"{headers}\n{row}\n"), environment="PROD")
    assert rows(reading, "intygstjansten-webcert", "addressee", "addressee_name") == rows(
        reading, FLOW, "addressee", "addressee_name"
    )
    (said,) = [f for f in reading.findings if f.sheet == THIRD and f.cell]
    assert (said.code, said.cell, said.value) == ("FLI035", "C2", text)


def test_one_unit_that_says_so_among_ids_is_left_to_the_checks():
    text = STANDARD.replace(
        "|  |  |  |  | SE162321000156-4HVX | Vårdcentralen Gripen |", "|  |  |  |  | Alla enheter | Resten |"
    )
    assert text != STANDARD
    reading = read_text(text)
    assert len(rows(reading, "intygstjansten-webcert", "addressee")) == 3
    assert told(reading, "FLI035") == []


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Underlag TEST PROD-LiV.xlsx", True),
        ("Demo-underlag PROD-LiV.xlsx", True),
        ("Underlag QA-LiV test.xlsx", False),
        ("Underlag PROD-Testerås.xlsx", False),
    ],
)
def test_a_file_name_with_test_and_production_is_reported(name, said):
    assert bool(told(read_text(STANDARD, name=name), "BST030")) is said
    assert told(read_text(STANDARD, name=name, environment="PROD"), "BST030") == []


def test_a_reference_that_is_an_error_is_not_also_listed_as_read():
    headers = "| Tjänsteproducent (HSAID) | Anropsadress | Logisk adressat (HSAID) | Namn |"
    row = (
        "| SE5565594230-B8N | https://webcert.ntjp.intygstjanster.se/x/v2.0 | Samma som flik 2 utom Rud |  |"
    )
    reading = read_text(with_third(f"{headers}\n{row}\n"), environment="PROD")
    assert [code for code, *_ in told(reading, "FLI035", "FLI060")] == ["FLI060"]
