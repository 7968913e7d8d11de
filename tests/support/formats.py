"""Writers of text tables in the formats that the project reads."""

import io
import zipfile
from datetime import datetime
from typing import Any
from xml.sax.saxutils import escape, quoteattr

ERROR_CODES = {
    "#NULL!": 0x00,
    "#DIV/0!": 0x07,
    "#VALUE!": 0x0F,
    "#REF!": 0x17,
    "#NAME?": 0x1D,
    "#NUM!": 0x24,
    "#N/A": 0x2A,
}


def xlsx(sheets: list[Any]) -> bytes:
    """Write .xlsx."""
    import xlsxwriter

    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"strings_to_urls": False})
    book.set_properties({"created": datetime(2027, 1, 1)})  # noqa: DTZ001 - a workbook's times have no zone
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for text in sheets:
        sheet = book.add_worksheet(text.name)
        for first_row, first_column, last_row, last_column in text.merged:
            sheet.merge_range(first_row - 1, first_column - 1, last_row - 1, last_column - 1, "")
        for r, row in enumerate(text.rows):
            for c, cell in enumerate(row):
                if isinstance(cell, str):
                    if cell:
                        sheet.write_string(r, c, cell)
                elif cell.kind == "number":
                    sheet.write_number(r, c, cell.value)
                elif cell.kind == "date":
                    sheet.write_datetime(r, c, datetime.combine(cell.value, datetime.min.time()), day)
                elif cell.kind == "bool":
                    sheet.write_boolean(r, c, cell.value)
                elif cell.kind == "error":
                    sheet.write_formula(r, c, f"={cell.value}", None, cell.value)
                else:
                    sheet.write_formula(r, c, f"={cell.value}", None, cell.stored or "")
        for row in text.hidden_rows:
            sheet.set_row(row - 1, None, None, {"hidden": True})
        for column in text.hidden_columns:
            sheet.set_column(column - 1, column - 1, None, None, {"hidden": True})
        if text.hidden:
            sheet.hide()
    book.close()
    return stream.getvalue()


def xlsm(sheets: list[Any]) -> bytes:
    """Write .xlsm: an .xlsx whose main part is declared to be macro-enabled."""
    return change_part(
        xlsx(sheets),
        "[Content_Types].xml",
        lambda part: part.replace(
            b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
            b"application/vnd.ms-excel.sheet.macroEnabled.main+xml",
        ),
    )


def change_part(package: bytes, part: str, change: Any) -> bytes:
    """Return a zip package with one part changed by a function from bytes to bytes."""
    stream = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(package)) as old,
        zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for info in old.infolist():
            content = old.read(info)
            new.writestr(info, change(content) if info.filename == part else content)
    return stream.getvalue()


def xls(sheets: list[Any]) -> bytes:
    """Write .xls."""
    import xlwt

    book = xlwt.Workbook()
    day = xlwt.easyxf(num_format_str="YYYY-MM-DD")
    for text in sheets:
        sheet = book.add_sheet(text.name)
        sheet.visibility = int(text.hidden)
        for area in text.merged:
            sheet.merged_ranges.append((area[0] - 1, area[2] - 1, area[1] - 1, area[3] - 1))
        for r, row in enumerate(text.rows):
            for c, cell in enumerate(row):
                if isinstance(cell, str):
                    if cell:
                        sheet.write(r, c, cell)
                elif cell.kind == "date":
                    sheet.write(r, c, cell.value, day)
                elif cell.kind == "error":
                    sheet.row(r).set_cell_error(c, ERROR_CODES[cell.value])
                elif cell.kind == "formula":
                    sheet.write(r, c, xlwt.Formula(cell.value))
                else:
                    sheet.write(r, c, cell.value)
        for row in text.hidden_rows:
            sheet.row(row - 1).hidden = True
        for column in text.hidden_columns:
            sheet.col(column - 1).hidden = True
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


