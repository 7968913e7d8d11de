"""The part with the texts of a sheet's notes: existing ones stay, ours are added or appended to them."""

import re
from typing import Final

from underlag.column_letters import column_letters, column_number
from underlag.documents.annotated_workbook.marks import Mark, Marked, note_paragraphs
from underlag.documents.annotated_workbook.xmltext import UnfitError, escaped, parse, shorten
from underlag.text.review_notes import IN_ORDER, own_part
from underlag.xml_tree import Element, child, children, elements, name, serialize, text_of

#: Who the notes say that they are from.
AUTHOR: Final = "underlag"
_FONT: Final = '<sz val="9"/><color indexed="81"/><rFont val="Tahoma"/><family val="2"/>'
_RUN: Final = '<r><rPr>{}</rPr><t xml:space="preserve">{}</t></r>'
_CELL: Final = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_PARAGRAPH_LIMIT: Final = 3_000  # with at most nine paragraphs a note stays under Excel's 32,767


class Comments:
    """The part with the texts of a sheet's notes.

    Attributes:
        changed: whether it differs from what was given.
        existing: the notes that were there, by cell.
        own: where our text from an earlier round begins, by cell: at 0 when the whole note is ours, further
            on where it follows the user's.
    """

    def __init__(self, data: bytes | None, namespace: str) -> None:
        if data is None:
            empty = f'<comments xmlns="{namespace}"><authors/><commentList/></comments>'
            data = empty.encode()
        self._root = parse(data)
        authors = child(self._root, "authors")
        notes = child(self._root, "commentList")
        if authors is None or notes is None:
            raise UnfitError("comments")
        self._notes = notes
        names = [author.text or "" for author in children(authors, "author")]
        if AUTHOR not in names:
            authors.append(author := Element(name(self._root, "author")))
            author.text = AUTHOR
            names.append(AUTHOR)
        self._own = str(names.index(AUTHOR))
        threads = {str(number) for number, author in enumerate(names) if author.startswith("tc=")}
        self.changed = False
        self.existing: dict[tuple[int, int], Element] = {}
        self.own: dict[tuple[int, int], int] = {}
        self._threads: set[tuple[int, int]] = set()
        for note in children(notes, "comment"):
            if match := _CELL.fullmatch(note.get("ref", "")):
                position = int(match[2]), column_number(match[1])
                self.existing[position] = note
                # The text decides, not the author: ours may follow the user's, and LibreOffice drops authors.
                if (begin := own_part(_letters(note))) is not None:
                    self.own[position] = begin
                if note.get("authorId") in threads:
                    self._threads.add(position)
        self._new: list[str] = []

    def put(self, mark: Mark) -> str | None:
        """Write a note; returns its text, or None where a thread of comments is in the way."""
        position = mark.row, mark.column
        if position in self._threads:
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
        if position in self.existing:
            self._write(position, runs)
        else:
            reference = f"{column_letters(mark.column)}{mark.row}"
            self._new.append(
                f'<comment ref="{reference}" authorId="{self._own}"><text>{runs}</text></comment>'
            )
        return "\n".join(f"{heading}\n{text}\n" for heading, text in paragraphs)

    def mark_resolved(self, marked: Marked) -> None:
        """Let our notes from an earlier round say so where the cell has nothing to correct any more."""
        for position in sorted(cell for cell in self.own if cell[1] not in marked.get(cell[0], ())):
            self._write(position, "" if self.own[position] else _RUN.format(_FONT, IN_ORDER))
            self.changed = True

    def tobytes(self) -> bytes:
        """Return the part."""
        new, tag = "".join(self._new), name(self._root, "comment")
        if tag != "comment":
            new = "".join(map(text_of, elements(self._root, new)))
        place = Element(tag)  # thousands of notes need no tree
        self._notes.append(place)
        before, _, after = serialize(self._root).rpartition(f"<{tag}/>".encode())
        self._notes.remove(place)
        return before + new.encode() + after

    def _write(self, position: tuple[int, int], runs: str) -> None:
        """Put our text into a note that is there: instead of our earlier one, or after the user's."""
        note = self.existing[position]
        text = child(note, "text")
        if text is None:
            text = Element(name(self._root, "text"))
            note.insert(0, text)
        begin = self.own.get(position)
        if begin is not None:
            _cut(text, begin)
        if begin == 0:
            note.set("authorId", self._own)
        elif runs:
            runs = _RUN.format(_FONT, "\n\n") + runs
            plain = child(text, "t")
            if plain is not None:  # Excel shows either plain text or runs, not both
                run = Element(name(self._root, "r"))
                text[list(text).index(plain)] = run
                run.append(plain)
        after = list(children(text, "r"))
        index = (
            list(text).index(after[-1]) + 1 if after else 0
        )  # before what Excel keeps for reading aids (rPh)
        for run in reversed(elements(self._root, runs)):
            text.insert(index, run)


def _pieces(text: Element) -> list[tuple[Element, Element]]:
    """Return each part of a note's text, one plain or several runs, with the element of its letters."""
    plain = [(part, part) for part in children(text, "t")]
    runs = [(run, letters) for run in children(text, "r") for letters in children(run, "t")]
    return plain + runs


def _letters(note: Element) -> str:
    text = child(note, "text")
    return "" if text is None else "".join(letters.text or "" for _, letters in _pieces(text))


def _cut(text: Element, length: int) -> None:
    """Shorten a note's text to a number of letters."""
    for part, letters in _pieces(text):
        letters.text = (letters.text or "")[:length]
        length -= len(letters.text)
        if not letters.text and not length:
            text.remove(part)
