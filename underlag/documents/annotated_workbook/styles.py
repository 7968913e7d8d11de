"""Cell formats: a coloured copy of each original one that is marked, and those of our own sheet."""

from collections.abc import Callable
from copy import deepcopy
from typing import Final, NamedTuple

from underlag.documents.annotated_workbook.xmltext import UnfitError, parse
from underlag.findings import Severity
from underlag.xml_tree import Element, child, children, elements, name, namespace, serialize, text_of

#: What Excel's own styles "Dålig" and "Neutral" use: known, and readable under black text.
FILLS: Final = {Severity.ERROR: "FFFFC7CE", Severity.WARNING: "FFFFEB9C"}

#: Excel takes no more formats than this (Excel specifications and limits).
FORMAT_LIMIT: Final = 65_490

#: Under a cell that a correction has changed: Excel's own style "Bra".
CORRECTED: Final = "FFC6EFCE"

# The order of a styleSheet's parts: ECMA-376 part 1, 18.8.39.
_ORDER: Final = ("numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs")
_BLANK: Final = {
    "fonts": '<font><sz val="11"/><name val="Calibri"/><family val="2"/></font>',
    "fills": '<fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill>',
    "borders": "<border><left/><right/><top/><bottom/><diagonal/></border>",
    "cellStyleXfs": '<xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>',
    "cellXfs": '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>',
    "cellStyles": '<cellStyle name="Normal" xfId="0" builtinId="0"/>',
}
_FONT: Final = '<font>{}<sz val="{}"/><color {}/><name val="Calibri"/><family val="2"/></font>'
_FONTS: Final = {
    "plain": _FONT.format("", 11, 'rgb="FF000000"'),
    "title": _FONT.format("<b/>", 16, 'rgb="FF1F3864"'),
    "bold": _FONT.format("<b/>", 11, 'rgb="FF000000"'),
    "header": _FONT.format("<b/>", 11, 'rgb="FFFFFFFF"'),
    "link": _FONT.format("<u/>", 11, 'rgb="FF0563C1"'),
}
_LINE: Final = '<{0} style="thin"><color rgb="FFBFBFBF"/></{0}>'
_BORDER: Final = "<border>{}<diagonal/></border>".format(
    "".join(_LINE.format(side) for side in ("left", "right", "top", "bottom"))
)


class Look(NamedTuple):
    """How a cell of our own sheet looks."""

    font: str = "plain"
    fill: str = ""
    border: bool = False
    wrap: bool = False


