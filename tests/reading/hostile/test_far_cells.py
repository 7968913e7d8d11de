"""Cells far away, dense sheets, merged areas: too large a sheet is refused, and emptiness costs nothing."""

import pytest

from tests.reading.hostile.parts import SHEET, codes, with_rows
from tests.support.packages import change_part
from tests.support.tables import NAME, ORDER_SHEET, STANDARD, workbook
from underlag.reading import read

FAR = {
    "formula without a value": b'<row r="1048576"><c r="XFD1048576"><f>1</f></c></row>',
    "formula with an empty text": b'<row r="1048576"><c r="XFD1048576" t="str"><f>1</f><v></v></c></row>',
    "formula and its type only": b'<row r="1048576"><c r="XFD1048576" t="str"><f>1</f></c></row>',
    "error without a value": b'<row r="1048576"><c r="XFD1048576" t="e"/></row>',
    "error with an empty value": b'<row r="1048576"><c r="XFD1048576" t="e"><v></v></c></row>',
    "empty text": b'<row r="1048576"><c r="XFD1048576" t="str"><v></v></c></row>',
    "empty inline text": b'<row r="1048576"><c r="XFD1048576" t="inlineStr"><is><t></t></is></c></row>',
    "inline text without text": b'<row r="1048576"><c r="XFD1048576" t="inlineStr"><is/></c></row>',
    "true": b'<row r="1048576"><c r="XFD1048576" t="b"><v>1</v></c></row>',
    "single quotes": b"<row r='1048576'><c r='XFD1048576'><v>1</v></c></row>",
    "lower case": b'<row r="1048576"><c r="xfd1048576"><v>1</v></c></row>',
    "another namespace": b'<x:row xmlns:x="a" r="1048576"><x:c r="XFD1048576"><x:v>1</x:v></x:c></x:row>',
    "a row that is not the cell's": b'<row r="9"><c r="XFD1048576"><v>1</v></c></row>',
    "a row by itself": b'<row r="1048576"><c><v>1</v></c></row>',
    "white space": b'<row\n r = "1048576" ><c\tr = "XFD1048576" ><v>1</v ></c></row>',
    "a comment": b'<!-- --><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
}


@pytest.mark.parametrize("row", FAR.values(), ids=FAR.keys())
def test_whatever_is_far_away_makes_the_sheet_too_large(row):
    assert codes(with_rows(row)) == ["FIL006"]


@pytest.mark.parametrize(
    "row",
    [
        b'<row r="1048576"><c r="XFD1048576" s="1"/></row>',
        b'<row r="1048576"><c r="XFD1048576" t="n"></c></row>',
        b'<row r="1048576" ht="12"/>',
        b"<row r='1048576'><c r='XFD1048576'><v></v></c></row>",
    ],
)
def test_what_is_far_away_and_empty_costs_nothing(row):
    assert read(with_rows(row), name=NAME).findings == []


def test_dense_sheets_are_counted_together():
    """A cell at each end of many sheets: none is too large by itself."""
    sheets = "".join(f"## Blad {number}\n| a |\n" for number in range(10))
    content = workbook(STANDARD + sheets)
    for number in range(4, 14):
        far = b'<row r="250000"><c r="T250000"><v>1</v></c></row></sheetData>'
        content = change_part(
            content,
            f"xl/worksheets/sheet{number}.xml",
            lambda part, far=far: part.replace(b"</sheetData>", far),
        )
    assert codes(content) == ["FIL015"]
    found = read(content, name=NAME).findings[0]
    assert "Celler mellan A1 och den sista ifyllda" in found.message
    assert "skriv set UNDERLAG_GRANSER=2 i" in found.suggestion


def test_cells_without_references_by_the_million_are_refused():
    content = with_rows(
        b'<row r="9">' + b"<c><v>1</v></c>" * 900 + b"</row>" + b"<row><c/></row>" * 3_000_000
    )
    assert codes(content) in (["FIL005"], ["FIL015"])


def test_filled_cells_that_take_no_bytes_are_refused():
    row = b"<row>" + b"<c><v>1</v></c>" * 26 + b"</row>"
    assert codes(with_rows(row * 40_000)) == ["FIL015"]


def test_columns_hidden_again_and_again_are_a_damaged_file():
    cols = b"<cols>" + b'<col min="1" max="16384" hidden="1"/>' * 100_000 + b"</cols><sheetData>"
    content = change_part(workbook(STANDARD), SHEET, lambda part: part.replace(b"<sheetData>", cols))
    assert codes(content) == ["FIL002"]


def test_columns_hidden_twice_cost_once():
    cols = b"<cols>" + b'<col min="1" max="16384" hidden="1"/>' * 10_000 + b"</cols><sheetData>"
    content = change_part(
        workbook(STANDARD + ORDER_SHEET), SHEET, lambda part: part.replace(b"<sheetData>", cols)
    )
    assert [found.code for found in read(content, name=NAME).findings] == ["FLI022"]


@pytest.mark.parametrize("copies", [300_000, 1_000_000])
def test_a_million_merged_areas_are_refused(copies):
    merged = b"</sheetData><mergeCells>" + b'<mergeCell ref="A1:B2"/>' * copies + b"</mergeCells>"
    content = change_part(workbook(STANDARD), SHEET, lambda part: part.replace(b"</sheetData>", merged))
    assert codes(content) in (["FIL015"], ["FIL005"])


def test_merged_areas_that_overlap_beyond_measure_are_refused():
    last = b'<row r="200000"><c r="Z200000"><v>1</v></c></row></sheetData>'
    merged = last + b"<mergeCells>" + b'<mergeCell ref="A1:Z200000"/>' * 1000 + b"</mergeCells>"
    content = change_part(workbook(STANDARD), SHEET, lambda part: part.replace(b"</sheetData>", merged))
    assert codes(content) == ["FIL015"]
