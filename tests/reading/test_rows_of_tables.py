"""Rows: values carried down, cells split, rows left out with a note, and rows never left out."""

import io

import openpyxl
import pytest
from openpyxl.styles import Font

from tests.support.reading import cells, read_text, rows, told
from tests.support.tables import NAME, STANDARD, workbook
from underlag import check
from underlag.findings import Severity
from underlag.options import Options
from underlag.reading import read

SHEET = "Webcert -> Vårdsystem"
FLOW = "webcert-vardsystem"
LAST_UNIT = "|  |  |  |  |  | SE162321000156-4HVX | Vårdcentralen Gripen |\n"


def with_rows(*lines):
    """Add rows after the last unit of sheet 2 (row 4): they begin in row 5."""
    return STANDARD.replace(LAST_UNIT, LAST_UNIT + "".join(f"{line}\n" for line in lines), 1)


def units(reading):
    return rows(reading, FLOW, "addressee", "addressee_name")


STANDARD_UNITS = [
    ("SE162321000156-4HVT", "Tolkcentralen Värmland"),
    ("SE162321000156-4HVV", "Vårdcentralen Rud"),
    ("SE162321000156-4HVX", "Vårdcentralen Gripen"),
]


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
        ("|  |  |  |  |  | Område 2 |  |", "FLI023", "F5"),
        ("| Nästa system |", "FLI023", "A5"),
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


def test_values_are_carried_down_until_the_next():
    reading = read_text(
        with_rows(
            "| SE162321000156-B4K |  | https://b.sjunet.org/rivtabp21 |  |  | SE162321000156-4HVY | Vårdcentralen Kil |",
            "||",
            "|  |  |  |  |  | SE162321000156-4HVZ | Vårdcentralen Grums |",
        )
    )
    assert cells(reading, FLOW, "producer", "url", "consumer", "contract")[2:] == [
        ("A2", "C2", "D2", "E2"),
        ("A5", "C5", "D2", "E2"),
        ("A5", "C5", "D2", "E2"),
    ]


def test_addressees_and_names_are_never_carried_down():
    reading = read_text(
        with_rows("|  |  |  |  |  | SE162321000156-4HVZ |  |", "|  |  |  |  |  |  | Namn utan id |")
        + "! merge F4:F5\n"
    )
    assert units(reading)[3:] == [("SE162321000156-4HVZ", ""), ("", "Namn utan id")]


def test_a_row_that_only_holds_what_is_carried_down_is_no_unit():
    text = STANDARD.replace(
        "| CertificateStatusUpdateForCare v3 | SE162321000156-4HVT | Tolkcentralen Värmland |",
        "| CertificateStatusUpdateForCare v3 |  |  |\n|  |  |  |  |  | SE162321000156-4HVT | Tolkcentralen Värmland |",
    )
    reading = read_text(text)
    assert units(reading) == STANDARD_UNITS
    assert cells(reading, FLOW, "producer", "addressee")[0] == ("A2", "F3")
    assert told(reading) == []


def test_values_for_the_rows_below_may_be_on_several_rows():
    reading = read_text(
        with_rows(
            "| SE162321000156-B4K |",
            "|  |  | https://b.sjunet.org/rivtabp21 |",
            "|  |  |  |  |  | SE162321000156-4HVZ | Ek |",
        )
    )
    assert cells(reading, FLOW, "producer", "url", "addressee")[3:] == [("A5", "C6", "F7")]
    assert told(reading) == []


def test_a_row_without_addressee_that_nothing_uses_is_reported():
    reading = read_text(with_rows("| SE162321000156-B4K |  | https://b.sjunet.org/rivtabp21 |  |  |  |  |"))
    assert units(reading) == STANDARD_UNITS
    assert told(reading) == [("FLI017", SHEET, "A5")]


@pytest.mark.parametrize("separator", ["\\n", ", ", ";", "; ", ",\\n"])
def test_several_ids_in_a_cell_become_rows_with_their_names(separator):
    ids, names = (
        separator.join(["SE162321000156-4HVY", "SE162321000156-4HVZ"]),
        separator.join(["Enhet A", "Enhet B"]),
    )
    reading = read_text(with_rows(f"|  |  |  |  |  | {ids} | {names} |"))
    assert units(reading)[3:] == [("SE162321000156-4HVY", "Enhet A"), ("SE162321000156-4HVZ", "Enhet B")]
    assert cells(reading, FLOW, "addressee", "addressee_name", "producer")[3:] == [("F5", "G5", "A2")] * 2
    assert ("CEL011", SHEET, "F5") in told(reading)


