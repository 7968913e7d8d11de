"""Writes the planned content as an .xlsx: every cell is text, with help and print settings."""

import math
import re
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Final

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.page import PageMargins
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from underlag.form_workbook.content import Column, Form, Item, Table
from underlag.form_workbook.look import Look, Looks
from underlag.form_workbook.packing import packed
from underlag.reading.formats.limits import MAX_ROWS

#: Limits of Excel (Microsoft, "Excel specifications and limits", and the dialog of Data Validation).
_LONGEST_SHEET_NAME: Final = 31
_LONGEST_TITLE: Final = 32
_LONGEST_MESSAGE: Final = 255
_LONGEST_LIST: Final = 255

_A4: Final = 9
_LISTS: Final = "Listor"
_LABEL_WIDTH, _VALUE_WIDTH = 34, 64
#: Instructions are as wide as a window shows, but no wider than the table.
_READABLE_WIDTH: Final = 120
_LINE_HEIGHT: Final = 15.5
#: Excel adds this to the characters of a column's width.
_PADDING: Final = 0.71


def write_excel(*, title: str, form: Form, tables: Sequence[Table], now: datetime) -> bytes:
    """Return the workbook: the same bytes for the same arguments.

    Args:
        title: the title in its properties.
        form: the first sheet.
        tables: the others.
        now: timestamp written to the workbook.
    """
    book = Workbook()
    book.remove(book.active)
    moment = now.astimezone(UTC).replace(tzinfo=None)
    properties = book.properties
    properties.title, properties.creator = title, "underlag"
    properties.created = properties.modified = moment
    writer = _Writer(book)
    writer.write_form(form)
    for table in tables:
        writer.write_table(table)
    writer.write_lists()
    return packed(book)


