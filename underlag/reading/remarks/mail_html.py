"""Renders the HTML of a mail as the text that people see, quoted parts with '>' as in plain mails."""

import re
from html import unescape
from typing import Final

from underlag.lazy_pattern import LazyPattern

#: Elements that begin a line of their own, and those that are not shown or are struck through.
_BLOCKS: Final = frozenset(
    (
        *("p", "div", "br", "hr", "li", "ul", "ol", "tr", "td", "th", "table", "blockquote", "pre", "body"),
        *("h1", "h2", "h3", "h4", "h5", "h6", "section", "article", "header", "footer", "center"),
    )
)
_PARAGRAPHS: Final = _BLOCKS - {"br"}
_HIDDEN: Final = frozenset(("title", "style", "script", "template", "s", "strike", "del"))
_VOID: Final = frozenset(("br", "hr", "img", "meta", "link", "input", "col", "area", "base", "wbr", "source"))
_NOT_SHOWN: Final = LazyPattern(
    r"(?i)\bdisplay\s*:\s*none|\bmso-hide\s*:\s*all|\bvisibility\s*:\s*hidden|line-through"
).search
_BLANKS: Final = re.compile(r"\s+")
#: Maximum nesting of quotations that are distinguished; deeper ones count as that.
_DEEPEST: Final = 5


#: A comment, a tag, or text. Each alternative goes on from its end, so that the time grows with the length;
#: the parser of the standard library takes minutes for hostile texts.
_TOKENS: Final = LazyPattern(
    r"(?s)<!--(?:.*?-->|.*)|<(?P<end>/?)(?P<tag>[A-Za-z][^\s<>/]{0,30})(?P<attributes>[^<>]*)>"
    r"|<[!?][^<>]*>|(?P<text><?[^<]*)"
).finditer


def shown_text(html: str) -> str:
    """Return the text of a mail in HTML, a paragraph for each block."""
    reader = _Reader()
    for token in _TOKENS(html):
        if tag := token["tag"]:
            if token["end"]:
                reader.end(tag.casefold())
            else:
                reader.begin(tag.casefold(), token["attributes"])
        elif text := token["text"]:
            reader.add(text)
    return "".join(reader.parts)


class _Reader:
    """Collects the shown text.

    Attributes:
        parts: the text so far.
    """

    def __init__(self) -> None:
        self.parts: list[str] = []
        self._quoted = 0
        self._hidden = ""
        self._nested = 0

    def begin(self, tag: str, attributes: str) -> None:
        """Begin a line or a quotation, or hide an element."""
        if self._hidden == "p" and tag in _PARAGRAPHS:  # HTML ends a paragraph there
            self._hidden = ""
        if self._hidden:
            self._nested += tag == self._hidden
            return
        self._quoted += tag == "blockquote"
        if tag in _BLOCKS:
            self._break(tag)
        if tag not in _VOID and (tag in _HIDDEN or _NOT_SHOWN(attributes)):
            self._hidden, self._nested = tag, 1

    def end(self, tag: str) -> None:
        """End a line, a quotation or what is hidden."""
        if self._hidden:
            self._nested -= tag == self._hidden
            self._hidden = self._hidden if self._nested else ""
            return
        if tag == "blockquote":
            self._quoted = max(0, self._quoted - 1)
        if tag in _BLOCKS:
            self._break(tag)

    def add(self, text: str) -> None:
        """Add text; line ends within it are blanks."""
        if not self._hidden:
            self.parts.append(_BLANKS.sub(" ", unescape(text)))

    def _break(self, tag: str) -> None:
        ends = "\n\n" if tag in _PARAGRAPHS else "\n"
        self.parts.append(f"{ends}{'> ' * min(self._quoted, _DEEPEST)}")
