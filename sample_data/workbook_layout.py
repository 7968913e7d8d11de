"""How the sample workbooks look: title and instructions above the headers, widths, frozen panes, printing."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

#: The moment that every sample states, so that the files are the same whenever they are made.
MADE = datetime(2026, 11, 2, 8, 0, tzinfo=UTC)

#: 1-based row of the headers in every table, for title and instructions stand above.
HEADER_ROW = 5


@dataclass(frozen=True)
class Number:
    """A number in a cell where text belongs, as Excel makes of digits that somebody pasted."""

    value: float


@dataclass(frozen=True)
class ErrorValue:
    """An error value in a cell, e.g. #REF!, as a formula leaves it when its source is deleted."""

    text: str


Value = str | Number | ErrorValue


@dataclass
class Table:
    """A sheet with one header row.

    `headers` are titles with the width of their column, `rows` hold a value for each, and `hidden` are
    1-based rows that Excel hides.
    """

    name: str
    title: str
    instructions: tuple[str, ...]
    headers: tuple[tuple[str, int], ...]
    rows: list[tuple[Value, ...]] = field(default_factory=list)
    hidden: tuple[int, ...] = ()
    colour: str = "#1F6E43"

    def cell(self, index: int, header: str) -> str:
        """Return the cell of a row (0-based index) in the column with a header, in A1 form."""
        column = next(at for at, (title, _) in enumerate(self.headers) if title == header)
        return f"{chr(65 + column)}{HEADER_ROW + 1 + index}"


@dataclass
class Form:
    """A sheet with a label in column A and its value beside, from row 4 on."""

    name: str
    title: str
    instructions: tuple[str, ...]
    fields: list[tuple[str, str]]

    def cell(self, label: str) -> str:
        """Return the cell of a label's value in A1 form."""
        return f"B{4 + next(at for at, (title, _) in enumerate(self.fields) if title == label)}"


def write_workbook(path: Path, title: str, sheets: Sequence[Table | Form]) -> None:
    """Write a workbook in which every text is a text, with the same bytes each time."""
    with xlsxwriter.Workbook(path, {"strings_to_urls": False, "default_date_format": "yyyy-mm-dd"}) as book:
        book.set_properties(
            {"title": title, "author": "Exempelregionen", "created": MADE.replace(tzinfo=None)}
        )
        formats = {
            "title": book.add_format({"bold": True, "font_size": 14, "font_color": "#1F3B57"}),
            "instruction": book.add_format({"italic": True, "font_color": "#595959"}),
            "text": book.add_format({"num_format": "@", "border": 1, "border_color": "#D9D9D9"}),
            "number": book.add_format({"border": 1, "border_color": "#D9D9D9"}),
            "label": book.add_format(
                {"bold": True, "bg_color": "#EAF1F7", "border": 1, "border_color": "#D9D9D9"}
            ),
        }
        for sheet in sheets:
            worksheet = book.add_worksheet(sheet.name)
            worksheet.set_landscape()
            worksheet.set_paper(9)
            worksheet.fit_to_pages(1, 0)
            worksheet.set_footer("&L&F&C&A&RSida &P av &N")
            worksheet.write_string(0, 0, sheet.title, formats["title"])
            for row, line in enumerate(sheet.instructions, start=1):
                worksheet.write_string(row, 0, line, formats["instruction"])
            if isinstance(sheet, Table):
                header = {"bold": True, "font_color": "white", "bg_color": sheet.colour, "border": 1}
                header |= {"text_wrap": True, "valign": "vcenter"}
                _write_table(worksheet, sheet, formats, book.add_format(header))
            else:
                _write_form(worksheet, sheet, formats)


def _write_table(worksheet: Worksheet, table: Table, formats: dict[str, Format], header: Format) -> None:
    worksheet.set_row(HEADER_ROW - 1, 32)
    for column, (title, width) in enumerate(table.headers):
        worksheet.set_column(column, column, width)
        worksheet.write_string(HEADER_ROW - 1, column, title, header)
    for row, values in enumerate(table.rows, start=HEADER_ROW):
        for column, value in enumerate(values):
            if isinstance(value, Number):
                worksheet.write_number(row, column, value.value, formats["number"])
            elif isinstance(value, ErrorValue):
                worksheet.write_formula(row, column, f"={value.text}", formats["text"], value.text)
            elif value:
                worksheet.write_string(row, column, value, formats["text"])
            else:
                worksheet.write_blank(row, column, None, formats["text"])
    for row in table.hidden:
        worksheet.set_row(row - 1, None, None, {"hidden": True})
    worksheet.freeze_panes(HEADER_ROW, 0)
    worksheet.repeat_rows(HEADER_ROW - 1)
    worksheet.autofilter(HEADER_ROW - 1, 0, HEADER_ROW - 1 + max(len(table.rows), 1), len(table.headers) - 1)


def _write_form(worksheet: Worksheet, form: Form, formats: dict[str, Format]) -> None:
    worksheet.set_column(0, 0, 32)
    worksheet.set_column(1, 1, 60)
    for row, (label, value) in enumerate(form.fields, start=3):
        worksheet.write_string(row, 0, label, formats["label"])
        worksheet.write_string(row, 1, value, formats["text"])
