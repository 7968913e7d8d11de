"""The dates of cells that hold them as numbers, as findings quote them: 2027-03-01 of 46447."""

import re
from datetime import date, timedelta
from functools import cached_property
from typing import Final

from underlag.reading.formats.xlsx.styles import cell_formats

#: Built-in number formats that show a date. Source: ECMA-376, 18.8.30.
_BUILT_IN: Final = frozenset([*range(14, 18), 22, *range(27, 37), *range(50, 59)])
#: What shows no part of a date in a format's code: quoted texts, single characters, colours, conditions.
_OTHER: Final = re.compile(r'"[^"]*"|\\.|_.|\*.|\[[^\]]*\]').sub
_DAY_ZERO: Final = date(1899, 12, 30)
_DAY_ZERO_1904: Final = date(1904, 1, 1)


class CellDates:
    """Tells dates from other numbers by the formats of their cells.

    Args:
        styles: the part with the workbook's formats; b'' for none.
        is_1904: whether days are counted from 1904.
    """

    def __init__(self, styles: bytes, is_1904: bool) -> None:
        self._styles = styles
        self._first = _DAY_ZERO_1904 if is_1904 else _DAY_ZERO

    @cached_property
    def _of_dates(self) -> set[int]:
        formats = cell_formats(self._styles).number_formats
        return {number for number, one in enumerate(formats) if _shows_date(one)}

    def day(self, number: str, style: int) -> str:
        """Return the day of a number in a cell of this format, '' if it is no date or has a time."""
        if style not in self._of_dates:
            return ""
        try:
            days = float(number)
            return (self._first + timedelta(days=int(days))).isoformat() if days == int(days) else ""
        except (ValueError, OverflowError):
            return ""


def _shows_date(number_format: int | str) -> bool:
    if isinstance(number_format, int):
        return number_format in _BUILT_IN
    code = _OTHER("", number_format.casefold())
    return "y" in code or "d" in code
