"""The corrected workbook: only corrected cells differ, and they are marked and listed."""

import re
from io import BytesIO
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

import underlag
from tests.documents.annotated_workbook.workbooks import NOW
from tests.support.tables import NAME, ORDER_SHEET, STANDARD, workbook
from underlag.documents.corrected_workbook.build import UncorrectableError, corrected_workbook
from underlag.documents.corrected_workbook.corrections import Correction, suggested
from underlag.options import Options
from underlag.workbook import Source

OPTIONS = Options(now=NOW)
SHEET = "Webcert -> Vårdsystem"


def source(content: bytes, kind: str = "xlsx") -> Source:
    return Source(NAME, kind, content)


def check(content: bytes, name: str = NAME) -> underlag.Checked:
    return underlag.check(underlag.read(content, OPTIONS, name=name), OPTIONS)


def correct(content: bytes, *corrections: Correction):
    return corrected_workbook(source(content), corrections, NOW)


def parts(content: bytes) -> dict[str, bytes]:
    with ZipFile(BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def changed(content: bytes, edit) -> bytes:
    stream = BytesIO()
    with ZipFile(stream, "w") as archive:
        for name, data in parts(content).items():
            archive.writestr(name, edit(name, data))
    return stream.getvalue()


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("SE162321000156-4HVV", "SE162321000165-4HVV"),
        ("CertificateStatusUpdateForCare v3", "CertifikateStatusUpdateForCare v3"),
        ("SendMessageToCare v2", "SendMessageToCare v1"),
        ("https://tph2.liv", "htps://tph2.liv"),
        ("SE162321000156-4HVX", "SE162321000156-4НVX"),
    ],
    ids=["digits", "misspelt", "version", "address", "look-alike"],
)
def test_suggestions_mend_what_they_are_about(right, wrong):
    before = check(workbook((STANDARD + ORDER_SHEET).replace(right, wrong)))
    assert before.findings

    corrected = corrected_workbook(before.underlag.source, suggested(before.findings), NOW)

    assert [found.code for found in check(corrected.content).findings] == []
    assert not corrected.left


def test_a_finding_without_one_plausible_text_suggests_nothing():
    wrong = (STANDARD + ORDER_SHEET).replace("SE162321000156-4HVV", "Vårdcentralen")
    checked = check(workbook(wrong))

    assert checked.findings
    assert not suggested(checked.findings)


def test_a_missing_name_that_another_sheet_has_is_suggested():
    table, _, rest = STANDARD.partition("| SE162321000156-4HVV | Vårdcentralen Rud |")
    checked = check(workbook(f"{table}| SE162321000156-4HVV |  |{rest}" + ORDER_SHEET))

    assert [(one.cell, one.text) for one in suggested(checked.findings)] == [("G3", "Vårdcentralen Rud")]


def test_one_id_of_a_cell_with_several_is_replaced_there():
    both = STANDARD.replace("SE162321000156-4HVV", "SE162321000156-4HVV, SE162321000165-4HVW", 1)
    checked = check(workbook(both))

    corrected = corrected_workbook(checked.underlag.source, suggested(checked.findings), NOW)

    assert (
        load_workbook(BytesIO(corrected.content))[SHEET]["F3"].value
        == "SE162321000156-4HVV, SE162321000156-4HVW"
    )


@pytest.mark.parametrize(
    ("cell", "listed"), [("{date 2027-03-01}", "2027-03-01"), ("{number 46447}", "46447")]
)
def test_a_date_is_listed_as_excel_shows_it(cell, listed):
    content = workbook(STANDARD + ORDER_SHEET.replace("2027-03-01          ", cell))

    corrected = correct(content, Correction("Beställning", 3, 2, "2027-04-01"))

    assert [(change.before, change.after) for change in corrected.changes] == [(listed, "2027-04-01")]


def test_a_cell_that_holds_something_else_is_left():
    one = Correction(SHEET, 3, 6, "SE162321000156-4HVZ", "SE162321000156-4HVQ")
    before = workbook(STANDARD)

    corrected = correct(before, one)

    assert corrected.left == [one]
    assert corrected.content == before


