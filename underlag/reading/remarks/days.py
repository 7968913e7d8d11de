"""Days in free texts that contradict the date of an order: 'Ändringen görs 2027-03-01'."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from underlag.lazy_pattern import LazyPattern, has_digit
from underlag.profiles.words import words
from underlag.profiles.words.remembered import remembered
from underlag.reading.cells.dates import periods_in, starts_at
from underlag.values.calendar import MONTHS

#: What a text is about that states when the order is to be done.
_WHEN: Final = LazyPattern(
    r"\b(?:ändring\w*|ändra[sdt]?|flytta\w*|genomför\w*|görs?|göras|driftsätt\w*|driftstart\w*|tidigast"
    r"|senarelägg\w*|skjuts?|hellre|stället|beställ\w*|takn\w*|takas|införs|införas|aktiver\w*|anslut\w*|datum\w*|start\w*"
    r"|läggas? in|läggs in|läsas? in|läses in|köras?|verkställ\w*|driftsatt\w*|produktionssätt\w*"
    r"|(?:önska[drst]*|klart?|behöver (?:det|den|detta|ha det))"
    r" (?:(?:klart|utfört|genomfört|gjort|senast) )?"
    r"(?:till|den|senast|tidigast|från|datum\w*|start\w*|\d+))\b",
    re.IGNORECASE,
).search
#: A day without its year.
_YEARLESS: Final = LazyPattern(
    r"(?<![\d/.-])(\d{1,2})(?:[:.]?[ae])? ?"
    rf"(?:/ ?(\d{{1,2}})(?![\d/-])|({'|'.join(MONTHS)})[a-zåäö]*(?!\w| \d{{4}}))",
    re.IGNORECASE,
).finditer
#: A month or day, or the turn of the year, as a time: 'i mars', 'från den 4 januari 2027', 'vid årsskiftet'.
_MONTH_OR_TURN: Final = LazyPattern(
    r"\b(?:i|från(?: och med)?|fr\.?o\.?m\.?|från och med|till|under|vid|den)(?: den)?"
    rf" (?:(?:(\d{{1,2}}) )?({'|'.join(MONTHS)})[a-zåäö]*|årsskiftet)(?: (20\d\d)(?![\d/-]))?(?! ?\d)\b",
    re.IGNORECASE,
).sub
#: One or more weeks: 'v 46', 'vecka 27–30'.
_WEEKS: Final = LazyPattern(
    r"\b(?:v\.?|veck(?:a|an|or|orna)) ?(\d{1,2})(?: ?[-–] ?(\d{1,2}))?\b", re.IGNORECASE
).findall
#: How long ago a day without a year may be.
_LATELY: Final = timedelta(days=92)
#: The last day of January that is still at the turn of the year.
_LAST_OF_TURN: Final = 15


def states_other_day(text: str, day: date, today: date, *, of_date: bool = False) -> bool:
    """Whether a text says that the order is to be done on another day than its date.

    Args:
        text: the text.
        day: the order's date.
        today: the day of the run; earlier days are history.
        of_date: whether the text is next to the date, or a comment on it.
    """
    if not _names_day(text):
        return False
    days = (found for found in days_named(text, day) if found > today and found != day)
    if all(was_lately(found, text, today) for found in days):
        return False
    return (of_date or is_about_change(text)) and not words().reservations.explains(text)


@remembered
def _names_day(text: str) -> bool:
    return may_name_day(text) or any(periods_in(text))


def days_named(text: str, day: date) -> list[date]:
    """Return the days in a text; those without a year in the year of the order's date.

    A longer period is the order's date where it includes it, else its first day.
    """
    stated = (day if period.first <= day <= period.last else period.first for period in periods_in(text))
    return [*stated, *_yearless(text, day)]


def includes_day(text: str, day: date) -> bool:
    """Whether a day is one of those, or in one of the weeks, that a text names: 'semester v 46-48'."""
    week = day.isocalendar().week
    weeks = ((int(first), int(last or first)) for first, last in _WEEKS(text)) if has_digit(text) else ()
    return any(first <= week <= last for first, last in weeks) or day in days_named(text, day)


def was_lately(found: date, text: str, today: date) -> bool:
    """Whether a day without a year is history in a text about what has been done: 'Beslut den 12 november'.

    Args:
        found: the day, in the year of the order's date.
        text: the text that has it.
        today: the day of the run.
    """
    if str(found.year) in text or not words().remarks.states_done(text):
        return False
    back = (today.month, today.day) < (found.month, found.day)
    in_february = (found.month, found.day) == (2, 29)
    lately = today - found.replace(year=today.year - back, day=28 if in_february else found.day)
    return lately <= _LATELY


def without_own_time(text: str, day: date) -> str:
    """Return a text without the months and turns of the year that agree with a day.

    'Nya enheter från årsskiftet' with a day in the first half of January. A text about some of the units
    keeps them: the others may be due at another time.
    """
    if not _may_name_month(text) or words().remarks.is_about_some(text):
        return text
    return _MONTH_OR_TURN(lambda found: " • " if _agrees(found, day) else found[0], text)


def _may_name_month(text: str) -> bool:
    plain = text.casefold()
    return "årsskiftet" in plain or any(month in plain for month in MONTHS)


def _agrees(found: re.Match[str], day: date) -> bool:
    number, month, year = found[1], found[2], found[3]
    if year and int(year) != day.year:
        return False
    if not month:
        return day.month == 1 and day.day <= _LAST_OF_TURN
    agrees = MONTHS[day.month - 1] == month.casefold()
    return agrees and (not number or int(number) == day.day)


def is_about_change(text: str) -> bool:
    """Whether a text is about when something is done: 'Ändringen görs …'."""
    return _WHEN(text) is not None


def starts_after(text: str, day: date) -> bool:
    """Whether something starts after a day by a text that states no year: 'Gäller from 1 dec'."""
    return may_name_day(text) and any(
        found > day and starts_at(text, place) for place, found in _days_without_year(text, day)
    )


def _yearless(text: str, day: date) -> Iterator[date]:
    return (found for _, found in _days_without_year(text, day))


def _days_without_year(text: str, day: date) -> Iterator[tuple[int, date]]:
    """Yield the days of a year that a text names without it, each with its place in the text."""
    for found in _YEARLESS(text) if may_name_day(text) else ():
        month = int(found[2]) if found[2] else MONTHS.index(found[3].casefold()) + 1
        try:
            yield found.start(), date(day.year, month, int(found[1]))
        except ValueError:
            continue


@remembered
def may_name_day(text: str) -> bool:
    """Whether a text may name a day without its year."""
    plain = text.casefold()
    return has_digit(text) and ("/" in plain or any(month in plain for month in MONTHS))
