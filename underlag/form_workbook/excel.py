"""The planned content as an .xlsx: every cell text, help beside the cells, ready to print."""

import math
import re
from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from typing import Any, Final

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from underlag.form_workbook.content import Column, Form, Item, Need, Table
from underlag.reading.formats.limits import MAX_ROWS

#: What Excel allows (Microsoft, "Excel specifications and limits", and the dialog of Data Validation).
_LONGEST_SHEET_NAME: Final = 31
_LONGEST_TITLE: Final = 32
_LONGEST_MESSAGE: Final = 255
_LONGEST_LIST: Final = 255

_A4: Final = 9
_LISTS: Final = "Listor"
_LABEL_WIDTH, _VALUE_WIDTH = 34, 64
#: Instructions are as wide as a window shows, and no wider than the table.
_READABLE_WIDTH: Final = 120
_LINE_HEIGHT: Final = 15.5

_BLUE, _LIGHT_BLUE, _GREY, _LINE = "#1F4E8C", "#DCE8F6", "#E9ECF1", "#C3CAD5"


def write_excel(*, title: str, form: Form, tables: Sequence[Table], now: datetime) -> bytes:
    """Return the workbook.

    Args:
        title: what its properties call it.
        form: the first sheet.
        tables: the others.
        now: its time of making.
    """
    stream = BytesIO()
    with Workbook(stream, {"in_memory": True, "strings_to_urls": False}) as book:
        book.set_properties({"title": title, "created": now.replace(tzinfo=None)})
        writer = _Writer(book)
        writer.write_form(form)
        for table in tables:
            writer.write_table(table)
        writer.write_lists()
    return stream.getvalue()


