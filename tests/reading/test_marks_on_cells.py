"""Comments and struck-through text are facts of a sheet, in each format that can hold them."""

import io
import struct
import zipfile
from types import SimpleNamespace

import pytest
import xlwt

from tests.support.packages import change_part
from tests.support.tables import workbook
from underlag.reading.formats.biff.xls_looks import FONT, FORMAT_OF_CELLS, PALETTE, XlsLooks
from underlag.reading.formats.biff.xls_notes import XlsNotes, defined_name, property_texts
from underlag.reading.formats.biff.xls_texts import label_is_struck
from underlag.reading.formats.biff.xlsb_records import notes as xlsb_notes
from underlag.reading.formats.sheet_facts import SheetFacts
from underlag.reading.opening import open_workbook

TEXT = """
## Blad
| Rubrik | Namn   | Annat |
| a      | b      | c     |
|        | g      |       |
| d      | e      | f     |
! strike A2 C4
"""
NOTED = TEXT + "! note B2 Ska inte med!\\nrad två åäö\n! note A3 på en tom cell\n"


@pytest.mark.parametrize("kind", ["xlsx", "xlsm", "xls", "xlsb", "ods"])
def test_struck_through_cells(kind):
    (sheet,) = open_workbook(workbook(TEXT, format=kind)).sheets
    assert sheet.struck == {(2, 1), (4, 3)}
    assert not sheet.notes


@pytest.mark.parametrize("kind", ["xlsx", "xlsm", "xls", "xlsb", "ods"])
def test_cells_that_are_struck_through_in_part(kind):
    text = """
## Blad
| Rubrik | Namn         |
| enhet  | Vårdcentral  |
| två    | Mottagningen |
! strike-part B2
"""
    (sheet,) = open_workbook(workbook(text, format=kind)).sheets
    assert sheet.struck == {(2, 2)}
    assert [row[1] for row in sheet.rows] == ["Namn", "Vårdcentral", "Mottagningen"]


@pytest.mark.parametrize("kind", ["xlsx", "xlsm", "xls", "xlsb", "ods"])
def test_cells_whose_text_nobody_sees(kind):
    (sheet,) = open_workbook(workbook(f"{TEXT}! white B2 A4\n", format=kind)).sheets
    assert sheet.unseen == {(2, 2), (4, 1)}
    assert sheet.struck == {(2, 1), (4, 3)}
    assert [row[1] for row in sheet.rows] == ["Namn", "b", "g", "e"]


def test_looks_of_xls():
    def font(height, flags, colour):
        return FONT, struct.pack("<HHH", height, flags, colour)

    def cells(fonts, number, pattern=0, colour=64):
        return FORMAT_OF_CELLS, struct.pack("<HH10xIH", fonts, number, pattern << 26, colour | 65 << 7)

    palette = [bytes(4)] * 56
    palette[1], palette[32] = bytes([255, 255, 255, 0]), bytes([250, 250, 250, 0])
    looks = XlsLooks()
    for kind, content in (
        *(font(200, 0, 0x7FFF) for _ in range(4)),
        font(200, 8, 9),  # the sixth font: struck through, and white
        font(20, 0, 0x7FFF),
        font(200, 0, 40),
        cells(0, 0),
        cells(5, 0),
        cells(5, 0, 1, 18),  # on dark blue
        cells(5, 0, 2, 18),  # on a pattern
        cells(6, 0),
        cells(7, 0),
        cells(7, 0, 1, 40),
        cells(0, 170),
        (FORMAT_OF_CELLS, struct.pack("<HH12x", 5, 0)),  # of BIFF5
        (PALETTE, struct.pack("<H", 56) + b"".join(palette)),
    ):
        looks.take(kind, content)

    assert looks.struck_fonts == {5}
    assert looks.struck == {1, 2, 3, 8}
    assert looks.unseen({170: ";;;"}) == {1, 4, 5, 6, 7}


def test_texts_of_xls_with_their_own_runs_of_fonts():
    text = "Beställ"
    runs = struct.pack("<H4H", 2, 0, 5, 3, 6)
    wide = struct.pack("<HB", len(text), 1) + text.encode("utf-16-le") + runs
    narrow = struct.pack("<H", len(text)) + text.encode("cp1252") + bytes([2, 0, 5, 3, 6])

    assert label_is_struck(wide, 0, {6}, wide=True)
    assert not label_is_struck(wide, 0, {7}, wide=True)
    assert label_is_struck(narrow, 0, {6}, wide=False)
    assert not label_is_struck(narrow, 0, {7}, wide=False)


