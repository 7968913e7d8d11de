"""The part with the texts of a sheet's notes: those that are there stay, ours come beside or after them."""

import re
from collections.abc import Collection
from typing import Final

from lxml import etree

from underlag.model import column_letters
from underlag.writing.annotate.marks import IN_ORDER, Mark, is_note, note_paragraphs
from underlag.writing.annotate.sheet import column_number
from underlag.writing.annotate.xmltext import UnfitError, escaped, name, parse, serialize, shorten

#: Who the notes say that they are from.
AUTHOR: Final = "underlag"
_FONT: Final = '<sz val="9"/><color indexed="81"/><rFont val="Tahoma"/><family val="2"/>'
_RUN: Final = '<r><rPr>{}</rPr><t xml:space="preserve">{}</t></r>'
_CELL: Final = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_PARAGRAPH_LIMIT: Final = 3_000  # with at most nine paragraphs a note stays under Excel's 32,767


class Comments:
    """The part with the texts of a sheet's notes."""

    def __init__(self, data: bytes | None, namespace: str) -> None:
        if data is None:
            empty = f'<comments xmlns="{namespace}"><authors/><commentList/></comments>'
            data = empty.encode()
        self._root = parse(data)
        self._namespace = namespace
        authors = self._root.find(name(self._root, "authors"))
        notes = self._root.find(name(self._root, "commentList"))
        if authors is None or notes is None:
            raise UnfitError("comments")
        self._notes = notes
        names = [author.text or "" for author in authors.iterchildren("{*}author")]
        if AUTHOR not in names:
            etree.SubElement(authors, name(self._root, "author")).text = AUTHOR
            names.append(AUTHOR)
        self._own = str(names.index(AUTHOR))
        threads = {str(number) for number, author in enumerate(names) if author.startswith("tc=")}
        self.changed = False
        self.existing: dict[tuple[int, int], etree._Element] = {}
        self.own: set[tuple[int, int]] = set()
        self._threads: set[tuple[int, int]] = set()
        for note in notes.iterchildren(name(self._root, "comment")):
            if match := _CELL.fullmatch(note.get("ref", "")):
                place = int(match[2]), column_number(match[1])
                self.existing[place] = note
                # LibreOffice saves no authors, so that only the text tells.
                if note.get("authorId") == self._own or is_note("".join(note.itertext())):
                    note.set("authorId", self._own)
                    self.own.add(place)
                if note.get("authorId") in threads:
                    self._threads.add(place)
        self._new: list[str] = []

    def put(self, mark: Mark) -> str | None:
        """Write a note; returns its text, or None where a thread of comments is in the way."""
        place = mark.row, mark.column
        if place in self._threads:
            return None
        self.changed = True
        paragraphs = [
            (shorten(heading, _PARAGRAPH_LIMIT), shorten(text, _PARAGRAPH_LIMIT))
            for heading, text in note_paragraphs(mark)
        ]
        runs = "".join(
            _RUN.format("<b/>" + _FONT, escaped(("\n\n" if number else "") + heading + "\n"))
            + _RUN.format(_FONT, escaped(text))
            for number, (heading, text) in enumerate(paragraphs)
        )
        if place in self.existing:
            self._append(self.existing[place], runs)
        else:
            reference = f"{column_letters(mark.column)}{mark.row}"
            self._new.append(
                f'<comment ref="{reference}" authorId="{self._own}"><text>{runs}</text></comment>'
            )
        return "\n".join(f"{heading}\n{text}\n" for heading, text in paragraphs)

    def settle(self, marked: Collection[tuple[int, int]]) -> None:
        """Let our notes from an earlier round say so where the cell has nothing to correct any more."""
        for place in sorted(self.own.difference(marked)):
            self._append(self.existing[place], _RUN.format(_FONT, IN_ORDER))
            self.changed = True

    def tobytes(self) -> bytes:
        """Return the part."""
        if self._new:
            added = parse(f'<x xmlns="{self._namespace}">{"".join(self._new)}</x>'.encode())
            self._notes.extend(list(added))
            self._new = []
        return serialize(self._root)

    def _append(self, note: etree._Element, runs: str) -> None:
        text = note.find(name(self._root, "text"))
        if text is None:
            text = etree.Element(name(self._root, "text"))
            note.insert(0, text)
        if note.get("authorId") == self._own:
            for child in list(text):
                text.remove(child)
        else:
            runs = _RUN.format(_FONT, "\n\n") + runs
            plain = text.find(name(self._root, "t"))
            if plain is not None:  # Excel shows either plain text or runs, not both
                run = etree.Element(name(self._root, "r"))
                text.replace(plain, run)
                run.append(plain)
        added = parse(f'<x xmlns="{self._namespace}">{runs}</x>'.encode())
        after = text.findall(name(self._root, "r"))
        place = text.index(after[-1]) + 1 if after else 0  # before what Excel keeps for reading aids (rPh)
        for run in reversed(list(added)):
            text.insert(place, run)
