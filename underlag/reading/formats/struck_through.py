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
_SHARED_TEXT_END: Final = re.compile(rb"</(?:\w+:)?si>|<(?:\w+:)?si\s*/>")
#: A cell whose text is one of the shared ones, and the number of that text.
_SHARED_CELL: Final = re.compile(
    rb"""<(?:\w+:)?c\s(?=[^>]*\bt\s*=\s*["']s["'])[^>]*>\s*<(?:\w+:)?v>(\d{1,9})</"""
)
_INLINE_CELL: Final = re.compile(
    rb"""<(?:\w+:)?c\s(?=[^>]*\bt\s*=\s*["']inlineStr["'])[^>]*>(?:(?!</(?:\w+:)?c>).)*</(?:\w+:)?c>""",
    re.DOTALL,
)


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


def struck_texts(texts: bytes) -> set[bytes]:
    """Return the numbers of the shared texts of which a part is struck through; usually none.

    Args:
        texts: the part of the workbook that holds its shared texts.
    """
    if b"strike" not in texts:
        return set()
    return {b"%d" % at for at, text in enumerate(_SHARED_TEXT_END.split(texts)) if _STRUCK.search(text)}


def struck_cells(xml: bytes, formats: list[bytes], texts: set[bytes]) -> set[tuple[int, int]]:
    """Return the cells of a sheet that are struck through, as (row, column).

    Args:
        xml: the sheet's part.
        formats: what struck_formats returned.
        texts: what struck_texts returned.
    """
    tags: list[bytes] = []
    if formats:
        cell = re.compile(rb"""<(?:\w+:)?c\s(?=[^>]*\bs\s*=\s*["'](?:%s)["'])[^>]*>""" % b"|".join(formats))
        tags += cell.findall(xml)
    if texts:
        tags += (match[0] for match in _SHARED_CELL.finditer(xml) if match[1] in texts)
    if b"strike" in xml:
        tags += (cell for cell in _INLINE_CELL.findall(xml) if _STRUCK.search(cell))
    found: set[tuple[int, int]] = set()
    for tag in tags:
        # An attribute that is the first has lost its blank to the element's name.
        if reference := _REFERENCE.search(b" " + tag.partition(b" ")[2]):
            column = 0
            for letter in reference[1]:
                column = column * 26 + letter - 64
            found.add((int(reference[2]), column))
    return found
