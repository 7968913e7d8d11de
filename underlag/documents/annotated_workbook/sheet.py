"""One sheet's part: the cells stay bytes, only the elements around them become a tree.

A sheet with 20,000 rows is 6 MB of XML. A tree of it would take longer than everything else in the package.
"""

import codecs
import re
from collections.abc import Iterator, Sequence
from typing import Final

from underlag.column_letters import column_letters, column_number
from underlag.documents.annotated_workbook.measures import Axis
from underlag.documents.annotated_workbook.xmltext import (
    RELATIONSHIPS,
    UnfitError,
    add_reference,
    parse,
    reference,
)
from underlag.xml_tree import Element, child, children, local, name, namespace, serialize

# What comes after the legacy drawing in a worksheet: ECMA-376 part 1, 18.3.1.99. Controls and OLE objects may
# stand inside an mc:AlternateContent.
_AFTER_NOTES: Final = (
    *("legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems", "tableParts"),
    *("extLst", "AlternateContent"),
)
_AREA = re.compile(r"([A-Z]{1,3})([0-9]{1,7}):([A-Z]{1,3})([0-9]{1,7})")
#: Of a sheet (Excel specifications and limits).
_COLUMNS: Final = 16_384
_ROWS: Final = 1_048_576
#: The column Z.
_LAST_LETTER: Final = 26
_TRUE: Final = {"1", "true"}
_ROW_NUMBER: Final = re.compile(rb"""\sr\s*=\s*["']([0-9]+)["']""")
_HEIGHT: Final = re.compile(rb"""\sht\s*=\s*["']([^"']*)["']""")
_HIDDEN: Final = re.compile(rb"""\shidden\s*=\s*["'](?:1|true)["']""")
_DECLARATION: Final = re.compile(rb"\A\s*<\?xml[^>]*\?>")
_SELECTED: Final = re.compile(rb"""(\stabSelected\s*=\s*)["'](?:1|true)["']""")
_DEFAULT_WIDTH: Final = 64  # pixels, of a column without a width of its own
_DEFAULT_HEIGHT: Final = 20


def deselected(part: bytes) -> bytes:
    """Return a sheet that is selected no longer; also one of another kind, such as a macro sheet."""
    try:
        sheet = SheetPart(part)
    except UnfitError:
        return _SELECTED.sub(rb'\1"0"', part, count=1)
    return b"".join(sheet.pieces()) if sheet.deselect() else part


