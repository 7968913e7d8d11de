"""The fills of rows of .xlsx and .xlsm, for workbooks that say what a colour means: 'gult = väntar'."""

import re
from collections.abc import Mapping
from typing import Final

from underlag.lazy_pattern import LazyPattern

_FILLED: Final = rb'<c r="([A-Z]+)([0-9]+)" s="([0-9]+)"'
#: How words for colours begin; the empty workbook, which explains its own, has none of these.
_PARTS: Final = tuple(
    part.encode()
    for part in (
        *("gul", "Gul", "röd", "Röd", "rött", "Rött", "grön", "Grön", "lila ", "Lila ", "rosa ", "Rosa "),
        *("låa", "låm", "lått =", "råa", "råm", "rått =", "orang", "Orang", "arkerad", "färg", "Färg"),
    )
)
#: Words for colours; not those by which the empty workbook explains itself. Their first letters come first,
#: for nearly all places of a text are passed over by them.
_COLOUR: Final = LazyPattern(
    (
        "[BFGLMORbfglmor](?<![A-Za-zÅÄÖåäö].)(?:(?<=[Gg])(?:ul|rön)|(?<=[Rr])(?:öd|ött|osa)"
        "|(?:(?<=[Bb])lå|(?<=[Gg])rå)(?!tt (?:fylls|är ifyllt))"
        "|(?<=[Oo])rang|(?<=[Ll])ila|(?<=[Mm])arkerad|(?<=[Ff])ärg)"
    ).encode(),
    re.DOTALL,
).search
#: Bytes at each end that are searched: a legend is above, below or beside the rows.
_SEARCHED: Final = 10_000


def names_colour(texts: bytes) -> bool:
    """Whether the texts of a workbook or sheet may name a colour.

    Args:
        texts: a part, as it is in the file.
    """
    ends = (texts,) if len(texts) <= 2 * _SEARCHED else (texts[:_SEARCHED], texts[-_SEARCHED:])
    return any(any(part in end for part in _PARTS) and _COLOUR(end) for end in ends)


def fills_of_rows(fills: Mapping[int, int], rows: bytes) -> dict[int, int]:
    """Return a number for each row with a filled cell, the same for rows that are filled alike.

    Args:
        fills: the fill of each cell format that has one.
        rows: the sheet's rows in the regular form.
    """
    of_rows: dict[int, list[tuple[bytes, int]]] = {}
    for letters, row, style in re.findall(_FILLED, rows):
        if (fill := fills.get(int(style))) is not None:
            of_rows.setdefault(int(row), []).append((letters, fill))
    numbers: dict[tuple[tuple[bytes, int], ...], int] = {}
    return {row: numbers.setdefault(tuple(cells), len(numbers)) for row, cells in of_rows.items()}
