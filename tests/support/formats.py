"""Writers of text tables in the formats that the project reads."""

import io
import struct
import zipfile
from datetime import date, datetime
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import xlsxwriter
import xlwt

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
    stream = io.BytesIO()
    book = xlsxwriter.Workbook(stream, {"strings_to_urls": False})
    book.set_properties({"created": datetime(2027, 1, 1)})  # noqa: DTZ001 - a workbook's times have no zone
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for text in sheets:
        sheet = book.add_worksheet(text.name)
        if not text.hidden:
            sheet.activate()
            sheet.set_first_sheet()
        for first_row, first_column, last_row, last_column in text.merged:
            sheet.merge_range(first_row - 1, first_column - 1, last_row - 1, last_column - 1, "")
        is_struck = text.struck or text.partly_struck
        white = book.add_format({"font_color": "white"}) if text.white else None
        _xlsx_rows(sheet, text, day, book.add_format({"font_strikeout": True}) if is_struck else None, white)
        if text.hidden:
            sheet.hide()
        for name, stated in text.names.items():
            book.define_name(name, f'="{stated}"')
    book.close()
    return stream.getvalue()


def _xlsx_rows(sheet: Any, text: Any, day: Any, struck: Any, white: Any) -> None:
    for r, row in enumerate(text.rows):
        for c, cell in enumerate(row):
            if (r + 1, c + 1) in text.struck | text.white:
                look = struck if (r + 1, c + 1) in text.struck else white
                sheet.write(r, c, cell if isinstance(cell, str) else cell.value, look)
            elif (r + 1, c + 1) in text.partly_struck:
                sheet.write_rich_string(r, c, cell[:1], struck, cell[1:])
            else:
                _xlsx_cell(sheet, r, c, cell, day)
    _xlsx_asides(sheet, text)
    for row in text.hidden_rows:
        sheet.set_row(row - 1, None, None, {"hidden": True})
    for column in text.hidden_columns:
        sheet.set_column(column - 1, column - 1, None, None, {"hidden": True})


def _xlsx_asides(sheet: Any, text: Any) -> None:
    """Write what is in no cell."""
    for (r, c), note in text.notes.items():
        sheet.write_comment(r - 1, c - 1, note)
    for (r, c), shown in text.boxes.items():
        sheet.insert_textbox(r - 1, c - 1, shown)
    if text.header:
        sheet.set_header(f'&L&"Arial,Bold"&12{text.header}&R&P')
    for cell, shown in text.prompts.items():
        rule = {
            "validate": "length",
            "criteria": ">",
            "value": 0,
            "input_title": "OBS",
            "input_message": shown,
        }
        sheet.data_validation(cell, rule)


def _xlsx_cell(sheet: Any, row: int, column: int, cell: Any, day: Any) -> None:
    if cell == "":
        return
    if isinstance(cell, str):
        sheet.write_string(row, column, cell)
    elif cell.kind == "date":
        sheet.write_datetime(row, column, datetime.combine(cell.value, datetime.min.time()), day)
    elif cell.kind in ("error", "formula"):
        stored = cell.value if cell.kind == "error" else cell.stored or ""
        sheet.write_formula(row, column, f"={cell.value}", None, stored)
    else:
        sheet.write(row, column, cell.value)


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
    book = xlwt.Workbook()
    day = xlwt.easyxf(num_format_str="YYYY-MM-DD")
    for text in sheets:
        sheet = book.add_sheet(text.name)
        sheet.visibility = int(text.hidden)
        for area in text.merged:
            sheet.merged_ranges.append((area[0] - 1, area[2] - 1, area[1] - 1, area[3] - 1))
        for r, row in enumerate(text.rows):
            for c, cell in enumerate(row):
                if (r + 1, c + 1) in text.struck | text.white:
                    is_struck = (r + 1, c + 1) in text.struck
                    look = "font: struck_out on" if is_struck else "font: color white"
                    sheet.write(r, c, cell, xlwt.easyxf(look))
                elif (r + 1, c + 1) in text.partly_struck:
                    font = xlwt.Font()
                    font.struck_out = True
                    sheet.write_rich_text(r, c, (cell[:1], (cell[1:], font)))
                else:
                    _xls_cell(sheet, r, c, cell, day)
        for row in text.hidden_rows:
            sheet.row(row - 1).hidden = True
        for column in text.hidden_columns:
            sheet.col(column - 1).hidden = True
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def _xls_cell(sheet: Any, row: int, column: int, cell: Any, day: Any) -> None:
    if cell == "":
        return
    if isinstance(cell, str):
        sheet.write(row, column, cell)
    elif cell.kind == "error":
        sheet.row(row).set_cell_error(column, ERROR_CODES[cell.value])
    elif cell.kind == "formula":
        sheet.write(row, column, xlwt.Formula(cell.value))
    elif cell.kind == "date":
        sheet.write(row, column, cell.value, day)
    else:
        sheet.write(row, column, cell.value)


