"""Texts of honest workbooks that are no instructions, and those that nearly look like them."""

import re

import pytest

from tests.checks.examine import examine, verdict
from tests.support.case_tables import case_rows
from tests.support.tables import ORDER_SHEET, STANDARD

FULL = STANDARD + ORDER_SHEET

#: Verdict, and the cells of a row below the units.
FOOTERS = case_rows(
    """
    ren | Version 1.2; 2026-11-01
    ren | Version; 1.2
    ren | Mallversion 3; Sida 1 av 2
    ren | Inera AB; Mall version 3; Sida 1 av 2
    ren | Ifyllt av; Eva Exempelsson; 2026-11-01
    ren | Senast ändrad; 2026-11-01
    se  | Version 1.2; SE162321000156-4HVA
    se  | Version 1.2; Beställ inte
    se  | Rud vårdcentral; Karlstad
    se  | Landstinget i Värmland; Version
    """
)
#: Verdict, and a label of the sheet Beställning with its value.
LABELS = case_rows(
    """
    ren | Fakturareferens  | 12345
    ren | Upprättad av     | Eva Exempelsson
    ren | Prioritet        | Normal
    ren | Journalsystem    | Cosmic
    se  | Prioritet        | Avvakta
    se  | Utom             | Rud
    se  | Tas bort         | Rud
    se  | Vecka            | 48
    se  | Etapp            | 2
    se  | Ersätter         | TSK-12400
    se  | Godkännande      | Saknas
    se  | Prioritet        | Nej
    se  | Önskemål         | körs nattetid
    se  | Driftmil         | QA
    se  | Fakturadag       | 2027-03-09
    se  | Bekräftelse till | eva@region.example.se
    se  | Extra enhet      | SE162321000156-4HVA
    se  | Ärendenumer      | TSK-1
    se  | Jourtelefon      | 070-174 06 08
    """
)
#: Verdict, the order's date, and the remark on the order.
REMARKS = case_rows(
    """
    ren | 2028-01-04 | Nya enheter från årsskiftet
    se  | 2027-03-15 | Nya enheter från årsskiftet
    se  | 2028-01-04 | Två av enheterna startar vid årsskiftet
    se  | 2028-01-04 | Rud ansluts från årsskiftet
    se  | 2028-01-04 | Nya enheter från årsskiftet 2029
    se  | 2028-01-04 | Efter årsskiftet
    ren | 2027-03-15 | Enheterna startar i mars
    ren | 2027-03-15 | Driftstart i mars 2027
    ren | 2027-03-15 | Önskas till den 15 mars
    se  | 2027-03-15 | Enheterna startar i april
    se  | 2027-03-15 | Några av enheterna startar i mars
    se  | 2027-03-15 | Driftstart i mars 2028
    se  | 2027-03-15 | Beställningen görs i mars, inte nu
    ren | 2027-03-15 | Se även tidigare ärende TSK-12000
    se  | 2027-03-15 | Se även tidigare ärende TSK-12000 för fler enheter
    se  | 2027-03-15 | Se även tidigare ärende, där Rud är borttagen
    se  | 2027-03-15 | Se även ärende TSK-12000, det gäller i stället
    ren | 2027-03-15 | Ersätter inget tidigare underlag
    se  | 2027-03-15 | Ersätter tidigare underlag
    se  | 2027-03-15 | Ersätter inget, men avvakta
    ren | 2027-03-15 | Vi använder RIVTA BP 2.1
    ren | 2027-03-15 | Enligt RIVTABP21
    se  | 2027-03-15 | Vi använder RIVTA BP 2.0
    se  | 2027-03-15 | Vi använder RIVTABP20
    se  | 2027-03-15 | Vi använder RIVTA BP 2.1 utom för Rud
    ren | må 15/3 2027 | Inget särskilt
    ren | to 18/3 2027 | Inget särskilt
    se  | ti 15/3 2027 | Inget särskilt
    se  | mi 15/3 2027 | Inget särskilt
    """
)
ENVIRONMENTS = """
## Miljöer
| Miljö | Adress |
| PROD  | https://tph2.liv.sjunet.org:50001/WebCertFormStatusUpdateWebService/FormStatusUpdate/3_0/rivtabp21 |
| QA    | https://tph2-qa.liv.sjunet.org:50001/x |
"""
#: Verdict, and a text alone in the first column below the rows of the first sheet.
BELOW_SYSTEMS = case_rows(
    """
    ren | Journalsystem: Cosmic R8.3
    ren | Leverantör: Cambio
    ren | Nätverk: Sjunet
    se  | Cosmic R8.3
    se  | Konsument: SE2321000016-3G5F
    se  | Status: Beställ inte
    """
)
#: Verdict, and a heading above the last unit.
HEADINGS = case_rows(
    """
    ren | Karlstads kommun
    ren | Upplands Väsby kommun
    ren | Göteborgs stad:
    se  | Ny kommun
    se  | Senare kommun
    se  | karlstads kommun avvaktar
    ren | Södra området
    se  | Södra området i höst
    se  | Vårdcentralen
    """
)
ENGLISH = {
    "Konsument (HSAID)": "Service consumer (HSA ID)",
    "Konsument (namn)": "Consumer name",
    "Tjänstekontrakt": "Service contract",
    "Logisk adressat (HSAID)": "Logical address (HSA-ID)",
    "Logisk adressat": "Logical address",
    "Namn": "Name",
    "Tjänsteproducent (HSAID)": "Service producer (HSA ID)",
    "Anropsadress (URL)": "Endpoint address (URL)",
    "Anropsadress": "URL",
    "Tjänsteproducent (namn)": "Name of service producer",
    "Konsument": "Consumer",
}


def codes(text):
    return {found.code for found in examine(text).findings}


