"""The cell formats of .xlsx and .xlsm: which show dates, which are struck through, and which show no text.

People strike rows through to delete them, or make their text white, and the cells do not say so.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final, NamedTuple

from underlag.lazy_pattern import LazyPattern
from underlag.reading.formats.limits import MAX_ELEMENTS
from underlag.reading.formats.looks import (
    BLACK,
    OWN_TEXT,
    SMALLEST_FONT,
    WHITE,
    Colour,
    colour_at,
    colour_of,
    hides_text,
    indexed,
    is_unseen,
    tinted,
    unseen_formats,
)
from underlag.reading.formats.refusal import too_much
from underlag.reading.formats.xml_parsing import Attributes, local, new_parser, parse, remembered_part

#: What a workbook in Excel has room for, and more.
_MAX_FORMATS = 70_000
#: The colours of a theme in the order of their numbers.
_THEME_ORDER: Final = ("lt1", "dk1", "lt2", "dk2", *(f"accent{number}" for number in range(1, 7)), "hlink")
_THEME_COLOUR: Final = LazyPattern(
    rb'<(?:\w+:)?(lt1|dk1|lt2|dk2|accent[1-6]|hlink)>\s*<[^<>]*?(?:lastClr|val)="([0-9A-Fa-f]{6})"'
)
#: The theme's colours in nearly all workbooks, which the theme need not be read for.
_USUAL_THEME: Final = (WHITE, BLACK)
#: Patterns of a fill without colour.
_NO_FILL: Final = ("", "none")


class Overlay(NamedTuple):
    """How a conditional format shows a text; None for a colour that it leaves."""

    is_struck: bool
    hides: bool
    text: Colour | None
    ground: Colour | None

    def hides_on(self, ground: Colour | None) -> bool:
        """Whether nobody sees the text in a cell with this ground of its own."""
        changes = self.text is not None or self.ground is not None
        return self.hides or (changes and is_unseen(self.text or BLACK, self.ground or ground))


@dataclass(slots=True, eq=False, repr=False)
class CellFormats:
    """Cell formats by their number.

    Attributes:
        number_formats: the number format of each: a built-in number or a code.
        struck: numbers of those whose font is struck through; usually none.
        unseen: numbers of those that show nothing of a text; usually none.
        fills: the fill of each that has one.
        grounds: the grounds that are not white, None for one that is not known.
        overlays: the conditional formats that strike through or hide a text; usually none.
    """

    number_formats: list[int | str] = field(default_factory=list)
    struck: list[int] = field(default_factory=list)
    unseen: list[int] = field(default_factory=list)
    fills: dict[int, int] = field(default_factory=dict)
    grounds: dict[int, Colour | None] = field(default_factory=dict)
    overlays: dict[int, Overlay] = field(default_factory=dict)


def cell_formats(styles: bytes, theme: Callable[[], bytes] = bytes) -> CellFormats:
    """Read the part of the workbook that holds its formats; b'' where there is none.

    Args:
        styles: the part.
        theme: reads the part with the theme's colours, which few workbooks need.

    Raises:
        UnreadableError: it is damaged, or larger than the limits.
    """
    if not styles:
        return CellFormats()
    read = _styles_in(styles)
    return _Looks(read, theme).result() if read.uses_theme else _formats_in(styles)


class _Font:
    """A font: whether it is struck through, its size and its colour as the file states them."""

    __slots__ = ("colour", "is_struck", "size")

    def __init__(self) -> None:
        self.is_struck = False
        self.size = ""
        self.colour: Attributes = {}


class _Fill:
    """A fill: its pattern and colours as the file states them."""

    __slots__ = ("back", "front", "pattern")

    def __init__(self) -> None:
        self.pattern = ""
        self.front: Attributes = {}
        self.back: Attributes = {}


class _StyleReader:
    """One parse of the styles; the requested elements are in a list that is a child of the root."""

    def __init__(self) -> None:
        self._path: list[str] = []
        self.codes: dict[int, str] = {}
        self.fonts: list[_Font] = []
        self.fills: list[_Fill] = []
        self.formats: list[tuple[int, int, int]] = []
        self.overlays: list[tuple[_Font, _Fill, list[str]]] = []
        self._font, self._fill = _Font(), _Fill()

    @cached_property
    def uses_theme(self) -> bool:
        """Whether a colour is one of the theme's that the theme must be read for."""
        fonts = [*self.fonts, *(font for font, _, _ in self.overlays)]
        fills = [*self.fills, *(fill for _, fill, _ in self.overlays)]
        colours = (colour for fill in fills for colour in (fill.front, fill.back))
        return any(
            number_of(colour["theme"]) >= len(_USUAL_THEME)
            for colour in (*(font.colour for font in fonts), *colours)
            if "theme" in colour
        )

    def start(self, tag: str, attributes: Attributes) -> None:
        self._path.append(local(tag))
        if handler := _HANDLERS.get("/".join(self._path[1:])):
            handler(self, attributes)

    def end(self, _: str) -> None:
        self._path.pop()

    def code(self, attributes: Attributes) -> None:
        self.codes[number_of(attributes.get("numFmtId"))] = attributes.get("formatCode", "")

    def new_font(self, _: Attributes) -> None:
        self._font = _Font()
        self.fonts.append(self._font)

    def strike(self, attributes: Attributes) -> None:
        if attributes.get("val") not in ("0", "false"):
            self._font.is_struck = True

    def size(self, attributes: Attributes) -> None:
        self._font.size = attributes.get("val", "")

    def colour(self, attributes: Attributes) -> None:
        self._font.colour = attributes

    def new_fill(self, _: Attributes) -> None:
        self._fill = _Fill()
        self.fills.append(self._fill)

    def pattern(self, attributes: Attributes) -> None:
        self._fill.pattern = attributes.get("patternType", "")

    def gradient(self, _: Attributes) -> None:
        self._fill.pattern = "gradient"

    def front(self, attributes: Attributes) -> None:
        self._fill.front = attributes

    def back(self, attributes: Attributes) -> None:
        self._fill.back = attributes

    def cell(self, attributes: Attributes) -> None:
        if len(self.formats) < _MAX_FORMATS:
            number, font, fill = map(attributes.get, ("numFmtId", "fontId", "fillId"))
            self.formats.append((number_of(number), number_of(font), number_of(fill)))

    def new_overlay(self, _: Attributes) -> None:
        self._font, self._fill = _Font(), _Fill()
        self.overlays.append((self._font, self._fill, []))

    def overlay_code(self, attributes: Attributes) -> None:
        self.overlays[-1][2].append(attributes.get("formatCode", ""))


