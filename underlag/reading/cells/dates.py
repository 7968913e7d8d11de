"""Parses dates and periods in cells and texts that are not part of the order."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final, NamedTuple

from underlag.lazy_pattern import LazyPattern, has_digit, has_letter
from underlag.profiles.words import words
from underlag.profiles.words.remembered import remembered
from underlag.values.calendar import MONTHS, parse_date

_MONTH: Final = "|".join(MONTHS)
_DATE: Final = LazyPattern(
    r"(?<![\w-])(?:[12]\d{3}[-/.]\d{1,2}[-/.]\d{1,2}|20\d{6}|\d{1,2}[-/.]\d{1,2}[-/. ][12]\d{3}"
    rf"|\d{{1,2}} (?:{_MONTH})\w* [12]\d{{3}}|(?:{_MONTH})\w* [12]\d{{3}}|[12]\d{{3}}-\d\d)(?![\w-])",
    re.IGNORECASE,
)
#: Each date has one of these: a year, or year, month and day together.
_YEAR_IN_DATE: Final = re.compile(r"(?<!\d)(?:[12]\d{3}|20\d{6})(?!\d)").search
#: Words before the date of an end.
_UNTIL: Final = LazyPattern(
    r"(?:till och med|t\.?\s?o\.?\s?m\.?|gäller till|giltig till|slutdatum|sista dag\w*|upphör\w*|avsluta\w*"
    r"|stäng\w*|nedlag[dt]\w*|nedlägg\w*|läggs ne[dr]|lades ne[dr]|avveckla\w*|utgår|utgick"
    r"|closed|closes|until)\W{1,3}"
    r"(?:(?:den|sedan|från(?: och med)?|fr\.?\s?o\.?\s?m\.?|from|per|i|under|since|on)\W{1,2})?$",
    re.IGNORECASE,
)
#: Words before the date of a start.
_FROM: Final = LazyPattern(
    r"(?:från(?: och med)?|tidigast|först(?: efter)?|(?:inte|ej) (?:före|förrän|innan)"
    r"|fr\.?\s?o\.?\s?m\.?|from|öppnar|öppnas|startar|start|driftstart|driftsätt\w*)"
    r"\W{1,3}(?:den )?$",
    re.IGNORECASE,
)
_MONTH_OF_YEAR: Final = LazyPattern(r"(20\d\d)[-/.](\d{1,2})|(\d{1,2})/(20\d\d)").fullmatch
_MONTH_IN_WORDS: Final = LazyPattern(rf"(?:i )?({_MONTH})[a-zåäö]*\.? (20\d\d)", re.IGNORECASE).fullmatch
_QUARTER: Final = LazyPattern(r"(?:q|kv\.?|kvartal) ?([1-4])[ -]?(20\d\d)", re.IGNORECASE).fullmatch
_WEEK: Final = LazyPattern(r"(?:v\.?|vecka) ?(\d{1,2})[ ,-]{1,2}(20\d\d)", re.IGNORECASE).fullmatch
_YEAR: Final = LazyPattern(r"(?:år )?((?:19|20)\d\d)").fullmatch
#: An end in this year or later means that there is none.
_NO_END: Final = LazyPattern(r"(?:2[1-9]\d\d|[3-9]\d{3})(?:\D.*)?").fullmatch
_SIX_DIGITS: Final = LazyPattern(r"\d{6}").fullmatch


class Period(NamedTuple):
    """The first and last day of a period: a day, week, month, quarter or year."""

    first: date
    last: date


@remembered
def period_of(text: str) -> Period | None:
    """Return the period that a cell states, None if it states none or is ambiguous."""
    if not has_digit(text):
        return None
    text = " ".join(text.split())
    day = parse_date(text)
    if not isinstance(day, date) and _SIX_DIGITS(text):
        day = parse_date(f"20{text}")  # six digits are year, month and day, as usual in Sweden
    if isinstance(day, date):
        return Period(day, day)
    try:
        return _longer_period(text)
    except ValueError:  # month 13, week 54
        return None


def _longer_period(text: str) -> Period | None:
    if found := _MONTH_OF_YEAR(text):
        return _months(int(found[1] or found[4]), int(found[2] or found[3]), 1)
    if found := _MONTH_IN_WORDS(text):
        return _months(int(found[2]), MONTHS.index(found[1].casefold()) + 1, 1)
    if found := _QUARTER(text):
        return _months(int(found[2]), 3 * int(found[1]) - 2, 3)
    if found := _WEEK(text):
        monday = date.fromisocalendar(int(found[2]), int(found[1]), 1)
        return Period(monday, monday + timedelta(days=6))
    if found := _YEAR(text):
        return _months(int(found[1]), 1, 12)
    return None


def _months(year: int, month: int, count: int) -> Period:
    years, after = divmod(month - 1 + count, len(MONTHS))
    return Period(date(year, month, 1), date(year + years, after + 1, 1) - timedelta(days=1))


def is_endless(text: str) -> bool:
    """Whether a cell for an end says that there is none: 'tills vidare', 9999-12-31."""
    return words().means_endless(text) or _NO_END(text) is not None


def day_of(text: str) -> date | None:
    """Return the day that a cell states, None if it states none, a longer period, or is ambiguous."""
    period = period_of(text)
    return period.first if period is not None and period.first == period.last else None


def days_in(text: str) -> Iterator[date]:
    """Yield the days that a text names; of a longer period the first."""
    return (period.first for period in periods_in(text))


def periods_in(text: str) -> Iterator[Period]:
    """Yield the days and longer periods that a text names."""
    return (period for found in _dates(text) if (period := period_of(found[0])))


@remembered
def starts_in(text: str) -> tuple[date, ...]:
    """Return the days on which something starts according to a text: 'Gäller från 2027-06-01'."""
    return tuple(period.first for period in _periods_after(_FROM, text))


def starts_at(text: str, place: int) -> bool:
    """Whether the words before a place in a text say that something starts there: 'från', 'tidigast'."""
    return _FROM.search(text[:place]) is not None


@remembered
def ends_in(text: str) -> tuple[date, ...]:
    """Return the days on which something ends by a text: 't.o.m. 2026-06-30', 'stängd sedan mars 2026'."""
    return tuple(period.last for period in _periods_after(_UNTIL, text))


def _periods_after(words_before: LazyPattern[str], text: str) -> Iterator[Period]:
    for found in _dates(text) if has_letter(text) else ():
        before = text[: found.start()]
        if before and words_before.search(before) and (period := period_of(found[0])):
            yield period


def _dates(text: str) -> Iterator[re.Match[str]]:
    return _DATE.finditer(text) if _may_have_date(text) else iter(())


def _may_have_date(text: str) -> bool:
    return has_digit(text) and _YEAR_IN_DATE(text) is not None
