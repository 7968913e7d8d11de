"""The pass over content.xml of an .ods (OASIS Open Document 1.3, part 3)."""

import re
from bisect import bisect_left
from collections.abc import Mapping
from typing import Final

from underlag.column_letters import column_letters
from underlag.reading.formats.judged import Judged, Texts, refuse_long_name, refuse_many_sheets
from underlag.reading.formats.limits import MAX_COLUMNS, MAX_PARSED, MAX_ROWS
from underlag.reading.formats.links import note_link
from underlag.reading.formats.loose_texts import property_texts
from underlag.reading.formats.ods_pages import Messages, read_pages
from underlag.reading.formats.ods_styles import CellStyles, Marks, words_of
from underlag.reading.formats.ods_text import CellText, count_of
from underlag.reading.formats.refusal import damaged, too_much
from underlag.reading.formats.row_writer import RowWriter
from underlag.reading.formats.sheet_facts import LooseText, name_texts, named_cells, refuse_too_large
from underlag.reading.formats.xml_parsing import Attributes, local, new_parser, parse

_CONTENT: Final = "content.xml"
_HIDDEN: Final = ("collapse", "filter")
#: The prefix of a formula.
_FORMULA_SIGN: Final = re.compile(r"^(?:\w+:)?=")
_NAMES: Final = ("named-range", "named-expression")
_ASIDE: Final = ("annotation", "tracked-changes", "shapes")
_DURATION: Final = re.compile(r"PT(\d{1,6})H(\d{1,2})M(\d{1,2}(?:[.,]\d+)?)S").fullmatch
#: The cell formats of the judged workbook: as it is, a time (built-in format 21), a duration (46).
_PLAIN, _TIME, _ELAPSED = 0, 1, 2
_NUMBER_FORMATS: Final[list[int | str]] = [0, 21, 46]
_DAY: Final = 86_400


