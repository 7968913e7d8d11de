"""Which rows are units: notes, explanations, examples and remarks are left out with a note."""

import pytest

from tests.reading.rows.units import FLOW, SHEET, STANDARD_UNITS, units, with_rows
from tests.support.reading import read_text, rows, told
from tests.support.tables import STANDARD


@pytest.mark.parametrize(
    ("line", "code", "cell"),
    [
        ("|  |  |  |  |  | <<HSA-ID>> | <<namn>> |", "FLI012", "F5"),
        ("|  |  |  |  |  | SExxxxxxxxxx-xxxx | Namn på enheten |", "FLI012", "F5"),
        ("| Exempel |  |  |  |  |  |  |", "FLI012", "A5"),
        ("|  |  |  |  |  | t.ex. SE2321000156-4HVT | Enhetens namn |", "FLI012", "F5"),
        ("|  |  |  |  |  | SE2321000156-XXXX | Namn på enheten |", "FLI012", "F5"),
        ("|  |  |  |  |  | [HSA-ID] | [Namn] |", "FLI012", "F5"),
        ("|  |  |  |  |  | SE162321000156-4HVZ | Exempel: Vårdcentralen Ek |", "FLI013", "G5"),
        ("|  |  |  |  |  | SE162321000156-4HVZ | Ek |  | Exempel |", "FLI013", "I5"),
        ("| Antal enheter: 3 |", "FLI015", "A5"),
        ("|  |  |  |  |  | Summa | {number 3} |", "FLI015", "F5"),
        ("|  |  |  |  | Totalt | {number 3} |", "FLI015", "E5"),
        ("|  |  |  |  |  |  |  | SE162321000156-4HVZ |", "FLI034", "H5"),
        ("| Tjänsteproducent (HSAID) |  |  |  |  | Logisk adressat | Namn |", "FLI016", "A5"),
        ("|  |  |  |  |  | (tom) | (tom) |", "FLI012", "F5"),
        ("|  |  |  |  |  | 4 st |  |", "FLI015", "F5"),
        ("| OBS! Två enheter tillkommer, se SE162321000156-4HWX |", "FLI023", "A5"),
        ("| Fotnot 1: SE162321000156-4HVT byter namn |", "FLI023", "A5"),
        ("|  |  |  |  |  | OBS! Snart även SE162321000156-4HWX |  |", "FLI023", "F5"),
        ("|  |  |  |  |  | Fler enheter kommer | senare |", "FLI023", "F5"),
        ("|  |  |  |  |  | Södra området |  |", "FLI023", "F5"),
        ("|  |  |  |  |  | Vårdcentralen Norra i Karlstad |  |", "FLI023", "F5"),
        ("|  |  |  |  |  | Vårdcentralen Norra. |  |", "FLI023", "F5"),
        ("|  |  |  |  |  | Område 2 |  |", "FLI023", "F5"),
        (
            "|  |  |  |  |  |  | Barn- och ungdomspsykiatriska mottagningen i Arvika och Säffle |",
            "FLI023",
            "G5",
        ),
    ],
)
def test_what_is_no_unit_is_left_out_with_a_note(line, code, cell):
    reading = read_text(with_rows(line))
    assert units(reading) == STANDARD_UNITS
    assert [entry for entry in told(reading) if entry[0] != "FLI011"] == [(code, SHEET, cell)]


@pytest.mark.parametrize(
    "line",
    [
        "| OBS! Fler enheter kommer i höst |",
        "| Nästa system |",
        "|  |  |  |  |  | Kontakta IT-avdelningen vid frågor om listan. |",
        "|  |  |  |  |  |  |  | signerat |",
        "| Version 1.2 |",
        "|  |  |  |  |  | --- slut --- | --- |",
        "|  |  |  |  |  |  | Slut |",
        "|  |  |  |  |  |  | Fler enheter läggs till under våren. |",
    ],
)
def test_a_remark_below_the_rows_is_left_without_a_word(line):
    reading = read_text(with_rows(line))
    assert units(reading) == STANDARD_UNITS
    assert told(reading) == []


