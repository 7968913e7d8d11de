"""Texts of .xlsx, .xlsm and .xlsb that are in no cell.

They are in text boxes and shapes, page headers and footers, and messages that are shown on filling in.
"""

import html
import re
from collections.abc import Iterable, Iterator
from typing import Final

from underlag.column_letters import column_letters
from underlag.lazy_pattern import LazyPattern
from underlag.reading.formats.limits import MAX_ELEMENTS
from underlag.reading.formats.refusal import UnreadableError, too_much
from underlag.reading.formats.sheet_facts import (
    FILE_PROPERTY,
    NUMBER_FORMAT,
    Area,
    LooseText,
    message_texts,
    name_texts,
    named_cells,
)
from underlag.reading.formats.xml_parsing import Attributes, local, new_parser, parse, remembered_part
from underlag.reading.formats.zip_parts import Package

_DRAWING: Final = "drawing"
_OLD_DRAWING: Final = "vmlDrawing"
#: The text of a control in an old drawing, and what the shape around it is.
_CONTROL_TEXT: Final = LazyPattern(rb"(?s)<v:textbox[^<>]*>(.*?)</v:textbox>")
_IS_NOTE: Final = b'ObjectType="Note"'
_TAG: Final = LazyPattern(rb"<[^<>]*>")
_PAGES: Final = LazyPattern(
    rb"<(?:\w+:)?(?:odd|even|first)(Header|Footer)>([^<]*)</(?:\w+:)?(?:odd|even|first)\1>"
)
_VALIDATION: Final = LazyPattern(rb"<(?:\w+:)?dataValidation [^<>]*>")
_MESSAGE: Final = LazyPattern(rb'\s(sqref|promptTitle|prompt|errorTitle|error)="([^"]*)"')
_NAME: Final = re.compile(rb"<(?:\w+:)?definedName ([^<>]*)>([^<]*)<")
_NAMED: Final = re.compile(rb'\b(name|comment)="([^"]*)"')
#: A formula that consists of a text alone.
_LITERAL: Final = LazyPattern(r'\s*"((?:[^"]|"")*)"\s*').fullmatch
#: What a number format adds in quotes.
_ADDED: Final = LazyPattern(r'"([^"]*)"').findall
_PROPERTY: Final = LazyPattern(
    rb"<(?:\w+:)?(?:title|subject|description|keywords?|category|contentStatus)(?: [^<>]*)?>([^<]+)<"
)
#: A control character in an attribute, as Excel writes it.
_CONTROL: Final = LazyPattern(r"_x00[01][0-9A-F]_", re.IGNORECASE)
#: The part of .xlsx, .xlsm and .xlsb with the file's properties.
PROPERTIES: Final = "docProps/core.xml"
_PLACES: Final = {b"Header": "sidhuvud", b"Footer": "sidfot"}
#: Codes in a page's header: its part, a font, a size, a colour, the page's number, the date, the file's name.
_CODES: Final = LazyPattern(r'&(?:"[^"]*"|[Kk][0-9A-Fa-f]{6}|\d{1,3}|[A-Za-z+-])')


def loose_texts(package: Package, part: str, xml: bytes) -> list[LooseText]:
    """Return the texts of a sheet that are in no cell.

    A drawing that is damaged is ignored: it holds no cells, and Excel repairs it.

    Args:
        package: the workbook.
        part: the sheet's part.
        xml: the sheet's XML after its rows; empty if a page's header is not XML.
    """
    found = list(_texts_after_rows(xml))
    try:
        for relation in package.relations(part).values():
            if relation.kind == _DRAWING and relation.part in package:
                found += shapes(package.part(relation.part))
            elif relation.kind == _OLD_DRAWING and relation.part in package:
                found += controls(package.part(relation.part))
    except UnreadableError:
        return found
    return found


@remembered_part
def _texts_after_rows(xml: bytes) -> tuple[LooseText, ...]:
    return (*pages(xml), *messages(xml))


def pages(xml: bytes) -> list[LooseText]:
    """Return the texts of the headers and footers of a sheet's printed pages, each once."""
    found: dict[LooseText, None] = {}
    if b"er>" not in xml:
        return []
    for kind, raw in _PAGES.findall(xml):
        if text := page_text(html.unescape(raw.decode("utf-8", "replace"))):
            found[LooseText(_PLACES[kind], text)] = None
    return list(found)


def messages(xml: bytes) -> list[LooseText]:
    """Return the titles and texts of the messages that a sheet's validation of cells shows."""
    found: list[LooseText] = []
    if b"dataValidation " not in xml:
        return found
    for tag in _VALIDATION.findall(xml):
        stated = {name: unescaped(raw) for name, raw in _MESSAGE.findall(tag)}
        area = stated.pop(b"sqref", "")
        found += message_texts(re.split(r"[\s:]", area.strip())[0], stated.values())
    return found


