"""Decides whether a cell's text can be seen: its colour, its size and its number format."""

import math
from collections.abc import Collection, Mapping, Sequence
from typing import Final

from underlag.lazy_pattern import LazyPattern

Colour = tuple[int, int, int]
#: None is a colour that is not known.
Colours = Sequence[Colour | None]
#: A number format, built in or a code, and the numbers of a font and a fill.
CellFormat = tuple[int | str, int, int]

BLACK: Final[Colour] = (0, 0, 0)
WHITE: Final[Colour] = (255, 255, 255)
#: Fonts below this many points are dots.
SMALLEST_FONT: Final = 3
#: Rows below this many points show nothing.
SMALLEST_ROW: Final = 3
#: Minimum contrast ratio (WCAG 2.2) of a text that can be seen; Excel's lightest grey on white has 1.12.
_LEAST_CONTRAST: Final = 1.15
#: The sections of a number format: for positive and negative numbers, zero and texts.
_SECTIONS: Final = 4
#: Quoted, escaped and skipped characters, and conditions, colours and languages.
_LITERAL: Final = LazyPattern(r'"[^"]*"?|\\.|[_*].|\[[^\]]*\]?')
#: What shows a text as it is in the section for texts.
_SHOWS: Final = LazyPattern(r"(?i:@|general|standard)")
#: The colours of old workbooks by number, from 8 on ([MS-XLS] 2.5.161); 0 to 7 are those from 8 to 15.
_PALETTE: Final = (
    "000000 FFFFFF FF0000 00FF00 0000FF FFFF00 FF00FF 00FFFF 800000 008000 000080 808000 800080 008080 "
    "C0C0C0 808080 9999FF 993366 FFFFCC CCFFFF 660066 FF8080 0066CC CCCCFF 000080 FF00FF FFFF00 00FFFF "
    "800080 800000 008080 0000FF 00CCFF CCFFFF CCFFCC FFFF99 99CCFF FF99CC CC99FF FFCC99 3366FF 33CCCC "
    "99CC00 FFCC00 FF9900 FF6600 666699 969696 003366 339966 003300 333300 993300 993366 333399 333333"
)
_FIRST: Final = 8
#: The window's own colours: of text, and of the ground.
OWN_TEXT: Final = 64
_OWN_GROUND: Final = 65


def is_unseen(text: Colour | None, ground: Colour | None) -> bool:
    """Whether nobody sees a text of one colour on a ground of another; None is a colour that is not known."""
    if text is None or ground is None:
        return False
    darker, lighter = sorted((_luminance(text), _luminance(ground)))
    return (lighter + 0.05) / (darker + 0.05) < _LEAST_CONTRAST


def unseen_formats(
    formats: Sequence[CellFormat], texts: Colours, grounds: Colours, tiny: Collection[int]
) -> list[int]:
    """Return the numbers of the cell formats that show nothing of a text; usually none.

    Args:
        formats: each cell format.
        texts: the colour of each font.
        grounds: the colour of each fill.
        tiny: the numbers of the fonts below SMALLEST_FONT.
    """
    pairs = {(font, fill) for _, font, fill in formats}
    unseen = {
        pair
        for pair in pairs
        if pair[0] in tiny or is_unseen(colour_at(texts, pair[0]), colour_at(grounds, pair[1]))
    }
    hiding = {code for code in {code for code, _, _ in formats} if hides_text(code)}
    if not unseen and not hiding:
        return []
    return [
        number
        for number, (code, font, fill) in enumerate(formats)
        if (font, fill) in unseen or code in hiding
    ]


def colour_at(colours: Colours, number: int) -> Colour | None:
    """Return the colour with a number, None where there is none."""
    return colours[number] if number < len(colours) else None


def hides_text(code: int | str) -> bool:
    """Whether a number format shows nothing of a text: ';;;', '0;-0;0;'."""
    if not isinstance(code, str) or code.count(";") < _SECTIONS - 1:
        return False
    sections = _LITERAL.sub("", code).split(";")
    return len(sections) == _SECTIONS and not _SHOWS.search(sections[-1])


def colour_of(text: str) -> Colour | None:
    """Return the colour that hexadecimal digits state: 'RRGGBB', also after '#' or two digits of alpha."""
    digits = text.removeprefix("#")[-6:]
    try:
        return int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:6], 16)
    except ValueError:
        return None


def indexed(number: int, palette: Mapping[int, Colour] | None = None) -> Colour | None:
    """Return the colour with a number, in a workbook's own palette if it has one."""
    if number in (OWN_TEXT, _OWN_GROUND):
        return WHITE if number == _OWN_GROUND else BLACK
    number += _FIRST if 0 <= number < _FIRST else 0
    if palette and number in palette:
        return palette[number]
    colours = _PALETTE.split()
    return colour_of(colours[number - _FIRST]) if _FIRST <= number < _FIRST + len(colours) else None


def tinted(colour: Colour, tint: float) -> Colour:
    """Return a colour made lighter, by a tint above 0, or darker (ECMA-376 part 1, 18.8.19, in RGB)."""
    goal = 255 if tint > 0 else 0
    share = min(abs(tint), 1.0)
    red, green, blue = (round(part + (goal - part) * share) for part in colour)
    return red, green, blue


def _luminance(colour: Colour) -> float:
    red, green, blue = (math.pow(part / 255, 2.2) for part in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
