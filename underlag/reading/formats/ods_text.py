"""Texts of .ods."""

import re
from typing import Final

from underlag.reading.formats.limits import MAX_TEXT
from underlag.reading.formats.refusal import too_much
from underlag.reading.formats.xml_parsing import Attributes

_WHITE: Final = re.compile(r"[ \t\r\n]+")
#: As many as matter: more than any limit.
_ENDLESS: Final = 10**9


def count_of(attributes: Attributes, name: str) -> int:
    """Return the number that an attribute states, 1 where there is none."""
    text = attributes.get(name, "1")
    return min(int(text[:20]), _ENDLESS) if text.isascii() and text.isdigit() else 1


class CellText:
    """The paragraphs of a cell or a comment, white space collapsed as in ODF 1.3 part 3, 6.1.2."""

    def __init__(self) -> None:
        self._paragraphs: list[list[str]] = []
        self._depth = 0
        self._length = 0
        self._ends_blank = False

    def start(self, tag: str, attributes: Attributes) -> None:
        """Take the beginning of an element, by its name without prefix."""
        if tag in ("p", "h"):
            if not self._depth:
                self._paragraphs.append([])
                self._ends_blank = True
            self._depth += 1
        elif tag == "s":
            self._add(" ", count_of(attributes, "text:c"))
        elif tag == "tab":
            self._add("\t")
        elif tag == "line-break":
            self._add("\n")

    def end(self, tag: str) -> None:
        """Take the end of an element."""
        if tag in ("p", "h"):
            self._depth -= 1
            if not self._depth and self._ends_blank and self._paragraphs[-1]:
                self._paragraphs[-1][-1] = self._paragraphs[-1][-1].removesuffix(" ")

    def text(self, text: str) -> None:
        """Take characters; what is outside paragraphs only makes the XML pretty."""
        if self._depth:
            text = _WHITE.sub(" ", text)
            self._add(text.removeprefix(" ") if self._ends_blank else text)
            self._ends_blank = text.endswith(" ")

    def result(self) -> str:
        """Return the text, a line for each paragraph."""
        return "\n".join(map("".join, self._paragraphs))

    def _add(self, text: str, count: int = 1) -> None:
        if not self._depth:
            return
        self._ends_blank = False
        self._length += len(text) * count
        if self._length > MAX_TEXT:
            raise too_much("Tecken i en enda text", self._length, MAX_TEXT)
        self._paragraphs[-1].append(text * count)
