"""Workbooks that other programs than Excel write: other namespaces, prefixes, encodings, and things left out."""

import re
from io import BytesIO

import pytest
import python_calamine
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from tests.documents.annotated_workbook.annotated import RICH, SHEET, annotated, coloured
from tests.documents.annotated_workbook.package_check import check_package, parts
from tests.documents.annotated_workbook.workbooks import (
    OTHER,
    UNITS,
    both,
    checked,
    edited,
    found,
    replaced,
    simple,
)
from underlag.documents.annotated_workbook import annotated_workbook
from underlag.documents.annotated_workbook import sheet as sheet_module

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def body(rows):
    """A change that inserts these rows into the sheet."""
    return lambda data: re.sub(
        rb"<sheetData>.*</sheetData>", f"<sheetData>{rows}</sheetData>".encode(), data, flags=re.DOTALL
    )


def test_rows_and_cells_without_references():
    rows = (
        "<row><c><v>1</v></c></row><row><c><v>2</v></c><c><v>3</v></c></row><row/><row><c><v>4</v></c></row>"
    )
    content = edited(simple(), {SHEET: body(rows)})

    _, book = annotated(
        content, found(UNITS, 2, 2), found(UNITS, 3, 1), found(UNITS, 4, 1), found(UNITS, 6, 1)
    )

    assert coloured(book) == {"B2", "A3", "A4", "A6"}
    assert book[UNITS]["B2"].value == 3


def test_attributes_in_another_order_and_single_quotes():
    rows = "<row spans='1:2' r = '2' ><c t='n' s='0' r='B2' ><v>5</v></c></row><row r='4'/>"
    content = edited(simple(), {SHEET: body(rows)})

    _, book = annotated(
        content, found(UNITS, 2, 1), found(UNITS, 2, 2), found(UNITS, 3, 1), found(UNITS, 4, 4)
    )

    assert coloured(book) == {"A2", "B2", "A3", "D4"}
    assert book[UNITS]["B2"].value == 5


def test_elements_with_a_namespace_prefix():
    def prefixed(data):
        data = re.sub(rb"<(/?)(\w)", rb"<\1x:\2", data)
        return data.replace(
            b'xmlns="http://schemas.openxmlformats.org/spreadsheetml',
            b'xmlns:x="http://schemas.openxmlformats.org/spreadsheetml',
        )

    content = edited(simple(), {SHEET: prefixed, "xl/workbook.xml": prefixed, "xl/styles.xml": prefixed})

    _, book = annotated(content, found(UNITS, 2, 1), found(UNITS, 9, 1))

    assert coloured(book) == {"A2", "A9"}
    assert book[UNITS]["A9"].comment


def test_the_strict_form_of_the_standard():
    names = (
        (MAIN.encode(), b"http://purl.oclc.org/ooxml/spreadsheetml/main"),
        (
            b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
            b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        ),
    )

    def strict(data):
        for old, new in names:
            data = data.replace(old, new)
        return data

    content = edited(simple(), dict.fromkeys(parts(simple()), strict))

    _, result = annotated_workbook(checked(content, found(UNITS, 2, 1)))

    files = check_package(result)
    for name in (SHEET, "xl/worksheets/sheet2.xml", "xl/comments1.xml", "xl/_rels/workbook.xml.rels"):
        assert b"schemas.openxmlformats.org/spreadsheetml" not in files[name]
    assert (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships/comments"
        in files["xl/worksheets/_rels/sheet1.xml.rels"]
    )
    assert python_calamine.CalamineWorkbook.from_filelike(BytesIO(result)).sheet_names == [
        "Granskning",
        UNITS,
    ]


@pytest.mark.parametrize("encoding", ["utf-16", "iso-8859-1", "utf-8-sig"])
def test_other_encodings(encoding):
    def recoded(data):
        name = encoding.removesuffix("-sig")
        return data.decode().replace("UTF-8", name).replace("r2k1", "å").encode(encoding)

    rows = '<row r="2"><c r="A2" t="inlineStr"><is><t>r2k1</t></is></c></row>'
    content = edited(simple(), {SHEET: both(body(rows), recoded)})

    _, book = annotated(content, found(UNITS, 2, 1))

    assert coloured(book) == {"A2"}
    assert book[UNITS]["A2"].value == "å"


