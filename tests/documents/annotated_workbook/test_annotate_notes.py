"""Notes of the annotated copy: boxes, numbers, drawings, and parts of relationships."""

import re
import shutil
import subprocess
from io import BytesIO

import openpyxl
import pytest
import python_calamine
from lxml import etree

from tests.documents.annotated_workbook.annotated import RICH, SHEET, annotated, coloured
from tests.documents.annotated_workbook.package_check import boxes, parts
from tests.documents.annotated_workbook.workbooks import (
    OTHER,
    UNITS,
    both,
    checked,
    edited,
    found,
    replaced,
    rich,
    simple,
)
from underlag.documents.annotated_workbook import annotated_workbook


def hidden_rows(numbers):
    return "".join(f'<row r="{number}" hidden="1"/>' for number in numbers)


@pytest.mark.parametrize(
    ("columns", "default", "expected"),
    [
        ('<col min="4" max="16384" width="9" hidden="1"/>', "", (0, 2)),
        ('<col min="2" max="16384" width="9" hidden="1"/>', "", (0, 0)),
        ("", '<sheetFormatPr defaultColWidth="-9" defaultRowHeight="15"/>', (16383, 16383)),
        ("", "", (3, 8)),
    ],
)
def test_a_box_stays_within_the_columns_that_a_sheet_has(columns, default, expected):
    """Many users hide all unused columns: then there is no room to the right of the last one."""
    change = re.compile(rb"<sheetFormatPr[^>]*/>")
    content = edited(
        simple(),
        {
            SHEET: lambda data: change.sub(
                lambda old: (
                    (default or old[0].decode()).encode()
                    + (f"<cols>{columns}</cols>" * bool(columns)).encode()
                ),
                data,
            )
        },
    )
    files, _ = annotated(content, found(UNITS, 2, 3))

    anchor = re.search(rb"<x:Anchor>([^<]*)<", files["xl/drawings/vmlDrawing1.vml"])[1]
    left, _, _, _, right, into, _, _ = (int(number) for number in anchor.split(b","))
    assert (left, right) == expected
    assert into >= 0


@pytest.mark.parametrize(
    ("rows", "default", "expected"),
    [
        ("", "", (0, 4)),
        (hidden_rows(range(3, 51)), "", (0, 52)),
        (hidden_rows(range(3, 51)), '<sheetFormatPr defaultRowHeight="15" zeroHeight="1"/>', (0, 1)),
        ('<row r="3" ht="300" customHeight="1"/>', "", (0, 2)),
    ],
)
def test_a_box_is_as_high_as_its_text_whatever_rows_are_hidden_or_high(rows, default, expected):
    change = re.compile(rb"<sheetFormatPr[^>]*/>")
    content = edited(
        simple(rows=2),
        {
            SHEET: both(
                replaced("</sheetData>", f"{rows}</sheetData>"),
                lambda data: change.sub(lambda old: default.encode() or old[0], data),
            )
        },
    )
    files, _ = annotated(content, found(UNITS, 2, 1))

    anchor = re.search(rb"<x:Anchor>([^<]*)<", files["xl/drawings/vmlDrawing1.vml"])[1]
    _, _, top, _, _, _, bottom, _ = (int(number) for number in anchor.split(b","))
    assert (top, bottom) == expected


def test_many_notes_get_numbers_in_further_blocks():
    findings = [found(UNITS, row, 1) for row in range(1, 2_100)] + [
        found(OTHER, row, 1) for row in range(1, 3)
    ]

    files, book = annotated(simple(rows=2, sheets=(UNITS, OTHER)), *findings)

    assert len(boxes(files["xl/drawings/vmlDrawing1.vml"])) == 2_099
    assert b'data="1,2,3"' in files["xl/drawings/vmlDrawing1.vml"]
    assert b'data="4"' in files["xl/drawings/vmlDrawing2.vml"]
    assert len(coloured(book)) == 2_099


@pytest.mark.parametrize(
    "change",
    [
        replaced("<vt:lpstr>Webcert", "<vt:lpstr>Något annat"),
        both(
            replaced("<TitlesOfParts>", "<TitlesOfParts/><Annat>"), replaced("</TitlesOfParts>", "</Annat>")
        ),
        replaced("<TitlesOfParts>", "<!-- <TitlesOfParts> --><TitlesOfParts>"),
        lambda _data: b"ingen XML",
        None,
    ],
)
def test_properties_that_no_excel_wrote_are_no_reason_to_leave_the_workbook_unmarked(change):
    content = edited(simple(), {"docProps/app.xml": change})
    if change is None:
        content = edited(
            content,
            {
                "_rels/.rels": lambda data: re.sub(rb"<Relationship [^>]*app\.xml[^>]*>", b"", data),
                "[Content_Types].xml": lambda data: re.sub(rb"<Override [^>]*app\.xml[^>]*>", b"", data),
            },
        )
    _, result = annotated_workbook(checked(content, found(UNITS, 2, 1)))

    assert b'<comment ref="A2"' in parts(result)["xl/comments1.xml"]


def test_a_drawing_of_an_old_excel_that_is_no_xml_is_kept_as_it_is():
    old = "<v:textbox><div>rad<br>rad</div></v:textbox></v:shape></xml>"
    content = edited(
        rich(), {"xl/drawings/vmlDrawing1.vml": lambda d: d.replace(b"</v:shape></xml>", old.encode())}
    )

    _, result = annotated_workbook(checked(content, found(UNITS, 7, 1)))

    drawing = parts(result)["xl/drawings/vmlDrawing1.vml"]
    assert old.removesuffix("</xml>").encode() in drawing
    assert (7, 1) in boxes(drawing)


