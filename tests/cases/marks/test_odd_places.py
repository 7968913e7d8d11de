"""Instructions in odd places: pictures, form controls, page headers, other sheets, covered cells."""

import io
import zipfile

import pytest

from tests.checks.examine import examine, examine_content, mentions, verdict
from tests.support.case_tables import case_rows
from tests.support.packages import change_part
from tests.support.tables import ORDER_SHEET, STANDARD, workbook

FULL = STANDARD + ORDER_SHEET
SHEET = "xl/worksheets/sheet2.xml"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
DRAWING = (
    '<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"'
    ' xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><xdr:twoCellAnchor><xdr:from>'
    "<xdr:col>1</xdr:col><xdr:row>2</xdr:row></xdr:from>{}</xdr:twoCellAnchor></xdr:wsDr>"
)
CONTROL = (
    '<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:x="urn:schemas-microsoft-com:office:excel">'
    '<v:shape id="a"><v:textbox><div><font>En kommentar: beställ inte</font></div></v:textbox>'
    '<x:ClientData ObjectType="Note"/></v:shape><v:shape id="b"><v:textbox><div>{}</div></v:textbox>'
    '<x:ClientData ObjectType="Checkbox"/></v:shape></xml>'
)


def with_part(kind, element, name, xml):
    """A workbook whose second sheet refers to a part."""
    stream = io.BytesIO()
    target = f'Type="{OFFICE}/{kind}" Target="../drawings/{name}"'
    with zipfile.ZipFile(io.BytesIO(workbook(FULL))) as old, zipfile.ZipFile(stream, "w") as new:
        for info in old.infolist():
            content = old.read(info)
            if info.filename == SHEET:
                tag = f'<{element} xmlns:r="{OFFICE}" r:id="rId1"/></worksheet>'
                content = content.replace(b"</worksheet>", tag.encode())
            new.writestr(info, content)
        new.writestr(f"xl/drawings/{name}", xml)
        new.writestr(
            "xl/worksheets/_rels/sheet2.xml.rels",
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="rId1" {target}/></Relationships>',
        )
    return stream.getvalue()


def drawing(inner):
    return with_part("drawing", "drawing", "drawing9.xml", DRAWING.format(inner))


def box(text):
    return drawing(f"<xdr:sp><xdr:txBody><a:p><a:r><a:t>{text}</a:t></a:r></a:p></xdr:txBody></xdr:sp>")


def picture(attribute):
    named = f'<xdr:cNvPr id="2" name="Bild 1" {attribute}/>'
    return drawing(f"<xdr:pic><xdr:nvPicPr>{named}</xdr:nvPicPr></xdr:pic>")


def control(text):
    return with_part("vmlDrawing", "legacyDrawing", "vmlDrawing9.vml", CONTROL.format(text))


def footer(text):
    element = f"<headerFooter><oddFooter>&amp;C{text}</oddFooter></headerFooter></worksheet>"
    return change_part(workbook(FULL), SHEET, lambda part: part.replace(b"</worksheet>", element.encode()))


def message(text):
    element = f'<dataValidations><dataValidation sqref="F2" prompt="{text}"/></dataValidations></worksheet>'
    return change_part(workbook(FULL), SHEET, lambda part: part.replace(b"</worksheet>", element.encode()))


PLACES = {
    "box": box,
    "picture": lambda text: picture(f'descr="{text}"'),
    "control": control,
    "footer": footer,
    "message": message,
}
CASES = case_rows(
    """
    se  | box     | Vi återkommer om Rud
    se  | box     | Bara Gripen denna gång
    se  | box     | Ta med Rud först i maj
    ren | box     | Vårdcentralen Rud
    ren | box     | Fyll i alla gula celler
    se  | picture | Vänta med denna beställning
    ren | picture | En bild som visar text. Automatiskt genererad beskrivning
    se  | control | Ska inte beställas
    ren | control | Skriv ut
    se  | footer  | Vårdcentralen Rud tas inte nu
    se  | footer  | Gäller från 2027-05-01
    ren | footer  | Gäller från 2024-01-01
    ren | footer  | Region Värmland, sida &amp;P av &amp;N
    se  | message | Beställ inte Rud
    ren | message | Värdet finns inte i listan. Är du säker på att det är rätt?
    ren | message | Ska fyllas i. Gärna en funktion, inte en person.
    """
)
#: Verdict, and the rows of a sheet that is not read.
SHEETS = case_rows(
    """
    se  | Uppgifter     | Datum för ändring; 2027-04-15
    ren | Uppgifter     | Datum för ändring; 2027-03-01
    ren | Uppgifter     | Datum; 2026-01-15
    se  | Beställning 2 | Miljö; QA
    ren | Beställning 2 | Miljö; PROD
    ren | Instruktion   | Miljö; QA
    ren | Miljöer       | Miljö; Kod; Ansvarig
    """
)


@pytest.mark.parametrize(("expected", "place", "text"), CASES)
def test_a_text_in_an_odd_place_gets_its_verdict(expected, place, text):
    checked = examine_content(PLACES[place](text))

    assert verdict(checked) == expected, [f.message for f in checked.findings]
    assert mentions(checked, text if expected == "se" else "")


def test_the_title_of_a_shape_is_read_too():
    checked = examine_content(picture('title="Ska inte beställas"'))
    assert mentions(checked, "Alternativtext vid B3")


@pytest.mark.parametrize(("expected", "name", "cells"), SHEETS)
def test_details_on_another_sheet_are_asked_about_if_they_differ(expected, name, cells):
    checked = examine(f"{FULL}\n## {name}\n| {cells.replace(';', ' |')} |\n")

    assert verdict(checked) == expected, [f.message for f in checked.findings]


@pytest.mark.parametrize(
    ("expected", "area", "same"),
    [("se", "F2:G4", ""), ("ren", "H2:J4", ""), ("ren", "A2:A4", ""), ("ren", "A2:A4", "SE162321000156-B3K")],
)
def test_units_under_a_merged_cell_are_asked_about(expected, area, same):
    merged = f'</sheetData><mergeCells count="1"><mergeCell ref="{area}"/></mergeCells>'.encode()
    text = FULL.replace("|  |  |  |  |  | SE", f"| {same} |  |  |  |  | SE")
    content = change_part(workbook(text), SHEET, lambda part: part.replace(b"</sheetData>", merged))

    checked = examine_content(content)

    assert verdict(checked) == expected, [f.message for f in checked.findings]