@pytest.mark.parametrize("kind", ["xlsx", "xlsm", "ods"])
def test_notes(kind):
    (sheet,) = open_workbook(workbook(NOTED, format=kind)).sheets
    assert sheet.notes == {(2, 2): "Ska inte med!\nrad två åäö", (3, 1): "på en tom cell"}
    assert sheet.rows[1][:3] == ("a", "b", "c")


def test_a_part_of_a_text_that_is_struck_through():
    def strike(part):
        return part.replace(
            b"<si><t>e</t></si>", b"<si><r><t>e</t></r><r><rPr><strike/></rPr><t>x</t></r></si>"
        )

    content = change_part(workbook(TEXT), "xl/sharedStrings.xml", strike)
    (sheet,) = open_workbook(content).sheets
    assert sheet.struck == {(2, 1), (4, 3), (4, 2)}


def test_a_thread_of_comments_replaces_its_placeholder_note():
    thread = (
        '<ThreadedComments xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments">'
        '<threadedComment ref="B2" id="{1}"><text>Ska denna med?</text></threadedComment>'
        '<threadedComment ref="B2" id="{2}" parentId="{1}"><text>Nej</text></threadedComment></ThreadedComments>'
    )
    relation = (
        b'<Relationship Id="rIdT" Type="http://schemas.microsoft.com/office/2017/10/relationships/threadedComment"'
        b' Target="../threadedComments/threadedComment1.xml"/></Relationships>'
    )
    content = change_part(
        workbook(NOTED),
        "xl/worksheets/_rels/sheet1.xml.rels",
        lambda part: part.replace(b"</Relationships>", relation),
    )
    stream = io.BytesIO(content)
    with zipfile.ZipFile(stream, "a") as package:
        package.writestr("xl/threadedComments/threadedComment1.xml", thread)
    (sheet,) = open_workbook(stream.getvalue()).sheets
    assert sheet.notes[2, 2] == "Ska denna med?\nNej"
    assert sheet.notes[3, 1] == "på en tom cell"


