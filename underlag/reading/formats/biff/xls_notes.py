"""Reads texts of an .xls outside cells: notes, text boxes, pages, messages, names and properties.

Source: [MS-XLS] 2.4.179, 2.4.329, 2.4.136, 2.4.124, 2.4.98, 2.4.150.
"""

import struct
from contextlib import suppress
from typing import TYPE_CHECKING, Final

from underlag.column_letters import column_letters
from underlag.reading.formats.biff.values import encoding_of
from underlag.reading.formats.links import note_link
from underlag.reading.formats.loose_texts import page_text, properties
from underlag.reading.formats.sheet_facts import Area, LooseText, SheetFacts, message_texts, name_texts

if TYPE_CHECKING:
    from olefile import OleFileIO

_NOTE, _CONTINUE, _OBJECT, _TEXT = 0x001C, 0x003C, 0x005D, 0x01B6
#: The kind of object with a note's text, and the minimum size of its record.
_NOTE_OBJECT, _SHORTEST_OBJECT = 0x0019, 8
_SHORTEST_TEXT: Final = 14
_SHORTEST_PAGE: Final = 3
_VALIDATION: Final = 0x01BE
_LINK, _LINK_TIP = 0x01B8, 0x0800
#: Flags of a link, and the kind of target that is an address.
_HAS_MONIKER, _HAS_DISPLAY_NAME, _HAS_FRAME, _MONIKER_AS_TEXT = 0x01, 0x10, 0x80, 0x100
_URL_MONIKER: Final = bytes.fromhex("e0c9ea79f9bace118c8200aa004ba90b")
#: The flag of a built-in name, and the token of a formula that is a text.
_BUILT_IN: Final = 0x0020
_TEXT_TOKEN: Final = b"\x17"
#: The token is followed by the length of the text and its flags.
_LITERAL_AT: Final = 3
_PAGES: Final = {0x0014: "sidhuvud", 0x0015: "sidfot"}


class XlsNotes:
    """Collects the notes of a sheet of .xls, and its texts outside cells.

    The text of a note comes with an object, its cell in a record of its own.

    Args:
        stream: the workbook's stream.
        facts: collects the notes.
    """

    def __init__(self, stream: bytes, facts: SheetFacts) -> None:
        self._stream, self._facts = stream, facts
        self._object = self._wanted = 0
        self._is_note = False
        self._texts: dict[int, str] = {}

    def take(self, kind: int, at: int, size: int) -> None:
        """Take a record of the sheet."""
        stream = self._stream
        if kind == _OBJECT and size >= _SHORTEST_OBJECT:
            _, _, what, self._object = struct.unpack_from("<4H", stream, at)
            self._is_note = what == _NOTE_OBJECT
        elif kind == _TEXT and size >= _SHORTEST_TEXT and self._object:
            self._wanted = struct.unpack_from("<H", stream, at + 10)[0]
        elif kind == _CONTINUE and self._wanted and size:
            wide = stream[at] & 1
            text = stream[at + 1 : at + size].decode("utf-16-le" if wide else "latin-1", errors="replace")
            self._texts[self._object] = self._texts.get(self._object, "") + text[: self._wanted]
            self._wanted = max(0, self._wanted - len(text))
            if not self._wanted and not self._is_note:
                shown = " ".join(self._texts.pop(self._object).split())
                self._facts.loose += [LooseText("textruta", shown)] if shown else []
        elif kind in _PAGES and (text := page_text(_page(stream[at : at + size]))):
            self._facts.loose.append(LooseText(_PAGES[kind], text))
        elif kind in (_LINK, _LINK_TIP):
            with suppress(struct.error):  # as damaged as it may be, it holds no cells
                read = _target if kind == _LINK else _tip
                note_link(self._facts, *read(stream[at : at + size]))
        elif kind == _VALIDATION:
            self._facts.loose += _messages(stream[at : at + size])
        elif kind == _NOTE and size >= _SHORTEST_OBJECT:
            row, column, _, number = struct.unpack_from("<4H", stream, at)
            if text := self._texts.get(number, "").strip():
                self._facts.notes[row + 1, column + 1] = text


