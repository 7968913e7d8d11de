"""Sheets and columns are found by similarity; ambiguous ones are never guessed."""

import difflib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.reading import cells, read_text, rows, told
from tests.support.tables import NAME, STANDARD, workbook
from underlag.characters.likeness import SAME_NAME, NearNames, compact
from underlag.findings import Severity
from underlag.options import Options
from underlag.profiles import profiles
from underlag.reading import read
from underlag.reading.tables.header_roles import HeaderNames

FLOW = "webcert-vardsystem"
UNITS = ["SE162321000156-4HVT", "SE162321000156-4HVV", "SE162321000156-4HVX"]


def addressees(reading):
    return [text for (text,) in rows(reading, FLOW, "addressee")]


@pytest.mark.parametrize(
    "name",
    [
        "Webcert -> vårdsystem",
        "Webcert->vårdsystem",
        "Webcert – Vårdsystem",
        "Webcert → Vårdsystem",
        "webcert  =>  VÅRDSYSTEM",
        "Webcert till Vårdsystem",
        "Webcert -> Va\u030ardsystem",
        "Webcert -> Vardsystem",
        "2. Webcert -> Vårdsystem",
        "Webcert -> Vårdsytem",
        "Webcert\u00a0-> Vårdsystem ",
    ],
)
def test_a_sheet_is_found_however_its_name_is_spelt(name):
    reading = read_text(STANDARD.replace("## Webcert -> Vårdsystem", f"## {name}"))
    assert addressees(reading) == UNITS
    assert reading.underlag.flow(FLOW).sheet == name
    assert told(reading) == []


def test_the_directions_are_not_taken_for_each_other():
    reading = read_text(STANDARD.replace("## Webcert -> Vårdsystem", "## Webbcert"))
    assert told(reading, "FLI001", "FLI041") == [("FLI001", "", ""), ("FLI041", "Webbcert", "")]
    assert "”Webcert -> Vårdsystem”" in next(f.message for f in reading.findings if f.code == "FLI001")


def test_a_missing_sheet_is_an_error_of_the_whole():
    reading = read_text(STANDARD.split("## Intygstjänsten")[0])
    assert told(reading) == [("FLI001", "", "")]
    assert len(reading.underlag.flow("intygstjansten-webcert").entries) == 0


def test_two_sheets_that_fit_equally_well_are_refused_by_naming_both():
    reading = read_text(STANDARD + "## Webcert  till vårdsystem\n| Namn |\n| x |\n")
    (finding,) = (f for f in reading.findings if f.code == "FLI002")
    assert finding.severity is Severity.ERROR
    assert "”Webcert -> Vårdsystem”" in finding.message
    assert "”Webcert  till vårdsystem”" in finding.message
    assert told(reading, "FLI001") == []
    assert addressees(reading) == []


def test_an_exact_name_precedes_one_that_resembles_it():
    reading = read_text(STANDARD + "## Webcert -> Vårdsystem (2)\n| Namn |\n| x |\n")
    assert addressees(reading) == UNITS
    assert told(reading) == [("FLI010", "Webcert -> Vårdsystem (2)", "")]


def test_of_two_like_sheets_the_filled_one_is_meant():
    reading = read_text("## Webcert till Vårdsystem\n" + STANDARD)
    assert addressees(reading) == UNITS
    assert told(reading) == []


def test_extra_sheets_are_left_with_a_note_and_empty_ones_without():
    reading = read_text(STANDARD + "## Blad4\n## Instruktion\n| Så här fyller du i |\n")
    assert told(reading) == [("FLI010", "Instruktion", "")]


HEADER = "| Tjänsteproducent (HSAID) | Tjänsteproducent (namn) | Anropsadress (URL) | Konsument (HSAID) | Tjänstekontrakt | Logisk adressat (HSAID) | Namn |"


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Logisk adressat (HSAID)", "Vårdenhet"),
        ("Logisk adressat (HSAID)", "LOGISK ADRESSAT\\n(HSA-ID)"),
        ("Logisk adressat (HSAID)", "Logisk adressat (HSAID) *"),
        ("Logisk adressat (HSAID)", "Logisk adresat (HSAID)"),
        ("Logisk adressat (HSAID)", "Logisk adressat (hämtas ur HSA-katalogen)"),
        ("Logisk adressat (HSAID)", "Logisk adressat\\nfyll i enhetens HSA-ID här"),
        ("Tjänsteproducent (HSAID)", "Tjänste-\\nproducent (HSAID)"),
        ("Tjänsteproducent (HSAID)", "Producent"),
        ("Anropsadress (URL)", "URL"),
        ("Anropsadress (URL)", "Anropsadress"),
        ("| Namn |", "| Enhetens namn: |"),
        ("| Namn |", "| Namn (enligt HSA) |"),
    ],
)
def test_a_column_is_found_however_its_header_is_spelt(old, new):
    reading = read_text(STANDARD.replace(HEADER, HEADER.replace(old, new)))
    assert addressees(reading) == UNITS
    assert told(reading) == []


