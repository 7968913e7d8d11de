"""Styles of .ods that strike through a text or show nothing of it, and words that number formats add."""

import re
from typing import Final, NamedTuple

from underlag.reading.formats.looks import (
    BLACK,
    SMALLEST_FONT,
    SMALLEST_ROW,
    WHITE,
    Colour,
    colour_of,
    is_unseen,
)
from underlag.reading.formats.loose_texts import added_words
from underlag.reading.formats.sheet_facts import LooseText
from underlag.reading.formats.xml_parsing import Attributes

#: The families of styles of cells and of parts of their texts.
_FAMILIES: Final = ("table-cell", "text")
#: Maximum styles that inherit from one another.
_DEEPEST: Final = 20
_WORDS: Final = re.compile(rb"<number:text>([^<]+)</number:text>")
_LENGTH: Final = re.compile(r"(\d+(?:\.\d+)?)(cm|mm|in|pt)").fullmatch
_POINTS: Final = {"cm": 72 / 2.54, "mm": 72 / 25.4, "in": 72.0, "pt": 1.0}


class Marks(NamedTuple):
    """Whether a style strikes a text through, and whether it shows nothing of it."""

    is_struck: bool
    is_unseen: bool


class _Style:
    """What a style states itself; None for what it inherits."""

    __slots__ = ("data", "ground", "parent", "size", "struck", "text")

    def __init__(self, parent: str, data: str | None) -> None:
        self.parent, self.data = parent, data
        self.struck: bool | None = None
        self.size: float | None = None
        self.text: Colour | None = None
        self.ground: Colour | None = None


class CellStyles:
    """The styles of cells, and of parts of their texts, of styles.xml and content.xml.

    Attributes:
        low: the styles of rows too low to be seen, and of columns too narrow.
    """

    def __init__(self) -> None:
        self.low: set[str] = set()
        self._styles: dict[str, _Style] = {}
        self._name = self._data = ""
        self._now: _Style | None = None
        self._hiding: set[str] = set()

    def start(self, tag: str, attributes: Attributes) -> None:
        """Take an element of the styles, by its name without prefix."""
        if tag == "style":
            self._start_style(attributes)
        elif tag in ("table-row-properties", "table-column-properties"):
            length = points(attributes.get("style:row-height") or attributes.get("style:column-width", ""))
            if length is not None and length < SMALLEST_ROW:
                self.low.add(self._name)
        elif tag == "text-style":
            self._data = attributes.get("style:name", "")
            self._hiding.add(self._data)
        elif tag == "text-content":
            self._hiding.discard(self._data)
        elif self._now is not None and tag == "text-properties":
            self._take_text(self._now, attributes)
        elif self._now is not None and tag == "table-cell-properties":
            stated = attributes.get("fo:background-color")
            self._now.ground = WHITE if stated == "transparent" else colour_of(stated) if stated else None

    def marked(self) -> dict[str, Marks]:
        """Return the styles that strike a text through or show nothing of it."""
        found = {name: self._resolved(name) for name in self._styles}
        return {name: marks for name, marks in found.items() if any(marks)}

    def _start_style(self, attributes: Attributes) -> None:
        self._name, self._now = attributes.get("style:name", ""), None
        if attributes.get("style:family") in _FAMILIES:
            data = attributes.get("style:data-style-name")
            self._now = _Style(attributes.get("style:parent-style-name", ""), data)
            self._styles[self._name] = self._now

    def _take_text(self, style: _Style, attributes: Attributes) -> None:
        lines = [attributes.get(f"style:text-line-through-{part}") for part in ("style", "type")]
        if any(line is not None for line in lines):
            style.struck = any(line not in (None, "none") for line in lines)
        style.size = points(attributes.get("fo:font-size", ""))
        if attributes.get("style:use-window-font-color") == "true":
            style.text = BLACK
        elif "fo:color" in attributes:
            style.text = colour_of(attributes["fo:color"])

    def _resolved(self, name: str) -> Marks:
        chain: list[_Style] = []
        while (style := self._styles.get(name)) and len(chain) < _DEEPEST:
            chain.append(style)
            name = style.parent
        struck = next((style.struck for style in chain if style.struck is not None), False)
        size = next((style.size for style in chain if style.size is not None), None)
        text = next((style.text for style in chain if style.text is not None), BLACK)
        ground = next((style.ground for style in chain if style.ground is not None), WHITE)
        data = next((style.data for style in chain if style.data is not None), None)
        tiny = size is not None and size < SMALLEST_FONT
        return Marks(struck, tiny or data in self._hiding or is_unseen(text, ground))


def words_of(xml: bytes) -> list[LooseText]:
    """Return the words that number formats add to what cells show.

    Args:
        xml: the part content.xml or styles.xml; its styles come first.
    """
    found = _WORDS.findall(xml, 0, max(xml.find(b"<office:body"), 0) or len(xml))
    return added_words(raw.decode("utf-8", "replace") for raw in found)


def points(length: str) -> float | None:
    """Return a length in points, None where it states none or is relative."""
    match = _LENGTH(length)
    return float(match[1]) * _POINTS[match[2]] if match else None
