"""Parts that are there twice, too many or too large; broken parts cost no more than their length."""

import io
import zipfile

import pytest

from tests.reading.hostile.parts import codes, message, with_parts, with_rows
from tests.support.packages import change_part
from tests.support.tables import NAME, ORDER_SHEET, STANDARD, workbook
from underlag.reading import read
from underlag.reading.opening import open_workbook


@pytest.mark.parametrize("what", ["name", "id", "part"])
def test_two_sheets_that_share_something_are_a_damaged_file(what):
    content = workbook(STANDARD)
    if what == "name":
        content = change_part(
            content, "xl/workbook.xml", lambda p: p.replace(b"Webcert -&gt; V", b"WEBCERT -&gt; V")
        )
        content = change_part(
            content,
            "xl/workbook.xml",
            lambda p: p.replace("Intygstjänsten -&gt; Webcert".encode(), "Webcert -&gt; Vårdsystem".encode()),
        )
    elif what == "id":
        content = change_part(content, "xl/workbook.xml", lambda p: p.replace(b'r:id="rId3"', b'r:id="rId2"'))
    else:
        content = change_part(
            content, "xl/_rels/workbook.xml.rels", lambda p: p.replace(b"sheet3.xml", b"sheet2.xml")
        )
    assert codes(content) == ["FIL002"]
    assert "två flikar" in message(content)


@pytest.mark.parametrize(
    "twin", ["xl/worksheets/SHEET2.xml", "xl\\worksheets\\sheet2.xml", "/xl/worksheets/sheet2.xml"]
)
def test_a_part_that_is_there_twice_is_a_damaged_file(twin):
    content = with_parts(workbook(STANDARD), {twin: b"<worksheet><sheetData/></worksheet>"})
    assert codes(content) == ["FIL002"]
    assert "två gånger" in message(content)


def test_a_part_outside_its_folder_is_ignored():
    far = (
        b'<worksheet><sheetData><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData></worksheet>'
    )
    content = with_parts(workbook(STANDARD + ORDER_SHEET), {"xl/worksheets/../worksheets/sheet2.xml": far})
    content = change_part(
        content,
        "xl/_rels/workbook.xml.rels",
        lambda part: part.replace(b"worksheets/sheet2.xml", b"worksheets/../worksheets/sheet2.xml"),
    )
    assert read(content, name=NAME).findings == []


@pytest.mark.parametrize("kind", ["xlsx", "ods"])
def test_a_name_of_a_sheet_without_end_is_a_damaged_file(kind):
    part = {"xlsx": "xl/workbook.xml", "ods": "content.xml"}[kind]
    content = change_part(
        workbook(STANDARD, format=kind), part, lambda p: p.replace(b"Webcert -&gt; V", b"Webcert " * 20_000)
    )
    assert codes(content) == ["FIL002"]
    assert "namn på 1" in message(content)


def test_formats_by_the_thousand_that_strike_cells_through_cost_little():
    rows = b"".join(b'<row r="%d"><c r="F%d" s="%d"><v>1</v></c></row>' % (r, r, r) for r in range(9, 30_009))
    styles = b"<styleSheet><fonts><font><strike/></font></fonts><cellXfs>%s</cellXfs></styleSheet>"
    content = change_part(with_rows(rows), "xl/styles.xml", lambda _: styles % (b'<xf fontId="0"/>' * 40_000))

    assert len(open_workbook(content).sheets[1].struck) == 30_000


def test_a_sheet_in_another_file_is_missing():
    content = change_part(
        workbook(STANDARD),
        "xl/_rels/workbook.xml.rels",
        lambda part: part.replace(
            b'Target="worksheets/sheet2.xml"', b'Target="file:///C:/x.xml" TargetMode="External"'
        ),
    )
    assert codes(content) == ["FIL002"]


def test_many_parts_are_refused():
    content = with_parts(workbook(STANDARD), {f"p/{number}": b"" for number in range(10_001)})
    assert codes(content) == ["FIL015"]
    assert "Delar i filen" in message(content)


@pytest.mark.parametrize("piece", [b"<si>", b"<si><t>", b"<si><r>", b"<si/>", b"<x:si>", b"<si><rPh>"])
def test_broken_lists_of_texts_cost_no_more_than_their_length(piece):
    texts = b'<?xml version="1.0"?><sst xmlns="http://x">' + piece * 400_000
    assert codes(change_part(workbook(STANDARD), "xl/sharedStrings.xml", lambda _: texts)) in (
        ["FIL002"],
        ["FIL015"],
    )


@pytest.mark.parametrize(
    "piece",
    [
        b'<c r="A9" t="e">',
        b'<c r="A9" t="e"><v>',
        b'<c r="A9"><f>',
        b'<c r="A9" t="e"><f',
        b'<row r="9" ',
        b"<c ",
    ],
)
def test_broken_cells_cost_no_more_than_their_length(piece):
    assert codes(with_rows(piece * 200_000)) == ["FIL002"]


def test_a_long_text_in_one_cell_is_refused():
    assert codes(with_rows(b'<row r="9"><c r="A9" t="str"><v>' + b"x" * 15_000_000 + b"</v></c></row>")) == [
        "FIL015"
    ]
    text = b'<row r="9"><c r="A9" t="inlineStr"><is><r><t>' + b"x" * 15_000_000 + b"</t></r></is></c></row>"
    assert codes(with_rows(text)) == ["FIL015"]


def test_a_number_of_many_digits_is_a_damaged_file():
    assert codes(with_rows(b'<row r="9"><c r="A9" t="s"><v>' + b"9" * 5000 + b"</v></c></row>")) == ["FIL002"]


def test_parts_that_unpack_to_far_more_together_than_the_file_takes_are_refused():
    names = [f"Blad {number}" for number in range(20)]
    content = workbook(STANDARD + "".join(f"## {name}\n| a |\n" for name in names))
    blank = b"<worksheet>" + b" " * 4_000_000 + b"<sheetData></sheetData></worksheet>"
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            new.writestr(name, blank if name.startswith("xl/worksheets/sheet1") else old.read(name))
    assert codes(stream.getvalue()) == ["FIL005"]
