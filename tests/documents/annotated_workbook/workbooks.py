"""Workbooks with features that a library would lose when it loads and saves them."""

import struct
import zlib
from collections.abc import Callable
from datetime import date as date_of
from datetime import datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import xlsxwriter

from underlag.checked import Checked
from underlag.column_letters import column_letters
from underlag.findings import Finding, Severity
from underlag.options import STOCKHOLM, Options
from underlag.workbook import OrderDetails, Source, Underlag

NOW = datetime(2027, 2, 15, 12, 30, tzinfo=STOCKHOLM)
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
UNITS = "Webcert -> Vårdsystem"
OTHER = "Bo's flik"


def found(
    sheet,
    cell_row,
    column,
    severity="fel",
    *,
    code="HSA003",
    value="SE16-X",
    message="Fel.",
    suggestion="Rätta.",
):
    """A finding at a cell; column 0 for one about the sheet."""
    cell = f"{column_letters(column)}{cell_row}" if column else ""
    return Finding(
        code, Severity(severity), sheet, cell, value, message, suggestion, cell_row if column else 0, column
    )


def checked(
    content: bytes, *findings: Finding, kind: str = "xlsx", name: str = "Underlag PROD-LiV.xlsx"
) -> Checked:
    """A checked workbook with these findings."""
    source = Source(name, kind, content)
    return Checked(Underlag(source, None, OrderDetails()), Options(now=NOW), list(findings))


def edited(content: bytes, changes: dict[str, Callable[[bytes], bytes] | bytes | None]) -> bytes:
    """A package with parts changed by a function, added or replaced by bytes, or removed (None)."""
    out = BytesIO()
    with ZipFile(BytesIO(content)) as source, ZipFile(out, "w", ZIP_DEFLATED) as target:
        for name in source.namelist():
            change = changes.get(name, lambda data: data)
            if change is not None:
                target.writestr(name, change(source.read(name)) if callable(change) else change)
        for name, change in changes.items():
            if isinstance(change, bytes) and name not in source.namelist():
                target.writestr(name, change)
    return out.getvalue()


def replaced(old: str, new: str) -> Callable[[bytes], bytes]:
    """A replacement of text that must exist."""

    def change(data: bytes) -> bytes:
        assert old.encode() in data
        return data.replace(old.encode(), new.encode(), 1)

    return change


def both(*changes: Callable[[bytes], bytes]) -> Callable[[bytes], bytes]:
    """Several changes in sequence."""

    def change(data: bytes) -> bytes:
        for step in changes:
            data = step(data)
        return data

    return change


def simple(rows=3, columns=3, sheets=(UNITS,)) -> bytes:
    """Plain sheets of texts."""
    out = BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        for name in sheets:
            sheet = book.add_worksheet(name)
            for row in range(rows):
                sheet.write_row(row, 0, [f"r{row + 1}k{column + 1}" for column in range(columns)])
    return out.getvalue()


def picture() -> bytes:
    """A PNG of one grey pixel."""

    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0\x80"))
        + chunk(b"IEND", b"")
    )


