"""The drawing that holds the boxes of a sheet's notes: VML, which Excel still requires.

The part is edited as bytes, for what old versions of Excel wrote there is not always XML. Source: ECMA-376
part 4, 19.4, and what Excel writes.
"""

import re
from collections.abc import Collection, Mapping
from functools import cache
from typing import Final

from underlag.documents.annotated_workbook.measures import Axis
from underlag.documents.annotated_workbook.package import Package
from underlag.documents.annotated_workbook.xmltext import UnfitError

CONTENT_TYPE: Final = "application/vnd.openxmlformats-officedocument.vmlDrawing"

_NAMESPACES: Final = {
    b"v": b"urn:schemas-microsoft-com:vml",
    b"o": b"urn:schemas-microsoft-com:office:office",
    b"x": b"urn:schemas-microsoft-com:office:excel",
}
_EMPTY: Final = (
    b'<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
    b'xmlns:x="urn:schemas-microsoft-com:office:excel"></xml>'
)
_LAYOUT: Final = b'<o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="%s"/></o:shapelayout>'
_SHAPE_TYPE: Final = (
    b'<v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe">'
    b'<v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>'
)
_SHAPE: Final = (
    '<v:shape id="_x0000_s{}" type="#_x0000_t202" style="position:absolute;margin-left:60pt;margin-top:1pt;'
    'width:{}pt;height:{}pt;z-index:1;visibility:hidden" fillcolor="#ffffe1" o:insetmode="auto">'
    '<v:fill color2="#ffffe1"/><v:shadow on="t" color="black" obscured="t"/><v:path o:connecttype="none"/>'
    '<v:textbox style="mso-direction-alt:auto"><div style="text-align:left"></div></v:textbox>'
    '<x:ClientData ObjectType="Note"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>{}</x:Anchor>'
    "<x:AutoFill>False</x:AutoFill><x:Row>{}</x:Row><x:Column>{}</x:Column></x:ClientData></v:shape>"
)
# Other programs than Excel choose other prefixes.
_ID_MAP: Final = re.compile(rb"<(?:[\w.-]+:)?idmap\b[^>]*?\bdata\s*=\s*[\"']([0-9,\s]*)[\"']")
_NUMBER: Final = re.compile(rb"\bid\s*=\s*[\"']_x0000_s([0-9]+)[\"']")
_NOTE: Final = re.compile(
    rb"<((?:[\w.-]+:)?)shape\b(?:(?!</\1shape>).)*?ObjectType\s*=\s*[\"']Note[\"'].*?</\1shape>", re.DOTALL
)
_PLACE: Final = re.compile(rb"<((?:[\w.-]+:)?)(Row|Column)>\s*([0-9]+)\s*<")
_ANCHOR: Final = re.compile(rb"(<(?:[\w.-]+:)?Anchor>)([0-9,\s]+)(</(?:[\w.-]+:)?Anchor>)")

_IDS_PER_BLOCK: Final = 1024
_BOX_WIDTH: Final = 340  # pixels
_LETTERS_PER_LINE: Final = 52
_LINE_HEIGHT: Final = 15
_TALLEST: Final = 460
_UNSTATED_HEIGHT: Final = 80  # of a box that has no place of its own, as openpyxl writes it


class Measures:
    """Where boxes fit on a sheet with these columns and rows."""

    def __init__(self, columns: Axis, rows: Axis) -> None:
        self._columns = columns
        self._rows = rows
        self._beside = cache(self._sides)  # most notes are next to one of a few columns

    def anchor(self, row: int, column: int, height: int) -> str:
        """Return the anchor of a box next to a cell: for each side the column or row, and pixels into it."""
        left, right = self._beside(column)
        above, below = self._rows.start(max(row - 1, 1)) + 4, self._rows.start(row + 1)
        top, bottom = map(self._rows.at, self._rows.position_box(above, height, below))
        return f"{left},{top[0]},{top[1]},{right},{bottom[0]},{bottom[1]}"

    def _sides(self, column: int) -> tuple[str, str]:
        """Return the left and the right end of a box next to a column, as `anchor` states them."""
        beside, before = self._columns.start(column + 1) + 15, self._columns.start(column)
        ends = map(self._columns.at, self._columns.position_box(beside, _BOX_WIDTH, before))
        left, right = (f"{index},{pixels}" for index, pixels in ends)
        return left, right

    def lower(self, row: int, into: int, pixels: int) -> tuple[int, int]:
        """Return the row index, and the pixels into it, at a distance in pixels below a place."""
        begin = self._rows.start(row + 1) + into
        return self._rows.at(self._rows.position_box(begin, pixels, begin)[1])