_ODS_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content'
    ' xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    ' xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"'
    ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0" office:version="1.3">'
    '<office:automatic-styles><style:style style:name="ta1" style:family="table"><style:table-properties'
    ' table:display="true"/></style:style><style:style style:name="ta2" style:family="table">'
    '<style:table-properties table:display="false"/></style:style></office:automatic-styles>'
    "<office:body><office:spreadsheet>"
)


def ods(sheets: list[Any]) -> bytes:
    """Write .ods in the form in which LibreOffice does: equal columns and blank rows written once with a count."""
    parts = [_ODS_HEAD]
    for text in sheets:
        width = max((len(row) for row in text.rows), default=1)
        parts.append(
            f'<table:table table:name={quoteattr(text.name)} table:style-name="ta{1 + text.hidden}">'
        )
        for column in range(1, width + 1):
            hidden = ' table:visibility="collapse"' if column in text.hidden_columns else ""
            parts.append(f"<table:table-column{hidden}/>")
        blank = 0
        for number, row in enumerate(text.rows, 1):
            hidden = ' table:visibility="collapse"' if number in text.hidden_rows else ""
            if not hidden and not any(row):
                blank += 1
                continue
            parts.append(_ods_blank(blank) + f"<table:table-row{hidden}>")
            blank = 0
            parts += (_ods_cell(text, number, column, cell) for column, cell in enumerate(row, 1))
            parts.append("</table:table-row>")
        parts.append(_ods_blank(1048576 - len(text.rows)) + "</table:table>")
    parts.append("</office:spreadsheet></office:body></office:document-content>")
    manifest = (
        '<?xml version="1.0" encoding="UTF-8"?><manifest:manifest'
        ' xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3">'
        '<manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
    )
    return _package(
        {
            "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
            "content.xml": "".join(parts).encode(),
            "META-INF/manifest.xml": manifest.encode(),
        }
    )


def _ods_blank(count: int) -> str:
    return (
        f'<table:table-row table:number-rows-repeated="{count}"><table:table-cell/></table:table-row>'
        if count
        else ""
    )


def _ods_cell(text: Any, row: int, column: int, cell: Any) -> str:
    span = ""
    for first_row, first_column, last_row, last_column in text.merged:
        if (row, column) == (first_row, first_column):
            span = (
                f' table:number-columns-spanned="{last_column - first_column + 1}"'
                f' table:number-rows-spanned="{last_row - first_row + 1}"'
            )
        elif first_row <= row <= last_row and first_column <= column <= last_column:
            return "<table:covered-table-cell/>"
    if isinstance(cell, str):
        lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in cell.split("\n"))
        return (
            f'<table:table-cell office:value-type="string"{span}>{lines}</table:table-cell>'
            if cell
            else f"<table:table-cell{span}/>"
        )
    if cell.kind == "formula" and cell.stored is None:
        return f"<table:table-cell table:formula={quoteattr(cell.value)}{span}/>"
    attributes, shown = {
        "number": lambda: (f'office:value-type="float" office:value="{cell.value!r}"', f"{cell.value:g}"),
        "date": lambda: (f'office:value-type="date" office:date-value="{cell.value}"', f"{cell.value}"),
        "bool": lambda: (
            f'office:value-type="boolean" office:boolean-value="{str(cell.value).lower()}"',
            str(cell.value),
        ),
        "error": lambda: (
            f'table:formula="of:={cell.value}" office:value-type="string" office:string-value="" calcext:value-type="error"',
            cell.value,
        ),
        "formula": lambda: (f'table:formula={quoteattr(cell.value)} office:value-type="string"', cell.stored),
    }[cell.kind]()
    return f"<table:table-cell {attributes}{span}><text:p>{escape(shown)}</text:p></table:table-cell>"


def _package(parts: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content, zipfile.ZIP_STORED if name == "mimetype" else None)
    return stream.getvalue()


WRITERS = {"xlsx": xlsx, "xlsm": xlsm, "xls": xls, "ods": ods}
