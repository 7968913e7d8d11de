"""The fonts, cell formats and palette of an .xls ([MS-XLS] 2.4.122, 2.4.353, 2.4.188)."""

import struct
from collections.abc import Mapping
from typing import Final

from underlag.reading.formats.biff.values import TWIPS
from underlag.reading.formats.looks import (
    BLACK,
    OWN_TEXT,
    SMALLEST_FONT,
    WHITE,
    Colour,
    indexed,
    unseen_formats,
)

FONT, FORMAT_OF_CELLS, PALETTE = 0x0031, 0x00E0, 0x0092
#: The flag of a font that strikes through, and the number of its automatic colour.
_STRIKES: Final = 0x0008
_AUTOMATIC: Final = 0x7FFF
#: No font has this number: the one after the fourth is the sixth ([MS-XLS] 2.5.129).
_NO_FONT: Final = 4
#: The size of a cell format of BIFF8, which ends with its fill.
_WITH_FILL: Final = 20
_FIRST_COLOUR: Final = 8
_NONE, _SOLID = 0, 1


class XlsLooks:
    """Collects how the cells of a workbook look.

    Attributes:
        struck_fonts: the numbers of the fonts that strike through.
        numbers: the number format of each cell format.
    """

    def __init__(self) -> None:
        self.struck_fonts: set[int] = set()
        self.numbers: list[int] = []
        self._tiny: set[int] = set()
        self._colours: list[int] = []
        self._formats: list[tuple[int, tuple[int, int]]] = []
        self._palette: dict[int, Colour] = {}

    def take(self, kind: int, content: bytes) -> None:
        """Take a record of the workbook's globals."""
        if kind == FONT:
            height, flags, colour = struct.unpack_from("<HHH", content)
            number = len(self._colours)
            if number == _NO_FONT:
                self._colours.append(_AUTOMATIC)
                number += 1
            self._colours.append(colour)
            if flags & _STRIKES:
                self.struck_fonts.add(number)
            if 0 < height < TWIPS * SMALLEST_FONT:
                self._tiny.add(number)
        elif kind == FORMAT_OF_CELLS:
            font, number = struct.unpack_from("<HH", content)
            borders, colours = (
                struct.unpack_from("<IH", content, 14) if len(content) == _WITH_FILL else (-1, 0)
            )
            self.numbers.append(number)
            self._formats.append((font, (borders >> 26, colours & 0x7F)))
        elif kind == PALETTE:
            colours_of = struct.iter_unpack("<BBBB", content[2 : 2 + (len(content) - 2) // 4 * 4])
            for number, (red, green, blue, _) in enumerate(colours_of, _FIRST_COLOUR):
                self._palette[number] = red, green, blue

    @property
    def struck(self) -> set[int]:
        """The numbers of the cell formats that strike through."""
        return {at for at, (font, _) in enumerate(self._formats) if font in self.struck_fonts}

    def unseen(self, codes: Mapping[int, str]) -> set[int]:
        """Return the numbers of the cell formats that show nothing of a text.

        Args:
            codes: the number formats that are not built in.
        """
        texts = [
            BLACK if number == _AUTOMATIC else indexed(number, self._palette) for number in self._colours
        ]
        fills = {fill: at for at, fill in enumerate(dict.fromkeys(fill for _, fill in self._formats))}
        grounds = [self._ground(*fill) for fill in fills]
        formats = zip(self.numbers, self._formats, strict=True)
        looks = [(codes.get(code, code), font, fills[fill]) for code, (font, fill) in formats]
        return set(unseen_formats(looks, texts, grounds, self._tiny))

    def _ground(self, pattern: int, number: int) -> Colour | None:
        if pattern == _NONE:
            return WHITE
        is_known = pattern == _SOLID and number != OWN_TEXT
        return indexed(number, self._palette) if is_known else None
