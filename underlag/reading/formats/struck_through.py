"""Cells of .xlsx and .xlsm that are struck through: people delete rows so, and the program cannot see it."""

import re
from typing import Final

_FONTS: Final = re.compile(rb"<(?:\w+:)?fonts[\s>].*?</(?:\w+:)?fonts>", re.DOTALL)
_FONT: Final = re.compile(rb"<(?:\w+:)?font(?:\s*/>|[\s>].*?</(?:\w+:)?font>)", re.DOTALL)
_STRUCK: Final = re.compile(rb"""<(?:\w+:)?strike(?![^>]*val\s*=\s*["'](?:0|false)["'])[^>]*>""")
_FORMATS: Final = re.compile(rb"<(?:\w+:)?cellXfs[\s>].*?</(?:\w+:)?cellXfs>", re.DOTALL)
_FORMAT: Final = re.compile(rb"<(?:\w+:)?xf\s[^>]*>")
_FONT_ID: Final = re.compile(rb"""\sfontId\s*=\s*["'](\d+)["']""")
_REFERENCE: Final = re.compile(rb"""\sr\s*=\s*["']([A-Z]{1,3})(\d{1,7})["']""")


def struck_formats(styles: bytes) -> list[bytes]:
    """Return the numbers of the cell formats whose font is struck through; usually none.

    Args:
        styles: the part of the workbook that holds its formats.
    """
    if b"strike" not in styles or not (fonts := _FONTS.search(styles)):
        return []
    struck = {b"%d" % at for at, font in enumerate(_FONT.findall(fonts[0])) if _STRUCK.search(font)}
    formats = _FORMATS.search(styles)
    if not struck or not formats:
        return []
    found = map(_FONT_ID.search, _FORMAT.findall(formats[0]))
    return [b"%d" % at for at, font in enumerate(found) if font and font[1] in struck]


def struck_cells(xml: bytes, formats: list[bytes]) -> set[tuple[int, int]]:
    """Return the cells of a sheet that have one of these formats, as (row, column).

    Args:
        xml: the sheet's part.
        formats: what struck_formats returned.
    """
    if not formats:
        return set()
    cell = re.compile(rb"""<(?:\w+:)?c\s(?=[^>]*\bs\s*=\s*["'](?:%s)["'])[^>]*>""" % b"|".join(formats))
    found: set[tuple[int, int]] = set()
    for tag in cell.findall(xml):
        # An attribute that is the first has lost its blank to the element's name.
        if reference := _REFERENCE.search(b" " + tag.partition(b" ")[2]):
            column = 0
            for letter in reference[1]:
                column = column * 26 + letter - 64
            found.add((int(reference[2]), column))
    return found
