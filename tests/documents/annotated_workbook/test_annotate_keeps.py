"""Nothing of the user's workbook is lost: parts are equal, apart from the annotation's changes."""

import copy
import posixpath
import re

import pytest
from lxml import etree

from tests.documents.annotated_workbook.package_check import check_package, parts, relationships
from tests.documents.annotated_workbook.workbooks import (
    OTHER,
    UNITS,
    R,
    both,
    checked,
    edited,
    found,
    replaced,
    rich,
    simple,
    with_macros,
)
from underlag.documents.annotated_workbook import annotated_workbook

FINDINGS = (
    found(UNITS, 3, 1),
    found(UNITS, 4, 2, "varning"),
    found(UNITS, 4, 4),
    found(UNITS, 5, 8),
    found(UNITS, 1, 2),
    found(UNITS, 20, 3),
    found(OTHER, 2, 1),
    found("Dold", 1, 1),
)
#: Parts that the annotation may change; every other part must be byte-equal.
CHANGED = {
    "[Content_Types].xml",
    "docProps/app.xml",
    "xl/workbook.xml",
    "xl/_rels/workbook.xml.rels",
    "xl/styles.xml",
    "xl/comments1.xml",
    "xl/drawings/vmlDrawing1.vml",
    "xl/worksheets/sheet1.xml",
    "xl/worksheets/sheet2.xml",
    "xl/worksheets/sheet3.xml",
    "xl/worksheets/_rels/sheet2.xml.rels",
}


@pytest.fixture(scope="module")
def before():
    return rich()


@pytest.fixture(scope="module")
def after(before):
    extension, content = annotated_workbook(checked(before, *FINDINGS))
    assert extension == "xlsx"
    return check_package(content)


def test_the_workbook_has_what_it_is_to_keep(before):
    everything = b"".join(parts(before).values())
    for element in (
        b"<controls>", b"x14:dataValidation ", b"x14:conditionalFormatting ", b"x14:sparkline>", b"<dataValidation ",
        b"<conditionalFormatting ", b"txBody>", b"ThreadedComments", b"formControlPr", b"<tableParts", b"<hyperlink ",
        b"<sheetProtection ", b"<pane ", b"_xlnm.Print_Area", b"_xlnm.Print_Titles", b"localSheetId", b"<rowBreaks",
        b"<rPr>", b'ObjectType="Button"', b'ObjectType="Checkbox"', b"legacyDrawingHF", b"<chartsheet", b"<xdr:pic>",
    ):  # fmt: skip
        assert element in everything, element


def test_parts_that_are_not_annotated_are_the_same_bytes(before, after):
    for name, data in parts(before).items():
        assert name in after
        if name not in CHANGED:
            assert after[name] == data, name


def without_hints(root, marked):
    """A sheet without the annotation's changes: formats of marked cells, selection, and spans (a mere hint)."""
    for cell in root.iter("{*}c"):
        if cell.get("r") in marked:
            cell.attrib.pop("s", None)
    for element, attribute in (("row", "spans"), ("sheetView", "tabSelected")):
        for found_element in root.iter(f"{{*}}{element}"):
            found_element.attrib.pop(attribute, None)
    return root


def without_new_cells(root, there, marked):
    """A sheet without the empty cells and rows created for marks; asserts that no others are new."""
    for cell in [cell for cell in root.iter("{*}c") if cell.get("r") not in there]:
        assert cell.get("r") in marked
        assert not len(cell)
        row = cell.getparent()
        row.remove(cell)
        if not len(row) and not any(reference.lstrip("ABCDEFGH") == row.get("r") for reference in there):
            row.getparent().remove(row)


@pytest.mark.parametrize("number", [1, 2, 3])
def test_sheets_differ_only_in_formats_of_marked_cells(before, after, number):
    name = f"xl/worksheets/sheet{number}.xml"
    old, new = etree.fromstring(parts(before)[name]), etree.fromstring(after[name])
    marked = {f.cell for f in FINDINGS if f.sheet == {1: UNITS, 2: OTHER, 3: "Dold"}[number]}
    marked = {"A1" if cell == "B1" else cell for cell in marked}
    without_new_cells(new, {cell.get("r") for cell in old.iter("{*}c")}, marked)
    if old.find("{*}legacyDrawing") is None:
        new.remove(new.find("{*}legacyDrawing"))
    old, new = without_hints(old, marked), without_hints(new, marked)

    assert etree.tostring(new, method="c14n") == etree.tostring(old, method="c14n")


