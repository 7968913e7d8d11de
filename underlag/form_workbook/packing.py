"""Serialises an openpyxl workbook to bytes that depend on its content alone.

openpyxl stamps parts with the time, and writes XML with lxml when it is installed.
"""

from io import BytesIO
from typing import Any, Final
from xml.etree.ElementTree import canonicalize
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from openpyxl import Workbook
from openpyxl.drawing.spreadsheet_drawing import SpreadsheetDrawing
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.writer.excel import ExcelWriter

_DATE: Final = (1980, 1, 1, 0, 0, 0)


def packed(book: Workbook) -> bytes:
    """Return the file."""
    stream = BytesIO()
    _InMemory(book, _UndatedZip(stream, "w")).save()
    return stream.getvalue()


class _InMemory(ExcelWriter):  # type: ignore[misc]  # openpyxl has no types
    """A writer without temporary files: a disk may be full, and lxml does not report that as an OSError."""

    def write_worksheet(self, ws: Worksheet) -> None:
        """Add a sheet without charts and pictures."""
        ws._drawing = SpreadsheetDrawing()  # noqa: SLF001 - as the base class does
        stream = BytesIO()
        writer = WorksheetWriter(ws, out=stream)
        writer.write()
        ws._rels = writer._rels  # noqa: SLF001 - as above
        self._archive.writestr(ws.path[1:], stream.getvalue())
        self.manifest.append(ws)


class _UndatedZip(ZipFile):
    """A zip file whose members all have the same date and system."""

    def writestr(self, zinfo_or_arcname: Any, data: Any, *_: Any) -> None:
        """Add an XML part in canonical form."""
        info = ZipInfo(zinfo_or_arcname, _DATE)
        info.create_system = 0
        text = data if isinstance(data, str) else data.decode()
        super().writestr(info, canonicalize(text), ZIP_DEFLATED)
