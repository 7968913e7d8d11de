"""Dates as orders need them: Swedish working days."""

import re
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

from underlag.values.refusal import Refusal

_MONTHS: Final = ("jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov", "dec")
_MONTH_NAMES: Final = (
    *("januari", "februari", "mars", "april", "maj", "juni"),
    *("juli", "augusti", "september", "oktober", "november", "december"),
)
_DAYS: Final = ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag")
_SATURDAY: Final = 5

#: Year first, with a clock time that Excel puts after a date.
_YEAR_FIRST: Final = re.compile(
    r"([12][0-9]{3})(?:([-/.])([0-9]{1,2})\2([0-9]{1,2})|([0-9]{2})([0-9]{2}))"
    r"(?:[T ][0-9]{2}:[0-9]{2}(?::[0-9]{2})?)?"
).fullmatch
_IN_WORDS: Final = re.compile(
    rf"(?:(?:{'|'.join(_DAYS)}|{'|'.join(day[:3] for day in _DAYS)})(?:en)?\.?,? )?(?:den )?"
    r"([0-9]{1,2})(?::?[ea])?\.? ([a-z]{3,9})\.?,? ([12][0-9]{3})",
    re.IGNORECASE,
).fullmatch
#: Day first, '15/11 2027': understood where the day cannot be a month.
_DAY_FIRST: Final = re.compile(r"([0-9]{1,2})/([0-9]{1,2})[ /]([12][0-9]{3})").fullmatch
_MONTHS_OF_YEAR: Final = 12

#: Days off by custom, when no one carries an order out.
_EVES: Final = {(12, 24): "julafton", (12, 31): "nyårsafton"}


def parse_date(text: str) -> date | Refusal:
    """Parse YYYY-MM-DD (also YYYYMMDD, '1 mars 2027' and '15/11 2027'); reasons 'missing', 'form'.

    An ambiguous form such as 03/04/2027 is refused, and so is a day that does not exist.
    """
    text = text.strip()
    if not text:
        return Refusal("missing")
    if found := _YEAR_FIRST(text):
        year, _, month, day, month_2, day_2 = found.groups()
        return _date(year, int(month or month_2), day or day_2)
    if (found := _DAY_FIRST(text)) and int(found[1]) > _MONTHS_OF_YEAR:
        day, month, year = found.groups()
        return _date(year, int(month), day)
    if found := _IN_WORDS(text):
        day, name, year = found[1], found[2].casefold(), found[3]
        for number, (short, full) in enumerate(zip(_MONTHS, _MONTH_NAMES, strict=True), start=1):
            if name in {short, full} or (name == "sept" and short == "sep"):
                return _date(year, number, day)
    return Refusal("form", detail=text)


def _date(year: str, month: int, day: str) -> date | Refusal:
    try:
        return date(int(year), month, int(day))
    except ValueError:
        return Refusal("form", detail=f"{year}-{month:02}-{int(day):02}")


def why_not_working_day(day: date) -> str:
    """Return '' for a working day in Sweden, else the reason: 'lördag', 'söndag', 'midsommarafton', ..."""
    holiday = _holidays(day.year).get(day, "") or _EVES.get((day.month, day.day), "")
    if holiday:
        return holiday
    return _DAYS[day.weekday()] if day.weekday() >= _SATURDAY else ""


@lru_cache(maxsize=8)
def _holidays(year: int) -> dict[date, str]:
    """Return the public holidays of a year and midsommarafton, by Swedish name as within a sentence."""
    from holidays.countries.sweden import Sweden  # noqa: PLC0415 - heavy, and only an order with a date needs it

    found = Sweden(years=year, include_sundays=False, language="sv")
    names = {day: _within_a_sentence(name.split(";")[0].strip()) for day, name in found.items()}
    # Midsommarafton is the Friday before Midsommardagen, and no public holiday by law.
    eves = {
        day - timedelta(days=1): "midsommarafton" for day, name in names.items() if name == "midsommardagen"
    }
    return {**eves, **names}


def _within_a_sentence(name: str) -> str:
    """Return a holiday's name in lower case, but for that of a person: Kristi himmelsfärdsdag."""
    return name.lower().replace("kristi ", "Kristi ")