def test_names_that_do_not_agree_with_the_ids_are_reported():
    reading = read_text(with_rows("|  |  |  |  |  | SE162321000156-4HVY\\nSE162321000156-4HVZ | Enhet A |"))
    assert units(reading)[3:] == [("SE162321000156-4HVY", "Enhet A"), ("SE162321000156-4HVZ", "Enhet A")]
    assert told(reading, "CEL012") == [("CEL012", SHEET, "G5")]


@pytest.mark.parametrize(
    "cell",
    [
        "SE162321000156-4HVY, SE162321000156-4HVZ och SE162321000156-4HWA",
        "SE162321000156-4HVY SE162321000156-4HVZ SE162321000156-4HWA",
        "SE162321000156-4HVY / SE162321000156-4HVZ & SE162321000156-4HWA",
        "SE162321000156-4HVY\\tSE162321000156-4HVZ;SE162321000156-4HWA",
    ],
)
def test_ids_that_blanks_or_words_part_become_rows_and_are_never_glued(cell):
    reading = read_text(with_rows(f"|  |  |  |  |  | {cell} | Enhet A; Enhet B; Enhet C |"))
    assert units(reading)[3:] == [
        ("SE162321000156-4HVY", "Enhet A"),
        ("SE162321000156-4HVZ", "Enhet B"),
        ("SE162321000156-4HWA", "Enhet C"),
    ]


@pytest.mark.parametrize(
    "cell",
    [
        "SE162321000156-4HVY NY",
        "SE162321000156-4HVY\\tBUP",
        "SE162321000156-4HVY\u00a0OBS",
        "SE162321000156-4HVY eller SE162321000156-4HVZ",
    ],
)
def test_an_id_with_a_remark_is_not_made_another_id(cell):
    reading = read_text(with_rows(f"|  |  |  |  |  | {cell} | Enhet A |"))
    assert [" " in addressee for addressee, _ in units(reading)[3:]] == [True]


@pytest.mark.parametrize("names", ["VC Norr, Karlstad", "Rud,Gripen"])
def test_names_parted_at_a_comma_are_a_warning(names):
    reading = read_text(with_rows(f"|  |  |  |  |  | SE162321000156-4HVY\\nSE162321000156-4HVZ | {names} |"))
    assert [name for _, name in units(reading)[3:]] == [part.strip() for part in names.split(",")]
    assert told(reading, "CEL015", "CEL011") == [("CEL011", SHEET, "F5"), ("CEL015", SHEET, "G5")]


def test_a_name_with_a_word_between_is_one_name():
    reading = read_text(
        with_rows("|  |  |  |  |  | SE162321000156-4HVY\\nSE162321000156-4HVZ | Barn och ungdom |")
    )
    assert {name for _, name in units(reading)[3:]} == {"Barn och ungdom"}


def test_a_heading_among_the_rows_changes_nothing_for_those_below():
    heading = with_rows("| Södra området |", "|  |  |  |  |  | SE162321000156-4HVZ | Ek |")
    reading = read_text(heading)
    assert units(reading)[3:] == [("SE162321000156-4HVZ", "Ek")]
    assert {producer for (producer,) in rows(reading, FLOW, "producer")} == {"SE162321000156-B3K"}


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


def test_several_consumers_in_a_cell_apply_to_each_row_below():
    text = STANDARD.replace(
        "SE5565594230-B8N | CertificateStatus", "SE5565594230-B8N\\nSE5565594230-B9N | CertificateStatus"
    )
    found = rows(read_text(text), FLOW, "consumer", "addressee")
    assert len(found) == 6
    assert {consumer for consumer, _ in found} == {"SE5565594230-B8N", "SE5565594230-B9N"}


@pytest.mark.parametrize(
    ("cell", "contracts"),
    [
        ("CreateDraftCertificate v3\\nListCertificatesForCareWithQA v3", 2),
        ("CreateDraftCertificate v3, ListCertificatesForCareWithQA v3", 2),
        ("CreateDraftCertificate, version 3; ListCertificatesForCareWithQA, version 3", 2),
        ("CreateDraftCertificate, version 3", 1),
        ("CreateDraftCertificate, 3", 1),
    ],
)
def test_several_contracts_in_a_cell_become_rows(cell, contracts):
    text = STANDARD.replace("| CreateDraftCertificate v3        |", f"| {cell} |").replace(
        "|                     |                                | ListCertificatesForCareWithQA v3 | 5565594230-WEBCERT | Inera - Webcert |\n",
        "",
    )
    assert len(rows(read_text(text), "vardsystem-webcert", "contract")) == contracts


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


def test_an_unreadable_cell_is_not_replaced_by_the_value_above():
    reading = read_text(with_rows("| {error #N/A} |  |  |  |  | SE162321000156-4HVZ | Ek |"))
    assert rows(reading, FLOW, "producer")[3] == ("#N/A",)
    assert (SHEET, 5, 1) in reading.underlag.unreadable


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
