"""What a workbook shows or states about itself, in no cell's own text, each with its verdict."""

import io

import pytest
from openpyxl import load_workbook
from openpyxl.styles import Color, Font, PatternFill

from tests.checks.examine import examine_content, mentions, verdict
from tests.support.tables import ORDER_SHEET, STANDARD, workbook

SHEET = "Webcert -> Vårdsystem"


def number_format(code):
    def change(book):
        book[SHEET]["G3"].number_format = code

    return change


def height(points):
    def change(book):
        book[SHEET].row_dimensions[3].height = points

    return change


def width(share):
    def change(book):
        book[SHEET].column_dimensions["G"].width = share

    return change


def look(*cells, font=None, fill=None, code="General"):
    def change(book):
        for cell in cells:
            at = book[SHEET][cell]
            at.number_format = code
            if font:
                at.font = Font(**font)
            if fill:
                at.fill = PatternFill("solid", fgColor=fill)

    return change


def properties(**values):
    def change(book):
        for name, text in values.items():
            setattr(book.properties, name, text)

    return change


def examined(change, answers=None):
    book = load_workbook(io.BytesIO(workbook(STANDARD + ORDER_SHEET)))
    change(book)
    content = io.BytesIO()
    book.save(content)
    return examine_content(content.getvalue(), order_file=answers)


@pytest.mark.parametrize(
    ("expected", "quoted", "change"),
    [
        ("se", "(utgår)", number_format('@" (utgår)"')),
        ("se", "ska inte med", number_format('@" - ska inte med"')),
        ("ren", "", number_format('@" (VC)"')),
        ("ren", "", number_format('"Ja";"Ja";"Nej"')),
        ("se", "rad", height(0.2)),
        ("se", "rad", height(2.5)),
        ("ren", "", height(8)),
        ("ren", "", width(0.1)),
        ("se", "rad 3", look("G3", code=";;;")),
        ("se", "rad", look("F3", "G3", code="0;-0;0;")),
        ("se", "rad", look("G3", code=';;;"(dold)"')),
        ("ren", "", look("G3", code="0;-0;0;@")),
        ("ren", "", look("G3", code="General;-General;0;General")),
        ("ren", "", look("G3", code='0;-0;"-";" "@')),
        ("se", "Vårdcentralen Rud", look("F3", "G3", font={"color": "FFFFFFFF"})),
        ("se", "rad", look("F3", font={"color": Color(theme=0)})),
        ("se", "rad", look("F3", font={"color": Color(theme=0, tint=-0.05)})),
        ("se", "rad", look("F3", font={"color": Color(indexed=9)})),
        ("se", "rad", look("F3", font={"color": Color(theme=4)}, fill=Color(theme=4))),
        ("se", "rad", look("F3", font={"color": "FF1F4E79"}, fill="FF1F4E79")),
        ("se", "rad", look("F3", fill="FF000000")),
        ("se", "rad", look("F3", font={"sz": 1})),
        ("ren", "", look("F3", "G3", font={"color": "FFFFFFFF"}, fill="FF1F4E79")),
        ("ren", "", look("F3", "G3", font={"color": Color(theme=0)}, fill=Color(theme=4))),
        ("ren", "", look("F3", "G3", font={"color": "FF808080", "sz": 6})),
        ("ren", "", look("F3", "G3", fill=Color(auto=True))),
        ("ren", "", look("F3", "G3", font={"color": Color(indexed=64)}, fill=Color(indexed=64))),
        ("ren", "", look("H3", "A4", "B5", font={"color": "FFFFFFFF"})),  # cells without text
        ("ren", "", look("A1", "B1", font={"color": "FFFFFFFF"})),  # headers
        ("se", "UTKAST", properties(title="UTKAST")),
        ("se", "Utkast", properties(contentStatus="Utkast")),
        ("se", "beställas", properties(description="Ska inte beställas")),
        ("ren", "", properties(title="Underlag för TAKning", creator="Eva Exempelsson", keywords="TAK")),
    ],
)
def test_what_is_in_no_cell_gets_its_verdict(expected, quoted, change):
    checked = examined(change)

    assert verdict(checked) == expected, [(f.code, f.message) for f in checked.findings]
    assert mentions(checked, quoted)


def codes(change, answers=None):
    return [(f.code, f.sheet, f.cell) for f in examined(change, answers).findings if f.code != "FLI057"]


def test_unseen_rows_and_details_have_codes_of_their_own():
    def hide(book):
        for sheet, cell in ((SHEET, "G3"), ("Beställning", "B3"), ("Beställning", "C4")):
            book[sheet][cell].font = Font(color="FFFFFFFF")

    assert codes(hide) == [("FLI062", SHEET, ""), ("FLI063", "Beställning", "B3")]
    assert codes(look("G3", font={"color": "FF1F4E79"})) == []


def test_unseen_text_that_repeats_the_cell_above_is_not_asked_about():
    def repeat(book):
        for row in (2, 3, 4):
            book[SHEET][f"A{row}"] = "SE162321000156-B3K"
        for cell in ("A3", "A4"):
            book[SHEET][cell].font = Font(color="FFFFFFFF")

    assert codes(repeat) == []


def test_a_decision_about_unseen_rows_applies_to_just_these(tmp_path):
    (item,) = [item for _, item in examined(look("G3", code=";;;")).account.items() if item.asked]
    answers = tmp_path / "svar.toml"
    answers.write_text(f'[beslut]\n"{item.key}" = "bortse"\n', encoding="utf-8")

    assert ("FLI062", SHEET, "") in codes(look("G3", code=";;;"))
    assert codes(look("G3", code=";;;"), answers) == []
    assert ("FLI062", SHEET, "") in codes(look("G4", code=";;;"), answers)
