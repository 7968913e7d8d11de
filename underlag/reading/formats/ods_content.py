"""The light pass over content.xml of .ods: errors, and what is hidden, merged, struck or commented on.

Findings: FIL005.
"""

import itertools

from underlag.reading.formats.limits import MAX_COLUMNS, MAX_ROWS, MAX_UNPACKED
from underlag.reading.formats.refusal import UnreadableError
from underlag.reading.formats.sheet_facts import SheetFacts, refuse_too_large
from underlag.reading.formats.xlsx_sheet import new_parser, parse

_HIDDEN = ("collapse", "filter")
#: As many as matter: more than any limit.
_ENDLESS = 10**9


def sheet_facts(xml: bytes) -> list[SheetFacts]:
    """Find what calamine does not tell, per sheet in order.

    Equal rows and cells stand once with a count; one far beyond the limits is refused.

    Raises:
        UnreadableError: the XML is damaged, or a sheet reaches too far.
    """
    reader = _ContentReader()
    parser = new_parser()
    parser.buffer_text = True
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    parse(parser, xml)
    return reader.sheets


class _ContentReader:
    """One parse of content.xml; names of elements and attributes without their prefixes."""

    def __init__(self) -> None:
        self.sheets: list[SheetFacts] = []
        self._facts = SheetFacts()
        self._name = ""
        self._tables = 0
        self._row = self._rows = self._column = self._columns = self._header_column = 0
        self._row_has_value = False
        self._cell: dict[str, str] | None = None
        self._shown: list[str] = []
        self._blanks = self._size = 0
        self._notes = 0
        self._note: list[str] = []
        self._paragraph = False
        self._styles = _StruckStyles()
        self._is_struck = False
        self._row_style = ""
        self._column_styles: list[tuple[int, str]] = []
        self._starts = {
            "table-row": self._start_row,
            "table-cell": self._start_cell,
            "covered-table-cell": self._start_cell,
            "s": self._start_blanks,
            "table-column": self._start_columns,
            "annotation": self._start_note,
            "p": self._start_paragraph,
            "span": self._start_span,
        }

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        tag = tag.rpartition(":")[2]
        if tag == "table":
            self._tables += 1
            if self._tables == 1:
                self._start_table({_local(k): v for k, v in attributes.items()})
        elif not self._tables:
            self._styles.start(tag, {_local(k): v for k, v in attributes.items()})
        elif self._tables != 1:
            return
        elif handler := self._starts.get(tag):
            handler({_local(k): v for k, v in attributes.items()})

    def end(self, tag: str) -> None:
        tag = tag.rpartition(":")[2]
        if tag == "table":
            self._tables -= 1
        elif self._tables != 1:
            return
        elif tag in ("table-cell", "covered-table-cell"):
            self._end_cell()
        elif tag == "table-row":
            if self._row_has_value:
                refuse_too_large(self._name, self._row + self._rows, max(1, self._header_column))
            self._row += self._rows
        elif tag == "annotation":
            self._notes -= 1
        elif tag == "p":
            self._paragraph = False

    def text(self, text: str) -> None:
        if self._cell is not None and not self._notes:
            self._shown.append(text)
        elif self._notes and self._paragraph:
            self._note.append(text)

    def _start_table(self, attributes: dict[str, str]) -> None:
        self._facts = SheetFacts()
        self.sheets.append(self._facts)
        self._name = attributes.get("name", "")
        self._row = self._columns = self._header_column = 0
        self._column_styles = []

    def _start_columns(self, attributes: dict[str, str]) -> None:
        count = _count(attributes, "number-columns-repeated")
        if attributes.get("visibility") in _HIDDEN:
            last = min(self._columns + count, MAX_COLUMNS)
            self._facts.hidden_columns.update(range(self._columns + 1, last + 1))
        self._columns += count
        self._column_styles.append((self._columns, attributes.get("default-cell-style-name", "")))

    def _start_row(self, attributes: dict[str, str]) -> None:
        self._rows = _count(attributes, "number-rows-repeated")
        self._column = 0
        self._row_style = attributes.get("default-cell-style-name", "")
        self._row_has_value = False
        if attributes.get("visibility") in _HIDDEN:
            last = min(self._row + self._rows, MAX_ROWS)
            self._facts.hidden_rows.update(range(self._row + 1, last + 1))

    def _start_cell(self, attributes: dict[str, str]) -> None:
        self._cell = attributes
        self._shown, self._blanks = [], 0
        self._note, self._is_struck = [], False

    def _start_blanks(self, attributes: dict[str, str]) -> None:
        self._blanks += _count(attributes, "c")

    def _start_note(self, _: dict[str, str]) -> None:
        self._notes += 1

    def _start_paragraph(self, _: dict[str, str]) -> None:
        self._paragraph = True
        if self._notes and self._note:
            self._note.append("\n")

    def _start_span(self, attributes: dict[str, str]) -> None:
        if not self._notes:
            self._is_struck |= self._styles.has(attributes.get("style-name"))

    def _end_cell(self) -> None:
        cell, self._cell = self._cell or {}, None
        count = _count(cell, "number-columns-repeated")
        shown = "".join(self._shown)
        kind = cell.get("value-type", "")
        row, column = self._row + 1, self._column + 1
        self._column += count
        if kind or shown:
            self._row_has_value = True
            self._header_column = max(self._header_column, self._column)
            refuse_too_large(self._name, row, self._column)
            self._refuse_endless(self._blanks + sum(map(len, (shown, *cell.values()))), count)
        if kind or shown or self._note:
            self._note_marks(cell, row, column)
        if "formula" in cell:
            self._end_formula(cell, shown, count)
        height, width = _count(cell, "number-rows-spanned"), _count(cell, "number-columns-spanned")
        if height > 1 or width > 1:
            self._facts.merged.append((row, column, row + height - 1, column + width - 1))

    def _note_marks(self, cell: dict[str, str], row: int, column: int) -> None:
        """Note that a cell is struck through (by its style, its row's or its column's) or commented on."""
        style = cell.get("style-name") or self._row_style
        if not style and self._styles:
            style = next((name for end, name in self._column_styles if column <= end), "")
        if self._is_struck or self._styles.has(style):
            self._facts.struck.add((row, column))
        if text := "".join(self._note).strip():
            self._facts.notes[row, column] = text

    def _refuse_endless(self, size: int, count: int) -> None:
        """Stop before blanks that are only counted, or a text for many cells, fill the memory."""
        self._size += size * count * self._rows
        if self._size > MAX_UNPACKED:
            raise UnreadableError("FIL005", gräns=MAX_UNPACKED // 1_000_000)

    def _end_formula(self, cell: dict[str, str], shown: str, count: int) -> None:
        """Note a formula that gives no value, in each of the cells and rows that it stands for."""
        kind = cell.get("value-type", "")
        is_error = cell.get("calcext") == "error" or _is_error(shown)
        if shown and not is_error:
            return
        refuse_too_large(self._name, self._row + self._rows, self._column)
        rows = range(self._row + 1, self._row + self._rows + 1)
        places = itertools.product(rows, range(self._column - count + 1, self._column + 1))
        if not kind and not shown:
            self._facts.uncached.update(places)
        elif kind == "string" and not shown:
            self._facts.blank_formulas.update(places)
        elif is_error:
            self._facts.errors.update(dict.fromkeys(places, shown))


class _StruckStyles:
    """The styles of cells and of parts of a text that strike it through."""

    def __init__(self) -> None:
        self._struck: set[str] = set()
        self._name = ""

    def __bool__(self) -> bool:
        return bool(self._struck)

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """Take an element of the styles; one inherits from the style that it names as its parent."""
        if tag == "style":
            self._name = attributes.get("name", "")
            if attributes.get("parent-style-name") in self._struck:
                self._struck.add(self._name)
        elif tag == "text-properties":
            lines = [attributes.get(f"text-line-through-{part}") for part in ("style", "type")]
            if any(line not in (None, "none") for line in lines):
                self._struck.add(self._name)
            elif "none" in lines:
                self._struck.discard(self._name)

    def has(self, name: str | None) -> bool:
        """Whether a style strikes through."""
        return name in self._struck


def _is_error(shown: str) -> bool:
    return shown.startswith(("#", "Err:", "Fel:")) and len(shown) < 12  # noqa: PLR2004 - longer is text


def _local(name: str) -> str:
    """Return an attribute's name without prefix; LibreOffice's own value type apart from the standard's."""
    prefix, _, local = name.rpartition(":")
    return "calcext" if prefix == "calcext" and local == "value-type" else local


def _count(attributes: dict[str, str], name: str) -> int:
    text = attributes.get(name, "1")
    return min(int(text[:20]), _ENDLESS) if text.isascii() and text.isdigit() else 1