def defined_names(xml: bytes) -> list[LooseText]:
    """Return the names that a workbook defines, with their comments and the texts that they mean."""
    found: list[LooseText] = []
    for tag, content in _NAME.findall(xml):
        stated = {name: unescaped(raw) for name, raw in _NAMED.findall(tag)}
        meant = unescaped(content)
        text = _LITERAL(meant) if '"' in meant else None
        more = (stated.get(b"comment", ""), text[1].replace('""', '"') if text else "")
        found += name_texts(stated.get(b"name", ""), *more)
    return found


def named_areas(xml: bytes) -> Iterator[tuple[str, str, Area]]:
    """Yield the areas of sheets that a workbook names; as `named_cells`."""
    for tag, content in _NAME.findall(xml):
        stated = {name: unescaped(raw) for name, raw in _NAMED.findall(tag)}
        if found := named_cells(stated.get(b"name", ""), unescaped(content)):
            yield found


def format_texts(codes: Iterable[int | str]) -> list[LooseText]:
    """Return the words that number formats add to what cells show: '(utgår)' of '@" (utgår)"'."""
    quoting = (code for code in codes if isinstance(code, str) and '"' in code)
    return added_words(text for code in quoting for text in _ADDED(code))


def added_words(texts: Iterable[str]) -> list[LooseText]:
    """Return texts that number formats add, each once."""
    return [LooseText(NUMBER_FORMAT, text.strip()) for text in dict.fromkeys(texts) if text.strip()]


def property_texts(xml: bytes) -> list[LooseText]:
    """Return a file's own title, subject, description, keywords, category and status.

    Args:
        xml: the part docProps/core.xml, or meta.xml of an .ods.
    """
    return properties(unescaped(raw) for raw in _PROPERTY.findall(xml))


def properties(texts: Iterable[str]) -> list[LooseText]:
    """Return texts of a file's properties, each once."""
    plain = dict.fromkeys(text.strip() for text in texts)
    return [LooseText(FILE_PROPERTY, text) for text in plain if text]


def unescaped(raw: bytes) -> str:
    """Return the text of an attribute or element."""
    text = html.unescape(raw.decode("utf-8", "replace"))
    return _CONTROL.sub(" ", text) if "_x00" in text else text


def page_text(stated: str) -> str:
    """Return the text of a page's header or footer without its codes."""
    return " ".join(_CODES.sub(" ", stated).split())


def shapes(xml: bytes) -> list[LooseText]:
    """Return the texts of the shapes of a drawing, with the cell below each one's corner."""
    if (count := xml.count(b"<") // 2) > MAX_ELEMENTS:
        raise too_much("XML-element i en ritning", count, MAX_ELEMENTS)
    reader = _ShapeReader()
    parser = new_parser()
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    parse(parser, xml)
    return reader.found


def controls(vml: bytes) -> list[LooseText]:
    """Return the texts of the form controls of an old drawing, which also has the frames of comments."""
    if vml.count(b'ObjectType="') == vml.count(_IS_NOTE):
        return []
    pieces = (piece for piece in vml.split(b"</v:shape>") if _IS_NOTE not in piece)
    found = filter(None, map(_CONTROL_TEXT.search, pieces))
    texts = (" ".join(unescaped(_TAG.sub(b" ", match[1])).split()) for match in found)
    return [LooseText("formulärkontroll", text) for text in texts if text]


class _ShapeReader:
    """One parse of a drawing."""

    def __init__(self) -> None:
        self.found: list[LooseText] = []
        self._pieces: list[str] = []
        self._corner = {"col": 0, "row": 0}
        self._path: list[str] = []

    def start(self, tag: str, attributes: Attributes) -> None:
        name = local(tag)
        self._path.append(name)
        if name == "cNvPr":
            self._described(attributes)
        if name == "sp":
            self._pieces = []
        elif name == "from":
            self._corner = {"col": 0, "row": 0}

    def _described(self, attributes: Attributes) -> None:
        """Keep what a shape or picture shows to those who cannot see it."""
        for text in (" ".join(attributes.get(name, "").split()) for name in ("title", "descr")):
            if text:
                self.found.append(LooseText(f"alternativtext vid {self._cell()}", text))

    def _cell(self) -> str:
        return f"{column_letters(self._corner['col'] + 1)}{self._corner['row'] + 1}"

    def end(self, tag: str) -> None:
        name = local(tag)
        self._path.pop()
        if name == "p":
            self._pieces.append("\n")
        elif name == "sp" and (text := " ".join("".join(self._pieces).split())):
            self.found.append(LooseText(f"textruta vid {self._cell()}", text))
            self._pieces = []

    def text(self, text: str) -> None:
        inside = self._path[-2:]
        if inside[-1:] == ["t"]:
            self._pieces.append(text)
        elif (
            len(inside) > 1 and inside[0] == "from" and inside[1] in self._corner and text.strip().isdecimal()
        ):
            self._corner[inside[1]] = int(text)