class Styles:
    """The part with the workbook's formats; `data` is None where it has none.

    Raises:
        UnfitError: the part is not what a style sheet looks like.
    """

    def __init__(self, data: bytes | None, uri: str) -> None:
        self._root = Element("styleSheet", xmlns=uri) if data is None else parse(data)
        if self._root.tag != name(self._root, "styleSheet") or namespace(self._root) != uri:
            raise UnfitError("styles")
        if data is None:
            self._collection("cellStyleXfs")
            self._collection("cellStyles")
        self._formats = self._collection("cellXfs")
        self._originals = list(children(self._formats, "xf"))
        self._number = len(self._originals)
        self._painted: dict[tuple[int, str], int] = {}
        self._fragments: dict[tuple[str, str], int] = {}
        self._own: dict[Look, int] = {}

    def painted(self, base: int, severity: Severity | None) -> int:
        """Return the format that is `base` in the colour of a severity; just `base` when there is no room.

        With None it is `base` without the colour, if that is one of ours from an earlier round.
        """
        return self.filled(base, FILLS[severity] if severity else "")

    def filled(self, base: int, colour: str) -> int:
        """Return the format that is `base` on a colour (ARGB); '' takes a colour of ours away."""
        key = base, colour
        if key not in self._painted:
            original = self._originals[base] if base < len(self._originals) else self._originals[0]
            if self._number >= FORMAT_LIMIT or not (colour or self._is_ours(original)):
                return base
            changed = deepcopy(original)
            changed.set("fillId", str(self._fill(colour)) if colour else "0")
            changed.set("applyFill", "1")
            if colour and (font := self._dark_font(original)) is not None:
                changed.set("fontId", str(font))
                changed.set("applyFont", "1")
            self._painted[key] = self._add_format(changed)
        return self._painted[key]

    def own(self, look: Look) -> int:
        """Return a format for our own sheet."""
        if look not in self._own:
            if self._number >= FORMAT_LIMIT:
                return 0
            element = Element(
                name(self._root, "xf"),
                numFmtId="0",
                fontId=str(self._fragment("fonts", _FONTS[look.font])),
                fillId=str(self._fill(look.fill)) if look.fill else "0",
                borderId=str(self._fragment("borders", _BORDER)) if look.border else "0",
                xfId="0",
                applyFont="1",
                applyFill="1",
                applyBorder="1",
                applyAlignment="1",
            )
            wrap = "1" if look.wrap else "0"
            element.append(
                Element(name(self._root, "alignment"), vertical="top", horizontal="left", wrapText=wrap)
            )
            self._own[look] = self._add_format(element)
        return self._own[look]

    def tobytes(self) -> bytes:
        """Return the part."""
        for tag in ("fonts", "fills", "borders", "cellXfs"):
            collection = self._collection(tag)
            collection.set("count", str(sum(1 for _ in children(collection))))
        return serialize(self._root)

    def _collection(self, tag: str) -> Element:
        found = child(self._root, tag)
        if found is None:
            found = Element(name(self._root, tag))
            before = {name(self._root, earlier) for earlier in _ORDER[: _ORDER.index(tag)]}
            place = sum(1 for child in self._root if child.tag in before)
            self._root.insert(place, found)
        if not len(found):
            found.extend(elements(self._root, _BLANK[tag]))
        return found

    def _fragment(self, tag: str, fragment: str) -> int:
        return self._part(tag, fragment, lambda: elements(self._root, fragment)[0])

    def _part(self, tag: str, text: str, make: Callable[[], Element]) -> int:
        """Return the number of a font, fill or border; one with the same text is made once."""
        key = tag, text
        if key not in self._fragments:
            collection = self._collection(tag)
            if tag == "fills" and len(collection) == 1:
                # Excel takes the second fill for its grey.
                collection.append(elements(self._root, _BLANK["fills"])[1])
            self._fragments[key] = sum(1 for _ in children(collection))
            collection.append(make())
        return self._fragments[key]

    def _fill(self, colour: str) -> int:
        return self._fragment(
            "fills",
            f'<fill><patternFill patternType="solid"><fgColor rgb="{colour}"/><bgColor indexed="64"/>'
            "</patternFill></fill>",
        )

    def _is_ours(self, original: Element) -> bool:
        fills = list(children(self._collection("fills"), "fill"))
        colour = next(fills[int(original.get("fillId", "0"))].iter(name(self._root, "fgColor")), None)
        return colour is not None and colour.get("rgb") in {*FILLS.values(), CORRECTED}

    def _add_format(self, element: Element) -> int:
        self._formats.append(element)
        self._number += 1
        return self._number - 1

    def _dark_font(self, original: Element) -> int | None:
        """Return a copy of a white font without its colour: white on our pale colours could not be read."""
        fonts = self._collection("fonts")
        number = int(original.get("fontId", "0"))
        all_fonts = list(children(fonts, "font"))
        if number >= len(all_fonts):
            return None
        colour = child(all_fonts[number], "color")
        if colour is None or not (
            colour.get("rgb", "")[-6:].upper() == "FFFFFF"
            or colour.get("theme") == "0"
            or colour.get("indexed") in {"1", "9"}
        ):
            return None
        dark = deepcopy(all_fonts[number])
        dark.remove(dark[list(all_fonts[number]).index(colour)])
        return self._part("fonts", text_of(dark), lambda: dark)