def test_damaged_comments_cost_no_cell():
    content = change_part(workbook(NOTED), "xl/comments1.xml", lambda part: part[: len(part) // 2])
    (sheet,) = open_workbook(content).sheets
    assert not sheet.notes
    assert sheet.rows[1][0] == "a"


def test_notes_of_xls_come_as_an_object_its_text_and_a_cell():
    text = "Beställ inte"
    stream = (
        struct.pack("<4H", 0x15, 0x12, 0x19, 7)
        + struct.pack("<HH6xHH", 0, 0, len(text), 16)
        + b"\x01"
        + text.encode("utf-16-le")
        + struct.pack("<4H", 4, 2, 0, 7)
    )
    facts = SheetFacts()
    notes = XlsNotes(stream, facts)
    at = 0
    for kind, size in ((0x5D, 8), (0x1B6, 14), (0x3C, 1 + 2 * len(text)), (0x1C, 8)):
        notes.take(kind, at, size)
        at += size
    assert facts.notes == {(5, 3): text}


def test_text_boxes_and_page_headers_of_xls():
    text = "Beställ inte"
    header = "&LUTKAST &P"
    records = [
        (0x14, struct.pack("<HB", len(header), 0) + header.encode("latin-1")),
        (0x15, bytes([4]) + b"&CEj"),
        (0x5D, struct.pack("<4H", 0x15, 0x12, 0x06, 7)),
        (0x1B6, struct.pack("<HH6xHH", 0, 0, len(text), 16)),
        (0x3C, b"\x01" + text.encode("utf-16-le")),
        (0x3C, bytes(16)),
    ]
    facts = SheetFacts()
    notes = XlsNotes(b"".join(content for _, content in records), facts)
    at = 0
    for kind, content in records:
        notes.take(kind, at, len(content))
        at += len(content)
    assert facts.loose == [("sidhuvud", "UTKAST"), ("sidfot", "Ej"), ("textruta", text)]
    assert not facts.notes


@pytest.mark.parametrize("kind", ["xlsx", "xlsm", "ods"])
def test_text_boxes_are_kept_with_their_cell(kind):
    text = f"{TEXT}! textbox A2 Ska inte med\n"
    (sheet,) = open_workbook(workbook(text, format=kind)).sheets
    assert sheet.loose == [("textruta vid A2", "Ska inte med")]
    assert sheet.rows[1][:3] == ("a", "b", "c")


@pytest.mark.parametrize("kind", ["xlsx", "xlsm", "xlsb"])
def test_headers_of_pages_without_their_codes(kind):
    (sheet,) = open_workbook(workbook(f"{TEXT}! header UTKAST & mer\n", format=kind)).sheets
    assert sheet.loose == [("sidhuvud", "UTKAST & mer")]


def test_headers_of_pages_of_ods_belong_to_the_sheets_with_that_page():
    text = f"{TEXT}! header UTKAST & mer\n\n## Annan\n| a |\n"
    first, second = open_workbook(workbook(text, format="ods")).sheets
    assert first.loose == [("sidhuvud", "UTKAST & mer")]
    assert second.loose == []


@pytest.mark.parametrize("kind", ["xlsx", "xlsm", "xlsb", "ods"])
def test_messages_on_filling_in_are_kept_with_their_first_cell(kind):
    (sheet,) = open_workbook(workbook(f"{TEXT}! prompt B2 Vänta med denna\n", format=kind)).sheets
    place = "meddelande vid inmatning i B2"
    assert sheet.loose == [(place, "OBS"), (place, "Vänta med denna")]
    assert sheet.rows[1][:3] == ("a", "b", "c")


def test_tips_on_links_are_kept_with_their_cell():
    links = b'<hyperlinks><hyperlink ref="B2" location="x" tooltip="Ska &#229;ter vara"/></hyperlinks></worksheet>'
    content = change_part(
        workbook(TEXT), "xl/worksheets/sheet1.xml", lambda part: part.replace(b"</worksheet>", links)
    )
    (sheet,) = open_workbook(content).sheets
    assert sheet.loose == [("tips på länk i B2", "Ska åter vara")]


@pytest.mark.parametrize("kind", ["xlsx", "xlsm", "xlsb", "ods"])
def test_defined_names_are_kept_with_the_texts_that_they_stand_for(kind):
    grid = open_workbook(workbook(f"{TEXT}! name Ej_klar Vänta lite\n", format=kind))
    assert grid.names == [("definierat namn", "Ej klar"), ("definierat namn Ej_klar", "Vänta lite")]


def test_messages_and_defined_names_of_xls():
    def text(stated):
        return struct.pack("<HB", len(stated), 0) + stated.encode("latin-1")

    areas = struct.pack("<H4H", 1, 3, 8, 5, 5)
    formulas = struct.pack("<HHHH", 0, 0, 0, 0)
    record = bytes(4) + text("OBS") + text("\0") + text("Vänta") + text("Fel") + formulas + areas
    facts = SheetFacts()
    XlsNotes(record, facts).take(0x01BE, 0, len(record))
    place = "meddelande vid inmatning i F4"
    assert facts.loose == [(place, "OBS"), (place, "Vänta"), (place, "Fel")]
    for end in range(len(record)):  # a record that is cut off costs nothing
        XlsNotes(record[:end], SheetFacts()).take(0x01BE, 0, end)

    formula = b"\x17" + bytes([5, 0]) + b"Vanta"
    name = struct.pack("<HBBHHHI", 0, 0, 7, len(formula), 0, 0, 0) + b"\0Ej_klar" + formula
    assert defined_name(name) == [("definierat namn", "Ej klar"), ("definierat namn Ej_klar", "Vanta")]
    assert defined_name(b"\x20" + name[1:]) == []
    assert all(isinstance(defined_name(name[:end]), list) for end in range(len(name)))


def test_damaged_drawings_cost_no_cell():
    text = f"{TEXT}! textbox A2 Ska inte med\n"
    content = change_part(workbook(text), "xl/drawings/drawing1.xml", lambda part: part[: len(part) // 2])
    (sheet,) = open_workbook(content).sheets
    assert not sheet.loose
    assert sheet.rows[1][0] == "a"


def test_notes_of_xlsb():
    text = "Beställ inte"

    def record(kind, content):
        return bytes([kind & 0x7F | 0x80, kind >> 7, len(content)]) + content

    part = record(635, struct.pack("<5I16x", 0, 4, 4, 2, 2)) + record(
        637, b"\0" + struct.pack("<I", len(text)) + text.encode("utf-16-le")
    )
    assert xlsb_notes(part) == {(5, 3): text}


def ods_with(styles, cells):
    """An .ods with some styles and rows as LibreOffice writes them."""
    content = workbook("\n## Blad\n| Rubrik |\n", format="ods")
    head, tail = b"<office:automatic-styles>", b"<table:table-row>"

    def change(part):
        return part.replace(head, head + styles.encode()).replace(tail, cells.encode() + tail, 1)

    return change_part(content, "content.xml", change)


def test_looks_of_ods():
    def style(name, properties, more=""):
        return f'<style:style style:name="{name}" style:family="table-cell" {more}>{properties}</style:style>'

    styles = (
        style("dark", '<style:table-cell-properties fo:background-color="#1f4e79"/>')
        + style("light", '<style:text-properties fo:color="#fefefe"/>', 'style:parent-style-name="dark"')
        + style(
            "clear",
            '<style:table-cell-properties fo:background-color="transparent"/>',
            'style:parent-style-name="light"',
        )
        + style(
            "own",
            '<style:text-properties style:use-window-font-color="true"/>',
            'style:parent-style-name="clear"',
        )
        + style("dot", '<style:text-properties fo:font-size="0.5mm"/>')
        + style("half", '<style:text-properties fo:font-size="50%"/>')
        + style("empty", "", 'style:data-style-name="N1"')
        + style("full", "", 'style:data-style-name="N2"')
        + '<number:text-style style:name="N1"><number:text>(utgår)</number:text></number:text-style>'
        + '<number:text-style style:name="N2"><number:text-content/></number:text-style>'
        + '<style:style style:name="low" style:family="table-row">'
        + '<style:table-row-properties style:row-height="0.02cm"/></style:style>'
    )
    names = ["dark", "light", "clear", "own", "dot", "half", "empty", "full", "unknown"]
    cells = "".join(
        f'<table:table-cell table:style-name="{name}" office:value-type="string"><text:p>x</text:p></table:table-cell>'
        for name in names
    )
    grid = open_workbook(
        ods_with(styles, f'<table:table-row table:style-name="low">{cells}</table:table-row>')
    )
    (sheet,) = grid.sheets

    assert {names[column - 1] for _, column in sheet.unseen} == {"clear", "dot", "empty"}
    assert sheet.hidden_rows == {1}
    assert grid.names == [("talformat", "(utgår)")]


def test_properties_of_other_formats():
    core = b"<cp:coreProperties><dc:title>UTKAST</dc:title><cp:keywords> </cp:keywords></cp:coreProperties>"
    meta = b"<office:meta><dc:title>UTKAST</dc:title><meta:keyword>UTKAST</meta:keyword></office:meta>"
    for kind, part, xml in (("xlsb", "docProps/core.xml", core), ("ods", "meta.xml", meta)):
        stream = io.BytesIO(workbook(TEXT, format=kind))
        with zipfile.ZipFile(stream, "a") as package:
            package.writestr(part, xml)
        assert open_workbook(stream.getvalue()).names == [("filens egenskaper", "UTKAST")]


def test_properties_of_xls_are_in_the_encoding_of_their_code_page():
    class Compound:
        def __init__(self, **stated):
            self.stated = stated

        def get_metadata(self):
            if not self.stated:
                raise OSError("damaged")
            return SimpleNamespace(**self.stated)

    file = Compound(codepage=-535, title="Gäller ej".encode(), subject=b"", keywords="Å")
    assert property_texts(file) == [("filens egenskaper", "Gäller ej"), ("filens egenskaper", "Å")]
    assert property_texts(Compound(codepage=1252, title=b"G\xe4ller")) == [("filens egenskaper", "Gäller")]
    assert property_texts(Compound()) == []


def test_rows_too_low_and_columns_too_narrow_are_hidden_in_xls():
    book = xlwt.Workbook()
    sheet = book.add_sheet("Blad")
    for row in range(3):
        sheet.write(row, row, "x")
        sheet.row(row).height_mismatch = True
    sheet.row(1).height, sheet.col(2).width = 30, 50
    stream = io.BytesIO()
    book.save(stream)
    (read,) = open_workbook(stream.getvalue()).sheets
    assert (read.hidden_rows, read.hidden_columns) == ({2}, {3})


def test_rows_too_low_and_columns_too_narrow_are_hidden_in_xlsb():
    content = workbook(f"{TEXT}! hide columns C\n", format="xlsb")
    low, usual = struct.pack("<IIH", 1, 0, 30), struct.pack("<IIH", 1, 0, 300)
    narrow, hidden = struct.pack("<4IH", 2, 2, 50, 0, 0), struct.pack("<4IH", 2, 2, 2304, 0, 1)

    def change(part):
        assert part.count(usual) == part.count(hidden) == 1
        return part.replace(usual, low).replace(hidden, narrow)

    (sheet,) = open_workbook(change_part(content, "xl/worksheets/sheet1.bin", change)).sheets
    assert (sheet.hidden_rows, sheet.hidden_columns) == ({2}, {3})


def test_words_of_number_formats_of_xls():
    book = xlwt.Workbook()
    book.add_sheet("Blad").write(0, 0, "x", xlwt.easyxf(num_format_str='@" (utgår)"'))
    stream = io.BytesIO()
    book.save(stream)
    assert open_workbook(stream.getvalue()).names == [("talformat", "(utgår)")]
