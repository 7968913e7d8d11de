"""Dates of orders, and Swedish working days."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Final

from underlag.lazy_pattern import LazyPattern, has_digit, has_letter
from underlag.values.refusal import Refusal

#: The Swedish months, abbreviated.
MONTHS: Final = ("jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
_MONTH_NAMES: Final = (
    *("januari", "februari", "mars", "april", "maj", "juni"),
    *("juli", "augusti", "september", "oktober", "november", "december"),
)
_DAYS: Final = ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag")
_SATURDAY: Final = 5

#: The alternative to a date in the order form.
REGULAR_TIME: Final = "Ordinarie handläggningstid"

#: Letters that tell the days apart: 'må 15/2'.
_FEWEST_OF_DAY: Final = 2
#: A date with its day of the week before or after it: 'mån 15/2 2027', '2027-02-15 (måndag)'.
_WEEKDAY: Final = (
    rf"(?:(?:{'|'.join(_DAYS)}|{'|'.join(day[:3] for day in _DAYS)})(?:en)?"
    rf"|{'|'.join(day[:_FEWEST_OF_DAY] for day in _DAYS)})\.?"
)
_WITH_WEEKDAY: Final = LazyPattern(
    rf"(?:(?P<before>{_WEEKDAY}),? )?(?P<date>.+?)(?:,? \(?(?P<after>{_WEEKDAY})\)?)?", re.IGNORECASE
).fullmatch
#: A date with its week after it: '2027-11-15 (v 46)'.
_WITH_WEEK: Final = LazyPattern(
    r"(?P<date>.+?)[,;]? \(?(?:v|vecka)\.? ?(?P<week>[0-9]{1,2})\)?", re.IGNORECASE
).fullmatch
#: Year first, optionally followed by the clock time that Excel adds.
_YEAR_FIRST: Final = re.compile(
    r"([12][0-9]{3})(?:([-/. ])([0-9]{1,2})\2([0-9]{1,2})|([0-9]{2})([0-9]{2}))"
    r"(?:(?:T| |,? kl(?:ockan|\.)? ?)([0-9]{2}(?:[:.][0-9]{2}(?::[0-9]{2})?)?))?"
    r"(?:,? (?:på )?((?:för|efter)middag(?:en)?|kväll(?:en)?|fm|em|f\.m\.|e\.m\.))?"
).fullmatch
_IN_WORDS: Final = LazyPattern(
    r"(?:den )?([0-9]{1,2})(?::?[ea])?\.? ([a-z]{3,9})\.?,? ([12][0-9]{3}|['’-]?[0-9]{2})",
    re.IGNORECASE,
).fullmatch
#: Day and month, in either order, before the year: '15/11 2027', '15.02.2027', '15/2-27'.
_YEAR_LAST: Final = LazyPattern(
    r"(?:den )?([0-9]{1,2})(?P<sign>[-/. ])([0-9]{1,2})"
    r"(?:(?:(?P=sign)|[ ]|[ ]?-)([12][0-9]{3})|(?:[ ]|[ ]?(?!(?P=sign))-)['’]?([0-9]{2}))",
    re.IGNORECASE,
).fullmatch
#: Six digits: 270215, 27-02-15. Year first in Sweden, day first elsewhere.
_SIX_DIGITS: Final = LazyPattern(r"([0-9]{2})([-/.]?)([0-9]{2})\2([0-9]{2})").fullmatch
#: Earliest year that two digits may mean; orders never refer to an earlier one.
_FIRST_YEAR: Final = 2024
_CENTURY: Final = 2000

_REGULAR: Final = LazyPattern(
    r"(?:enligt |inom )?(?:er |deras |ineras )?(?:ordinarie|ordinär|normal|vanlig|sedvanlig)"
    r"(?: (?:handläggnings|lednings|led|leverans)tid\w*| handläggning| hantering| tid)?(?: gäller)?\.?"
    r"(?: \([^()]*\))?|(?:enligt )?handläggningstid\w*",
    re.IGNORECASE,
).fullmatch

#: Days that are not public holidays but on which orders are not carried out.
_EVES: Final = {(12, 24): "julafton", (12, 31): "nyårsafton"}


def parse_date(text: str) -> date | Refusal:
    """Parse a date in any usual spelling: 2027-03-01, 270301, 1.3.2027, '1 mars 2027', '15/11 2027'.

    Reasons for refusal: 'missing', 'form' (also a day that does not exist), 'weekday', where `detail` states
    the day of the week or the week that the date really has, and 'ambiguous', where `detail` names the
    readings: '2027-03-04 eller 2027-04-03'.
    """
    text = text.strip()
    if not text:
        return Refusal("missing")
    if not has_digit(text):
        return Refusal("form", detail=text)
    of_week = _WITH_WEEK(text) if has_letter(text) else None
    text = of_week["date"] if of_week else text
    found = _WITH_WEEKDAY(text) if has_letter(text) else None
    readings = list(dict.fromkeys(_readings(found["date"] if found else text)))
    stated = found and (found["before"] or found["after"])
    fitting = [
        day
        for day in readings
        if not stated or stated.casefold().startswith(_DAYS[day.weekday()][:_FEWEST_OF_DAY])
        if not of_week or day.isocalendar().week == int(of_week["week"])
    ]
    if readings and not fitting:
        describe = _with_weekday if stated else _with_week
        return Refusal("weekday", detail=" och ".join(map(describe, sorted(readings))))
    readings = fitting
    if len(readings) > 1:
        return Refusal("ambiguous", detail=" eller ".join(map(date.isoformat, sorted(readings))))
    return readings[0] if readings else Refusal("form", detail=text)


def _with_weekday(day: date) -> str:
    return f"{day.isoformat()} är en {_DAYS[day.weekday()]}"


def _with_week(day: date) -> str:
    return f"{day.isoformat()} är i vecka {day.isocalendar().week}"


def is_regular_time(text: str) -> bool:
    """Whether a text names the usual handling time instead of a date: 'Ordinarie handläggningstid'."""
    plain = text.strip()
    return plain[:1].isalpha() and _REGULAR(plain) is not None


def time_of_day(text: str) -> str:
    """Return the time of day in a text with a date: '13.00', 'förmiddag'; '' for none.

    Midnight is none: Excel adds it to days.
    """
    found = _YEAR_FIRST(text)
    if not found:
        return ""
    clock = found[7] if found[7] and found[7].strip("0:.") else ""
    return " ".join(filter(None, (clock, found[8])))


def _readings(text: str) -> Iterator[date]:
    """Yield every possible reading of a text."""
    if found := _YEAR_FIRST(text):
        year, _, month, day, month_2, day_2, *_ = found.groups()
        yield from _days((int(year), int(month or month_2), int(day or day_2)))
    elif found := _YEAR_LAST(text):
        first, second, year = int(found[1]), int(found[3]), _year(found[4] or found[5])
        yield from _days((year, second, first), (year, first, second))
    elif found := _SIX_DIGITS(text):
        first, second, third = int(found[1]), int(found[3]), int(found[4])
        readings = [(_CENTURY + first, second, third), (_CENTURY + third, second, first)]
        # With signs the month may come first, as where the year has four digits.
        readings += [(_CENTURY + third, first, second)] if found[2] else []
        yield from (day for day in _days(*readings) if day.year >= _FIRST_YEAR)
    elif found := _IN_WORDS(text):
        name = found[2].casefold()
        for number, (short, full) in enumerate(zip(MONTHS, _MONTH_NAMES, strict=True), start=1):
            if name in {short, full} or (name == "sept" and short == "sep"):
                yield from _days((_year(found[3]), number, int(found[1])))


def _year(text: str) -> int:
    """Return a year of four digits or two."""
    number = int(text.lstrip("'’-"))
    return number if number >= _CENTURY else _CENTURY + number


def _days(*parts: tuple[int, int, int]) -> Iterator[date]:
    """Yield the valid dates among combinations of year, month and day."""
    for year, month, day in parts:
        try:
            yield date(year, month, day)
        except ValueError:
            continue


def why_not_working_day(day: date) -> str:
    """Return '' for a working day in Sweden, else the reason: 'lördag', 'söndag', 'midsommarafton', ..."""
    holiday = _holidays(day.year).get(day, "") or _EVES.get((day.month, day.day), "")
    if holiday:
        return holiday
    return _DAYS[day.weekday()] if day.weekday() >= _SATURDAY else ""


@lru_cache(maxsize=8)
def _holidays(year: int) -> dict[date, str]:
    """Return the public holidays of a year and midsommarafton with their Swedish names, in sentence case.

    The table is made from the library `holidays` (`underlag.renew.public_holidays`), which takes a fifth of
    the time of a small workbook to import. Years that it lacks have no public holidays here.
    """
    table = Path(__file__).with_name("public_holidays.csv").read_text(encoding="utf-8")
    head, *rows = table.splitlines()
    row = next((row for row in rows if row.startswith(f"{year},")), "")
    days = zip(head.split(",")[1:], row.split(",")[1:], strict=bool(row))
    names = {date.fromisoformat(f"{year}-{day}"): name for name, day in days if day}
    # Midsommarafton is the Friday before Midsommardagen and not a public holiday by law.
    eves = {
        day - timedelta(days=1): "midsommarafton" for day, name in names.items() if name == "midsommardagen"
    }
    return {**eves, **names}