def test_formats_of_the_user_stay_and_marked_cells_differ_from_theirs_in_the_fill_alone(before, after):
    old, new = etree.fromstring(parts(before)["xl/styles.xml"]), etree.fromstring(after["xl/styles.xml"])
    for ours in list(new):
        theirs = old.find(ours.tag)
        assert theirs is not None
        for number, element in enumerate(theirs):
            assert etree.tostring(ours[number], method="c14n") == etree.tostring(element, method="c14n")
    cell_xfs = new.find("{*}cellXfs")
    sheet_old, sheet_new = (etree.fromstring(p["xl/worksheets/sheet1.xml"]) for p in (parts(before), after))
    for reference in ("A3", "B4", "D4"):
        style_old, style_new = (
            cell_xfs[int(s.find(f".//{{*}}c[@r='{reference}']").get("s", "0"))]
            for s in (sheet_old, sheet_new)
        )
        assert style_new.get("fillId") != style_old.get("fillId")
        changed = copy.deepcopy(style_new)
        changed.set("fillId", style_old.get("fillId"))
        changed.attrib.pop("applyFill")
        expected = copy.deepcopy(style_old)
        expected.attrib.pop("applyFill", None)
        assert etree.tostring(changed, method="c14n") == etree.tostring(expected, method="c14n")


def test_names_still_belong_to_their_sheets(before, after):
    def names(files):
        root = etree.fromstring(files["xl/workbook.xml"])
        sheets = [s.get("name") for s in root.find("{*}sheets")]
        return {
            (n.get("name"), sheets[int(n.get("localSheetId"))] if n.get("localSheetId") else None): n.text
            for n in root.iter("{*}definedName")
        }

    old, new = names(parts(before)), names(after)

    assert old.items() <= new.items()
    assert {key for key in new if key not in old} == {
        ("_xlnm._FilterDatabase", "Granskning"),
        ("_xlnm.Print_Titles", "Granskning"),
    }


def test_sheets_keep_order_state_and_parts(before, after):
    def sheets(files):
        root = etree.fromstring(files["xl/workbook.xml"])
        own = relationships(files, "xl/workbook.xml")
        return [(s.get("name"), s.get("state"), own[s.get(f"{{{R}}}id")][1]) for s in root.find("{*}sheets")]

    assert sheets(after)[0][0] == "Granskning"
    assert sheets(after)[1:] == sheets(parts(before))


def test_relationships_and_types_of_the_user_stay(before, after):
    for name in parts(before):
        source = posixpath.join(posixpath.dirname(posixpath.dirname(name)), posixpath.basename(name)[:-5])
        if name.endswith(".rels"):
            assert relationships(parts(before), source).items() <= relationships(after, source).items()
    old, new = (
        {tuple(e.attrib.values()) for e in etree.fromstring(p["[Content_Types].xml"])}
        for p in (parts(before), after)
    )
    assert old <= new


def test_notes_controls_and_threads_stay_with_their_boxes(before, after):
    old = parts(before)
    for shape in re.findall(rb"<v:shape\b.*?</v:shape>", old["xl/drawings/vmlDrawing1.vml"], re.DOTALL):
        if b"<x:Row>2</x:Row>" in shape or b"<x:Row>3</x:Row><x:Column>1<" in shape:
            continue  # these two grew with their texts
        assert shape in after["xl/drawings/vmlDrawing1.vml"]
    texts = {
        c.get("ref"): "".join(t.text for t in c.iter("{*}t"))
        for c in etree.fromstring(after["xl/comments1.xml"]).iter("{*}comment")
    }
    assert texts["A3"].startswith("Min egen anteckning\n\nFEL: ")
    assert texts["B4"].startswith("En till\n\nVARNING: ")
    assert texts["D4"] == "[Kommentarstråd] Stämmer talet?"
    assert texts["H5"].startswith("FEL: ")
    authors = [a.text for a in etree.fromstring(after["xl/comments1.xml"]).find("{*}authors")]
    assert authors == ["Tove Exempelsson", "tc={B0000000-0000-0000-0000-000000000001}", "underlag"]


