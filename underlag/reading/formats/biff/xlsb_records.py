"""The records of an .xlsb ([MS-XLSB] 2.1.4), its cell formats and its notes."""

import struct
from collections.abc import Collection, Iterator
from itertools import islice
from typing import Final, NamedTuple

from underlag.column_letters import column_letters
from underlag.reading.formats.biff.values import TWIPS, strikes
from underlag.reading.formats.cell_notes import Notes
from underlag.reading.formats.looks import (
    BLACK,
    OWN_TEXT,
    SMALLEST_FONT,
    WHITE,
    Colour,
    indexed,
    unseen_formats,
)
from underlag.reading.formats.loose_texts import page_text
from underlag.reading.formats.refusal import damaged
from underlag.reading.formats.sheet_facts import Area, LooseText, message_texts, name_texts

_FONT, _FORMAT, _FILL, _XF = 43, 44, 45, 47
_BEGIN_CELL_FORMATS, _END_CELL_FORMATS = 617, 618
_COMMENT, _COMMENT_TEXT = 635, 637
#: The length of a missing text ([MS-XLSB] 2.5.166).
_NO_TEXT: Final = 0xFFFFFFFF
#: The flag of a built-in name, and the token of a formula that is a text.
_BUILT_IN: Final = 0x20
_TEXT_TOKEN: Final = b"\x17"
#: The flag of a font that strikes through.
_STRIKES: Final = 0x0008
#: Kinds of colours.
_AUTOMATIC, _INDEXED = 0, 1
#: The flag of a text with runs of fonts.
_HAS_RUNS: Final = 0x01


def records(part: bytes) -> Iterator[tuple[int, int, int]]:
    """Yield kind, offset and size of each record. Kind and size have seven bits a byte, the lowest first.

    Raises:
        UnreadableError: a record is longer than the part.
    """
    at, end = 0, len(part)
    while at < end:
        kind = part[at]
        at += 1
        if kind & 0x80 and at < end:
            kind = (kind & 0x7F) | (part[at] & 0x7F) << 7
            at += 1
        size = shift = 0
        while at < end and shift < 28:  # noqa: PLR2004 - four bytes at most, [MS-XLSB] 2.1.4
            byte = part[at]
            at += 1
            size |= (byte & 0x7F) << shift
            shift += 7
            if not byte & 0x80:
                break
        if at + size > end:
            raise damaged(problem="en post är längre än delen")
        yield kind, at, size
        at += size


def wide_string(part: bytes, at: int) -> tuple[str, int]:
    """Return a text that follows its length, '' if it is missing, and the offset of its end."""
    length = struct.unpack_from("<I", part, at)[0]
    if length == _NO_TEXT:
        return "", at + 4
    end = at + 4 + 2 * length
    if end > len(part):
        raise damaged(problem="en text är avklippt")
    return part[at + 4 : end].decode("utf-16-le", "replace"), end


def wide_strings(part: bytes, at: int, end: int) -> Iterator[str]:
    """Yield consecutive texts up to the end of a record."""
    while at + 4 <= end:
        text, at = wide_string(part, at)
        yield text


def pages(part: bytes, at: int, size: int) -> list[LooseText]:
    """Return the headers and footers of printed pages ([MS-XLSB] 2.4.38, BrtBeginHeaderFooter), each once."""
    stated = enumerate(map(page_text, wide_strings(part, at + 2, at + size)))
    found = (LooseText("sidfot" if number % 2 else "sidhuvud", text) for number, text in stated if text)
    return list(dict.fromkeys(found))


def validation(part: bytes, at: int, size: int) -> list[LooseText]:
    """Return the messages of a validation of cells ([MS-XLSB] 2.4.355, BrtDVal)."""
    (areas,) = struct.unpack_from("<I", part, at + 4)
    row, _, column, _ = struct.unpack_from("<4I", part, at + 8) if areas else (0, 0, 0, 0)
    texts = islice(wide_strings(part, at + 8 + 16 * areas, at + size), 4)
    return message_texts(f"{column_letters(column + 1)}{row + 1}" if areas else "", texts)


def link(part: bytes, at: int) -> tuple[Area, str, str]:
    """Return the cells of a link, the id of its target and its tip ([MS-XLSB] 2.4.691, BrtHLink)."""
    top, bottom, left, right = struct.unpack_from("<4I", part, at)
    key, after = wide_string(part, at + 16)
    _, after = wide_string(part, after)
    return (top + 1, left + 1, bottom + 1, right + 1), key, wide_string(part, after)[0]


