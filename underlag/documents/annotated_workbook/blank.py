"""The smallest workbook there is: no sheets yet."""

from io import BytesIO
from typing import Final
from zipfile import ZipFile, ZipInfo

_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PARTS: Final = {
    "[Content_Types].xml": (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Override PartName="/xl/workbook.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>'
    ),
    "_rels/.rels": (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
    ),
    "xl/workbook.xml": (
        '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
        f'xmlns:r="{_OFFICE}"><sheets/></workbook>'
    ),
}


def blank_workbook() -> bytes:
    """Return a package to which a first sheet can be added; alone it is no workbook that Excel opens."""
    out = BytesIO()
    with ZipFile(out, "w") as package:
        for name, text in _PARTS.items():
            package.writestr(ZipInfo(name), text)
    return out.getvalue()
