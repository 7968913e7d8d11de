"""Parses the cells of a sheet from any valid XML, and writes them in the regular form."""

from collections.abc import Callable
from html import escape
from typing import Final

from underlag.column_letters import column_letters, column_number
from underlag.lazy_pattern import LazyPattern
from underlag.reading.formats.judged import Texts
from underlag.reading.formats.limits import MAX_TEXT
from underlag.reading.formats.refusal import damaged, too_much
from underlag.reading.formats.xlsx.nesting import Nesting, misplaced, refuse_cells_outside
from underlag.reading.formats.xlsx.texts import TextReader, unescaped
from underlag.reading.formats.xml_parsing import Attributes, local, new_parser, parse

_REFERENCE: Final = LazyPattern(r"([A-Za-z]{1,3})([0-9]{1,7})").fullmatch


def new_rows(
    xml: bytes, texts: Texts, other: Callable[[str, Attributes], None]
) -> tuple[bytes, set[tuple[int, int]]]:
    """Return the rows of a sheet in the regular form, and the cells whose own text is struck through.

    Args:
        xml: the sheet's part.
        texts: takes the texts that cells hold themselves.
        other: takes each element outside the rows: its name without prefix, and its attributes.

    Raises:
        UnreadableError: it is not well-formed, no worksheet, or has references that no sheet has, or cells
            where no sheet has any.
    """
    reader = _RowReader(texts, other)
    parser = new_parser()
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    parse(parser, xml)
    if not reader.has_data:
        raise damaged(problem="den saknar sina celler")
    return "".join(reader.out).encode("utf-8", "replace"), reader.struck


class _RowReader:
    """One parse of a sheet. Positions may be left out: then a cell follows the one before it."""

    def __init__(self, texts: Texts, other: Callable[[str, Attributes], None]) -> None:
        self.out: list[str] = []
        self.struck: set[tuple[int, int]] = set()
        self.has_data = False
        self._texts = texts
        self._other = other
        self._depth = 0
        self._nesting = Nesting()
        self._row = self._column = 0
        self._row_open = False
        self._type = self._style = ""
        self._formula = False
        self._value: list[str] | None = None
        self._has_value = False
        self._in_value = False
        self._inline: TextReader | None = None
        self._text: str | None = None
        self._in_cell = self._in_data = False

    def start(self, tag: str, attributes: Attributes) -> None:
        tag = local(tag)
        self._depth += 1
        if self._depth == 1 and tag != "worksheet":
            raise damaged(problem="den inte är något kalkylblad")
        if not self._in_data:
            self._start_outside(tag, attributes)
            return
        self._nesting.enter(tag)
        if self._in_cell:
            self._start_in_cell(tag, attributes)
        elif tag == "row":
            self._start_row(attributes)
        elif tag == "c":
            self._start_cell(attributes)

    def _start_outside(self, tag: str, attributes: Attributes) -> None:
        refuse_cells_outside(tag)
        if tag == "sheetData":
            if self.has_data or self._depth != 2:  # noqa: PLR2004 - below the root
                raise misplaced(tag)
            self._in_data = self.has_data = True
            self._nesting.enter(tag)
        self._other(tag, attributes)

    def end(self, tag: str) -> None:
        tag = local(tag)
        self._depth -= 1
        if not self._in_data:
            return
        self._nesting.leave()
        if self._inline is not None and tag != "is":
            self._inline.end(tag)
        elif self._inline is not None:
            self._text = self._inline.result()
            if self._inline.is_struck:
                self.struck.add((self._row, self._column))
            self._inline = None
        elif tag == "v":
            self._in_value = False
        elif tag == "c" and self._in_cell:
            self._end_cell()
        elif tag == "row":
            self._close_row()
        elif tag == "sheetData":
            self._in_data = False

    def text(self, text: str) -> None:
        if self._inline is not None:
            self._inline.text(text)
        elif self._in_value and self._value is not None:
            self._value.append(text)

    def _start_row(self, attributes: Attributes) -> None:
        self._close_row()
        number = attributes.get("r", "").strip()
        if number and not (number.isascii() and number.isdigit() and len(number) < 8):  # noqa: PLR2004 - see _REFERENCE
            raise damaged(problem=f"den har en rad med numret ”{number[:30]}”")
        self._row = int(number) if number else self._row + 1
        self._column = 0
        if attributes.get("hidden") in ("1", "true"):
            self._open_row(' hidden="1"')

    def _open_row(self, more: str = "") -> None:
        self.out.append(f'<row r="{self._row}"{more}>')
        self._row_open = True

    def _close_row(self) -> None:
        if self._row_open:
            self.out.append("</row>")
            self._row_open = False

    def _start_cell(self, attributes: Attributes) -> None:
        self._in_cell = True
        self._type = attributes.get("t", "").strip()
        self._style = attributes.get("s", "").strip()
        self._formula = self._has_value = self._in_value = False
        self._value, self._inline, self._text = [], None, None
        if reference := attributes.get("r", "").strip():
            match = _REFERENCE(reference)
            if not match:
                raise damaged(problem=f"den har en cell med namnet ”{reference[:30]}”")
            self._column = column_number(match[1].upper())
            if int(match[2]) != self._row:
                self._close_row()
                self._row = int(match[2])
        else:
            self._column += 1

    def _start_in_cell(self, tag: str, attributes: Attributes) -> None:
        if self._inline is not None:
            self._inline.start(tag, attributes)
        elif tag == "f":
            self._formula = True
        elif tag == "v":
            self._in_value = self._has_value = True
        elif tag == "is":
            self._inline = TextReader()

    def _end_cell(self) -> None:
        self._in_cell = False
        value = "".join(self._value or ())
        if self._text is not None:
            kind, content = "s", self._shared(self._text)
        else:
            kind, content = self._content(value)
        if not (content or self._formula or kind == "e"):
            return
        if not self._row_open:
            self._open_row()
        style = f' s="{self._style[:5]}"' if self._style.isascii() and self._style.isdigit() else ""
        shown = f' t="{kind}"' if kind else ""
        formula = "<f/>" if self._formula else ""
        has_value = content or (self._has_value and self._formula)
        stored = f"<v>{content}</v>" if has_value else ""
        self.out.append(
            f'<c r="{column_letters(self._column)}{self._row}"{style}{shown}>{formula}{stored}</c>'
        )

    def _content(self, value: str) -> tuple[str, str]:
        """Return the type to write and the value, for a cell with a `v`."""
        kind = self._type
        if kind in ("str", "inlineStr", "is"):
            value = "" if kind != "str" else value
            if not value:  # an empty text is a result where a formula gives it
                return ("str", "") if self._formula or not self._has_value else ("s", self._shared(""))
            return "s", self._shared(unescaped(value))
        if kind == "e":
            return "e", escape(value.strip())
        value = value.strip()
        if kind == "s":
            if value and not (value.isascii() and value.isdigit() and len(value) < 9):  # noqa: PLR2004 - see xlsx_sheet
                raise damaged(problem="en cell hänvisar till en text som inte finns")
            return "s", value
        if kind == "b":  # without a value, it is as empty as any other cell
            return ("b", str(int(value not in ("0", "false")))) if value else ("", "")
        if kind not in ("", "n", "d"):
            raise damaged(problem=f"den har en cell av det okända slaget ”{kind[:30]}”")
        if kind == "d":  # Excel ignores the time zone, which calamine does not know
            value = value.removesuffix("Z")
        return kind, escape(value)

    def _shared(self, text: str) -> str:
        if len(text) > MAX_TEXT:
            raise too_much("Tecken i en enda text", len(text), MAX_TEXT)
        return str(self._texts.number(text))
