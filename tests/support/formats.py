"""Writers of text tables in the formats that the project reads."""

import io
from datetime import datetime
from typing import Any

import xlsxwriter
import xlwt

from tests.support.ods import ods
from tests.support.packages import change_part
from tests.support.xlsb import ERROR_CODES, xlsb


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


WRITERS = {"xlsx": xlsx, "xlsm": xlsm, "xls": xls, "xlsb": xlsb, "ods": ods}
