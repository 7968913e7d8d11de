"""What a workbook shows or states about itself, in no cell's own text, each with its verdict."""

import io

import pytest
from openpyxl import load_workbook

from tests.checks.examine import NOW, mentions, verdict
from tests.support.tables import NAME, ORDER_SHEET, STANDARD, workbook
from underlag.checks import check
from underlag.options import Options
from underlag.reading import read

SHEET = "Webcert -> Vårdsystem"


def number_format(code):
    def change(book):
        book[SHEET]["G3"].number_format = code

    return change


def height(points):
    def change(book):
        book[SHEET].row_dimensions[3].height = points

    return change


def properties(**values):
    def change(book):
        for name, text in values.items():
            setattr(book.properties, name, text)

    return change


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
        ("se", "UTKAST", properties(title="UTKAST")),
        ("se", "Utkast", properties(contentStatus="Utkast")),
        ("se", "beställas", properties(description="Ska inte beställas")),
        ("ren", "", properties(title="Underlag för TAKning", creator="Eva Exempelsson", keywords="TAK")),
    ],
)
def test_what_is_in_no_cell_gets_its_verdict(expected, quoted, change):
    book = load_workbook(io.BytesIO(workbook(STANDARD + ORDER_SHEET)))
    change(book)
    content = io.BytesIO()
    book.save(content)
    options = Options(now=NOW)

    checked = check(read(content.getvalue(), options, name=NAME), options)

    assert verdict(checked) == expected, [(f.code, f.message) for f in checked.findings]
    assert mentions(checked, quoted)
