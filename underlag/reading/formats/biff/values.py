"""What the records of .xls and .xlsb have in common: errors, numbers packed in four bytes, encodings."""

import codecs
import struct
from collections.abc import Collection, Iterable
from typing import Final

#: Error values by their code ([MS-XLS] 2.5.10).
ERRORS: Final = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
    0x2B: "#GETTING_DATA",
}
#: Code pages that Python has other names for ([MS-OE376] 2.1.1, the Macintosh's).
_CODE_PAGES: Final = {
    10000: "mac_roman",
    10006: "mac_greek",
    10007: "mac_cyrillic",
    10010: "mac_romanian",
    10029: "mac_latin2",
    10079: "mac_iceland",
    10081: "mac_turkish",
    10082: "mac_croatian",
    32768: "mac_roman",
    32769: "cp1252",
}
#: Twips in a point: the unit of heights.
TWIPS: Final = 20
#: The width of a letter in the unit of columns' widths.
ONE_LETTER: Final = 256
_DOUBLE: Final = struct.Struct("<Q")


def rk_number(packed: int) -> float:
    """Return the number that four bytes encode ([MS-XLS] 2.5.217)."""
    if packed & 2:
        value = float((packed - (1 << 32) if packed & 0x80000000 else packed) >> 2)
    else:
        value = float(struct.unpack("<d", _DOUBLE.pack((packed & 0xFFFFFFFC) << 32))[0])
    return value / 100 if packed & 1 else value


def strikes(runs: Iterable[tuple[int, int]], length: int, fonts: Collection[int]) -> bool:
    """Whether a run of a rich text is struck through.

    Args:
        runs: where each begins, and the number of its font.
        length: characters of the text.
        fonts: the numbers of the fonts that strike through.
    """
    return any(font in fonts and start < length for start, font in runs)


def encoding_of(code_page: int) -> str:
    """Return the encoding of texts with a byte a character, by the record CODEPAGE."""
    name = _CODE_PAGES.get(code_page, f"cp{code_page}")
    try:
        return codecs.lookup(name).name
    except LookupError:
        return "cp1252"
