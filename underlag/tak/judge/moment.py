"""Date-times as tak-web reads them: Java's lenient SimpleDateFormat with the pattern yyyy-MM-dd'T'HH:mm:ssZ.

Source: skltp/tak, tak-web; Java SE, SimpleDateFormat. Fields may be negative or too large and roll over, in
any script's digits; text after the zone is ignored; an integer is milliseconds since 1970. Only the calendar
day counts afterwards, in the server's own time zone. A year before 1 counts as the year of its era: -1 is
stored as 0002.
"""

import re
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final, NamedTuple

from underlag.options import STOCKHOLM
from underlag.tak.judge.cleaning import java_trim
from underlag.tak.judge.coerce import LONG_MAX, shown
from underlag.tak.judge.text import Number
from underlag.tak.judge.verdict import Remark, remark
from underlag.tak.judge.zones import ZONES
from underlag.text.moments import when

_NUMBER: Final = r"[ \t]*(-?\d+)"
_PATTERN: Final = re.compile(f"{_NUMBER}-{_NUMBER}-{_NUMBER}T{_NUMBER}:{_NUMBER}:{_NUMBER}([ \\t]*)")
_OFFSET: Final = re.compile(r"([+-])([0-9]{2})([0-9]{2})")
_GMT_OFFSET: Final = re.compile(r"GMT([+-])([0-9]{1,2}):([0-9]{2})", re.IGNORECASE)
_GMT_SIGNED: Final = re.compile(r"GMT[+-]", re.IGNORECASE)
_MOST_HOURS, _MOST_MINUTES = 23, 59
_DAY: Final = 24 * 60 * 60
_EPOCH: Final = date(1970, 1, 1).toordinal()
#: The Gregorian calendar repeats itself after this many years and days.
_CYCLE_YEARS, _CYCLE_DAYS = 400, 146_097
#: Fields are Java ints; a number beyond a Java long becomes the largest int.
_INT_VALUES: Final = 2**32
_INT_MAX: Final = 2**31 - 1


class Moment(NamedTuple):
    """A point in time. `written` is the day as written, None when the calendar has no such day.

    `seconds` count from 1970. `rest` is the text after the zone, which tak-web ignores.
    """

    seconds: int
    written: date | None
    rest: str
    text: str
    from_text: bool = True


def read_moment(value: Any, where: str, remarks: list[Remark]) -> Moment | None:
    """Return the moment that tak-web parses, None for none; remark on a value that it rejects.

    Args:
        value: the JSON value.
        where: its place in the JSON.
        remarks: receives the remarks.
    """
    if isinstance(value, Number) and value.whole:
        return _from_number(value, where, remarks)
    if value is None or (isinstance(value, str) and not java_trim(value)):
        return None
    if not isinstance(value, str):
        remarks.append(remark("tid-ogiltig", where, shown(value), orsak="här ska stå en text"))
        return None
    text = java_trim(value)
    parsed = parse_moment(text)
    if isinstance(parsed, str):
        remarks.append(remark("tid-ogiltig", where, value, orsak=parsed))
        return None
    if parsed.rest.strip():
        remarks.append(remark("tid-svans", where, value, svans=parsed.rest.strip()))
    return parsed


def parse_moment(text: str) -> Moment | str:
    """Parse a date-time as Java does; return the Swedish reason when Java rejects it."""
    found = _PATTERN.match(text)
    if found is None:
        return _why_not(text)
    zone = _zone(text[found.end() :], follows_blank=bool(found[7]))
    if zone is None:
        return _why_not_zone(text[found.end() :])
    offset, length = zone
    fields = tuple(map(_java_int, found.groups()[:6]))
    year, month, day, hour, minute, second = fields
    years, month = divmod(month - 1, 12)
    days = _ordinal(year + years, month + 1) + day - 1 - _EPOCH
    seconds = days * _DAY + hour * 3600 + minute * 60 + second - offset
    return Moment(seconds, _written(fields), text[found.end() + length :], text)


def days_of(moment: Moment) -> tuple[date, date] | None:
    """Return the calendar day of a moment on a server on UTC and on one on Swedish time.

    None when it is after the year 9999, which tak-web rejects as the day of an order.
    """
    day = _day(moment.seconds)
    if day is None:
        return None
    try:
        local = (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=moment.seconds)).astimezone(STOCKHOLM)
    except OverflowError:
        return day, day
    return day, local.date()