def judge_content(xml: bytes, size: int, styles: bytes = b"", meta: bytes = b"") -> tuple[Judged, bytes]:
    """Judge a workbook.

    Args:
        xml: the part content.xml.
        size: bytes of the file.
        styles: the part styles.xml, which has named styles, and the headers and footers of printed pages.
        meta: the part meta.xml, which has the file's properties.

    Returns:
        The judged sheets and the workbook for calamine.

    Raises:
        UnreadableError: the XML is damaged, or something passes the limits.
    """
    if (count := xml.count(b"<") // 2) > 2 * MAX_PARSED:
        raise too_much("XML-element i filen", count, 2 * MAX_PARSED)
    judged = Judged("ods", size)
    judged.number_formats = list(_NUMBER_FORMATS)
    judged.names = [*words_of(styles), *words_of(xml), *property_texts(meta)]
    of_cells = CellStyles()
    reader = _ContentReader(judged, read_pages(styles, of_cells), of_cells)
    parser = new_parser()
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    parse(parser, xml)
    return reader.judged, reader.judged.tobytes(reader.texts.tobytes())


class _ContentReader:
    """One parse of content.xml. Names have the prefixes that every office program writes."""

    def __init__(self, judged: Judged, pages: Mapping[str, list[LooseText]], styles: CellStyles) -> None:
        self.judged = judged
        self._pages = pages
        self._page_of: dict[str, str] = {}
        self._messages = Messages()
        self.texts = Texts()
        self._names: set[str] = set()
        self._hidden_styles: set[str] = set()
        self._style = ""
        self._sheet: RowWriter | None = None
        self._tables = self._aside = 0
        self._row = self._rows = self._column = self._columns = 0
        self._filled: list[tuple[int, int, Attributes, str]] = []
        self._styles = styles
        self._marked: dict[str, Marks] = {}
        self._is_struck = False
        self._link = ("", "")
        self._row_style = ""
        self._column_ends: list[int] = []
        self._column_styles: list[str] = []
        self._note: CellText | None = None
        self._shape: CellText | None = None
        self._shape_depth = 0
        self._cell: Attributes | None = None
        self._shown = CellText()

    def start(self, tag: str, attributes: Attributes) -> None:
        prefix, _, tag = tag.rpartition(":")
        if self._start_outside(tag, attributes):
            return
        if self._aside or tag in _ASIDE or prefix == "draw":
            self._start_aside(prefix, tag, attributes)
        elif tag == "table" and prefix == "table":
            self._tables += 1
            if self._tables == 1:
                self._start_table(attributes)
        elif self._sheet is None:
            self._start_style(tag, attributes)
        elif self._cell is not None:
            self._start_in_cell(tag, attributes)
        elif tag in ("table-cell", "covered-table-cell"):
            self._cell, self._shown, self._note, self._is_struck = attributes, CellText(), None, False
            self._link = ("", "")
        elif tag == "table-row":
            self._start_row(attributes)
        elif tag == "table-column":
            self._start_columns(attributes)

    def _start_in_cell(self, tag: str, attributes: Attributes) -> None:
        self._shown.start(tag, attributes)
        if tag == "a":
            self._link = attributes.get("xlink:href", ""), attributes.get("office:title", "")
        elif tag == "span" and (marks := self._marked.get(attributes.get("text:style-name", ""))):
            self._is_struck |= marks.is_struck

    def end(self, tag: str) -> None:
        if self._messages.end(local(tag)):
            return
        if self._aside:
            self._end_aside(local(tag))
            return
        prefix, _, tag = tag.rpartition(":")
        if tag == "table" and prefix == "table":
            self._tables -= 1
            if not self._tables and self._sheet is not None:
                self._sheet.close()
                self._sheet = None
        elif self._tables != 1 or self._sheet is None:
            return
        elif tag in ("table-cell", "covered-table-cell"):
            self._end_cell(self._sheet)
        elif self._cell is not None:
            self._shown.end(tag)
        elif tag == "table-row":
            self._end_row(self._sheet)

    def text(self, text: str) -> None:
        if self._messages.text(text):
            return
        if self._aside:
            if (aside := self._shape or self._note) is not None:
                aside.text(text)
        elif self._cell is not None and self._tables == 1:
            self._shown.text(text)

    def _start_aside(self, prefix: str, tag: str, attributes: Attributes) -> None:
        """Take an element that is no part of the cells: of a comment on one, or of a shape."""
        if tag == "annotation" and self._cell is not None and not self._aside:
            self._note = CellText()
        elif (aside := self._shape or self._note) is not None:
            aside.start(tag, attributes)
        elif prefix == "draw" and self._sheet is not None:
            self._shape, self._shape_depth = CellText(), self._aside
        self._aside += 1

    def _end_aside(self, tag: str) -> None:
        self._aside -= 1
        if self._shape is not None and self._aside == self._shape_depth:
            text = " ".join(self._shape.result().split())
            if text and self._sheet is not None:
                at = (
                    f" vid {column_letters(self._column + 1)}{self._row + 1}"
                    if self._cell is not None
                    else ""
                )
                self._sheet.facts.loose.append(LooseText(f"textruta{at}", text))
            self._shape = None
        elif (aside := self._shape or self._note) is not None:
            aside.end(tag)

    def _start_outside(self, tag: str, attributes: Attributes) -> bool:
        """Take an element of a defined name or of a validation; return whether it was one."""
        if tag not in _NAMES:
            return self._messages.start(tag, attributes)
        formula = _FORMULA_SIGN.sub("", attributes.get("table:expression", "")).strip()
        text = formula[1:-1] if formula[:1] == formula[-1:] == '"' else ""
        name = attributes.get("table:name", "")
        self.judged.names += name_texts(name, text)
        if found := named_cells(name, attributes.get("table:cell-range-address", "")):
            self.judged.name_cells([found])
        return True

    def _start_style(self, tag: str, attributes: Attributes) -> None:
        self._styles.start(tag, attributes)
        if tag == "style":
            self._style = attributes.get("style:name", "")
            self._page_of[self._style] = attributes.get("style:master-page-name", "")
        elif tag == "table-properties" and attributes.get("table:display") == "false":
            self._hidden_styles.add(self._style)

    def _start_table(self, attributes: Attributes) -> None:
        name = attributes.get("table:name", "")
        refuse_long_name(name)
        if name.casefold() in self._names:
            raise damaged(_CONTENT, f"två flikar heter ”{name}”")
        self._names.add(name.casefold())
        refuse_many_sheets(len(self._names))
        style = attributes.get("table:style-name", "")
        visible = style not in self._hidden_styles
        self._sheet = RowWriter(self.judged, self.texts, name, visible=visible)
        self._sheet.facts.loose += self._pages.get(self._page_of.get(style) or "Default", ())
        self._marked = self._marked or self._styles.marked()
        self._row = self._columns = 0
        self._column_ends, self._column_styles = [], []

    def _start_columns(self, attributes: Attributes) -> None:
        count = count_of(attributes, "table:number-columns-repeated")
        if self._is_hidden(attributes) and self._sheet and self._columns < MAX_COLUMNS:
            self._sheet.hidden_columns.append((self._columns + 1, self._columns + count))
        self._columns += count
        self._column_ends.append(self._columns)
        self._column_styles.append(attributes.get("table:default-cell-style-name", ""))

    def _is_hidden(self, attributes: Attributes) -> bool:
        """Whether rows or columns are hidden, or too low or narrow to be seen."""
        style = attributes.get("table:style-name", "")
        return attributes.get("table:visibility") in _HIDDEN or style in self._styles.low

    def _start_row(self, attributes: Attributes) -> None:
        self._rows = count_of(attributes, "table:number-rows-repeated")
        self._column = 0
        self._row_style = attributes.get("table:default-cell-style-name", "")
        self._filled = []
        if self._is_hidden(attributes) and self._sheet:
            last = min(self._row + self._rows, MAX_ROWS)
            self._sheet.facts.hidden_rows.update(range(self._row + 1, last + 1))

    def _end_cell(self, sheet: RowWriter) -> None:
        cell, self._cell = self._cell or {}, None
        count = count_of(cell, "table:number-columns-repeated")
        shown = self._shown.result()
        column = self._column + 1
        self._column += count
        name = cell.get("table:content-validation-name", "")
        sheet.facts.loose += self._messages.of_cell(sheet.name, name, self._row + 1, column)
        if shown or "office:value-type" in cell or "table:formula" in cell:
            self._filled.append((column, count, cell, shown))
            marks = self._marked.get(self._style_of(cell, column)) if self._marked else None
            if self._is_struck or (marks and marks.is_struck):
                sheet.facts.struck.add((self._row + 1, column))
            if marks and marks.is_unseen:
                sheet.facts.unseen.add((self._row + 1, column))
        if any(self._link):
            note_link(sheet.facts, (self._row + 1, column, self._row + 1, column), *self._link)
        if self._note is not None and (note := self._note.result().strip()):
            sheet.facts.notes[self._row + 1, column] = note
        height, width = (
            count_of(cell, "table:number-rows-spanned"),
            count_of(cell, "table:number-columns-spanned"),
        )
        if height > 1 or width > 1:
            sheet.merged.append((self._row + 1, column, self._row + height, column + width - 1))

    def _style_of(self, cell: Attributes, column: int) -> str:
        """Return a cell's style: its own, its row's or its column's."""
        style = cell.get("table:style-name") or self._row_style
        if style:
            return style
        at = bisect_left(self._column_ends, column)
        return self._column_styles[at] if at < len(self._column_styles) else ""

    def _end_row(self, sheet: RowWriter) -> None:
        """Write the cells of a row, as often as it and they are repeated."""
        cells = self._rows * sum(count for _, count, _, _ in self._filled)
        if cells:
            refuse_too_large(
                sheet.name, self._row + self._rows, max(c + n - 1 for c, n, _, _ in self._filled)
            )
        for row in range(self._row + 1, self._row + 1 + (self._rows if self._filled else 0)):
            for first, count, cell, shown in self._filled:
                for column in range(first, first + count):
                    _write(sheet, row, column, cell, shown)
        self._row += self._rows


def _write(sheet: RowWriter, row: int, column: int, cell: Attributes, shown: str) -> None:
    """Write a cell's value: that of its type, or what it shows."""
    kind = cell.get("office:value-type", "")
    if cell.get("calcext:value-type") == "error" or ("table:formula" in cell and _is_error(shown)):
        sheet.error(row, column, shown or "#N/A")
    elif not kind and not shown:
        sheet.uncached(row, column)
    elif kind == "string" or not kind:
        _write_text(sheet, row, column, cell, shown)
    elif kind == "boolean":
        sheet.boolean(row, column, cell.get("office:boolean-value", "").lower() == "true")
    elif kind == "date":
        sheet.date(row, column, cell.get("office:date-value", ""))
    elif kind == "time":
        _write_time(sheet, row, column, cell.get("office:time-value", ""))
    else:
        try:
            value = float(cell.get("office:value", ""))
        except ValueError as error:
            raise damaged(_CONTENT, "en cell har ett tal som inte är något") from error
        sheet.number(row, column, value, _PLAIN)


def _write_text(sheet: RowWriter, row: int, column: int, cell: Attributes, shown: str) -> None:
    text = cell.get("office:string-value") or shown
    if text or "table:formula" not in cell:
        sheet.text(row, column, text)
    else:
        sheet.blank_formula(row, column)


def _write_time(sheet: RowWriter, row: int, column: int, value: str) -> None:
    match = _DURATION(value)
    if not match:
        sheet.text(row, column, value)
        return
    seconds = int(match[1]) * 3600 + int(match[2]) * 60 + float(match[3].replace(",", "."))
    sheet.number(row, column, seconds / _DAY, _TIME if seconds < _DAY else _ELAPSED)


def _is_error(shown: str) -> bool:
    return shown.startswith(("#", "Err:", "Fel:")) and len(shown) < 12  # noqa: PLR2004 - longer is text
