"""What the records of .xls and .xlsb have in common: error values and numbers packed in four bytes."""

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
_DOUBLE: Final = struct.Struct("<Q")


def rk_number(packed: int) -> float:
    """Return the number that four bytes stand for ([MS-XLS] 2.5.217)."""
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