class SheetPart:
    """A worksheet, chart sheet or dialog sheet.

    Attributes:
        tree: the sheet's tree, with an empty `sheetData`.
        cells: the `sheetData` element, as bytes in UTF-8; empty where the sheet has none.
        prefix: the namespace prefix of its elements, with the colon, as bytes.

    Raises:
        UnfitError: the part is not what a sheet looks like.
    """

    def __init__(self, data: bytes) -> None:
        data = _plain(data)
        root = re.search(rb"<([\w.-]+:)?\w+[\s>/]", data)
        self.prefix: bytes = root[1] or b"" if root else b""
        start = data.find(b"<%ssheetData" % self.prefix)
        self.cells = b""
        if start >= 0:
            tag_end = data.find(b">", start)
            opening = data[start : tag_end + 1]
            closing = b"</%ssheetData>" % self.prefix
            end = tag_end + 1 if opening.endswith(b"/>") else data.rfind(closing) + len(closing)
            if end <= tag_end or b"xmlns" in opening:
                raise UnfitError("sheetData")
            self.cells = data[start:end]
            data = b"%s<%ssheetData/>%s" % (data[:start], self.prefix, data[end:])
        self.tree = parse(data)
        self._namespace = namespace(self.tree)
        if self._namespace not in RELATIONSHIPS or self._has_other_prefix():
            raise UnfitError(f"namespace {self._namespace}")

    def _has_other_prefix(self) -> bool:
        """Whether rows or cells may have a second prefix, and would be overlooked among the bytes."""
        declared = {
            key.removeprefix("xmlns").removeprefix(":").encode() + b":" * (key != "xmlns")
            for key, value in self.tree.items()
            if value == self._namespace and (key == "xmlns" or key.startswith("xmlns:"))
        }
        others = (b"<%srow" % prefix in self.cells for prefix in declared - {self.prefix})
        return self._namespace.encode() in self.cells or any(others)

    def pieces(self) -> tuple[bytes, ...]:
        """Return the part in pieces, since the cells may be a hundred megabytes that need no copy."""
        data = serialize(self.tree)
        if not self.cells:
            return (data,)
        before, _, after = data.partition(b"<%ssheetData/>" % self.prefix)
        return before, self.cells, after

    def deselect(self) -> bool:
        """Take the sheet out of the selection in the first window; returns whether it was in it."""
        was = False
        for view in self.tree.iter(name(self.tree, "sheetView")):
            if view.get("workbookViewId", "0") == "0" and view.get("tabSelected") in {"1", "true"}:
                del view.attrib["tabSelected"]
                was = True
        return was

    def notes_drawing(self) -> str:
        """Return the relationship id of the drawing that holds notes and controls, '' if there is none."""
        # In the strict form of the standard, Excel wraps it in an AlternateContent.
        drawing = next(self.tree.iter(name(self.tree, "legacyDrawing")), None)
        return "" if drawing is None else reference(drawing)

    def set_notes_drawing(self, identity: str) -> None:
        """Refer to a new drawing for notes."""
        for parent in list(self.tree.iter()):
            for dangling in list(children(parent, "legacyDrawing")):
                parent.remove(dangling)
        element = Element(name(self.tree, "legacyDrawing"))
        add_reference(self.tree, element, identity)
        # Elements before the cells may be wrapped in an AlternateContent, too.
        parts = [local(part) for part in self.tree]
        cells = parts.index("sheetData") if "sheetData" in parts else len(parts)
        later = (at for at, tag in enumerate(parts[cells:], cells) if tag in _AFTER_NOTES)
        self.tree.insert(next(later, len(parts)), element)

    def merged(self) -> list[tuple[int, int, int, int]]:
        """Return the merged areas as first row, first column, last row, last column."""
        return [
            (int(area[2]), column_number(area[1]), int(area[4]), column_number(area[3]))
            for element in self.tree.iter(name(self.tree, "mergeCell"))
            if (area := _AREA.fullmatch(element.get("ref", "")))
        ]

    def column_styles(self) -> dict[int, int]:
        """Return the format of each column that has one."""
        return {
            column: int(element.get("style", "0"))
            for element in self.tree.iter(name(self.tree, "col"))
            if element.get("style", "0") != "0"
            for column in _columns(element)
        }

    def columns(self) -> Axis:
        """Return where the columns lie."""
        widths: dict[int, int] = {}
        for element in self.tree.iter(name(self.tree, "col")):
            hidden = element.get("hidden") in _TRUE
            width = 0 if hidden else _width(element.get("width", "8.43"))
            widths.update(dict.fromkeys(_columns(element), width))
        default = self._default("defaultColWidth")
        return Axis(widths, _width(default) if default else _DEFAULT_WIDTH, _COLUMNS)

    def rows(self) -> Axis:
        """Return where the rows lie."""
        default = self._default("defaultRowHeight")
        usual = _height(default) if default else _DEFAULT_HEIGHT
        unlisted = 0 if self._default("zeroHeight") in _TRUE else usual
        heights: dict[int, int] = {}
        for number, row in self._row_tags():
            if usual == unlisted and b"ht" not in row and b"hidden" not in row:
                continue  # so are most
            height = _HEIGHT.search(row)
            size = 0 if _HIDDEN.search(row) else _height(height[1].decode()) if height else usual
            if size != unlisted:
                heights[number] = size
        return Axis(heights, unlisted, _ROWS)

    def row_numbers(self) -> Iterator[int]:
        """Yield the numbers of the rows that the sheet lists."""
        return (number for number, _ in self._row_tags())

    def _row_tags(self) -> Iterator[tuple[int, bytes]]:
        number = 0
        tag = rb'<%srow(?=[\s/>])(?: r="([0-9]+)")?[^>]*>' % re.escape(self.prefix)
        for row in re.finditer(tag, self.cells):
            if (stated := row[1]) is None and (other := _ROW_NUMBER.search(row[0])):
                stated = other[1]
            number = number + 1 if stated is None else int(stated)
            yield number, row[0]

    def _default(self, attribute: str) -> str:
        found = child(self.tree, "sheetFormatPr")
        return "" if found is None else found.get(attribute, "")