@pytest.mark.parametrize(
    ("line", "unit"),
    [
        ("|  |  |  |  |  |  | Vårdcentralen utan id |", ("", "Vårdcentralen utan id")),
        ("|  |  |  |  |  | kommer senare | Ny mottagning |", ("kommer senare", "Ny mottagning")),
        ("|  |  |  |  |  | SE2321000156 |  |", ("SE2321000156", "")),
        (
            "|  |  |  |  |  | SE162321000156-4HVZ | Antalsmottagningen |",
            ("SE162321000156-4HVZ", "Antalsmottagningen"),
        ),
        ("|  |  |  |  |  | SE162321000156-4HVZ | Summa |", ("SE162321000156-4HVZ", "Summa")),
        (
            "|  |  |  |  |  | SE162321000156-4HVZ | Tex-Mex vårdcentral |",
            ("SE162321000156-4HVZ", "Tex-Mex vårdcentral"),
        ),
        ("|  |  |  |  |  | 4HVZ | Ek |", ("4HVZ", "Ek")),
        ("|  |  |  |  |  | SE162321000156-MAXXXX | Ek |", ("SE162321000156-MAXXXX", "Ek")),
        ("|  |  |  |  |  | ЅЕ162321000156-4HVZ | Kyrilliska Ek |", ("ЅЕ162321000156-4HVZ", "Kyrilliska Ek")),
        ("| Total Rehab |  |  |  |  | 4HVZ |  |", ("4HVZ", "")),
        (
            "|  |  |  |  |  | SE162321000156-4HVZ | BUP <18 år och >12 år |",
            ("SE162321000156-4HVZ", "BUP <18 år och >12 år"),
        ),
    ],
)
def test_what_may_be_a_unit_is_read_for_the_checks_to_judge(line, unit):
    reading = read_text(with_rows(line))
    assert units(reading) == [*STANDARD_UNITS, unit]
    assert told(reading, "FLI012", "FLI013", "FLI023", "FLI015", "FLI016", "FLI017") == []


EXPLAINED = "| Obligatorisk | Ange hela adressen med port | Obligatorisk |  | Enligt HSA | (1) | Valfritt |\n"


def test_a_row_that_explains_the_columns_is_left_out_with_a_note():
    first = "| SE162321000156-B3K |"
    reading = read_text(STANDARD.replace(first, EXPLAINED + first, 1))

    assert units(reading) == STANDARD_UNITS
    assert told(reading) == [("FLI012", SHEET, "A2")]


def test_a_first_row_that_denies_is_no_explanation():
    first = "| SE162321000156-B3K |"
    denying = "| Ska inte beställas | Ska inte beställas |\n"

    assert told(read_text(STANDARD.replace(first, denying + first, 1)), "FLI012") == []


def test_an_explanation_further_down_is_read_for_the_checks_to_judge():
    assert len(units(read_text(with_rows(EXPLAINED.strip())))) == len(STANDARD_UNITS) + 1


def test_rows_of_formulas_that_fetch_empty_cells_are_left_out_and_reported_together():
    zeros = "| {number 0} |  |  |  |  | {number 0} | {number 0} |"
    reading = read_text(with_rows(zeros, zeros, "|  |  |  |  |  | {number 0} |  |"))

    assert units(reading) == STANDARD_UNITS
    (found,) = reading.findings
    assert (found.code, found.sheet, found.cell) == ("FLI025", SHEET, "")
    assert "5–7" in found.message


@pytest.mark.parametrize(
    ("line", "code", "cell"),
    [
        ("|  |  |  |  |  | {number 0} | Vårdcentralen Ek |", "CEL003", "F5"),
        ("|  |  |  |  |  | SE162321000156-4HVZ | {number 0} |", "CEL006", "G5"),
        ("|  |  |  |  |  | {number 1} |  |", "CEL003", "F5"),
        ("|  |  |  |  |  | {number 0} | {error #REF!} |", "CEL001", "G5"),
    ],
)
def test_a_zero_next_to_something_else_is_reported_in_its_cell(line, code, cell):
    reading = read_text(with_rows(line))

    assert (code, SHEET, cell) in told(reading)
    assert told(reading, "FLI025") == []


def test_an_example_row_is_not_carried_down():
    text = STANDARD.replace(
        "| SE162321000156-B3K | Landstinget i Värmland -- Proxy |",
        "| SE162321000156-EX1 | Exempel | https://example.se/x |  |  | SE162321000156-EX2 | Exempel |\n"
        "|  | Landstinget i Värmland -- Proxy |",
        1,
    )
    reading = read_text(text)
    assert {row[0] for row in rows(reading, FLOW, "producer")} == {""}
