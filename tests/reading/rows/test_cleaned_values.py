"""What is cleaned in a cell, and what is reported about it."""

import io

import openpyxl
import pytest
from openpyxl.styles import Font

from tests.reading.rows.units import FLOW, SHEET, STANDARD_UNITS, units, with_rows
from tests.support.reading import read_text, rows, told
from tests.support.tables import NAME, STANDARD, workbook
from underlag import check
from underlag.findings import Severity
from underlag.options import Options
from underlag.reading import read


@pytest.mark.parametrize("number", ["191212121212", "1212121212", "101010007"])
def test_a_personal_number_in_a_numeric_cell_is_reported_but_not_quoted(number):
    text = STANDARD.replace("SE162321000156-4HVX", f"{{number {number}}}", 1)
    checked = check(read_text(text), Options(environment="PROD"))
    found = {f.code for f in checked.findings if (f.sheet, f.cell) == (SHEET, "F4")}
    assert "CEL003" not in found
    assert "HSA007" in found
    assert not any(number in f"{f.value} {f.message} {f.suggestion}" for f in checked.findings)


def test_tidying_is_reported_only_for_accepted_values():
    text = STANDARD.replace("SE162321000156-4HVX", "se162321000165-4hvx", 1).replace(
        "SE162321000156-4HVV", "se162321000156-4hvv", 1
    )
    checked = check(read_text(text), Options(environment="PROD"))
    assert [f.cell for f in checked.findings if f.code == "CEL010"] == ["F3"]
    assert [f.value for f in checked.findings if f.code == "HSA003"] == ["se162321000165-4hvx"]


def test_rows_that_are_struck_through_are_read_and_reported():
    book = openpyxl.load_workbook(io.BytesIO(workbook(STANDARD)))
    for cell in book[SHEET][3]:
        cell.font = Font(strike=True)
    book[SHEET]["A9"].font = Font(strike=True)
    book["Vårdsystem -> Webcert"]["A2"].font = Font(strike=False, bold=True)
    stream = io.BytesIO()
    book.save(stream)
    reading = read(stream.getvalue(), Options(), name=NAME)
    assert units(reading) == STANDARD_UNITS
    assert [
        (f.sheet, f.severity, "lästs: 3 (" in f.message) for f in reading.findings if f.code == "FLI024"
    ] == [(SHEET, Severity.WARNING, True)]


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("SE162321000156-4HVX\u00a0", "SE162321000156-4HVX"),
        ("{text  SE162321000156-4HVX }", "SE162321000156-4HVX"),
        ("SE162321000156\u20134HVX", "SE162321000156-4HVX"),
        ("se162321000156-4hvx", "SE162321000156-4HVX"),
        ("SE162321000156-4\u200bHVX", "SE162321000156-4HVX"),
        ("\ufeffSE162321000156-4HVX", "SE162321000156-4HVX"),
        ("SE162321000156-4HVX\\n", "SE162321000156-4HVX"),
        ("SE162321000156-4HVX\u2028", "SE162321000156-4HVX"),
        ("\uff33\uff25162321000156-4HVX", "SE162321000156-4HVX"),
        ("SE\uff11\uff162321000156-4HVX", "SE162321000156-4HVX"),
    ],
)
def test_every_cleaning_is_reported_with_before_and_after(raw, text):
    reading = read_text(STANDARD.replace("SE162321000156-4HVX", raw, 1))
    assert units(reading)[2][0] == text
    (finding,) = reading.findings
    assert (finding.code, finding.severity, finding.cell) == ("CEL010", Severity.INFO, "F4")
    assert f"Efter: ”{text}”" in finding.message
    assert finding.value != text


def test_a_full_width_version_of_a_contract_is_cleaned():
    reading = read_text(
        STANDARD.replace("CertificateStatusUpdateForCare v3", "CertificateStatusUpdateForCare v\uff13")
    )
    assert rows(reading, FLOW, "contract")[0] == ("CertificateStatusUpdateForCare v3",)
    assert told(reading) == [("CEL010", SHEET, "E2")]


def test_each_of_several_values_in_a_cell_is_reported_as_written():
    text = with_rows("|  |  |  |  |  | se162321000156-4hvy; SE162321000156–4HVZ | Ek;\u00a0Al |")
    said = [f for f in read_text(text).findings if f.code == "CEL010"]
    assert [f.message.partition("Före: ")[2] for f in said] == [
        "”se162321000156-4hvy”. Efter: ”SE162321000156-4HVY”.",
        "”SE162321000156‹tankstreck›4HVZ”. Efter: ”SE162321000156-4HVZ”.",
        "”‹hårt mellanslag›Al”. Efter: ”Al”.",
    ]
    assert [f.value for f in said][-1] == "Ek;\u00a0Al"


def test_a_look_alike_letter_is_not_cleaned_away():
    reading = read_text(STANDARD.replace("SE162321000156-4HVX", "SЕ162321000156-4HVX", 1))
    assert units(reading)[2][0] == "SЕ162321000156-4HVX"
    assert told(reading) == []


def test_a_number_as_name_is_read_and_reported():
    reading = read_text(STANDARD.replace("| Vårdcentralen Gripen", "| {number 1177}", 1))
    assert units(reading)[2][1] == "1177"
    assert told(reading) == [("CEL006", SHEET, "G4")]
    assert reading.underlag.unreadable == set()


def test_a_long_number_is_shown_in_full():
    reading = read_text(STANDARD.replace("SE162321000156-4HVX", "{number 1.62321000156E+11}", 1))
    (finding,) = reading.findings
    assert (finding.code, finding.value) == ("CEL003", "162321000156")


@pytest.mark.parametrize("text", ["1,62321E+11", "1.62E+11", "1e+11"])
def test_a_number_that_was_copied_as_excel_shows_it_is_a_number_too(text):
    reading = read_text(STANDARD.replace("SE162321000156-4HVX", text, 1))
    (finding,) = reading.findings
    assert (finding.code, finding.value) == ("CEL003", text.upper())


@pytest.mark.parametrize(
    ("raw", "action"),
    [("ta bort", "Ta bort"), ("TAS BORT", "Ta bort"), ("Lägg  till", "Lägg till"), ("Ny", "Lägg till")],
)
def test_the_action_of_a_row_in_any_spelling(raw, action):
    text = STANDARD.replace(
        "| Logisk adressat (HSAID) | Namn |", "| Logisk adressat (HSAID) | Namn | Åtgärd |", 1
    )
    text = text.replace("| Vårdcentralen Rud |", f"| Vårdcentralen Rud | {raw} |", 1)
    assert rows(read_text(text), FLOW, "action") == [("",), (action,), ("",)]


@pytest.mark.parametrize("action", ["kanske", "Ta bort?", "Lägg till/Ta bort", "Ta inte bort"])
def test_an_action_that_means_neither_is_an_error(action):
    text = STANDARD.replace(
        "| Logisk adressat (HSAID) | Namn |", "| Logisk adressat (HSAID) | Namn | Åtgärd |", 1
    )
    text = text.replace("| Vårdcentralen Rud |", f"| Vårdcentralen Rud | {action} |", 1)
    assert told(read_text(text)) == [("CEL013", SHEET, "H3")]