def _width(width: str) -> int:
    """Return a column's width in pixels; the part states it in digits of the standard font."""
    return max(int(float(width) * 7 + 5), 0)


def _height(height: str) -> int:
    """Return a row's height in pixels; the part states it in points."""
    return max(int(float(height) * 4 / 3), 0)


def _columns(element: Element) -> range:
    return range(int(element.get("min", "1")), min(int(element.get("max", "1")), _COLUMNS) + 1)


def _plain(data: bytes) -> bytes:
    """Return the part in UTF-8 without comments and CDATA sections, which could look like cells."""
    if data[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
        data = _in_utf8(data)
    data = data.removeprefix(b"\xef\xbb\xbf")
    declared = re.match(rb"<\?xml[^>]*?encoding\s*=\s*[\"']([^\"']+)", data)
    utf8 = data.lstrip()[:1] == b"<" and (not declared or declared[1].lower() in {b"utf-8", b"us-ascii"})
    if utf8 and b"<!--" not in data and b"<![CDATA[" not in data:
        return data
    return serialize(parse(data, comments=False))


def _in_utf8(data: bytes) -> bytes:
    """Return a part in UTF-16 as one in UTF-8, without the declaration."""
    try:
        return _DECLARATION.sub(b"", data.decode("utf-16").encode(), count=1)
    except UnicodeError as error:
        raise UnfitError("UTF-16") from error


def regular_row(prefix: bytes, columns: Sequence[int]) -> re.Pattern[bytes] | None:
    """Return what matches a row as Excel writes it; None for a column beyond Z.

    Its cells are in order up to the last of some columns, each with its name first and its format next.
    Groups are the row's number, and for each of the columns its cell, '' if the row has none, and the digits
    of its format.

    Args:
        prefix: the namespace prefix of the sheet's elements, with the colon.
        columns: the columns, in order.
    """
    if columns[-1] > _LAST_LETTER:
        return None
    name = re.escape(prefix)
    # Most cells have a shared text, a number or nothing.
    ends = (
        rb'(?: t="s"><%sv>[0-9]++</%sv></%sc>|/>'
        rb"|[^<>]*+(?:(?<=/)>|>(?:<%sv>[^<]*+</%sv></%sc>|(?:[^<]++|<(?!/%sc>))*+</%sc>)))"
    ) % (*[name] * 8,)
    style = rb'(?: s="([0-9]++)"|(?![^<>]*\ss\s*=))'
    cells = [
        rb'%s<%sc r="%s[0-9]++"%s%s)?+%s'
        % (
            b"((?:" if column in columns else b"(?:",
            name,
            column_letters(column).encode(),
            style if column in columns else rb'(?: s="[0-9]++")?+',
            ends,
            b")" if column in columns else b"",
        )
        for column in range(1, columns[-1] + 1)
    ]
    later = b"[%s-Z]|" % column_letters(columns[-1] + 1).encode() if columns[-1] < _LAST_LETTER else b""
    rest = rb'(?:<%sc r="(?:%s[A-Z]{2,3})[0-9](?:[^<]++|<(?!/%srow>))*+)?+</%srow>' % (
        *(name, later),
        *(name, name),
    )
    return re.compile(rb'<%srow r="([0-9]+)"[^<>]*+(?<!/)>%s%s' % (name, b"".join(cells), rest))
