"""Workbooks with parts that were made to exhaust a machine: each is read or refused with a finding, at little cost.

A regression does not show as a wrong code but as a run that takes minutes or all memory.
"""

import io
import zipfile

from tests.support.packages import change_part
from tests.support.tables import NAME, ORDER_SHEET, STANDARD, workbook
from underlag.options import Options
from underlag.reading import read

SHEET = "xl/worksheets/sheet2.xml"


def codes(content):
    """Return the codes of the findings about the file."""
    found = read(content, Options(environment="PROD"), name=NAME).findings
    return [one.code for one in found if one.code.startswith("FIL")]


def message(content):
    (found,) = read(content, Options(environment="PROD"), name=NAME).findings
    return found.message


def with_rows(xml, part=SHEET):
    """Return the standard workbook with these rows last on its second sheet."""
    return change_part(
        workbook(STANDARD + ORDER_SHEET),
        part,
        lambda old: old.replace(b"</sheetData>", xml + b"</sheetData>"),
    )


def with_parts(content, parts):
    """Return a package with parts added, including duplicates."""
    stream = io.BytesIO(content)
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as package:
        for name, part in parts.items():
            package.writestr(name, part)
    return stream.getvalue()