@pytest.mark.parametrize(("expected", "cells"), FOOTERS)
def test_a_footer_in_several_cells_is_no_row(expected, cells):
    row = f"| {cells.replace(';', ' |')} |"
    text = FULL.replace("\n## Intygstjänsten", f"||\n{row}\n\n## Intygstjänsten")

    checked = examine(text)

    assert (verdict(checked) != "ren") == (expected == "se"), [f.message for f in checked.findings]


@pytest.mark.parametrize(("expected", "label", "value"), LABELS)
def test_an_unknown_label_is_asked_about_if_it_may_be_about_the_order(expected, label, value):
    checked = examine(f"{FULL}| {label} | {value} |\n")

    assert (verdict(checked) != "ren") == (expected == "se"), [f.message for f in checked.findings]


@pytest.mark.parametrize(("expected", "day", "remark"), REMARKS)
def test_a_remark_that_agrees_with_the_order_is_not_asked_about(expected, day, remark):
    details = re.sub(r"(?m)^\| Datum .*$", f"| Datum | {day} |", FULL)
    assert day in details
    checked = examine(f"{details}| Övrig information | {remark} |\n")

    assert (verdict(checked) != "ren") == (expected == "se"), [f.message for f in checked.findings]


@pytest.mark.parametrize(
    ("expected", "text"),
    [
        *(("ren", text) for text in ("PROD (produktion)", "Produktion (PROD)", "NTJP PROD (Prod)")),
        *(("stopp", text) for text in ("PROD (QA)", "PROD (och QA)", "PROD (produktion?)", "PROD (klar)")),
    ],
)
def test_a_second_name_in_brackets_is_the_same_environment(expected, text):
    stated = re.sub(r"(?m)^\| Miljö .*$", f"| Miljö | {text} |", FULL)
    assert text in stated

    checked = examine(stated)

    assert verdict(checked) == expected, [f.message for f in checked.findings]


def test_labels_that_no_order_has_are_one_info():
    text = f"{FULL}| Fakturareferens | 12345 |\n| Prioritet | Normal |\n"
    assert codes(text) == {"FLI011"}
    # Where a detail is missing, an unknown label may be it.
    assert "FLI019" in codes(text.replace("| Ärendenummer               | TSK-12518           |\n", ""))


@pytest.mark.parametrize(
    ("expected", "old", "new"),
    [
        ("FLI010", "", ""),
        ("FLI010", "| Miljö | Adress |", "| Namn | Adress |"),
        ("FLI041", "| QA    |", "| PROD  |"),
        ("FLI041", "| QA    |", "| Reserv |"),
        ("FLI041", "| PROD  |", "| TEST  |"),
    ],
)
def test_a_list_of_the_environments_addresses_is_a_look_up_list(expected, old, new):
    assert codes(FULL + ENVIRONMENTS.replace(old, new)) == {expected}


def test_environments_at_the_top_of_columns():
    listed = "| Adress | PROD | QA |\n| Proxy | SE162321000156-B3K | SE162321000156-B3Q |\n"
    assert codes(f"{FULL}\n## Adresser\n{listed}") == {"FLI010"}


@pytest.mark.parametrize("text", ["Som ovan", "dito", "Se bilaga", "Samtliga vårdenheter", "-”-"])
def test_a_reference_instead_of_a_unit_says_what_to_write(text):
    sheet3 = FULL.index("SE162321000156-4HVT", FULL.index("## Intygstjänsten"))
    end = FULL.index("\n## Beställning")
    found = examine(f"{FULL[:sheet3]}{text} | |\n{FULL[end:]}").findings

    (advice,) = [f.suggestion for f in found if f.code == "HSA002"]
    assert f"”{text}” säger inte vilka enheter" in advice
    assert "Samma som fliken" in advice


def test_a_faulty_id_gets_no_advice_about_references():
    found = examine(FULL.replace("SE162321000156-4HVV", "Rudens mottagning 7")).findings
    assert [
        f.suggestion for f in found if f.code == "HSA002" and "säger inte vilk" in (f.suggestion or "")
    ] == []


@pytest.mark.parametrize(("expected", "line"), BELOW_SYSTEMS)
def test_a_label_with_its_value_below_the_systems_is_no_row(expected, line):
    checked = examine(FULL.replace("\n## Webcert", f"||\n| {line} |\n\n## Webcert", 1))

    assert (verdict(checked) != "ren") == (expected == "se"), [f.message for f in checked.findings]


@pytest.mark.parametrize(("expected", "heading"), HEADINGS)
def test_a_heading_that_names_a_place_is_not_asked_about(expected, heading):
    unit = "|  |  |  |  |  | SE162321000156-4HVX |"
    assert unit in FULL
    checked = examine(FULL.replace(unit, f"| {heading} |\n{unit}", 1))

    assert (verdict(checked) != "ren") == (expected == "se"), [f.message for f in checked.findings]


def test_a_place_below_the_units_may_be_a_unit():
    text = FULL.replace("\n## Intygstjänsten", "|  |  |  |  |  | Karlstads kommun |\n\n## Intygstjänsten")
    assert "FLI023" in codes(text)


def test_english_headers_mean_the_same():
    sheets = FULL.split("## ")
    for number in (1, 2, 3):
        head = next(line for line in sheets[number].splitlines() if line.startswith("| ") and "Namn" in line)
        english = "|".join(
            f" {ENGLISH.get(cell.strip(), cell.strip())} " if cell else "" for cell in head.split("|")
        )
        assert english != head
        sheets[number] = sheets[number].replace(head, english)

    assert codes("## ".join(sheets)) == codes(FULL)


def test_an_english_word_that_is_not_known_is_no_header():
    text = FULL.replace("| Tjänstekontrakt ", "| Contract of employment ", 1)
    assert codes(text) != codes(FULL)
