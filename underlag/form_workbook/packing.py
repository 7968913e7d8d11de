"""Serialises an openpyxl workbook to bytes that depend on its content alone.

openpyxl stamps parts with the time, and writes XML with lxml when it is installed.
"""

from io import BytesIO
from pathlib import Path
from typing import Any, Final
from xml.etree.ElementTree import canonicalize
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.writer.excel import ExcelWriter

_DATE: Final = (1980, 1, 1, 0, 0, 0)


def packed(book: Workbook) -> bytes:
    """Return the file."""
    stream = BytesIO()
    ExcelWriter(book, _UndatedZip(stream, "w")).save()
    return stream.getvalue()


class _UndatedZip(ZipFile):
    """A zip file whose members all have the same date and system."""

    def writestr(self, zinfo_or_arcname: Any, data: Any, *_: Any) -> None:
        """Add an XML part in canonical form."""
        info = ZipInfo(zinfo_or_arcname, _DATE)
        info.create_system = 0
        text = data if isinstance(data, str) else data.decode()
        super().writestr(info, canonicalize(text), ZIP_DEFLATED)

    def write(self, filename: Any, arcname: Any = None, *_: Any) -> None:
        """Add a part that openpyxl has written to a separate file."""
        self.writestr(arcname, Path(filename).read_bytes())
