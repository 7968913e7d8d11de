"""Comments of .xlsx, .xlsm and .xlsb: notes, and the threads of comments that Excel shows instead."""

import posixpath
import re
from typing import Final

from underlag.reading.formats import biff
from underlag.reading.formats.refusal import UnreadableError
from underlag.reading.formats.xlsx_sheet import new_parser, parse, walk
from underlag.reading.formats.zip_parts import Package

_REFERENCE: Final = re.compile(r"([A-Z]{1,3})(\d{1,7})").fullmatch
#: Relation types end in these; a thread goes before the note that stands in for it in older programs.
_NOTES: Final = "/comments"
_THREADS: Final = "/threadedComment"


def sheet_notes(package: Package, part: str) -> dict[tuple[int, int], str]:
    """Return the texts of a sheet's comments by (row, column); replies follow what they answer.

    A part that is damaged is ignored: it holds no cells, and Excel repairs it.

    Args:
        package: the workbook.
        part: the sheet's part.
    """
    folder, _, name = part.rpartition("/")
    targets: list[tuple[str, str]] = []

    def relation(tag: str, attributes: dict[str, str]) -> None:
        kind = attributes.get("Type", "")
        if tag == "Relationship" and kind.endswith((_NOTES, _THREADS)):
            target = posixpath.normpath(posixpath.join("/" + folder, attributes.get("Target", "")))
            targets.append((kind, target.lstrip("/").lower()))

    relations = f"{folder}/_rels/{name}.rels"
    if relations not in package:
        return {}
    found: dict[tuple[int, int], str] = {}
    try:
        walk(package.part(relations), relation)
        for ending, element in ((_NOTES, "comment"), (_THREADS, "threadedComment")):
            for kind, target in targets:
                if kind.endswith(ending) and target in package:
                    xml = package.part(target)
                    found |= biff.xlsb_notes(xml) if target.endswith(".bin") else _texts(xml, element)
    except UnreadableError:
        return found
    return found


def _texts(xml: bytes, element: str) -> dict[tuple[int, int], str]:
    reader = _NoteReader(element)
    parser = new_parser()
    parser.buffer_text = True
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

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        local = tag.rpartition(":")[2]
        if local == self._element:
            self._place = _place(attributes.get("ref", ""))
            self._pieces = []
        elif local in ("t", "text", "rPh"):
            self._inside = local

    def end(self, tag: str) -> None:
        local = tag.rpartition(":")[2]
        if local == self._element:
            text = "".join(self._pieces).strip()
            if self._place and text:
                self.found.setdefault(self._place, []).append(text)
        elif local in ("t", "text", "rPh"):
            self._inside = ""

    def text(self, text: str) -> None:
        # A note's letters stand in <t>, a thread's in <text>.
        if self._inside == ("t" if self._element == "comment" else "text"):
            self._pieces.append(text)


def _place(reference: str) -> tuple[int, int] | None:
    match = _REFERENCE(reference.upper())
    if not match:
        return None
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    return int(match[2]), column
