"""Parts on which calamine fails, or which it misinterprets."""

import io
import re
import struct
import zipfile
import zlib
from datetime import time, timedelta

import pytest

from tests.support.compound import compound_file
from tests.support.packages import change_part
from tests.support.tables import NAME, STANDARD, workbook
from underlag.options import Options
from underlag.reading import read
from underlag.reading.opening import open_workbook

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
def test_newer_error_values_are_reported_at_their_cell(error):
    reading = with_cell("F3", f'<c r="F3" t="e"><f>X</f><v>{error}</v></c>')
    assert [(f.code, f.cell, f.value) for f in reading.findings] == [("CEL001", "F3", error)]
    assert [e.addressee.cell for e in reading.underlag.flow("webcert-vardsystem").entries] == [
        "F2",
        "F3",
        "F4",
    ]


@pytest.mark.parametrize("formula", ['<f t="shared" si="0"/>', '<f t="array" ref="F3:F4">X</f>', "<f>X</f>"])
def test_a_formula_for_a_text_without_result_is_reported(formula):
    reading = with_cell("F3", f'<c r="F3" t="str">{formula}</c>')
    assert [(f.code, f.cell) for f in reading.findings] == [("CEL002", "F3")]


def test_a_formula_whose_result_is_an_empty_text_is_mentioned():
    reading = with_cell("F3", '<c r="F3" t="str"><f>IF(A1="","","x")</f><v></v></c>')
    (said,) = [f for f in reading.findings if f.code == "CEL016"]
    assert "kolumn F tom text på rad 3" in said.message


def test_such_formulas_below_the_table_are_ignored():
    row = b'<row r="9"><c r="F9" t="str"><f>IF(A1="","","x")</f><v></v></c></row>'
    reading = with_sheet(lambda part: part.replace(b"</sheetData>", row + b"</sheetData>"))
    assert reading.findings == []


@pytest.mark.parametrize("value", ["", "<v/>", "<v></v>"])
@pytest.mark.parametrize("kind", ["b", "n", "d", "s", "str", "inlineStr"])
def test_a_cell_of_any_type_may_be_empty(kind, value):
    cell = f'<c r="J1" t="{kind}">{value}</c></row>'.encode()
    content = change_part(workbook(STANDARD), SHEET, lambda part: part.replace(b"</row>", cell, 1))

    assert {cell for row in open_workbook(content).sheets[1].rows for cell in row[9:]} <= {""}


def test_a_part_in_utf_16_is_read_as_any_other():
    def wide(part):
        return part.decode().replace("UTF-8", "UTF-16").encode("utf-16")

    reading = with_sheet(wide)
    assert reading.findings == []
    assert len(reading.underlag.flow("webcert-vardsystem").entries) == 3


def test_a_module_of_an_old_macro_is_listed_among_the_sheets_and_has_no_part():
    content = change_part(
        workbook(STANDARD),
        "xl/workbook.xml",
        lambda part: part.replace(
            b"</sheets>", b'<sheet name="Modul1" sheetId="9" state="veryHidden" r:id=""/></sheets>'
        ),
    )
    reading = read(content, Options(environment="PROD"), name=NAME)
    assert reading.findings == []
    assert len(reading.underlag.flow("webcert-vardsystem").entries) == 3


