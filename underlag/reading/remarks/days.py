"""Days in free texts that contradict the date of an order: 'Ändringen görs 2027-03-01'."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from underlag.lazy_pattern import LazyPattern, has_digit
from underlag.profiles.words import words
from underlag.reading.cells.dates import days_in, starts_at
from underlag.values.calendar import MONTHS

#: What a text is about that states when the order is to be done.
_WHEN: Final = LazyPattern(
    r"\b(?:ändring\w*|ändra[sdt]?|flytta\w*|genomför\w*|görs?|göras|driftsätt\w*|driftstart\w*|tidigast|senarelägg\w*"
    r"|skjuts?|hellre|stället|beställ\w*|takn\w*|takas|införs|införas|aktiver\w*|anslut\w*|datum\w*|start\w*"
    r"|läggas? in|läggs in|läsas? in|läses in|köras?|verkställ\w*|driftsatt\w*|produktionssätt\w*)\b",
    re.IGNORECASE,
).search
#: A day without its year.
_YEARLESS: Final = LazyPattern(
    r"(?<![\d/.-])(\d{1,2})(?:[:.]?[ae])? ?"
    rf"(?:/ ?(\d{{1,2}})(?![\d/-])|({'|'.join(MONTHS)})[a-zåäö]*(?!\w| \d{{4}}))",
    re.IGNORECASE,
).finditer


def states_other_day(text: str, day: date, today: date, *, of_date: bool = False) -> bool:
    """Whether a text says that the order is to be done on another day than its date.

    Args:
        text: the text.
        day: the order's date.
        today: the day of the run; earlier days are history.
        of_date: whether the text is next to the date, or a comment on it.
    """
    if not any(found > today and found != day for found in days_named(text, day)):
        return False
    return (of_date or is_about_change(text)) and not words().reservations.explains(text)


def days_named(text: str, day: date) -> list[date]:
    """Return the days in a text; those without a year in the year of the order's date."""
    return [*days_in(text), *_yearless(text, day)]


def is_about_change(text: str) -> bool:
    """Whether a text is about when something is done: 'Ändringen görs …'."""
    return _WHEN(text) is not None


def starts_after(text: str, day: date) -> bool:
    """Whether something starts after a day by a text that states no year: 'Gäller from 1 dec'."""
    return any(found > day and starts_at(text, place) for place, found in _days_without_year(text, day))


def _yearless(text: str, day: date) -> Iterator[date]:
    return (found for _, found in _days_without_year(text, day))


def _days_without_year(text: str, day: date) -> Iterator[tuple[int, date]]:
    """Yield the days of a year that a text names without it, each with its place in the text."""
    for found in _YEARLESS(text) if _may_name_day(text) else ():
        month = int(found[2]) if found[2] else MONTHS.index(found[3].casefold()) + 1
        try:
            yield found.start(), date(day.year, month, int(found[1]))
        except ValueError:
            continue


def _may_name_day(text: str) -> bool:
    plain = text.casefold()
    return has_digit(text) and ("/" in plain or any(month in plain for month in MONTHS))
