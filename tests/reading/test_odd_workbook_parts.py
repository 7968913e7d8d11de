"""Parts that calamine breaks down on, or takes for something else."""

import re

import pytest

from tests.support.formats import change_part
from tests.support.tables import NAME, STANDARD, workbook
from underlag.options import Options
from underlag.reading import read

SHEET = "xl/worksheets/sheet2.xml"


def with_sheet(change):
    return read(change_part(workbook(STANDARD), SHEET, change), Options(environment="PROD"), name=NAME)


def with_cell(cell, new):
    """Return the reading of the standard workbook with the XML of one cell replaced."""

    def change(part):
        changed = re.sub(rb'<c r="%s"(?: s="\d+")? t="s"><v>\d+</v></c>' % cell.encode(), new.encode(), part)
        assert changed != part
        return changed

    return with_sheet(change)


@pytest.mark.parametrize(
    "reference", ["ZZZZZ99999999999", "E2000000000", "ZZZZ3", "zzzzz99999999999", "E4294967296"]
)
def test_a_reference_that_no_sheet_has_is_a_damaged_file(reference):
    for blank in ("", " s='1'"):
        reading = with_sheet(lambda part, b=blank: part.replace(b'r="F3"', f'r="{reference}"{b}'.encode()))
        assert [f.code for f in reading.findings] == ["FIL002"]


@pytest.mark.parametrize("row", ["99999999999", "4294967295"])
def test_a_row_that_no_sheet_has_is_a_damaged_file(row):
    def change(part):
        return re.sub(rb'<row r="3"[^>]*>', b'<row r="%s">' % row.encode(), part).replace(b'<c r="F3"', b"<c")

    assert [f.code for f in with_sheet(change).findings] == ["FIL002"]


def test_an_empty_cell_of_an_impossible_reference_is_seen_too():
    reading = with_sheet(
        lambda part: part.replace(b"</sheetData>", b'<row r="9"><c r="E2000000000" s="1"/></row></sheetData>')
    )
    assert [f.code for f in reading.findings] == ["FIL002"]


def test_formats_to_the_last_row_cost_nothing_and_say_nothing():
    rows = b"".join(
        b'<row r="%d" spans="1:6"><c r="A%d" s="0"/></row>' % (n, n) for n in range(1_048_000, 1_048_577)
    )
    reading = with_sheet(lambda part: part.replace(b"</sheetData>", rows + b"</sheetData>"))
    assert reading.findings == []
    assert len(reading.underlag.flow("webcert-vardsystem").entries) == 3


def test_a_value_in_the_last_row_is_not_taken_for_a_format():
    row = b'<row r="1048576"><c r="A1048576" s="0"/><c r="B1048576" s="0"><v>1</v></c></row>'
    reading = with_sheet(lambda part: part.replace(b"</sheetData>", row + b"</sheetData>"))
    assert [f.code for f in reading.findings] == ["FIL006"]


@pytest.mark.parametrize("error", ["#SPILL!", "#CALC!", "#FIELD!", "#GETTING_DATA", "#BLOCKED!", "#UNKNOWN!"])
def test_newer_error_values_are_told_at_their_cell(error):
    reading = with_cell("F3", f'<c r="F3" t="e"><f>X</f><v>{error}</v></c>')
    assert [(f.code, f.cell, f.value) for f in reading.findings] == [("CEL001", "F3", error)]
    assert [e.addressee.cell for e in reading.underlag.flow("webcert-vardsystem").entries] == [
        "F2",
        "F3",
        "F4",
    ]


@pytest.mark.parametrize("formula", ['<f t="shared" si="0"/>', '<f t="array" ref="F3:F4">X</f>', "<f>X</f>"])
def test_a_formula_for_a_text_without_result_is_told(formula):
    reading = with_cell("F3", f'<c r="F3" t="str">{formula}</c>')
    assert [(f.code, f.cell) for f in reading.findings] == [("CEL002", "F3")]


def test_a_formula_whose_result_is_an_empty_text_is_mentioned():
    reading = with_cell("F3", '<c r="F3" t="str"><f>IF(A1="","","x")</f><v></v></c>')
    (said,) = [f for f in reading.findings if f.code == "CEL016"]
    assert "kolumn F tom text på rad 3" in said.message


def test_such_formulas_below_the_table_say_nothing():
    row = b'<row r="9"><c r="F9" t="str"><f>IF(A1="","","x")</f><v></v></c></row>'
    reading = with_sheet(lambda part: part.replace(b"</sheetData>", row + b"</sheetData>"))
    assert reading.findings == []


def test_a_part_in_utf_16_is_read_as_any_other():
    def wide(part):
        return part.decode().replace("UTF-8", "UTF-16").encode("utf-16")

    reading = with_sheet(wide)
    assert reading.findings == []
    assert len(reading.underlag.flow("webcert-vardsystem").entries) == 3