def other_main_part(name):
    """Return the standard workbook with its main part of another name."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(workbook(STANDARD))) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for part in old.namelist():
            content = old.read(part)
            if part in ("_rels/.rels", "[Content_Types].xml"):
                content = content.replace(b"xl/workbook.xml", f"xl/{name}".encode())
            new.writestr(
                part.replace("xl/workbook.xml", f"xl/{name}").replace("workbook.xml.rels", f"{name}.rels"),
                content,
            )
    return stream.getvalue()


def test_the_main_part_may_have_any_name():
    reading = read(other_main_part("bok.xml"), Options(environment="PROD"), name=NAME)
    assert reading.findings == []


def test_damage_in_an_unneeded_part_is_ignored():
    content = workbook(STANDARD)
    for part in ("docProps/app.xml", "xl/theme/theme1.xml"):
        content = change_part(content, part, lambda _: b"\xff\xfe<\0broken")
    assert read(content, Options(environment="PROD"), name=NAME).findings == []


def test_a_damaged_part_is_named():
    (found,) = with_sheet(lambda part: part[:-30]).findings
    assert found.code == "FIL002"
    assert "xl/worksheets/sheet2.xml" in found.message


@pytest.mark.parametrize("dimension", ["1:17", "A:G", "A1:A0", "G9:A1", "A1:ZZZZ99999999999", ""])
def test_a_dimension_that_means_nothing_is_left_out(dimension):
    def change(part):
        return re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="%s"' % dimension.encode(), part)

    reading = with_sheet(change)
    assert reading.findings == []
    assert len(reading.underlag.flow("webcert-vardsystem").entries) == 3


@pytest.mark.parametrize("area", ["A:A", "A1:A1048576", "1:1", "H:XFD"])
def test_whole_columns_and_rows_may_be_merged(area):
    merged = b'</sheetData><mergeCells count="1"><mergeCell ref="%s"/></mergeCells>' % area.encode()
    reading = with_sheet(lambda part: part.replace(b"</sheetData>", merged))
    assert not [found for found in reading.findings if found.code.startswith("FIL")]


TEXTS = {
    "a run of one blank": (
        "<r><t>Vårdcentralen</t></r><r><rPr><b/></rPr><t> </t></r><r><t>Rud</t></r>",
        "Vårdcentralen Rud",
    ),
    "blanks at the ends of runs": ("<r><t>Vårdcentralen </t></r><r><t>Rud</t></r>", "Vårdcentralen Rud"),
    "a phonetic run": ("<t>Rud</t><rPh sb='0' eb='1'><t>ルド</t></rPh>", "Rud"),
    "blanks that are kept": ('<t xml:space="preserve"> Rud </t>', " Rud "),
    "blanks that are not": ("<t>\n  Rud\n</t>", "Rud"),
    "an escaped character": ("<t>Rud_x0041_</t>", "RudA"),
    "an escaped escape": ("<t>Rud_x005F_x0041_</t>", "Rud_x0041_"),
    "a carriage return": ("<t>Rud_x000D_</t>", "Rud\r"),
    "a character beyond the first plane": ("<t>Rud _xD83D__xDE00_</t>", "Rud 😀"),
    "no text at all": ("", ""),
    "CDATA": ("<t><![CDATA[<Rud>]]></t>", "<Rud>"),
}


@pytest.mark.parametrize(("item", "text"), TEXTS.values(), ids=TEXTS.keys())
def test_texts_are_as_excel_shows_them(item, text):
    def shared(part):
        return part.replace("<t>Vårdcentralen Rud</t>".encode(), item.encode())

    content = change_part(workbook(STANDARD), "xl/sharedStrings.xml", shared)
    assert open_workbook(content).sheets[1].rows[2][6] == text
    cell = f'<c r="G3" t="inlineStr"><is>{item}</is></c>'.encode()
    content = change_part(
        workbook(STANDARD),
        SHEET,
        lambda part: re.sub(rb'<c r="G3" t="s"><v>\d+</v></c>', lambda _: cell, part),
    )
    assert open_workbook(content).sheets[1].rows[2][6] == text


ODS_TEXTS = {
    "blanks, tab, line break": (
        '<text:p>Rud<text:s text:c="2"/>syd<text:tab/>norr<text:line-break/>öst</text:p>',
        "Rud  syd\tnorr\nöst",
    ),
    "pretty-printed": ("\n   <text:p>Rud\n    syd</text:p>\n  ", "Rud syd"),
    "paragraphs": ("<text:p>Rud</text:p><text:p/><text:p>syd</text:p>", "Rud\n\nsyd"),
    "spans": ("<text:p>Rud<text:span> </text:span><text:span>syd</text:span></text:p>", "Rud syd"),
    "a comment": ("<office:annotation><text:p>Nej</text:p></office:annotation><text:p>Rud</text:p>", "Rud"),
}


@pytest.mark.parametrize(("paragraphs", "text"), ODS_TEXTS.values(), ids=ODS_TEXTS.keys())
def test_texts_of_an_ods_are_as_libreoffice_shows_them(paragraphs, text):
    content = change_part(
        workbook(STANDARD, format="ods"),
        "content.xml",
        lambda part: part.replace("<text:p>Vårdcentralen Rud</text:p>".encode(), paragraphs.encode(), 1),
    )
    assert open_workbook(content).sheets[1].rows[2][6] == text


@pytest.mark.parametrize("code_page", [1252, 1250, 1251, 437, 10000, 65001])
def test_texts_of_an_xls_are_wide_whatever_its_code_page(code_page):
    content = workbook(STANDARD.replace("Vårdcentralen Rud", "Łódź Жук"), format="xls")
    record = b"\x42\x00\x02\x00"
    content = content.replace(record + b"\xb0\x04", record + code_page.to_bytes(4, "little")[:2])
    assert open_workbook(content).sheets[1].rows[2][6] == "Łódź Жук"


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_parts_packed_as_no_package_may_are_a_damaged_file(method):
    """A package's parts are stored or deflated (ECMA-376 part 2, annex C); Excel opens no others."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(workbook(STANDARD))) as old, zipfile.ZipFile(stream, "w", method) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
    (found,) = (one for one in read(stream.getvalue(), name=NAME).findings if one.code.startswith("FIL"))

    assert found.code == "FIL002"
    assert "packad på ett sätt" in found.message


