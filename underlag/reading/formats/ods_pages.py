"""Reads texts of an .ods outside cells: headers and footers of printed pages, and validation messages."""

from underlag.column_letters import column_letters
from underlag.reading.formats.limits import MAX_ELEMENTS
from underlag.reading.formats.ods_styles import CellStyles
from underlag.reading.formats.refusal import UnreadableError
from underlag.reading.formats.sheet_facts import LooseText, message_texts
from underlag.reading.formats.xml_parsing import Attributes, local, new_parser, parse

_MESSAGES = ("help-message", "error-message")


def read_pages(xml: bytes, styles: CellStyles) -> dict[str, list[LooseText]]:
    """Return the headers and footers of printed pages by the name of their master page.

    Args:
        xml: the part styles.xml; if it is damaged or far too large, there are none, since it has no cells.
        styles: takes the styles of cells that it has.
    """
    reader = _PageReader(styles)
    if not xml or xml.count(b"<") // 2 > MAX_ELEMENTS:
        return {}
    parser = new_parser()
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    try:
        parse(parser, xml)
    except UnreadableError:
        return {}
    return reader.found


class _PageReader:
    """One parse of styles.xml."""

    def __init__(self, styles: CellStyles) -> None:
        self._styles = styles
        self.found: dict[str, list[LooseText]] = {}
        self._page = self._place = ""
        self._pieces: list[str] = []

    def start(self, tag: str, attributes: Attributes) -> None:
        name = local(tag)
        self._styles.start(name, attributes)
        if name == "master-page":
            self._page = attributes.get("style:name", "")
        elif self._page and name.startswith(("header", "footer")) and not self._place:
            self._place = "sidhuvud" if name.startswith("header") else "sidfot"
            self._pieces = []
            if attributes.get("style:display") == "false":
                self._place = "-"

    def end(self, tag: str) -> None:
        name = local(tag)
        if name == "master-page":
            self._page = ""
        elif self._place and name.startswith(("header", "footer")):
            text = " ".join("".join(self._pieces).split())
            texts = self.found.setdefault(self._page, [])
            if text and self._place != "-" and LooseText(self._place, text) not in texts:
                texts.append(LooseText(self._place, text))
            self._place = ""
        elif self._place:
            self._pieces.append(" ")

    def text(self, text: str) -> None:
        if self._place:
            self._pieces.append(text)


class Messages:
    """The validations of cells in content.xml, with their messages and the sheets that use them."""

    def __init__(self) -> None:
        self._texts: dict[str, list[str]] = {}
        self._used: set[tuple[str, str]] = set()
        self._name = ""
        self._is_message = False

    def start(self, tag: str, attributes: Attributes) -> bool:
        """Take the start of an element; return whether it belongs to a validation."""
        if tag == "content-validation":
            self._name = attributes.get("table:name", "")
            self._texts[self._name] = []
        elif self._name and tag in _MESSAGES:
            self._is_message = True
            self._texts[self._name] += [attributes.get("table:title", ""), ""]
        return bool(self._name)

    def end(self, tag: str) -> bool:
        """Take the end of an element; return whether it belongs to a validation."""
        if not self._name:
            return False
        if tag == "content-validation":
            self._name = ""
        elif tag in _MESSAGES:
            self._is_message = False
        elif self._is_message:
            self._texts[self._name][-1] += " "
        return True

    def text(self, text: str) -> bool:
        """Take letters; return whether they belong to a validation."""
        if self._name and self._is_message:
            self._texts[self._name][-1] += text
        return bool(self._name)

    def of_cell(self, sheet: str, name: str, row: int, column: int) -> list[LooseText]:
        """Return the texts of a cell's validation, if the cell is the first with it on its sheet."""
        if not name or (sheet, name) in self._used:
            return []
        self._used.add((sheet, name))
        return message_texts(f"{column_letters(column)}{row}", self._texts.get(name, ()))