_ODS_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content'
    ' xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    ' xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"'
    ' xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"'
    ' xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/" office:version="1.3">'
    '<office:automatic-styles><style:style style:name="ta1" style:family="table"><style:table-properties'
    ' table:display="true"/></style:style><style:style style:name="ta2" style:family="table">'
    '<style:table-properties table:display="false"/></style:style>'
    '<style:style style:name="ta3" style:family="table" style:master-page-name="Sida">'
    '<style:table-properties table:display="true"/></style:style>'
    '<style:style style:name="ce1" style:family="table-cell">'
    '<style:text-properties style:text-line-through-style="solid"/></style:style>'
    '<style:style style:name="ce2" style:family="table-cell">'
    '<style:text-properties fo:color="#ffffff"/></style:style>'
    '<style:style style:name="T1" style:family="text">'
    '<style:text-properties style:text-line-through-style="solid"/></style:style></office:automatic-styles>'
    "<office:body><office:spreadsheet>"
)


def ods(sheets: list[Any]) -> bytes:
    """Write .ods as LibreOffice does: equal columns and blank rows once, with a count."""
    parts = [_ODS_HEAD, _ods_validations(sheets)]
    for text in sheets:
        width = max((len(row) for row in text.rows), default=1)
        parts.append(
            f'<table:table table:name={quoteattr(text.name)} table:style-name="ta{1 + text.hidden + 2 * bool(text.header)}">'
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
            cells = (_ods_cell(text, number, column, cell) for column, cell in enumerate(row, 1))
            at = f"val-{sheets.index(text)}"
            parts += (
                one.replace(
                    "<table:table-cell", f'<table:table-cell table:content-validation-name="{at}-{cell}"'
                )
                if (cell := f"{chr(64 + column)}{number}") in text.prompts
                else one
                for column, one in enumerate(cells, 1)
            )
            parts.append("</table:table-row>")
        parts.append(_ods_blank(1048576 - len(text.rows)) + "</table:table>")
    names = [(name, stated) for text in sheets for name, stated in text.names.items()]
    parts += (
        f'<table:named-expression table:name="{name}" table:expression={quoteattr(f"of:={chr(34)}{stated}{chr(34)}")}/>'
        for name, stated in names
    )
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
            "styles.xml": _ods_pages(sheets),
            "META-INF/manifest.xml": manifest.encode(),
        }
    )


def _ods_validations(sheets: list[Any]) -> str:
    return "".join(
        f'<table:content-validation table:name="val-{number}-{cell}"><table:help-message table:title="OBS">'
        f"<text:p>{escape(shown)}</text:p></table:help-message></table:content-validation>"
        for number, text in enumerate(sheets)
        for cell, shown in text.prompts.items()
    )