class _Writer:
    """Writes uniformly formatted sheets into one workbook."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._long_lists: list[tuple[str, ...]] = []
        self._looks = Looks()

    def write_form(self, form: Form) -> None:
        """Write the sheet of labels and values."""
        sheet = self._add_sheet(form.name, "portrait")
        widths = [_LABEL_WIDTH, _VALUE_WIDTH]
        for at, width in enumerate(widths, 1):
            sheet.column_dimensions[get_column_letter(at)].width = width + _PADDING
        row = self._write_top(sheet, form.title, form.instructions, widths)
        for section in form.sections:
            sheet.row_dimensions[row].height = 22
            self._put(sheet, row, 1, section.heading, Look.HEADING)
            for item in section.items:
                row += 1
                self._write_item(sheet, row, item)
            row += 2

    def write_table(self, table: Table) -> None:
        """Write a sheet with headers and prefilled rows."""
        sheet = self._add_sheet(table.name, "landscape")
        for at, column in enumerate(table.columns, 1):
            dimension = sheet.column_dimensions[get_column_letter(at)]
            dimension.width = column.width + _PADDING
            self._looks.apply(dimension, Look.TEXT)
        widths = [column.width for column in table.columns]
        top = self._write_top(sheet, table.title, table.instructions, widths)
        sheet.row_dimensions[top].height = 34
        for at, column in enumerate(table.columns, 1):
            self._put(sheet, top, at, column.title, Look.of_header(column.need))
            self._validate(sheet, (top + 1, at, MAX_ROWS, at), column)
        for row, values in enumerate(table.rows, top + 1):
            for at, value in enumerate(values, 1):
                if value:
                    self._put(sheet, row, at, value, Look.FILLED_IN)
            lines = max(map(_lines, values, widths))
            if lines > 1:
                # Not every program adjusts the height; one line more, for the value to fill in.
                sheet.row_dimensions[row].height = _LINE_HEIGHT * (lines + 1)
        # No filter: sorting would separate rows from the values above that apply to them, too.
        sheet.freeze_panes = f"A{top + 1}"
        sheet.print_title_rows = f"{top}:{top}"

    def write_lists(self) -> None:
        """Write the lists that are too long for a validation to a hidden sheet of their own."""
        if not self._long_lists:
            return
        sheet = self._book.create_sheet(_LISTS)
        sheet.sheet_state = "hidden"
        for column, choices in enumerate(self._long_lists, 1):
            for row, choice in enumerate(choices, 1):
                self._put(sheet, row, column, choice, Look.PLAIN)

    def _add_sheet(self, name: str, orientation: str) -> Worksheet:
        """Add a sheet with page settings and footer."""
        plain = re.sub(r"[\[\]:*?/\\]", "-", name).strip("'")[:_LONGEST_SHEET_NAME]
        sheet = self._book.create_sheet(plain)
        sheet.page_setup.paperSize = _A4
        sheet.page_setup.orientation = orientation
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        sheet.page_margins = PageMargins(left=0.5, right=0.5, top=0.6, bottom=0.7, header=0.3, footer=0.3)
        footer = sheet.oddFooter
        footer.left.text, footer.center.text, footer.right.text = "&F", "&A", "Sida &P av &N"
        return sheet

    def _put(self, sheet: Worksheet, row: int, column: int, text: str, look: Look) -> None:
        """Write a text as text, even one that begins like a formula."""
        cell = sheet.cell(row, column)
        if text:
            cell.value = _writable(text)
            cell.data_type = "s"
        self._looks.apply(cell, look)

    def _write_top(
        self, sheet: Worksheet, title: str, instructions: Sequence[str], widths: Sequence[int]
    ) -> int:
        """Write title and instructions; return the row where the rest begins."""
        last, width = 1, widths[0]
        while last < len(widths) and width + widths[last] <= _READABLE_WIDTH:
            width += widths[last]
            last += 1
        heights = {1: 24.0}
        self._put(sheet, 1, 1, title, Look.TITLE)
        for row, text in enumerate(instructions, 2):
            heights[row] = _LINE_HEIGHT * _lines(text, width * 1.15)
            self._put(sheet, row, 1, text, Look.INSTRUCTION)
            if last > 1:
                sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=last)
        for row in range(1, len(instructions) + 3):
            # Row formats precede column formats, whose borders are for the table alone.
            self._looks.apply(sheet.row_dimensions[row], Look.ABOVE)
            if row in heights:
                sheet.row_dimensions[row].height = heights[row]
        return len(instructions) + 3

    def _write_item(self, sheet: Worksheet, row: int, item: Item) -> None:
        sheet.row_dimensions[row].height = 58 if item.tall else 20
        self._put(sheet, row, 1, item.label, Look.of_label(item.need))
        self._put(sheet, row, 2, item.value, Look.of_value(item.need))
        column = Column(item.label, 0, item.need, item.help, item.choices)
        self._validate(sheet, (row, 2, row, 2), column)

    def _validate(self, sheet: Worksheet, area: tuple[int, int, int, int], column: Column) -> None:
        """Add help and the drop-down list to cells; Excel asks before it accepts other values."""
        top, left, bottom, right = area
        rule = DataValidation(
            sqref=f"{get_column_letter(left)}{top}:{get_column_letter(right)}{bottom}",
            allow_blank=True,
            showInputMessage=True,
            promptTitle=_cut(column.title, _LONGEST_TITLE),
            prompt=_cut(f"{column.need.value} {column.help}", _LONGEST_MESSAGE),
        )
        if column.choices:
            rule.type = "list"
            rule.formula1 = self._source(column.choices)
            rule.showErrorMessage = True
            rule.errorStyle = "warning"
            rule.errorTitle = rule.promptTitle
            rule.error = "Värdet finns inte i listan. Är du säker på att det är rätt?"
        sheet.add_data_validation(rule)

    def _source(self, choices: tuple[str, ...]) -> str:
        """Return the source of a drop-down list: the list itself, or a range on the hidden sheet."""
        stated = ",".join(choices)
        if len(stated) <= _LONGEST_LIST and not any("," in choice or '"' in choice for choice in choices):
            return f'"{stated}"'
        if choices not in self._long_lists:
            self._long_lists.append(choices)
        letter = get_column_letter(self._long_lists.index(choices) + 1)
        return f"{_LISTS}!${letter}$1:${letter}${len(choices)}"


def _lines(text: str, width: float) -> int:
    """Estimate how many lines a text takes; letters differ in width."""
    return math.ceil(len(text) / width)


def _writable(text: str) -> str:
    """Return a text without the control characters that XML forbids."""
    return str(ILLEGAL_CHARACTERS_RE.sub("", text))


def _cut(text: str, longest: int) -> str:
    text = _writable(text)
    return text if len(text) <= longest else text[: longest - 1] + "…"