def rich() -> bytes:
    """A workbook with two data sheets, a hidden one and a chart sheet, and as many features as can be combined."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    sheet, other, hidden = book.add_worksheet(UNITS), book.add_worksheet(OTHER), book.add_worksheet("Dold")
    _fill_units(book, sheet)
    _fill_others(book, other, hidden)
    book.define_name("Alla", f"='{UNITS}'!$A$3:$A$8")
    book.define_name(f"'{OTHER}'!Lokalt", f"='{OTHER}'!$A$1")
    book.set_properties({"title": "Underlag", "author": "Tove Exempelsson"})
    book.set_custom_property("Ärende", "TSK-12518")
    book.close()
    return _with_parts_of_excel(out.getvalue())


def _fill_units(book, sheet):
    bold, red = book.add_format({"bold": True}), book.add_format({"font_color": "red"})
    date = book.add_format(
        {"num_format": "yyyy-mm-dd", "border": 1, "bg_color": "#DDEEFF", "align": "center"}
    )
    header = book.add_format({"bold": True, "font_color": "white", "bg_color": "#1F3864"})
    sheet.merge_range("A1:D1", "Rubrik", header)
    sheet.write_row("A2", ["HSA-ID", "Namn", "Datum", "Tal"], header)
    for row in range(3, 9):
        sheet.write(f"A{row}", f"SE162321000156-{row:04X}")
        sheet.write_rich_string(f"B{row}", "Enhet ", bold, "fet", " och ", red, "röd")
        sheet.write_datetime(f"C{row}", date_of(2027, 3, row), date)
        sheet.write_number(f"D{row}", row / 2)
    sheet.write_formula("E3", "=SUM(D3:D8)", None, 16.5)
    sheet.insert_textbox("G2", "Så här fyller du i: börja med HSA-ID", {"width": 200, "height": 80})
    sheet.insert_button("G8", {"caption": "Knapp", "macro": "Kontrollera"})
    sheet.insert_image("G12", "bild.png", {"image_data": BytesIO(picture())})
    sheet.data_validation(
        "A3:A8", {"validate": "length", "criteria": "<=", "value": 31, "error_message": "a > b"}
    )
    sheet.data_validation("B3:B8", {"validate": "list", "source": ["Ja", "Nej"]})
    sheet.conditional_format("D3:D8", {"type": "cell", "criteria": ">", "value": 2, "format": red})
    sheet.conditional_format(
        "D3:D8", {"type": "data_bar", "data_bar_2010": True, "bar_border_color": "#FF0000"}
    )
    sheet.conditional_format("C3:C8", {"type": "icon_set", "icon_style": "3_traffic_lights"})
    sheet.add_sparkline("F3", {"range": f"'{UNITS}'!D3:D8", "markers": True})
    sheet.write_comment("A3", "Min egen anteckning", {"author": "Tove Exempelsson"})
    sheet.write_comment("B4", "En till", {"author": "Tove Exempelsson"})
    sheet.write_url("A10", "https://www.example.se/hjalp", string="Hjälp")
    sheet.write_url("A11", f"internal:'{OTHER}'!A1", string="Dit")
    sheet.freeze_panes(2, 1)
    sheet.protect("hemligt", {"objects": True, "format_cells": True})
    sheet.print_area("A1:E8")
    sheet.repeat_rows(0, 1)
    sheet.set_landscape()
    sheet.set_header("&L&G&RRegion", {"image_left": "bild.png", "image_data_left": BytesIO(picture())})
    sheet.set_h_pagebreaks([5])
    sheet.set_row(4, 30, bold)
    sheet.set_column("A:A", 24)
    sheet.set_column("H:H", 12, date)
    sheet.autofilter("A2:D8")
    sheet.ignore_errors({"number_stored_as_text": "A1:A9"})


def _fill_others(book, other, hidden):
    other.add_table(
        "A1:B4", {"data": [["a", 1], ["b", 2], ["c", 3]], "columns": [{"header": "X"}, {"header": "Y"}]}
    )
    other.select()
    other.activate()
    hidden.hide()
    hidden.write("A1", "dold")
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": f"='{UNITS}'!$D$3:$D$8"})
    book.add_chartsheet("Diagram").set_chart(chart)
    inside = book.add_chart({"type": "line"})
    inside.add_series({"values": f"='{UNITS}'!$D$3:$D$8"})
    other.insert_chart("D2", inside)


def _with_parts_of_excel(content: bytes) -> bytes:
    """Add what xlsxwriter does not write: a check box, x14 validations, a thread of comments, custom XML."""
    drawing = 'xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"'

    def corner(column, row):
        return f"<xdr:col>{column}</xdr:col><xdr:colOff>0</xdr:colOff><xdr:row>{row}</xdr:row><xdr:rowOff>0</xdr:rowOff>"

    control = (
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        'xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main">'
        '<mc:Choice Requires="x14"><controls><mc:AlternateContent><mc:Choice Requires="x14">'
        '<control shapeId="1030" r:id="rId90" name="Kryssruta 1"><controlPr defaultSize="0" autoFill="0">'
        f'<anchor moveWithCells="1"><from {drawing}>{corner(6, 14)}</from><to {drawing}>{corner(8, 15)}</to></anchor>'
        "</controlPr></control></mc:Choice></mc:AlternateContent>"
        "</controls></mc:Choice></mc:AlternateContent>"
    )
    validation = (
        '<ext uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}" '
        'xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"><x14:dataValidations count="1" '
        'xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main"><x14:dataValidation type="list" '
        "allowBlank=\"1\"><x14:formula1><xm:f>'Bo''s flik'!$A$2:$A$4</xm:f></x14:formula1>"
        "<xm:sqref>D3:D8</xm:sqref></x14:dataValidation></x14:dataValidations></ext></extLst></worksheet>"
    )
    box = (
        '<v:shape id="_x0000_s1030" type="#_x0000_t201" style="position:absolute"><x:ClientData ObjectType="Checkbox">'
        "<x:Anchor>6, 0, 14, 0, 8, 0, 15, 0</x:Anchor><x:Checked>1</x:Checked></x:ClientData></v:shape></xml>"
    )
    thread = (
        '<ThreadedComments xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments">'
        '<threadedComment ref="D4" dT="2027-01-02T10:00:00.00" personId="{A0000000-0000-0000-0000-000000000001}" '
        'id="{B0000000-0000-0000-0000-000000000001}"><text>Stämmer talet?</text></threadedComment></ThreadedComments>'
    )
    placeholder = '<comment ref="D4" authorId="1"><text><t>[Kommentarstråd] Stämmer talet?</t></text></comment></commentList>'
    thread_box = (
        '<v:shape id="_x0000_s1031" type="#_x0000_t202" style="position:absolute;visibility:hidden">'
        '<x:ClientData ObjectType="Note"><x:Anchor>4, 15, 2, 4, 6, 0, 6, 0</x:Anchor><x:Row>3</x:Row>'
        "<x:Column>3</x:Column></x:ClientData></v:shape>"
    )
    people = (
        '<personList xmlns="http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"><person '
        'displayName="Tove Exempelsson" id="{A0000000-0000-0000-0000-000000000001}" userId="tove" providerId="None"/>'
        "</personList>"
    )
    microsoft = "http://schemas.microsoft.com/office"
    return edited(
        content,
        {
            "xl/worksheets/sheet1.xml": both(
                replaced("/><extLst><ext", f"/>{control}<extLst><ext"),
                replaced("</extLst></worksheet>", validation),
            ),
            "xl/worksheets/_rels/sheet1.xml.rels": replaced(
                "</Relationships>",
                f'<Relationship Id="rId90" Type="{R}/ctrlProp" Target="../ctrlProps/ctrlProp9.xml"/><Relationship '
                f'Id="rId91" Type="{microsoft}/2017/10/relationships/threadedComment" '
                'Target="../threadedComments/threadedComment1.xml"/></Relationships>',
            ),
            "xl/ctrlProps/ctrlProp9.xml": (
                f'<formControlPr xmlns="{microsoft}/spreadsheetml/2009/9/main" objectType="CheckBox" checked="Checked" '
                'lockText="1" noThreeD="1"/>'
            ).encode(),
            "xl/drawings/vmlDrawing1.vml": replaced("</xml>", thread_box + box),
            "xl/threadedComments/threadedComment1.xml": thread.encode(),
            "xl/persons/person.xml": people.encode(),
            "xl/comments1.xml": both(
                replaced(
                    "</authors>", "<author>tc={B0000000-0000-0000-0000-000000000001}</author></authors>"
                ),
                replaced("</commentList>", placeholder),
            ),
            "xl/_rels/workbook.xml.rels": replaced(
                "</Relationships>",
                f'<Relationship Id="rId92" Type="{microsoft}/2017/10/relationships/person" '
                'Target="persons/person.xml"/></Relationships>',
            ),
            "customXml/item1.xml": b"<etikett xmlns='urn:example:etikett'>intern</etikett>",
            "[Content_Types].xml": replaced(
                "</Types>",
                '<Override PartName="/xl/ctrlProps/ctrlProp9.xml" ContentType="application/vnd.ms-excel.controlproperties+xml"/>'
                '<Override PartName="/xl/threadedComments/threadedComment1.xml" '
                'ContentType="application/vnd.ms-excel.threadedcomments+xml"/>'
                '<Override PartName="/xl/persons/person.xml" ContentType="application/vnd.ms-excel.person+xml"/></Types>',
            ),
        },
    )


def with_macros(content: bytes) -> bytes:
    """The workbook as .xlsm with a macro project and its signature."""
    project = "application/vnd.ms-office.vbaProject"
    return edited(
        content,
        {
            "xl/vbaProject.bin": b"\xd0\xcf\x11\xe0 macros " * 50,
            "xl/_rels/workbook.xml.rels": replaced(
                "</Relationships>",
                '<Relationship Id="rId95" Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject" '
                'Target="vbaProject.bin"/></Relationships>',
            ),
            "[Content_Types].xml": both(
                replaced(
                    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
                    "application/vnd.ms-excel.sheet.macroEnabled.main+xml",
                ),
                replaced("</Types>", f'<Default Extension="bin" ContentType="{project}"/></Types>'),
            ),
        },
    )