def _ods_pages(sheets: list[Any]) -> bytes:
    shown = next((text.header for text in sheets if text.header), "")
    return (
        f"{_ODS_HEAD.partition('<office:automatic-styles>')[0].replace('document-content', 'document-styles')}"
        '<office:master-styles><style:master-page style:name="Default"/><style:master-page style:name="Sida">'
        f"<style:header><style:region-left><text:p>{escape(shown)}</text:p></style:region-left></style:header>"
        "</style:master-page></office:master-styles></office:document-styles>"
    ).encode()


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
    note = ""
    if (row, column) in text.notes:
        lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in text.notes[row, column].split("\n"))
        note = f"<office:annotation><dc:creator>Någon</dc:creator>{lines}</office:annotation>"
    if (row, column) in text.boxes:
        shown = escape(text.boxes[row, column])
        note += f"<draw:frame><draw:text-box><text:p>{shown}</text:p></draw:text-box></draw:frame>"
    if (row, column) in text.struck | text.white:
        span += f' table:style-name="ce{1 if (row, column) in text.struck else 2}"'
    if isinstance(cell, str):
        lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in cell.split("\n"))
        if (row, column) in text.partly_struck:
            rest = f'<text:span text:style-name="T1">{escape(cell[1:])}</text:span>'
            lines = f"<text:p>{escape(cell[:1])}{rest}</text:p>"
        return (
            f'<table:table-cell office:value-type="string"{span}>{note}{lines}</table:table-cell>'
            if cell
            else f"<table:table-cell{span}>{note}</table:table-cell>"
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


def xlsb(sheets: list[Any]) -> bytes:
    """Write .xlsb: the records of [MS-XLSB] for cells, hidden and merged areas."""
    names = [f"worksheets/sheet{number}.bin" for number in range(1, len(sheets) + 1)]
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    kind = "application/vnd.ms-excel"
    return _package(
        {
            "[Content_Types].xml": (
                '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
                '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
                f'<Default Extension="bin" ContentType="{kind}.sheet.binary.macroEnabled.main"/>'
                f'<Override PartName="/xl/styles.bin" ContentType="{kind}.styles"/>'
                + "".join(
                    f'<Override PartName="/xl/{name}" ContentType="{kind}.worksheet"/>' for name in names
                )
                + "</Types>"
            ).encode(),
            "_rels/.rels": _relations([("rId1", f"{relation}/officeDocument", "xl/workbook.bin")]),
            "xl/_rels/workbook.bin.rels": _relations(
                [
                    *(
                        (f"rId{number}", f"{relation}/worksheet", name)
                        for number, name in enumerate(names, 1)
                    ),
                    ("rIdStyles", f"{relation}/styles", "styles.bin"),
                ]
            ),
            "xl/workbook.bin": _record(131)
            + _record(143)
            + b"".join(
                _record(
                    156, struct.pack("<II", text.hidden, number) + _wide(f"rId{number}") + _wide(text.name)
                )
                for number, text in enumerate(sheets, 1)
            )
            + _record(144)
            + b"".join(
                _record(39, struct.pack("<IBI", 0, 0, 0xFFFFFFFF) + _wide(name) + _text_formula(stated))
                for text in sheets
                for name, stated in text.names.items()
            )
            + _record(132),
            "xl/styles.bin": _record(278)
            + _record(611, struct.pack("<I", 3))
            + _record(43, struct.pack("<HH17x", 220, 0) + _wide("Calibri"))
            + _record(43, struct.pack("<HH17x", 220, 0x0008) + _wide("Calibri"))
            + _record(
                43, struct.pack("<HH8xBBhBBBBx", 220, 0, 5, 0, 0, 255, 255, 255, 255) + _wide("Calibri")
            )
            + _record(612)
            + _record(603, struct.pack("<I", 1))
            + _record(45, struct.pack("<I64x", 0))
            + _record(604)
            + _record(617, struct.pack("<I", 4))
            + _record(47, struct.pack("<HH12x", 0, 0))
            + _record(47, struct.pack("<HH12x", 0, 14))
            + _record(47, struct.pack("<HHH10x", 0, 0, 1))
            + _record(47, struct.pack("<HHH10x", 0, 0, 2))
            + _record(618)
            + _record(279),
            **{f"xl/{name}": _xlsb_sheet(text) for name, text in zip(names, sheets, strict=True)},
        }
    )


def _relations(entries: list[tuple[str, str, str]]) -> bytes:
    inner = "".join(
        f'<Relationship Id="{key}" Type="{kind}" Target="{target}"/>' for key, kind, target in entries
    )
    start = '<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns='
    return f'{start}"http://schemas.openxmlformats.org/package/2006/relationships">{inner}</Relationships>'.encode()


def _record(kind: int, content: bytes = b"") -> bytes:
    head = bytes([kind]) if kind < 0x80 else bytes([kind & 0x7F | 0x80, kind >> 7])
    size = len(content)
    while size > 0x7F:
        head += bytes([size & 0x7F | 0x80])
        size >>= 7
    return head + bytes([size]) + content


def _wide(text: str) -> bytes:
    return struct.pack("<I", len(text.encode("utf-16-le")) // 2) + text.encode("utf-16-le")


def _xlsb_sheet(text: Any) -> bytes:
    width = max((len(row) for row in text.rows), default=1)
    parts = [_record(129), _record(148, struct.pack("<4I", 0, max(len(text.rows) - 1, 0), 0, width - 1))]
    if text.hidden_columns:
        parts.append(_record(390))
        parts += (
            _record(60, struct.pack("<4IH", c - 1, c - 1, 2304, 0, 1)) for c in sorted(text.hidden_columns)
        )
        parts.append(_record(391))
    parts.append(_record(145))
    for number, row in enumerate(text.rows, 1):
        flags = 0x10 if number in text.hidden_rows else 0
        parts.append(
            _record(0, struct.pack("<IIHBBB", number - 1, 0, 300, 0, flags, 0) + struct.pack("<I", 0))
        )
        parts += (
            _xlsb_rich_cell(column, cell)
            if (number, column + 1) in text.partly_struck
            else _xlsb_cell(
                column,
                cell,
                look=2 * ((number, column + 1) in text.struck) + 3 * ((number, column + 1) in text.white),
            )
            for column, cell in enumerate(row)
            if cell != ""
        )
    parts.append(_record(146))
    if text.merged:
        parts.append(_record(177, struct.pack("<I", len(text.merged))))
        for top, left, bottom, right in text.merged:
            parts.append(_record(176, struct.pack("<4I", top - 1, bottom - 1, left - 1, right - 1)))
        parts.append(_record(178))
    for cell, shown in text.prompts.items():
        row, column = int(cell[1:]) - 1, ord(cell[0]) - 65
        areas = struct.pack("<II4I", 0, 1, row, row, column, column)
        parts.append(_record(64, areas + _wide("") + _wide("") + _wide("OBS") + _wide(shown) + bytes(16)))
    if text.header:
        pages = _wide(f'&L&"Arial,Bold"&12{text.header}&R&P') + struct.pack("<I", 0xFFFFFFFF) * 5
        parts.append(_record(479, struct.pack("<H", 0) + pages))
    parts.append(_record(130))
    return b"".join(parts)


def _text_formula(text: str) -> bytes:
    tokens = b"\x17" + struct.pack("<H", len(text)) + text.encode("utf-16-le")
    return struct.pack("<I", len(tokens)) + tokens + struct.pack("<II", 0, 0xFFFFFFFF)


def _xlsb_rich_cell(column: int, text: str) -> bytes:
    runs = struct.pack("<IHHHH", 2, 0, 0, 1, 1)
    return _record(62, struct.pack("<IIB", column, 0, 1) + _wide(text) + runs)


def _xlsb_cell(column: int, cell: Any, *, look: int) -> bytes:
    if isinstance(cell, str):
        return _record(6, struct.pack("<II", column, look) + _wide(cell))
    start = struct.pack("<II", column, cell.kind == "date")
    if cell.kind == "date":
        return _record(5, start + struct.pack("<d", (cell.value - date(1899, 12, 30)).days))
    if cell.kind == "number":
        return _record(5, start + struct.pack("<d", cell.value))
    if cell.kind == "bool":
        return _record(4, start + struct.pack("<B", cell.value))
    if cell.kind == "error":
        return _record(3, start + struct.pack("<B", ERROR_CODES[cell.value]))
    if cell.stored is None:
        raise ValueError("a formula in .xlsb always has its value")
    return _record(8, start + _wide(cell.stored) + struct.pack("<HII", 0, 0, 0))


WRITERS = {"xlsx": xlsx, "xlsm": xlsm, "xls": xls, "xlsb": xlsb, "ods": ods}