def test_every_other_part_and_cell_stays():
    before = workbook(STANDARD + ORDER_SHEET)

    after = correct(before, Correction(SHEET, 3, 7, "Vårdcentralen Rud & <Ådalen>")).content

    old, new = parts(before), parts(after)
    touched = {name for name in old if old[name] != new[name] and "/sheet" not in name}
    assert touched <= {
        "xl/styles.xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "[Content_Types].xml", "docProps/app.xml"
    }  # fmt: skip
    cell = rb'<c r="G3"[^>]*?(?:/>|>.*?</c>)'
    sheet = "xl/worksheets/sheet2.xml"
    assert re.sub(cell, b"", new[sheet]).replace(b' tabSelected="1"', b"").count(b"<c ") == re.sub(
        cell, b"", old[sheet]
    ).count(b"<c ")
    values = [
        [[c.value for c in row] for row in load_workbook(BytesIO(content))[SHEET].iter_rows()]
        for content in (before, after)
    ]
    values[0][2][6] = "Vårdcentralen Rud & <Ådalen>"
    assert values[0] == values[1]


def test_a_changed_cell_is_green_and_keeps_its_own_format():
    book = load_workbook(BytesIO(workbook(STANDARD)))
    book[SHEET]["G3"].number_format = "@"
    stream = BytesIO()
    book.save(stream)

    cell = load_workbook(BytesIO(correct(stream.getvalue(), Correction(SHEET, 3, 7, "Nytt")).content))[SHEET][
        "G3"
    ]

    assert (cell.value, cell.number_format, cell.fill.fgColor.rgb) == ("Nytt", "@", "FFC6EFCE")


def test_an_empty_text_empties_the_cell():
    after = correct(workbook(STANDARD), Correction(SHEET, 3, 7, "")).content

    assert load_workbook(BytesIO(after))[SHEET]["G3"].value is None


def test_a_text_that_looks_like_a_formula_stays_a_text():
    after = correct(workbook(STANDARD), Correction(SHEET, 3, 7, "=1+1")).content

    cell = load_workbook(BytesIO(after))[SHEET]["G3"]
    assert (cell.data_type, cell.value) in {("s", "=1+1"), ("inlineStr", "=1+1")}


def test_a_cell_beyond_the_sheet_is_made():
    after = correct(workbook(STANDARD), Correction(SHEET, 40, 12, "Nytt")).content

    assert load_workbook(BytesIO(after))[SHEET]["L40"].value == "Nytt"


def test_an_elements_prefix_is_kept():
    def prefixed(name, data):
        if not name.startswith("xl/worksheets/sheet"):
            return data
        text = re.sub(rb"<(/?)(?=[a-zA-Z])", rb"<\1x:", data)
        return text.replace(
            b'xmlns="http://schemas.openxmlformats.org/spreadsheetml',
            b'xmlns:x="http://schemas.openxmlformats.org/spreadsheetml',
        )

    after = correct(changed(workbook(STANDARD), prefixed), Correction(SHEET, 3, 7, "Nytt")).content

    assert load_workbook(BytesIO(after))[SHEET]["G3"].value == "Nytt"


def test_a_formula_that_others_share_is_left():
    def shared(name, data):
        if name != "xl/worksheets/sheet2.xml":
            return data
        return re.sub(
            rb'<c r="G3"[^>]*>.*?</c>',
            b'<c r="G3" t="str"><f t="shared" ref="G3:G4" si="0">1</f><v>a</v></c>',
            data,
        )

    corrected = correct(changed(workbook(STANDARD), shared), Correction(SHEET, 3, 7, "Nytt"))

    assert len(corrected.left) == 1
    assert not corrected.changes


@pytest.mark.parametrize("kind", ["ods", "xls", "xlsb"])
def test_other_formats_are_refused(kind):
    with pytest.raises(UncorrectableError, match=r"Spara som"):
        corrected_workbook(source(workbook(STANDARD, format=kind), kind), [], NOW)


def test_a_corrected_workbook_can_be_corrected_again_and_its_list_is_no_order():
    once = correct(workbook(STANDARD + ORDER_SHEET), Correction(SHEET, 3, 7, "Vårdcentralen Ruda")).content

    twice = correct(once, Correction(SHEET, 3, 7, "Vårdcentralen Rud")).content

    assert load_workbook(BytesIO(twice)).sheetnames[:2] == ["Rättningar 2", "Rättningar"]
    assert check(twice).findings == []


def test_the_same_corrections_give_the_same_bytes():
    one = Correction(SHEET, 3, 7, "Nytt")

    assert correct(workbook(STANDARD), one).content == correct(workbook(STANDARD), one).content