def test_columns_may_be_in_any_order():
    lines = STANDARD.split("\n")
    at = lines.index(HEADER)
    for row in range(at, at + 4):
        lines[row] = "|" + "|".join(reversed(lines[row].strip("|").split("|"))) + "|"
    reading = read_text("\n".join(lines))
    assert addressees(reading) == UNITS
    assert cells(reading, FLOW, "addressee", "producer") == [("B2", "G2"), ("B3", "G2"), ("B4", "G2")]


@pytest.mark.parametrize(("above", "found"), [(0, True), (39, True), (40, False)])
def test_headers_may_be_anywhere_in_the_first_forty_rows(above, found):
    reading = read_text(STANDARD.replace(HEADER, "||\n" * above + HEADER))
    assert (addressees(reading) == UNITS) is found
    assert told(reading) == ([] if found else [("FLI003", "Webcert -> Vårdsystem", "")])


def test_a_missing_required_column_is_an_error_that_names_the_headers_found():
    reading = read_text(STANDARD.replace(HEADER, HEADER.replace("Anropsadress (URL)", "Länk")))
    (finding,) = (f for f in reading.findings if f.code == "FLI005")
    assert finding.severity is Severity.ERROR
    assert "”Anropsadress (URL)”" in finding.message
    assert "”Länk”" in finding.message
    assert {url for (url,) in rows(reading, FLOW, "url")} == {"-"}


def test_a_column_that_the_environment_fixes_may_be_missing():
    text = STANDARD.replace("| Anropsadress | Konsument |", "| Länk | Kommentar |")
    reading = read_text(text)
    assert told(reading, "FLI005") == []
    assert set(rows(reading, "intygstjansten-webcert", "url", "consumer")) == {
        ("https://webcert.ntjp.intygstjanster.se/services/send-message-to-care/v2.0", "SE5565594230-B31")
    }
    (absent,) = [f.message for f in reading.findings if f.code == "FLI032"]
    assert "”Anropsadress”" in absent
    assert "”Konsument”" in absent
    assert told(read_text(text, name="Underlag NTjP QA-LiV.xlsx"), "FLI005") == [
        ("FLI005", "Intygstjänsten -> Webcert", "")
    ]


def test_an_unread_column_is_reported_even_if_it_has_only_an_error():
    text = STANDARD.replace(HEADER, HEADER + " Kommentar |").replace(
        "| Vårdcentralen Rud |", "| Vårdcentralen Rud | {error #N/A} |", 1
    )
    assert told(read_text(text)) == [("FLI036", "Webcert -> Vårdsystem", "H1")]


def test_a_column_whose_header_is_a_contract_is_left_with_a_warning():
    text = STANDARD.replace("| Konsument (HSAID)   |", "| Konsument | ListCertificatesForCareWithQA v3 |", 1)
    text = text.replace("| SE162321000156-4H4F |", "| SE162321000156-4H4F | x |", 1)
    assert told(read_text(text), "FLI036") == [("FLI036", "Vårdsystem -> Webcert", "B1")]


def test_of_two_like_headers_the_exact_one_is_meant():
    reading = read_text(STANDARD.replace(HEADER, HEADER + " Namnn |"))
    assert told(reading, "FLI004") == []
    assert addressees(reading) == UNITS


def test_a_sheet_without_rows_is_an_error():
    text = (
        STANDARD.split("| SE162321000156-B3K")[0]
        + "\n## Intygstjänsten"
        + STANDARD.split("## Intygstjänsten")[1]
    )
    assert told(read_text(text)) == [("FLI006", "Webcert -> Vårdsystem", "")]


def test_the_profile_is_recognised_by_the_sheets_and_may_be_chosen():
    content = workbook(STANDARD)
    assert read(content, name="x.xlsx").underlag.profile.key == "intygstjanster"
    asked = read(content, Options(profile="bulktakning"), name=NAME)
    assert asked.underlag.profile.key == "bulktakning"
    assert {f.code for f in asked.findings} == {"FLI001", "FLI041"}
    assert [f.code for f in read(content, Options(profile="saknas"), name=NAME).findings] == ["FIL009"]


def test_no_header_of_a_profile_means_two_roles():
    for profile in profiles().values():
        for sheet in profile.sheets:
            names = HeaderNames(sheet)
            for column in sheet.columns:
                assert {names.exact(header)[0] for header in (column.title, *column.aliases)} == {column.role}


@given(st.text(max_size=40), st.text(max_size=40))
def test_likeness_is_the_same_both_ways_round_for_equal_names(one, other):
    one, other = compact(one), compact(other)
    expected = difflib.SequenceMatcher(None, one, other, autojunk=False).ratio()
    counts = one == other or (min(len(one), len(other)) >= 5 and expected >= SAME_NAME)

    assert NearNames([other]).best(one) == ((other, expected) if counts else ("", 0.0))
    assert compact(one) == one
    assert NearNames(["tjansteproducent", one]).best(one) == (one, 1.0)


def test_the_first_of_the_nearest_names_is_taken():
    names = NearNames(["tjansteproducentz", "tjansteproducentx", "konsument"])

    assert names.best("tjansteproducent")[0] == "tjansteproducentz"
    assert names.best("tjansteproducentx") == ("tjansteproducentx", 1.0)