class _Writer:
    """Writes sheets with the same look into one workbook."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._long_lists: list[tuple[str, ...]] = []
        wrapped: dict[str, Any] = {"valign": "vcenter", "text_wrap": True}
        boxed: dict[str, Any] = {**wrapped, "border": 1, "border_color": _LINE}
        text: dict[str, Any] = {**boxed, "valign": "top", "num_format": "@"}
        grounds: dict[Need, dict[str, Any]] = {
            Need.ASKED: {"bold": True, "bg_color": _LIGHT_BLUE},
            Need.FREE: {},
            Need.GIVEN: {"bg_color": _GREY},
        }
        self._title = book.add_format({"bold": True, "font_size": 15, "font_color": _BLUE})
        self._instruction = book.add_format(wrapped)
        self._heading = book.add_format({"bold": True, "font_size": 12})
        self._plain = book.add_format({})
        self._text = book.add_format(text)
        self._filled_in = book.add_format({**text, "bg_color": _GREY})
        self._headers: dict[Need, Format] = {
            need: book.add_format({**boxed, **ground, "bold": True}) for need, ground in grounds.items()
        }
        self._headers[Need.ASKED] = book.add_format(
            {**boxed, "bold": True, "font_color": "white", "bg_color": _BLUE}
        )
        self._labels = {need: book.add_format({**boxed, **ground}) for need, ground in grounds.items()}
        self._values = {
            need: book.add_format({**boxed, **(ground if need is Need.GIVEN else {}), "num_format": "@"})
            for need, ground in grounds.items()
        }

    def write_form(self, form: Form) -> None:
        """Write the sheet with labels and the values beside them."""
        sheet = self._add_sheet(form.name)
        sheet.set_portrait()
        sheet.set_column(0, 0, _LABEL_WIDTH)
        sheet.set_column(1, 1, _VALUE_WIDTH)
        row = self._write_top(sheet, form.title, form.instructions, [_LABEL_WIDTH, _VALUE_WIDTH])
        for section in form.sections:
            sheet.set_row(row, 22)
            sheet.write_string(row, 0, section.heading, self._heading)
            for item in section.items:
                row += 1
                self._write_item(sheet, row, item)
            row += 2

    def write_table(self, table: Table) -> None:
        """Write a sheet with headers and the rows that are filled in already."""
        sheet = self._add_sheet(table.name)
        sheet.set_landscape()
        for at, column in enumerate(table.columns):
            sheet.set_column(at, at, column.width, self._text)
        top = self._write_top(
            sheet, table.title, table.instructions, [column.width for column in table.columns]
        )
        sheet.set_row(top, 34)
        for at, column in enumerate(table.columns):
            sheet.write_string(top, at, column.title, self._headers[column.need])
            self._validate(sheet, (top + 1, at, MAX_ROWS - 1, at), column)
        for row, values in enumerate(table.rows, top + 1):
            for at, value in enumerate(values):
                if value:
                    sheet.write_string(row, at, value, self._filled_in)
            lines = max(map(_lines, values, [column.width for column in table.columns]))
            if lines > 1:
                # Not every program makes room by itself; one line more, for what is to be filled in.
                sheet.set_row(row, _LINE_HEIGHT * (lines + 1))
        # No filter: sorting would part rows from the values that stand once above them.
        sheet.freeze_panes(top + 1, 0)
        sheet.repeat_rows(top)

    def write_lists(self) -> None:
        """Write the lists that are too long for a validation, on a hidden sheet of their own."""
        if not self._long_lists:
            return
        sheet = self._book.add_worksheet(_LISTS)
        sheet.hide()
        for column, choices in enumerate(self._long_lists):
            for row, choice in enumerate(choices):
                sheet.write_string(row, column, choice)

    def _add_sheet(self, name: str) -> Worksheet:
        plain = re.sub(r"[\[\]:*?/\\]", "-", name).strip("'")[:_LONGEST_SHEET_NAME]
        sheet: Worksheet = self._book.add_worksheet(plain)
        sheet.set_paper(_A4)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
        sheet.set_footer("&L&F&C&A&RSida &P av &N")
        return sheet

    def _write_top(
        self, sheet: Worksheet, title: str, instructions: Sequence[str], widths: Sequence[int]
    ) -> int:
        """Write title and instructions; return the row where the rest begins."""
        sheet.set_row(0, 24, self._plain)
        sheet.write_string(0, 0, title, self._title)
        last, width = 0, widths[0]
        while last + 1 < len(widths) and width + widths[last + 1] <= _READABLE_WIDTH:
            last += 1
            width += widths[last]
        for row, text in enumerate(instructions, 1):
            # Formats of a row go before those of the columns, whose borders are for the table alone.
            sheet.set_row(row, _LINE_HEIGHT * _lines(text, width * 1.15), self._plain)
            if last:
                sheet.merge_range(row, 0, row, last, "", self._instruction)
            sheet.write_string(row, 0, text, self._instruction)
        sheet.set_row(len(instructions) + 1, None, self._plain)
        return len(instructions) + 2

    def _write_item(self, sheet: Worksheet, row: int, item: Item) -> None:
        sheet.set_row(row, 58 if item.tall else 20)
        sheet.write_string(row, 0, item.label, self._labels[item.need])
        if item.value:
            sheet.write_string(row, 1, item.value, self._values[item.need])
        else:
            sheet.write_blank(row, 1, None, self._values[item.need])
        column = Column(item.label, 0, item.need, item.help, item.choices)
        self._validate(sheet, (row, 1, row, 1), column)

    def _validate(self, sheet: Worksheet, area: tuple[int, int, int, int], column: Column) -> None:
        """Add help, and the list to choose from, to cells; other values are allowed after a question."""
        rule: dict[str, Any] = {
            "validate": "any",
            "input_title": _cut(column.title, _LONGEST_TITLE),
            "input_message": _cut(f"{column.need.value} {column.help}", _LONGEST_MESSAGE),
        }
        if column.choices:
            rule |= {
                "validate": "list",
                "source": self._source(column.choices),
                "error_type": "warning",
                "error_title": _cut(column.title, _LONGEST_TITLE),
                "error_message": "Värdet finns inte i listan. Är du säker på att det är rätt?",
            }
        sheet.data_validation(*area, rule)

    def _source(self, choices: tuple[str, ...]) -> list[str] | str:
        if len(",".join(choices)) <= _LONGEST_LIST and not any("," in choice for choice in choices):
            return list(choices)
        if choices not in self._long_lists:
            self._long_lists.append(choices)
        letter = chr(ord("A") + self._long_lists.index(choices))
        return f"={_LISTS}!${letter}$1:${letter}${len(choices)}"


def _lines(text: str, width: float) -> int:
    """Return how many lines a text takes, roughly: letters differ in width."""
    return math.ceil(len(text) / width)


def _cut(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[: longest - 1] + "…"
