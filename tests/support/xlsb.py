"""Writes text tables as .xlsb."""

import struct
from datetime import date
from typing import Any

from tests.support.packages import zip_package

ERROR_CODES = {
    "#NULL!": 0x00,
    "#DIV/0!": 0x07,
    "#VALUE!": 0x0F,
    "#REF!": 0x17,
    "#NAME?": 0x1D,
    "#NUM!": 0x24,
    "#N/A": 0x2A,
}


def xlsb(sheets: list[Any]) -> bytes:
    """Write .xlsb: the records of [MS-XLSB] for cells, hidden and merged areas."""
    names = [f"worksheets/sheet{number}.bin" for number in range(1, len(sheets) + 1)]
    relation = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    kind = "application/vnd.ms-excel"
    return zip_package(
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
            "xl/workbook.bin": record(131)
            + record(143)
            + b"".join(
                record(156, struct.pack("<II", text.hidden, number) + wide(f"rId{number}") + wide(text.name))
                for number, text in enumerate(sheets, 1)
            )
            + record(144)
            + b"".join(
                record(39, struct.pack("<IBI", 0, 0, 0xFFFFFFFF) + wide(name) + _text_formula(stated))
                for text in sheets
                for name, stated in text.names.items()
            )
            + record(132),
            "xl/styles.bin": record(278)
            + record(611, struct.pack("<I", 3))
            + record(43, struct.pack("<HH17x", 220, 0) + wide("Calibri"))
            + record(43, struct.pack("<HH17x", 220, 0x0008) + wide("Calibri"))
            + record(43, struct.pack("<HH8xBBhBBBBx", 220, 0, 5, 0, 0, 255, 255, 255, 255) + wide("Calibri"))
            + record(612)
            + record(603, struct.pack("<I", 1))
            + record(45, struct.pack("<I64x", 0))
            + record(604)
            + record(617, struct.pack("<I", 4))
            + record(47, struct.pack("<HH12x", 0, 0))
            + record(47, struct.pack("<HH12x", 0, 14))
            + record(47, struct.pack("<HHH10x", 0, 0, 1))
            + record(47, struct.pack("<HHH10x", 0, 0, 2))
            + record(618)
            + record(279),
            **{f"xl/{name}": _xlsb_sheet(text) for name, text in zip(names, sheets, strict=True)},
        }
    )


def _relations(entries: list[tuple[str, str, str]]) -> bytes:
    inner = "".join(
        f'<Relationship Id="{key}" Type="{kind}" Target="{target}"/>' for key, kind, target in entries
    )
    start = '<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns='
    return f'{start}"http://schemas.openxmlformats.org/package/2006/relationships">{inner}</Relationships>'.encode()


def record(kind: int, content: bytes = b"") -> bytes:
    head = bytes([kind]) if kind < 0x80 else bytes([kind & 0x7F | 0x80, kind >> 7])
    size = len(content)
    while size > 0x7F:
        head += bytes([size & 0x7F | 0x80])
        size >>= 7
    return head + bytes([size]) + content


def wide(text: str) -> bytes:
    return struct.pack("<I", len(text.encode("utf-16-le")) // 2) + text.encode("utf-16-le")


def _xlsb_sheet(text: Any) -> bytes:
    width = max((len(row) for row in text.rows), default=1)
    parts = [record(129), record(148, struct.pack("<4I", 0, max(len(text.rows) - 1, 0), 0, width - 1))]
    if text.hidden_columns:
        parts.append(record(390))
        parts += (
            record(60, struct.pack("<4IH", c - 1, c - 1, 2304, 0, 1)) for c in sorted(text.hidden_columns)
        )
        parts.append(record(391))
    parts.append(record(145))
    for number, row in enumerate(text.rows, 1):
        flags = 0x10 if number in text.hidden_rows else 0
        parts.append(
            record(0, struct.pack("<IIHBBB", number - 1, 0, 300, 0, flags, 0) + struct.pack("<I", 0))
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
    parts.append(record(146))
    if text.merged:
        parts.append(record(177, struct.pack("<I", len(text.merged))))
        for top, left, bottom, right in text.merged:
            parts.append(record(176, struct.pack("<4I", top - 1, bottom - 1, left - 1, right - 1)))
        parts.append(record(178))
    for cell, shown in text.prompts.items():
        row, column = int(cell[1:]) - 1, ord(cell[0]) - 65
        areas = struct.pack("<II4I", 0, 1, row, row, column, column)
        parts.append(record(64, areas + wide("") + wide("") + wide("OBS") + wide(shown) + bytes(16)))
    if text.header:
        pages = wide(f'&L&"Arial,Bold"&12{text.header}&R&P') + struct.pack("<I", 0xFFFFFFFF) * 5
        parts.append(record(479, struct.pack("<H", 0) + pages))
    parts.append(record(130))
    return b"".join(parts)


def _text_formula(text: str) -> bytes:
    tokens = b"\x17" + struct.pack("<H", len(text)) + text.encode("utf-16-le")
    return struct.pack("<I", len(tokens)) + tokens + struct.pack("<II", 0, 0xFFFFFFFF)


def _xlsb_rich_cell(column: int, text: str) -> bytes:
    runs = struct.pack("<IHHHH", 2, 0, 0, 1, 1)
    return record(62, struct.pack("<IIB", column, 0, 1) + wide(text) + runs)


def _xlsb_cell(column: int, cell: Any, *, look: int) -> bytes:
    if isinstance(cell, str):
        return record(6, struct.pack("<II", column, look) + wide(cell))
    start = struct.pack("<II", column, cell.kind == "date")
    if cell.kind == "date":
        return record(5, start + struct.pack("<d", (cell.value - date(1899, 12, 30)).days))
    if cell.kind == "number":
        return record(5, start + struct.pack("<d", cell.value))
    if cell.kind == "bool":
        return record(4, start + struct.pack("<B", cell.value))
    if cell.kind == "error":
        return record(3, start + struct.pack("<B", ERROR_CODES[cell.value]))
    if cell.stored is None:
        raise ValueError("a formula in .xlsb always has its value")
    return record(8, start + wide(cell.stored) + struct.pack("<HII", 0, 0, 0))