def swedish_time(moment: Moment) -> str:
    """Return a moment as Swedish date and time for display."""
    try:
        local = (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=moment.seconds)).astimezone(STOCKHOLM)
    except OverflowError:
        day = _day(moment.seconds)
        return day.isoformat() if day else "efter år 9999"
    return when(local)


def _day(seconds: int) -> date | None:
    """Return the day of a moment in UTC; for years before 1, the day with the year of its era."""
    cycles, ordinal = divmod(seconds // _DAY + _EPOCH - 1, _CYCLE_DAYS)
    day = date.fromordinal(ordinal + 1)
    year = day.year + cycles * _CYCLE_YEARS
    if year < 1:
        year = 1 - year
    if year > date.max.year:
        return None
    try:
        return day.replace(year=year)
    except ValueError:  # 29 February, in a year whose counterpart is no leap year
        return date(year, 3, 1)


def _ordinal(year: int, month: int) -> int:
    """Return the ordinal of the first day of a month in any year."""
    cycles, year = divmod(year - 1, _CYCLE_YEARS)
    return date(year + 1, month, 1).toordinal() + cycles * _CYCLE_DAYS


def _java_int(text: str) -> int:
    number = int(text[:20])
    if not -LONG_MAX - 1 <= number <= LONG_MAX:
        return _INT_MAX if number > 0 else -_INT_MAX - 1
    return (number + _INT_MAX + 1) % _INT_VALUES - _INT_MAX - 1


def _from_number(value: Number, where: str, remarks: list[Remark]) -> Moment | None:
    """Return the moment of a number of milliseconds, with a remark that it is one."""
    number = int(value.text)
    if not -LONG_MAX - 1 <= number <= LONG_MAX:
        remarks.append(remark("tid-ogiltig", where, value.text, orsak="talet är för stort"))
        return None
    moment = Moment(number // 1000, None, "", value.text, from_text=False)
    remarks.append(remark("tid-millisekunder", where, value.text, blir=swedish_time(moment)))
    return moment


def _written(fields: tuple[int, ...]) -> date | None:
    """Return the day as written, None when there is no such moment."""
    year, month, day, hour, minute, second = fields
    try:
        return datetime(year, month, day, hour, minute, second, tzinfo=UTC).date()
    except (ValueError, OverflowError):
        return None


def _zone(text: str, *, follows_blank: bool) -> tuple[int, int] | None:
    """Return the leading offset of a text in seconds and its length, None when Java finds no zone.

    After a blank, Java does not look for an offset after GMT.
    """
    if found := _OFFSET.match(text):
        return _offset(found)
    if not follows_blank:
        if found := _GMT_OFFSET.match(text):
            return _offset(found)
        if _GMT_SIGNED.match(text):
            return None
    folded = text.casefold()
    name = max((zone for zone in ZONES if folded.startswith(zone)), key=len, default="")
    return (round(ZONES[name] * 3600), len(name)) if name else None


def _offset(found: re.Match[str]) -> tuple[int, int] | None:
    sign, hours, minutes = found.groups()
    if int(hours) > _MOST_HOURS or int(minutes) > _MOST_MINUTES:
        return None
    seconds = int(hours) * 3600 + int(minutes) * 60
    return (-seconds if sign == "-" else seconds), found.end()


def _why_not(text: str) -> str:
    """Return the Swedish reason why Java rejects a date-time."""
    if re.fullmatch(r"\s*\d{4}-\d{2}-\d{2}\s*", text):
        return "klockslag och tidszon saknas"
    if re.match(r"\s*\d+-\d+-\d+ +\d", text):
        return "mellan datum och klockslag ska stå T"
    if re.fullmatch(r"\s*\d+\s*", text):
        return "siffror inom citattecken läses inte som en tidpunkt"
    return "formen är en annan"


def _why_not_zone(zone: str) -> str:
    """Return the Swedish reason why Java rejects a time zone."""
    if re.match(r"[+-]\d{2}:\d{2}", zone):
        return "tidszonen ska skrivas utan kolon, +0100"
    if zone.startswith((".", ",")):
        return "delar av sekunder får inte stå med"
    if zone.upper().startswith("Z"):
        return "tidszonen Z tas inte emot, skriv +0000"
    return "tidszonen tas inte emot" if zone.strip() else "tidszonen saknas"
