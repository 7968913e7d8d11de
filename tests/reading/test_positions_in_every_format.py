"""A finding names the cell where Excel shows it, in each format and layout."""

import pytest

from tests.support.packages import change_part
from tests.support.reading import cells, read_text, rows, told
from tests.support.tables import NAME, STANDARD, workbook
from underlag.findings import Severity
from underlag.reading import read

FORMATS = ("xlsx", "xlsm", "xls", "xlsb", "ods")
SHEET = "Webcert -> Vårdsystem"
FLOW = "webcert-vardsystem"

FIRST, LAST = STANDARD.split("## Webcert -> Vårdsystem")
LAST = "## Intygstjänsten" + LAST.split("## Intygstjänsten")[1]


def with_sheet(text):
    return f"{FIRST}## {SHEET}\n{text}\n{LAST}"


OFFSET = with_sheet("""
||
|  |  | Region Värmland |
||
|  | Logisk adressat | Kommentar | Namn | Anropsadress\\n(URL) |  | Producent |
|  | SE162321000156-4HVT | a | Tolkcentralen Värmland | https://a.sjunet.org/rivtabp21 |  | SE162321000156-B3K |
||
|  | se162321000156-4hvv |  | Vårdcentralen Rud |  |  |  |
|  | {number 162321000156} |  | Vårdcentralen Gripen |  |  |  |
|  | {error #REF!} |  | Vårdcentralen Kil | https://a.sjunet.org/rivtabp21 |  |  |
|  | {date 2027-03-01} |  | Vårdcentralen Grums |  |  | SE162321000156-B4K |
|  | {bool sant} |  | Vårdcentralen Säffle |  |  |  |
! hide rows 7 8
! hide columns C E
""")


@pytest.mark.parametrize("kind", FORMATS)
def test_offset_table_with_blank_hidden_and_unknown_columns(kind):
    reading = read_text(OFFSET, format=kind)
    assert cells(reading, FLOW, "addressee", "addressee_name", "url", "producer") == [
        ("B5", "D5", "E5", "G5"),
        ("B7", "D7", "E5", "G5"),
        ("B8", "D8", "E5", "G5"),
        ("B9", "D9", "E9", "G5"),
        ("B10", "D10", "E10", "G10"),
        ("B11", "D11", "E10", "G10"),
    ]
    assert [code_and_cell for code_and_cell in told(reading) if code_and_cell[1] == SHEET] == [
        ("CEL001", SHEET, "B9"),
        ("CEL003", SHEET, "B8"),
        ("CEL004", SHEET, "B10"),
        ("CEL005", SHEET, "B11"),
        ("CEL010", SHEET, "B7"),
        ("FLI021", SHEET, ""),
        ("FLI022", SHEET, ""),
        ("FLI032", SHEET, ""),
        ("FLI036", SHEET, "C4"),
    ]
    said = {finding.code: finding for finding in reading.findings if finding.sheet == SHEET}
    assert "7–8" in said["FLI021"].message
    assert said["FLI022"].message.endswith("lästs: E.")
    assert said["FLI036"].message == "Kolumnen ”Kommentar” (C4) läses inte, och innehåller: a (C5)."
    assert (said["CEL003"].value, said["CEL001"].value, said["CEL004"].value) == (
        "162321000156",
        "#REF!",
        "2027-03-01",
    )
    assert reading.underlag.unreadable == {(SHEET, row, 2) for row in (8, 9, 10, 11)}


@pytest.mark.parametrize("kind", ["xlsx", "xlsm", "ods"])
def test_a_formula_without_a_stored_value_is_no_empty_cell(kind):
    reading = read_text(
        STANDARD.replace(
            "SE162321000156-4HVX | Vårdcentralen Gripen", "{formula A1&B1} | {formula A1 => Enhet}", 1
        ),
        format=kind,
    )
    assert told(reading, "CEL002") == [("CEL002", SHEET, "F4")]
    assert rows(reading, FLOW, "addressee", "addressee_name")[2] == ("", "Enhet")


@pytest.mark.parametrize("kind", FORMATS)
def test_merged_cells_apply_to_each_of_their_rows(kind):
    text = STANDARD + "! merge A2:A4\n! merge B2:B4\n"
    assert cells(read_text(text, format=kind), "intygstjansten-webcert", "producer", "url", "addressee") == [
        ("A2", "B2", "E2"),
        ("A2", "B2", "E3"),
        ("A2", "B2", "E4"),
    ]


@pytest.mark.parametrize("kind", FORMATS)
def test_hidden_sheets_are_read_and_reported(kind):
    reading = read_text(STANDARD + "! hidden\n", format=kind)
    assert told(reading) == [("FLI020", "Intygstjänsten -> Webcert", "")]
    assert len(rows(reading, "intygstjansten-webcert", "addressee")) == 3


@pytest.mark.parametrize("kind", FORMATS)
def test_duplicate_columns_are_refused_by_naming_both(kind):
    text = with_sheet("""
|  | Logisk adressat (HSAID) | Namn | Anropsadress (URL) | Tjänsteproducent (HSAID) |  | Namn |
|  | SE162321000156-4HVT | Tolkcentralen | https://a.sjunet.org/rivtabp21 | SE162321000156-B3K |  | Proxy |
""")
    reading = read_text(text, format=kind)
    finding = next(f for f in reading.findings if f.code == "FLI004")
    assert (finding.severity, finding.cell, finding.related) == (Severity.ERROR, "C1", ((SHEET, 1, 7),))
    assert "C1" in finding.message
    assert "G1" in finding.message
    assert told(reading, "FLI005") == []


@pytest.mark.parametrize("kind", FORMATS)
def test_an_error_in_the_last_column_of_the_last_row_is_seen(kind):
    reading = read_text(
        STANDARD.rstrip() + "\n|  |  |  |  | SE162321000156-4HVZ | {error #N/A} |\n", format=kind
    )
    assert told(reading) == [("CEL001", "Intygstjänsten -> Webcert", "F5")]


def test_an_error_that_ods_writes_once_for_many_cells_is_reported_at_each():
    text = STANDARD.replace("SE162321000156-4HVX | Vårdcentralen Gripen", "{error #N/A} |", 1)
    content = change_part(
        workbook(text, format="ods"),
        "content.xml",
        lambda part: part.replace(
            b'table:formula="of:=#N/A"', b'table:number-columns-repeated="2" table:formula="of:=#N/A"'
        ),
    )
    assert told(read(content, name=NAME), "CEL001") == [("CEL001", SHEET, "F4"), ("CEL001", SHEET, "G4")]