def _target(content: bytes) -> tuple[Area, str, str]:
    """Return the cells of a link and the page that it opens ([MS-XLS] 2.4.140, HLink; [MS-OSHARED] 2.3.7)."""
    top, bottom, left, right = struct.unpack_from("<4H", content)
    (flags,) = struct.unpack_from("<I", content, 28)
    at = 32
    for flag in (_HAS_DISPLAY_NAME, _HAS_FRAME):
        if flags & flag:
            at += 4 + 2 * struct.unpack_from("<I", content, at)[0]
    target = ""
    if flags & _HAS_MONIKER and (flags & _MONIKER_AS_TEXT or content[at : at + 16] == _URL_MONIKER):
        as_text = bool(flags & _MONIKER_AS_TEXT)
        at += 0 if as_text else 16
        (length,) = struct.unpack_from("<I", content, at)
        raw = content[at + 4 : at + 4 + length * (1 + as_text)]
        target = raw.decode("utf-16-le", "replace").partition("\0")[0]
    return (top + 1, left + 1, bottom + 1, right + 1), target, ""


def _tip(content: bytes) -> tuple[Area, str, str]:
    """Return the cells of a link and its tip ([MS-XLS] 2.4.141, HLinkTooltip)."""
    _, top, bottom, left, right = struct.unpack_from("<5H", content)
    text = content[10:].decode("utf-16-le", "replace").partition("\0")[0]
    return (top + 1, left + 1, bottom + 1, right + 1), "", text


def _messages(content: bytes) -> list[LooseText]:
    """Return the messages of a validation of cells ([MS-XLS] 2.4.98, Dv), placed at its first cell."""
    texts: list[str] = []
    at = 4
    try:
        for _ in range(4):
            length, flags = struct.unpack_from("<HB", content, at)
            end = at + 3 + length * (1 + (flags & 1))
            raw = content[at + 3 : end]
            texts.append(raw.decode("utf-16-le" if flags & 1 else "latin-1", "replace").strip("\0"))
            at = end
        for _ in range(2):
            at += 4 + struct.unpack_from("<H", content, at)[0]
        _, row, _, column = struct.unpack_from("<4H", content, at)
    except struct.error:  # the texts come first, and are what counts
        return message_texts("", texts)
    return message_texts(f"{column_letters(column + 1)}{row + 1}", texts)


def defined_name(content: bytes) -> list[LooseText]:
    """Return a name of BIFF8 and its text ([MS-XLS] 2.4.150, Lbl)."""
    try:
        flags, _, length, size = struct.unpack_from("<HBBH", content)
        wide = content[14] & 1
    except (struct.error, IndexError):
        return []
    if flags & _BUILT_IN:
        return []
    end = 15 + length * (1 + wide)
    name = content[15:end].decode("utf-16-le" if wide else "latin-1", "replace")
    formula = content[end : end + size]
    text = ""
    if formula[:1] == _TEXT_TOKEN and len(formula) > _LITERAL_AT:
        text = formula[_LITERAL_AT:].decode("utf-16-le" if formula[2] & 1 else "latin-1", "replace")
    return name_texts(name, text)


def property_texts(file: "OleFileIO[str]") -> list[LooseText]:
    """Return the title, subject, comments, keywords and category of a compound file, none if damaged."""
    try:
        stated = vars(file.get_metadata())
    except Exception:  # noqa: BLE001 - it fails in more ways than its reader lists, and holds no cells
        return []
    encoding = encoding_of(int(stated.get("codepage") or 0) & 0xFFFF)
    found = [stated.get(name) for name in ("title", "subject", "comments", "keywords", "category")]
    return properties(
        one.decode(encoding, "replace") if isinstance(one, bytes) else str(one) for one in found if one
    )


def _page(content: bytes) -> str:
    """Return the text of a page's header or footer: of BIFF8, with two bytes for its length, or older."""
    if len(content) < _SHORTEST_PAGE:
        return ""
    length, flags = struct.unpack_from("<HB", content)
    if len(content) == 3 + length * (1 + (flags & 1)):
        return content[3:].decode("utf-16-le" if flags & 1 else "latin-1", errors="replace")
    return content[1 : 1 + content[0]].decode("cp1252", errors="replace")
