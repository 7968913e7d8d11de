"""Dates in cells and texts beside the rows."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from underlag.values.calendar import parse_date

_DATE: Final = re.compile(
    r"(?<![\w-])(?:[12]\d{3}[-/.]\d{1,2}[-/.]\d{1,2}|20\d{6}|\d{1,2}[-/.]\d{1,2}[-/. ][12]\d{3}"
    r"|\d{1,2} (?:jan|feb|mar|apr|maj|jun|jul|aug|sep|okt|nov|dec)\w* [12]\d{3})(?![\w-])",
    re.IGNORECASE,
)
#: Words that a date of an end follows.
_UNTIL: Final = re.compile(
    r"(?:till och med|t\.?\s?o\.?\s?m\.?|gäller till|giltig till|slutdatum|upphör\w*|avsluta\w*|stäng\w*"
    r"|nedlagd|nedlagt|nedlägg\w*|läggs ne[dr]|avveckla\w*|utgår|utgick)\W{1,3}(?:den )?$",
    re.IGNORECASE,
)


def day_of(text: str) -> date | None:
    """Return the day that a cell states, None when it states none or several readings are possible."""
    day = parse_date(text)
    return day if isinstance(day, date) else None


def ends_in(text: str) -> Iterator[date]:
    """Yield the days that a text says something ends on: 't.o.m. 2026-06-30', 'upphör 1 mars 2027'."""
    for found in _DATE.finditer(text):
        if _UNTIL.search(text[: found.start()]) and (day := day_of(found[0])):
            yield day