def test_a_part_whose_end_is_missing_is_a_damaged_file_and_no_bomb():
    content = bytearray(workbook(STANDARD))
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        info = package.getinfo("xl/worksheets/sheet2.xml")
    start = info.header_offset + 30 + len(info.filename)
    middle = zlib.compressobj(wbits=-15)
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        part = package.read(info)
    cut = middle.compress(part[: len(part) // 2]) + middle.flush(zlib.Z_FULL_FLUSH)
    content[start : start + info.compress_size] = cut.ljust(info.compress_size, b"\0")[: info.compress_size]
    (found,) = (one for one in read(bytes(content), name=NAME).findings if one.code.startswith("FIL"))

    assert found.code == "FIL002"
    assert "xl/worksheets/sheet2.xml" in found.message


def test_a_document_type_is_refused_also_without_entities():
    content = change_part(
        workbook(STANDARD),
        "xl/worksheets/sheet2.xml",
        lambda part: part.replace(b"<worksheet", b"<!DOCTYPE worksheet><worksheet", 1),
    )
    (found,) = (one for one in read(content, name=NAME).findings if one.code.startswith("FIL"))

    assert found.code == "FIL002"
    assert "dokumenttyp" in found.message


@pytest.mark.parametrize(
    ("stored", "value"),
    [("PT12H30M00S", time(12, 30)), ("PT288H00M00S", timedelta(days=12)), ("P1Y", "P1Y")],
)
def test_times_and_durations_of_an_ods_are_no_texts(stored, value):
    cell = f'<table:table-cell office:value-type="time" office:time-value="{stored}"/></table:table-row>'
    content = change_part(
        workbook(STANDARD, format="ods"),
        "content.xml",
        lambda part: part.replace(
            b"<table:table-row>", b"<table:table-row>" + cell.encode() + b"<table:table-row>", 1
        ),
    )
    assert open_workbook(content).sheets[0].rows[0][0] == value


def excel_95(code_page: int, name: bytes, text: bytes) -> bytes:
    """Return an .xls of Excel 95, whose texts have a byte a character, with one sheet and one cell."""

    def record(kind: int, data: bytes) -> bytes:
        return struct.pack("<HH", kind, len(data)) + data

    def bounds(start: int) -> bytes:
        return record(0x0085, struct.pack("<IBBB", start, 0, 0, len(name)) + name)

    begin = record(0x0809, struct.pack("<HHI", 0x0500, 5, 0)) + record(0x0042, struct.pack("<H", code_page))
    end = record(0x000A, b"")
    start = len(begin + bounds(0) + end)
    cell = record(0x0204, struct.pack("<HHHH", 0, 0, 0, len(text)) + text)
    sheet = record(0x0809, struct.pack("<HHI", 0x0500, 16, 0)) + cell + end
    return compound_file({"Book": begin + bounds(start) + end + sheet})


@pytest.mark.parametrize(
    ("code_page", "encoding", "text"),
    [
        (1250, "cp1250", "Łódź"),
        (1252, "cp1252", "Vårdcentralen"),
        (10000, "mac_roman", "Vårdcentralen"),
        (10007, "mac_cyrillic", "Жук"),
        (10029, "mac_latin2", "Arkusz Łódź"),
        (32768, "mac_roman", "Vårdcentralen"),
    ],
)
def test_texts_of_excel_95_are_read_by_their_code_page(code_page, encoding, text):
    sheet = open_workbook(excel_95(code_page, text.encode(encoding), text.encode(encoding))).sheets[0]

    assert (sheet.name, sheet.rows) == (text, [(text,)])