def test_comments_and_cdata_that_look_like_cells():
    rows = (
        '<!-- <row r="2"><c r="A2"/></row> --><row r="2"><c r="A2" t="inlineStr"><is><t><![CDATA[<c r="A2">]]></t></is></c>'
        "</row>"
    )
    content = edited(simple(), {SHEET: body(rows)})

    _, book = annotated(content, found(UNITS, 2, 1))

    assert coloured(book) == {"A2"}
    assert book[UNITS]["A2"].value == '<c r="A2">'


def test_a_workbook_without_styles_and_views():
    content = edited(
        simple(),
        {
            "xl/styles.xml": None,
            "xl/_rels/workbook.xml.rels": lambda d: re.sub(rb"<Relationship [^>]*/styles\"[^>]*>", b"", d),
            "[Content_Types].xml": lambda d: re.sub(rb"<Override PartName=\"/xl/styles[^>]*>", b"", d),
            "xl/workbook.xml": lambda d: re.sub(rb"<bookViews>.*</bookViews>", b"", d),
        },
    )

    _, book = annotated(content, found(UNITS, 2, 1))

    assert coloured(book) == {"A2"}
    assert book.sheetnames == ["Granskning", UNITS]


def test_formats_of_a_row_and_a_column_apply_to_new_cells():
    rows = '<row r="2" s="1" customFormat="1"/><row r="3" s="1"/>'
    xf = '<xf numFmtId="14" fontId="0" fillId="0" borderId="0" xfId="0"/></cellXfs>'
    content = edited(simple(), {SHEET: body(rows), "xl/styles.xml": replaced("</cellXfs>", xf)})

    _, book = annotated(content, found(UNITS, 2, 1), found(UNITS, 3, 1))

    assert book[UNITS]["A2"].number_format == "mm-dd-yy"
    assert book[UNITS]["A3"].number_format == "General"


def test_no_colour_when_the_workbook_has_as_many_formats_as_excel_accepts(monkeypatch):
    monkeypatch.setattr("underlag.documents.annotated_workbook.styles.FORMAT_LIMIT", 1)

    _, book = annotated(simple(), found(UNITS, 2, 1))

    assert coloured(book) == set()
    assert book[UNITS]["A2"].comment


@pytest.mark.parametrize(
    "change",
    [
        {SHEET: body('<row r="3"/><row r="2"/>')},
        {SHEET: body('<row r="2"><c r="B2"/><c r="A2"/><c r="C2"/></row>')},
        {SHEET: replaced("<sheetData>", '<sheetData xmlns="urn:x">')},
        {SHEET: replaced("</sheetData>", "")},
        {SHEET: b"<worksheet"},
        {
            SHEET: b'<!DOCTYPE x [<!ENTITY e "x">]><worksheet xmlns="'
            + MAIN.encode()
            + b'"><sheetData/></worksheet>'
        },
        {SHEET: b'<worksheet xmlns="urn:annat"><sheetData/></worksheet>'},
        {SHEET: b'<worksheet xmlns="' + MAIN.encode() + b'"/>'},
        {SHEET: None},
        {"xl/styles.xml": b"<x/>"},
        {"xl/workbook.xml": b'<workbook xmlns="' + MAIN.encode() + b'"/>'},
        {"[Content_Types].xml": None},
        {"_rels/.rels": None},
    ],
)
def test_a_form_that_cannot_be_edited_safely_gives_the_list_alone(change):
    _, book = annotated(edited(simple(), change), found(UNITS, 2, 3), found(UNITS, 3, 1))

    assert book.sheetnames == ["Granskning"]
    assert book["Granskning"].cell(book["Granskning"].max_row, 4).value == "A3"