def box_height(text: str) -> int:
    """Return the pixels that a text needs in a box."""
    lines = sum(1 + len(line) // _LETTERS_PER_LINE for line in text.split("\n"))
    return min(lines * _LINE_HEIGHT + 20, _TALLEST)


class Numbers:
    """Hands out numbers for shapes that no drawing of the workbook uses: they come in blocks of 1,024."""

    def __init__(self, package: Package) -> None:
        used = [0]
        for part in package.names():
            if part.lower().endswith(".vml"):
                data = package.read(part)
                for match in _ID_MAP.finditer(data):
                    used += [int(block) for block in match[1].split(b",") if block.strip()]
                used += [int(match[1]) // _IDS_PER_BLOCK for match in _NUMBER.finditer(data)]
        self._next = max(used) + 1

    def blocks(self, count: int) -> list[int]:
        """Return as many blocks as `count` shapes need."""
        first = self._next
        self._next += -(-count // (_IDS_PER_BLOCK - 1))
        return list(range(first, self._next))


def with_boxes(
    data: bytes | None, boxes: Collection[tuple[int, int, int]], measures: Measures, numbers: Numbers
) -> bytes:
    """Return a drawing with boxes added.

    Args:
        data: the sheet's drawing; None to make one.
        boxes: row, column and height of each new box.
        measures: of the sheet.
        numbers: where the shapes' numbers come from.

    Raises:
        UnfitError: the drawing has a form that Excel does not write.
    """
    data = _EMPTY if data is None else data
    end = data.rfind(b"</xml>")
    root = re.search(rb"<xml\b[^>]*(?=>)", data)
    if end < 0 or root is None:
        raise UnfitError("vml")
    if not boxes:
        return data
    blocks = numbers.blocks(len(boxes))
    shapes = [b"" if b'"_x0000_t202"' in data else _SHAPE_TYPE]
    free = (block * _IDS_PER_BLOCK + offset for block in blocks for offset in range(1, _IDS_PER_BLOCK))
    shapes += [
        _SHAPE.format(
            identity,
            _BOX_WIDTH * 3 // 4,
            height * 3 // 4,
            measures.anchor(row, column, height),
            row - 1,
            column - 1,
        ).encode()
        for identity, (row, column, height) in zip(free, boxes, strict=False)
    ]
    data = data[:end] + b"".join(shapes) + data[end:]
    new = ",".join(map(str, blocks)).encode()
    if match := _ID_MAP.search(data):
        both = b",".join(filter(None, (match[1].strip(), new)))
        data = data[: match.start(1)] + both + data[match.end(1) :]
        layout = b""
    else:
        layout = _LAYOUT % new
    declared = b"".join(
        b' xmlns:%s="%s"' % (prefix, uri)
        for prefix, uri in _NAMESPACES.items()
        if b"xmlns:%s=" % prefix not in root[0]
    )
    return data[: root.end()] + declared + b">" + layout + data[root.end() + 1 :]


def enlarged(data: bytes, growth: Mapping[tuple[int, int], int], measures: Measures) -> bytes:
    """Return a drawing with the boxes at these cells enlarged by the given pixels, for longer notes."""

    def grow(match: re.Match[bytes]) -> bytes:
        numbers = {found[2]: int(found[3]) + 1 for found in _PLACE.finditer(match[0])}
        place = numbers.get(b"Row", 0), numbers.get(b"Column", 0)
        pixels = growth.get(place)
        if pixels is None:
            return match[0]
        if _ANCHOR.search(match[0]):
            return _ANCHOR.sub(lambda anchor: _lower(anchor, pixels), match[0])
        anchor = measures.anchor(*place, pixels + _UNSTATED_HEIGHT).encode()
        return _PLACE.sub(
            lambda found: b"<%sAnchor>%s</%sAnchor>" % (found[1], anchor, found[1]) + found[0], match[0], 1
        )

    def _lower(anchor: re.Match[bytes], pixels: int) -> bytes:
        numbers = [int(number) for number in anchor[2].split(b",") if number.strip()]
        if len(numbers) != 8:  # noqa: PLR2004 - four corners, each with an offset
            return anchor[0]
        numbers[6:] = measures.lower(numbers[6], numbers[7], pixels)
        return anchor[1] + ", ".join(map(str, numbers)).encode() + anchor[3]

    return _NOTE.sub(grow, data) if growth else data
