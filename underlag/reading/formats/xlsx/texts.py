"""The texts that cells of .xlsx and .xlsm share, and rich text: read as Excel shows them."""

import re
import sys
from typing import Final

from underlag.lazy_pattern import LazyPattern
from underlag.reading.formats.judged import Texts, text_item
from underlag.reading.formats.limits import MAX_PARSED, MAX_TEXT
from underlag.reading.formats.refusal import too_much
from underlag.reading.formats.xlsx.nesting import Nesting
from underlag.reading.formats.xml_parsing import Attributes, local, new_parser, parse

#: A list that calamine reads just as Excel does: plain texts, without escapes.
_PLAIN: Final = re.compile(
    rb"""(?:\xef\xbb\xbf)?(?:<\?xml(?: (?:version|standalone)=["'][^"'<>]*["']"""
    rb"""| encoding=["'](?:utf-8|UTF-8)["'])*+\s?\?>)?\s*<sst(?: [A-Za-z:0-9]++="[^"<>&]*+")*+>"""
    rb"""(?:<si><t(?: xml:space="preserve")?+>[^<]*+</t></si>\s*+)*+</sst>\s*"""
)
_PROMISED: Final = re.compile(rb' uniqueCount="([0-9]*)"')
#: Any but the entities of XML itself.
_ODD_ENTITY: Final = re.compile(rb"&(?!(?:amp|lt|gt|quot|apos);)")
_ENTITIES: Final = {"&lt;": "<", "&gt;": ">", "&quot;": '"', "&apos;": "'", "&amp;": "&"}
#: A blank around a text that does not count.
_OUTER_BLANK: Final = LazyPattern(rb"<t>(?:\s|[^<]*\s</t>)")
#: Bytes of a list from which memory matters more than time: a file may have more texts than its cells show.
_MOST_DECODED: Final = 50_000_000
_TEXT: Final = re.compile("<t[^>]*>([^<]*)</t>")
#: Written by Excel for a character that XML does not allow: `_x000D_`, and `_x005F_` for a `_` before such.
_ESCAPE: Final = LazyPattern("_x([0-9A-Fa-f]{4})_")


def unescaped(text: str) -> str:
    """Return a text with Excel's escapes replaced by their characters (ECMA-376 part 1, 22.9.2.19)."""
    if "_x" not in text:
        return text
    plain = _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)
    return plain.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _without_entities(text: str) -> str:
    for entity, character in _ENTITIES.items():  # that of & itself is the last
        text = text.replace(entity, character)
    return text