@settings(max_examples=60)
@given(st.data())
def test_no_damage_to_a_part_makes_a_traceback(data):
    files = parts(RICH)
    name = data.draw(st.sampled_from(sorted(n for n in files if n.endswith((".xml", ".rels", ".vml")))))
    places = [m.span(1) for m in re.finditer(rb'"([^"<>]*)"|<([^<>]*)>', files[name]) if m[1] is not None]
    start, end = data.draw(st.sampled_from(places or [(0, 1)]))
    new = data.draw(
        st.sampled_from([b"", b"x", b"-1", b"1e999", b"nan", b"A0", b"99999999999", b"../../x", b"<", b"0"])
    )
    damaged = edited(RICH, {name: files[name][:start] + new + files[name][end:]})

    extension, result = annotated_workbook(
        checked(damaged, found(UNITS, 3, 1), found(OTHER, 2, 1), found(UNITS, 1, 2))
    )

    assert extension == "xlsx"
    assert parts(result)


def test_damaged_bytes_give_the_list_alone():
    content = simple()
    for damaged in (content[:-30], content[: len(content) // 2], content.replace(b"PK\3\4", b"PK\3\5")):
        extension, result = annotated_workbook(checked(damaged, found(UNITS, 2, 1)))
        assert extension == "xlsx"
        check_package(result)


def test_a_sheet_in_utf16_is_not_parsed_with_its_cells(monkeypatch):
    parsed = []
    real = sheet_module.parse
    monkeypatch.setattr(sheet_module, "parse", lambda data, **how: parsed.append(data) or real(data, **how))
    declared = b"<?xml version='1.0' encoding='UTF-16' standalone='yes'?>"

    def in_utf16(data):
        text = re.sub(rb"^<\?xml[^>]*\?>", declared, data).decode()
        return text.replace(
            "</sheetData>", "<row r='90'><c r='A90' t='str'><v>Å</v></c></row></sheetData>"
        ).encode("utf-16")

    _, book = annotated(edited(simple(), {SHEET: in_utf16}), found(UNITS, 90, 1))

    assert coloured(book) == {"A90"}
    assert book[UNITS]["A90"].value == "Å"
    assert not any("Å".encode(encoding) in part for part in parsed for encoding in ("utf-8", "utf-16-le"))


def test_a_sheet_in_broken_utf16_gives_the_list():
    content = edited(simple(), {SHEET: lambda _: b"\xff\xfe<"})

    extension, data = annotated_workbook(checked(content, found(UNITS, 2, 2)))

    assert extension == "xlsx"
    check_package(data)


@pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")
def test_comments_that_mix_prefixes_of_one_namespace_are_kept():
    """As the Open XML SDK writes them."""

    def mixed(data):
        plain = data.decode()
        for tag in ("author", "r", "t"):
            plain = re.sub(rf"<{tag}([ >])", rf'<d:{tag} xmlns:d="{MAIN}"\1', plain)
            plain = plain.replace(f"</{tag}>", f"</d:{tag}>")
        return plain.encode()

    def notes(book):
        return {cell.coordinate: cell.comment.text for row in book[UNITS] for cell in row if cell.comment}

    content = edited(RICH, {"xl/comments1.xml": mixed})
    kept = notes(load_workbook(BytesIO(content)))
    _, book = annotated(content, found(UNITS, 90, 1))

    assert kept
    assert kept.items() < notes(book).items()


def test_rows_under_a_second_prefix_give_the_list():
    def prefixed(data):
        data = data.replace(b"<worksheet ", f'<worksheet xmlns:y="{MAIN}" '.encode())
        return data.replace(b"<row ", b"<y:row ").replace(b"</row>", b"</y:row>")

    _, data = annotated_workbook(checked(edited(simple(), {SHEET: prefixed}), found(UNITS, 2, 2)))

    assert [name for name in parts(data) if name.startswith("xl/worksheets/")] == ["xl/worksheets/sheet1.xml"]


def test_the_cells_of_a_large_sheet_are_packed_without_a_copy():
    sheet = sheet_module.SheetPart(parts(simple())[SHEET])
    pieces = sheet.pieces()

    assert any(piece is sheet.cells for piece in pieces)
    assert b"".join(pieces).startswith(b"<?xml")
    assert b"".join(pieces).rstrip().endswith(b"</worksheet>")