def defined_name(part: bytes, at: int) -> list[LooseText]:
    """Return a defined name, its comment and its text ([MS-XLSB] 2.4.712, BrtName)."""
    (flags,) = struct.unpack_from("<I", part, at)
    if flags & _BUILT_IN:
        return []
    name, after = wide_string(part, at + 9)
    (size,) = struct.unpack_from("<I", part, after)
    formula = part[after + 4 : after + 4 + size]
    text = formula[3:].decode("utf-16-le", "replace") if formula[:1] == _TEXT_TOKEN else ""
    (extra,) = struct.unpack_from("<I", part, after + 4 + size)
    comment, _ = wide_string(part, after + 8 + size + extra)
    return name_texts(name, comment, text)


class CellFormats(NamedTuple):
    """The number formats of the cell formats, and the numbers of those that are marked.

    Attributes:
        numbers: the number format of each.
        struck: those that strike through.
        struck_fonts: the fonts that do.
        unseen: those that show nothing of a text.
    """

    numbers: list[int | str]
    struck: set[int]
    struck_fonts: set[int]
    unseen: set[int]


def rich_text(part: bytes, at: int, struck_fonts: Collection[int]) -> tuple[str, bool]:
    """Return a text that may have runs of fonts ([MS-XLSB] 2.5.122), and whether one is struck through."""
    text, end = wide_string(part, at + 1)
    if not part[at] & _HAS_RUNS or not struck_fonts:
        return text, False
    count = struct.unpack_from("<I", part, end)[0]
    runs = struct.iter_unpack("<HH", part[end + 4 : end + 4 + 4 * min(count, len(text) + 1)])
    return text, strikes(runs, len(text), struck_fonts)


def cell_formats(part: bytes) -> CellFormats:
    """Return the cell formats.

    Args:
        part: the part with the workbook's formats.
    """
    codes: dict[int, str] = {}
    fonts: list[tuple[bool, bool, Colour | None]] = []
    grounds: list[Colour | None] = []
    formats: list[tuple[int, int, int]] = []
    in_cells = False
    for kind, at, _ in records(part):
        if kind == _FORMAT:
            codes[struct.unpack_from("<H", part, at)[0]] = wide_string(part, at + 2)[0]
        elif kind == _FONT:
            height, flags = struct.unpack_from("<HH", part, at)
            tiny = 0 < height < TWIPS * SMALLEST_FONT
            fonts.append((bool(flags & _STRIKES), tiny, _colour(part, at + 12, BLACK)))
        elif kind == _FILL:
            pattern = struct.unpack_from("<I", part, at)[0]
            grounds.append(WHITE if not pattern else _colour(part, at + 4, None) if pattern == 1 else None)
        elif kind in (_BEGIN_CELL_FORMATS, _END_CELL_FORMATS):
            in_cells = kind == _BEGIN_CELL_FORMATS
        elif kind == _XF and in_cells:
            formats.append(struct.unpack_from("<HHH", part, at + 2))
    struck_fonts = {number for number, (strikes_through, _, _) in enumerate(fonts) if strikes_through}
    struck = {number for number, (_, font, _) in enumerate(formats) if font in struck_fonts}
    tiny_fonts = {number for number, (_, tiny, _) in enumerate(fonts) if tiny}
    looks = [(codes.get(number, number), font, fill) for number, font, fill in formats]
    unseen = unseen_formats(looks, [colour for _, _, colour in fonts], grounds, tiny_fonts)
    return CellFormats([code for code, _, _ in looks], struck, struck_fonts, set(unseen))


def _colour(part: bytes, at: int, otherwise: Colour | None) -> Colour | None:
    """Return a colour ([MS-XLSB] 2.5.4); that of a theme is also stated by value."""
    kind, number, _, red, green, blue = struct.unpack_from("<BBhBBB", part, at)
    if kind >> 1 == _AUTOMATIC:
        return otherwise
    if kind >> 1 == _INDEXED:
        return otherwise if number == OWN_TEXT else indexed(number)
    return (red, green, blue) if kind & 1 else None


def notes(part: bytes) -> Notes:
    """Return the texts of notes by (row, column).

    Raises:
        UnreadableError: the part is damaged.
    """
    found: Notes = {}
    place = (0, 0)
    try:
        for kind, at, _ in records(part):
            if kind == _COMMENT:
                row, _, column, _ = struct.unpack_from("<4I", part, at + 4)
                place = row + 1, column + 1
            elif kind == _COMMENT_TEXT and (text := wide_string(part, at + 1)[0].strip()):
                found[place] = text
    except struct.error as error:
        raise damaged(problem="en post är avklippt") from error
    return found