def test_notes_of_a_workbook_that_openpyxl_saved():
    """It chooses other prefixes in the drawing and gives boxes no position, only a size."""
    book = openpyxl.load_workbook(BytesIO(simple()))
    for cell in ("A2", "B3"):
        book[UNITS][cell].comment = openpyxl.comments.Comment("Min egen", "Tove Exempelsson")
    out = BytesIO()
    book.save(out)
    files, book = annotated(out.getvalue(), found(UNITS, 2, 1), found(UNITS, 3, 3))

    (drawing,) = (data for name, data in files.items() if name.endswith(".vml"))
    assert set(boxes(drawing)) == {(2, 1), (3, 2), (3, 3)}
    assert drawing.count(b"Anchor>") == 2 * 2, "that of ours, and that of the one which grew"
    assert book[UNITS]["A2"].comment.text.startswith("Min egen\n\nFEL:")


def test_a_drawing_that_claims_no_numbers_does_so_for_ours():
    layout = re.compile(rb"<o:shapelayout.*?</o:shapelayout>", re.DOTALL)
    content = edited(RICH, {"xl/drawings/vmlDrawing1.vml": lambda data: layout.sub(b"", data)})
    _, result = annotated_workbook(checked(content, found(UNITS, 5, 1)))

    drawing = parts(result)["xl/drawings/vmlDrawing1.vml"]
    (own,) = re.findall(rb'id="_x0000_s(\d+)"[^>]*width:255pt', drawing)
    claimed = re.search(rb'<o:idmap [^>]*data="([0-9,]+)"', drawing)[1].split(b",")
    assert str(int(own) // 1024).encode() in claimed
    others = b"".join(data for name, data in parts(RICH).items() if name.endswith(".vml"))
    assert b"_x0000_s" + own not in others


def test_a_reference_to_a_drawing_that_does_not_exist_is_replaced():
    content = edited(
        simple(),
        {
            SHEET: replaced(
                "</worksheet>",
                f'<legacyDrawing xmlns:r="{"http://schemas.openxmlformats.org/officeDocument/2006/relationships"}" r:id="rId9"/></worksheet>',
            )
        },
    )

    files, _ = annotated(content, found(UNITS, 2, 1))

    assert etree.fromstring(files[SHEET]).findall("{*}legacyDrawing")[0].attrib.values() == ["rId2"]


def test_parts_of_relationships_get_a_type_where_there_is_no_default_for_them():
    """Older LibreOffice declares each part of relationships separately; those that we add then have no type."""

    def named(types):
        types = re.sub(rb'<Default Extension="rels"[^>]*/>', b"", types)
        overrides = b"".join(
            b'<Override PartName="/%s" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            % part.encode()
            for part in parts(simple())
            if part.endswith(".rels")
        )
        return types.replace(b"</Types>", overrides + b"</Types>")

    content = edited(simple(), {"[Content_Types].xml": named})
    assert b'Extension="rels"' not in parts(content)["[Content_Types].xml"]

    files, _ = annotated(content, found(UNITS, 2, 1))

    assert "xl/worksheets/_rels/sheet1.xml.rels" in files
    assert b'Extension="rels"' in files["[Content_Types].xml"]


def test_a_drawing_of_notes_in_an_alternate_content_is_the_one_that_gets_ours():
    """Excel writes it in the strict form; a second one would require a repair."""

    def wrapped(sheet):
        return re.sub(
            rb"<legacyDrawing [^>]*/>",
            rb'<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">'
            rb'<mc:Choice xmlns:v="urn:schemas-microsoft-com:vml" Requires="v">\g<0></mc:Choice>'
            rb"</mc:AlternateContent>",
            sheet,
        )

    _, noted = annotated_workbook(checked(simple(), found(UNITS, 2, 1)))
    part = next(name for name, data in parts(noted).items() if b"<legacyDrawing " in data)
    content = edited(noted, {part: wrapped})
    assert b"<mc:Choice" in parts(content)[part]

    files, _ = annotated(content, found(UNITS, 2, 1), found(UNITS, 2, 2))

    drawings = [name for name in files if name.endswith(".vml")]
    assert len(drawings) == 1
    assert sorted(boxes(files[drawings[0]])) == [(2, 1), (2, 2)]
    assert files[part].count(b"legacyDrawing") == 1


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_converts_it(tmp_path):
    findings = found(UNITS, 3, 1), found(UNITS, 1, 2), found(OTHER, 2, 1, "varning"), found(UNITS, 20, 3)
    _, result = annotated_workbook(checked(rich(), *findings))
    (tmp_path / "granskad.xlsx").write_bytes(result)

    subprocess.run(
        [
            *(
                "soffice",
                f"-env:UserInstallation=file://{tmp_path}/profil",
                "--headless",
                "--convert-to",
                "ods",
            ),
            *("--outdir", str(tmp_path), str(tmp_path / "granskad.xlsx")),
        ],
        check=True,
        capture_output=True,
        timeout=600,
    )

    book = python_calamine.CalamineWorkbook.from_path(tmp_path / "granskad.ods")
    assert book.sheet_names[:4] == ["Granskning", UNITS, OTHER, "Dold"]
    rows = book.get_sheet_by_name("Granskning").to_python()
    assert [row[3] for row in rows if row[0] in {"Fel", "Varning"}][2:] == ["A3", "B1", "A2", "C20"]
    assert book.get_sheet_by_name(UNITS).to_python()[2][0] == "SE162321000156-0003"