class SharedTexts:
    """The list of shared texts.

    Args:
        xml: its part, b'' where there is none.

    Attributes:
        count: how many there are.
        longest: bytes of the longest, or more.
        struck: numbers of those that are struck through, at least in part.
        is_plain: whether the part may be passed on as it is in the file.

    Raises:
        UnreadableError: the part is damaged, or holds more or longer texts than the limits allow.
    """

    def __init__(self, xml: bytes) -> None:
        self._sizes: list[int] | None = None
        self._items: list[bytes] = []
        self._xml = xml
        self.struck: set[int] = set()
        self.is_plain = bool(xml) and b"_x" not in xml and _PLAIN.fullmatch(xml) is not None
        if self.is_plain:
            pieces = xml.split(b"<si>")
            self.count = len(pieces) - 1
            self.longest = max(map(len, pieces))
            promised = _PROMISED.search(pieces[0])
            if promised and int(promised[1][:9] or 0) > self.count:
                self.is_plain = False  # calamine makes room for as many
                self._items = [b"<si>" + piece for piece in pieces[1:]]
                self._items[-1:] = [self._items[-1].rpartition(b"</sst>")[0]] if self._items else []
            if self.longest > MAX_TEXT:
                self._sizes = [len(piece) for piece in pieces[1:]]
        else:
            texts = _parsed(xml) if xml else []
            self._items = [text_item(text) for text, _ in texts]
            self.struck = {at for at, (_, is_struck) in enumerate(texts) if is_struck}
            self.count = len(self._items)
            self.longest = max(map(len, self._items), default=0)
        if self.longest > 4 * MAX_TEXT:
            raise too_much("Tecken i en enda text", self.longest // 4, MAX_TEXT)

    def plain_texts(self) -> list[str] | None:
        """Return the texts, None where only calamine reads them."""
        if (
            not self.is_plain
            or len(self._xml) > _MOST_DECODED
            or b"\r" in self._xml
            or _ODD_ENTITY.search(self._xml)
        ):
            return None
        try:
            texts = _TEXT.findall(self._xml[self._xml.find(b"<si>") :].decode())
        except UnicodeDecodeError:
            return None
        if list(map(str.strip, texts)) != texts and _OUTER_BLANK.search(self._xml):
            return None
        if b"&" in self._xml:
            texts = [_without_entities(text) if "&" in text else text for text in texts]
        # Some programs list a text once for each cell that has it.
        return texts if len(set(texts)) == len(texts) else list(map(sys.intern, texts))

    def sizes(self) -> list[int]:
        """Return the bytes of each text."""
        if self.is_plain:
            return [len(piece) for piece in self._xml.split(b"<si>")[1:]]
        return list(map(len, self._items))

    def tobytes(self, own: Texts) -> bytes:
        """Return the items of the list, those of the cells' own texts last."""
        if self.is_plain:
            start, end = self._xml.find(b"<si>"), self._xml.rfind(b"</sst>")
            items = self._xml[start:end] if start >= 0 else b""
        else:
            items = b"".join(self._items)
        return items + own.tobytes()


class TextReader:
    """Reads the elements within `si` or `is`: one text, or runs of rich text; phonetic runs are no text.

    Attributes:
        is_struck: whether a run is struck through.
    """

    def __init__(self) -> None:
        self._runs: list[str] = []
        self._now: list[str] | None = None
        self._in_run = self._keeps = False
        self._phonetic = 0
        self.is_struck = False

    def start(self, tag: str, attributes: Attributes) -> None:
        """Take the beginning of an element, by its name without prefix."""
        if tag == "rPh":
            self._phonetic += 1
        elif tag == "r":
            self._in_run = True
        elif tag == "strike" and attributes.get("val") not in ("0", "false"):
            self.is_struck = True
        elif tag == "t" and not self._phonetic:
            self._now = []
            self._keeps = self._in_run or attributes.get("xml:space") == "preserve"

    def end(self, tag: str) -> None:
        """Take the end of an element."""
        if tag == "rPh":
            self._phonetic -= 1
        elif tag == "r":
            self._in_run = False
        elif tag == "t" and self._now is not None:
            text = "".join(self._now)
            # Excel leaves out the blanks around a text without xml:space, but not those of a run.
            self._runs.append(unescaped(text if self._keeps else text.strip(" \t\r\n")))
            self._now = None

    def text(self, text: str) -> None:
        """Take characters."""
        if self._now is not None:
            self._now.append(text)

    def result(self) -> str:
        """Return the whole text."""
        return "".join(self._runs)


def _parsed(xml: bytes) -> list[tuple[str, bool]]:
    """Return each text, and whether it is struck through."""
    if (count := xml.count(b"<")) > 2 * MAX_PARSED:
        raise too_much("XML-element bland filens texter", count // 2, MAX_PARSED)
    texts: list[tuple[str, bool]] = []
    reader: TextReader | None = None
    nesting = Nesting()

    def start(tag: str, attributes: Attributes) -> None:
        nonlocal reader
        tag = local(tag)
        nesting.enter(tag)
        if tag == "si":
            reader = TextReader()
        elif reader is not None:
            reader.start(tag, attributes)

    def end(tag: str) -> None:
        nonlocal reader
        tag = local(tag)
        nesting.leave()
        if tag == "si" and reader is not None:
            texts.append((reader.result(), reader.is_struck))
            reader = None
        elif reader is not None:
            reader.end(tag)

    def text(characters: str) -> None:
        if reader is not None:
            reader.text(characters)

    parser = new_parser()
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    parse(parser, xml)
    return texts
