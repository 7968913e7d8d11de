"""Comments of .xlsx, .xlsm and .xlsb: notes, and the threads of comments that Excel shows instead."""

from collections.abc import Callable
from typing import Final

from underlag.column_letters import column_number
from underlag.lazy_pattern import LazyPattern
from underlag.reading.formats.limits import MAX_ELEMENTS
from underlag.reading.formats.refusal import UnreadableError, too_much
from underlag.reading.formats.xml_parsing import Attributes, local, new_parser, parse
from underlag.reading.formats.zip_parts import Package

Notes = dict[tuple[int, int], str]

_REFERENCE: Final = LazyPattern(r"([A-Z]{1,3})(\d{1,7})").fullmatch
#: Kinds of relationships; a thread replaces the note that older programs show instead of it.
_NOTES: Final = "comments"
_THREADS: Final = "threadedComment"


def sheet_notes(package: Package, part: str, read_notes: Callable[[bytes], Notes]) -> Notes:
    """Return the texts of a sheet's comments by (row, column); replies follow what they answer.

    A part that is damaged is ignored: it holds no cells, and Excel repairs it.

    Args:
        package: the workbook.
        part: the sheet's part.
        read_notes: reads a part with notes, in XML or in records; threads are always in XML.
    """
    found: Notes = {}
    try:
        relations = package.relations(part).values()
        for kind, read in ((_NOTES, read_notes), (_THREADS, _threads)):
            for relation in relations:
                if relation.kind == kind and relation.part in package:
                    found |= read(package.part(relation.part))
    except UnreadableError:
        return found
    return found


def xml_notes(xml: bytes) -> Notes:
    """Return the texts of notes in XML by (row, column)."""
    return _texts(xml, "comment")


def _threads(xml: bytes) -> Notes:
    return _texts(xml, _THREADS)


def _texts(xml: bytes, element: str) -> Notes:
    if (count := xml.count(b"<") // 2) > MAX_ELEMENTS:
        raise too_much("XML-element bland kommentarerna", count, MAX_ELEMENTS)
    reader = _NoteReader(element)
    parser = new_parser()
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.text
    parse(parser, xml)
    return {place: "\n".join(texts) for place, texts in reader.found.items()}


class _NoteReader:
    """One parse of a part with comments."""

    def __init__(self, element: str) -> None:
        self.found: dict[tuple[int, int], list[str]] = {}
        self._element = element
        self._place: tuple[int, int] | None = None
        self._inside = ""
        self._pieces: list[str] = []

    def start(self, tag: str, attributes: Attributes) -> None:
        name = local(tag)
        if name == self._element:
            self._place = _place(attributes.get("ref", ""))
            self._pieces = []
        elif name in ("t", "text", "rPh"):
            self._inside = name

    def end(self, tag: str) -> None:
        name = local(tag)
        if name == self._element:
            text = "".join(self._pieces).strip()
            if self._place and text:
                self.found.setdefault(self._place, []).append(text)
        elif name in ("t", "text", "rPh"):
            self._inside = ""

    def text(self, text: str) -> None:
        # A note's letters are in <t>, a thread's in <text>.
        if self._inside == ("t" if self._element == "comment" else "text"):
            self._pieces.append(text)


def _place(reference: str) -> tuple[int, int] | None:
    match = _REFERENCE(reference.upper())
    if not match:
        return None
    return int(match[2]), column_number(match[1])