@remembered_part
def _styles_in(xml: bytes) -> _StyleReader:
    """Return what a part with styles holds."""
    if (count := xml.count(b"<") // 2) > MAX_ELEMENTS:
        raise too_much("XML-element bland filens format", count, MAX_ELEMENTS)
    reader = _StyleReader()
    parser = new_parser()
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parse(parser, xml)
    return reader


@remembered_part
def _formats_in(xml: bytes) -> CellFormats:
    """Return the formats of a part with styles that does not use the theme's colours."""
    return _Looks(_styles_in(xml), bytes).result()


_HANDLERS: Final[dict[str, Callable[[_StyleReader, Attributes], None]]] = {
    "numFmts/numFmt": _StyleReader.code,
    "fonts/font": _StyleReader.new_font,
    "fonts/font/strike": _StyleReader.strike,
    "fonts/font/sz": _StyleReader.size,
    "fonts/font/color": _StyleReader.colour,
    "fills/fill": _StyleReader.new_fill,
    "fills/fill/gradientFill": _StyleReader.gradient,
    "fills/fill/patternFill": _StyleReader.pattern,
    "fills/fill/patternFill/fgColor": _StyleReader.front,
    "cellXfs/xf": _StyleReader.cell,
    "dxfs/dxf": _StyleReader.new_overlay,
    "dxfs/dxf/font/strike": _StyleReader.strike,
    "dxfs/dxf/font/color": _StyleReader.colour,
    "dxfs/dxf/numFmt": _StyleReader.overlay_code,
    "dxfs/dxf/fill/gradientFill": _StyleReader.gradient,
    "dxfs/dxf/fill/patternFill": _StyleReader.pattern,
    "dxfs/dxf/fill/patternFill/fgColor": _StyleReader.front,
    "dxfs/dxf/fill/patternFill/bgColor": _StyleReader.back,
}


class _Looks:
    """Resolves colours, and finds the formats that show no text."""

    def __init__(self, read: _StyleReader, theme: Callable[[], bytes]) -> None:
        self._read = read
        self._theme_part = theme
        self._theme: Sequence[Colour | None] = ()

    def result(self) -> CellFormats:
        read = self._read
        codes = [read.codes.get(number, number) for number, _, _ in read.formats]
        formats = CellFormats(codes)
        if any(font.is_struck for font in read.fonts):
            struck = {at for at, font in enumerate(read.fonts) if font.is_struck}
            formats.struck = [at for at, (_, font, _) in enumerate(read.formats) if font in struck]
        texts = [self._colour(font.colour, BLACK) if font.colour else BLACK for font in read.fonts]
        grounds = [self._ground(fill) for fill in read.fills]
        tiny = {at for at, font in enumerate(read.fonts) if _is_tiny(font.size)}
        looks = [(code, font, fill) for code, (_, font, fill) in zip(codes, read.formats, strict=True)]
        formats.unseen = unseen_formats(looks, texts, grounds, tiny)
        filled = {at for at, fill in enumerate(read.fills) if fill.pattern not in _NO_FILL}
        formats.fills = {at: fill for at, (_, _, fill) in enumerate(read.formats) if fill in filled}
        if read.overlays:
            by_format = enumerate(colour_at(grounds, fill) for _, _, fill in read.formats)
            formats.grounds = {at: ground for at, ground in by_format if ground != WHITE}
            on = {WHITE, *formats.grounds.values()}
            overlays = enumerate(self._overlay(*overlay) for overlay in read.overlays)
            formats.overlays = {
                at: one for at, one in overlays if one.is_struck or any(map(one.hides_on, on))
            }
        return formats

    def _ground(self, fill: _Fill) -> Colour | None:
        if fill.pattern in _NO_FILL:
            return WHITE
        if fill.pattern != "solid":
            return None
        return self._colour(fill.front)

    def _overlay(self, font: _Font, fill: _Fill, codes: list[str]) -> Overlay:
        stated = fill.back or fill.front  # a solid fill has its colour in the back here
        ground = self._colour(stated) if fill.pattern in ("", "solid") else None
        text = self._colour(font.colour, BLACK) if font.colour else None
        return Overlay(font.is_struck, any(map(hides_text, codes)), text, ground)

    def _colour(self, stated: Attributes, automatic: Colour | None = None) -> Colour | None:
        """Return a colour as the file states it: by value, by number, or by the theme's.

        What is automatic is black for a text, and not known for a fill.
        """
        colour: Colour | None = None
        if "rgb" in stated:
            colour = colour_of(stated["rgb"])
        elif "theme" in stated:
            colour = self._of_theme(number_of(stated["theme"]))
        elif "indexed" in stated:
            number = number_of(stated["indexed"])
            colour = automatic if number == OWN_TEXT else indexed(number)
        elif stated.get("auto") in ("1", "true"):
            colour = automatic
        if colour is None or "tint" not in stated:
            return colour
        try:
            return tinted(colour, float(stated["tint"]))
        except ValueError:
            return colour

    def _of_theme(self, number: int) -> Colour | None:
        if number < len(_USUAL_THEME):
            return _USUAL_THEME[number]
        if not self._theme:
            found = {
                name.decode(): colour_of(value.decode())
                for name, value in _THEME_COLOUR.findall(self._theme_part())
            }
            self._theme = [found.get(name) for name in _THEME_ORDER]
        return colour_at(self._theme, number)


def _is_tiny(size: str) -> bool:
    try:
        return 0 < float(size or 0) < SMALLEST_FONT
    except ValueError:
        return False


def number_of(text: str | None) -> int:
    """Return the number that an attribute states, 0 where there is none."""
    return int(text[:9]) if text and text.isascii() and text.isdigit() else 0
