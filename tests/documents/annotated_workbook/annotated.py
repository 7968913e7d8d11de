"""Annotated copies of workbooks that other programs wrote."""

from io import BytesIO

import openpyxl

from tests.documents.annotated_workbook.package_check import check_package
from tests.documents.annotated_workbook.workbooks import (
    UNITS,
    checked,
    rich,
)
from underlag.documents.annotated_workbook import annotated_workbook

SHEET = "xl/worksheets/sheet1.xml"
RED = "FFFFC7CE"
RICH = rich()


def annotated(content, *findings):
    """Return the annotated copy, as a checked package and as openpyxl reads it."""
    _, result = annotated_workbook(checked(content, *findings))
    return check_package(result), openpyxl.load_workbook(BytesIO(result))


def coloured(book, sheet=UNITS):
    """Return the references of the cells that are marked as faulty."""
    return {c.coordinate for row in book[sheet] for c in row if c.fill.fgColor.rgb == RED}