def test_a_workbook_with_macros_keeps_them_and_its_extension():
    before = with_macros(simple())

    extension, content = annotated_workbook(checked(before, found(UNITS, 2, 1), kind="xlsm"))

    assert extension == "xlsm"
    after = check_package(content)
    assert after["xl/vbaProject.bin"] == parts(before)["xl/vbaProject.bin"]
    assert b"sheet.macroEnabled.main+xml" in after["[Content_Types].xml"]


def test_a_macro_sheet_that_is_selected_stays_as_it_is_but_for_that():
    """Else it would be grouped with the list of findings, and what is typed there be typed into it, too."""
    macros = b'<xm:macrosheet xmlns="x" xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main"><sheetViews><sheetView tabSelected="1"/></sheetViews><sheetData/></xm:macrosheet>'
    relation = b'<Relationship Id="rIdM" Type="http://schemas.microsoft.com/office/2006/relationships/xlMacrosheet" Target="macrosheets/sheet1.xml"/></Relationships>'
    before = edited(
        simple(),
        {
            "xl/workbook.xml": replaced("</sheets>", '<sheet name="M" sheetId="99" r:id="rIdM"/></sheets>'),
            "xl/_rels/workbook.xml.rels": replaced("</Relationships>", relation.decode()),
            "xl/macrosheets/sheet1.xml": macros,
        },
    )

    _, content = annotated_workbook(checked(before, found(UNITS, 2, 1)))

    after = parts(content)
    assert after["xl/macrosheets/sheet1.xml"] == macros.replace(b'"1"', b'"0"')
    assert len(after) > len(parts(before))


def test_a_template_becomes_the_workbook_that_its_name_says():
    template = edited(simple(), {"[Content_Types].xml": replaced("sheet.main+xml", "template.main+xml")})

    extension, content = annotated_workbook(checked(template, found(UNITS, 2, 1)))

    assert extension == "xlsx"
    assert b"spreadsheetml.sheet.main+xml" in check_package(content)["[Content_Types].xml"]


def test_a_broken_signature_is_taken_out():
    signature = "http://schemas.openxmlformats.org/package/2006/relationships/digital-signature"
    origin = "application/vnd.openxmlformats-package.digital-signature-"
    signed = edited(
        simple(),
        {
            "_rels/.rels": replaced(
                "</Relationships>",
                f'<Relationship Id="rId77" Type="{signature}/origin" Target="_xmlsignatures/origin.sigs"/></Relationships>',
            ),
            "_xmlsignatures/origin.sigs": b"",
            "_xmlsignatures/sig1.xml": b"<Signature/>",
            "_xmlsignatures/_rels/origin.sigs.rels": (
                '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship '
                f'Id="rId1" Type="{signature}/signature" Target="sig1.xml"/></Relationships>'
            ).encode(),
            "[Content_Types].xml": both(
                replaced("</Types>", f'<Default Extension="sigs" ContentType="{origin}origin"/></Types>'),
                replaced(
                    "</Types>",
                    f'<Override PartName="/_xmlsignatures/sig1.xml" ContentType="{origin}xmlsignature+xml"/></Types>',
                ),
            ),
        },
    )

    _, content = annotated_workbook(checked(signed, found(UNITS, 2, 1)))

    files = check_package(content)
    assert not any("signature" in name for name in files)
    assert b"digital-signature/origin" not in files["_rels/.rels"]


def test_a_sheet_without_cells_and_the_control_after_its_notes():
    """The notes' drawing is inserted before controls in an AlternateContent."""
    control = (
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice '
        'xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main" Requires="x14"/>'
        "</mc:AlternateContent></worksheet>"
    )
    empty = edited(simple(rows=0), {"xl/worksheets/sheet1.xml": replaced("</worksheet>", control)})

    _, content = annotated_workbook(checked(empty, found(UNITS, 2, 1)))

    sheet = check_package(content)["xl/worksheets/sheet1.xml"]
    assert sheet.index(b"<legacyDrawing") < sheet.index(b"<mc:AlternateContent")
    assert b'<row r="2"><c r="A2" s="' in sheet
