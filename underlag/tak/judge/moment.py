"""Date-times as tak-web reads them: Java's lenient SimpleDateFormat with the pattern yyyy-MM-dd'T'HH:mm:ssZ.

Source: skltp/tak, tak-web; Java SE, SimpleDateFormat. Fields may be too large and roll over; what follows the
zone is not read; a whole number is milliseconds since 1970. Only the calendar day counts afterwards, in the
server's own time zone.
"""

import re
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any, Final, NamedTuple

from underlag.options import STOCKHOLM
from underlag.tak.judge.coerce import shown
from underlag.tak.judge.text import Number
from underlag.tak.judge.verdict import Remark, remark

_PATTERN: Final = re.compile(
    r"[ \t]*([0-9]+)-[ \t]*([0-9]+)-[ \t]*([0-9]+)T[ \t]*([0-9]+):[ \t]*([0-9]+):[ \t]*([0-9]+)[ \t]*"
)
_OFFSET: Final = re.compile(r"([+-])([0-9]{2})([0-9]{2})")
_GMT: Final = re.compile(r"GMT(?:([+-])([0-9]{1,2}):([0-9]{2}))?", re.IGNORECASE)
#: Names of zones that Java knows, with their hours from UTC; those that occur in Europe.
_ZONES: Final = {
    "UTC": 0, "UT": 0, "WET": 0, "WEST": 1, "CET": 1, "MET": 1, "CEST": 2, "MEST": 2, "EET": 2, "EEST": 3,
}  # fmt: skip
_MOST_HOURS, _MOST_MINUTES = 23, 59


class Moment(NamedTuple):
    """A point in time. `written` is the day as it is written, None when the calendar has no such moment.

    `rest` is what follows the zone and is not read.
    """

    instant: datetime
    written: date | None
    rest: str
    text: str
    from_text: bool = True


def read_moment(value: Any, where: str, remarks: list[Remark]) -> Moment | None:
    """Return the moment that tak-web reads, None for none; a value that it refuses gives a remark.

    Args:
        value: the JSON value.
        where: its place.
        remarks: gets what is to be said.
    """
    if isinstance(value, Number) and value.whole:
        return _from_number(value, where, remarks)
    if value is None or (isinstance(value, str) and not value.strip(_JAVA_BLANKS)):
        return None
    if not isinstance(value, str):
        remarks.append(remark("tid-ogiltig", where, shown(value), orsak="här ska stå en text"))
        return None
    text = value.strip(_JAVA_BLANKS)
    parsed = parse_moment(text)
    if isinstance(parsed, str):
        remarks.append(remark("tid-ogiltig", where, value, orsak=parsed))
        return None
    if parsed.rest.strip():
        remarks.append(remark("tid-svans", where, value, svans=parsed.rest.strip()))
    return parsed


def parse_moment(text: str) -> Moment | str:
    """Read a date-time as Java does; or the Swedish reason why it does not."""
    found = _PATTERN.match(text)
    if found is None:
        return _why_not(text)
    zone = _zone(text[found.end() :])
    if zone is None:
        return _why_not_zone(text[found.end() :])
    offset, length = zone
    year, month, day, hour, minute, second = (int(part[-9:]) for part in found.groups())
    years, month = divmod(month - 1, 12)
    try:
        local = datetime(year + years, month + 1, 1, tzinfo=timezone(offset)) + timedelta(
            days=day - 1, hours=hour, minutes=minute, seconds=second
        )
        instant = local.astimezone(UTC)
    except (ValueError, OverflowError):
        return "året ligger utanför kalendern"
    return Moment(instant, _written(found), text[found.end() + length :], text)


def days_of(moment: Moment) -> tuple[date, date]:
    """Return the calendar day of a moment for a server on UTC, and for one on Swedish time."""
    try:
        return moment.instant.date(), moment.instant.astimezone(STOCKHOLM).date()
    except OverflowError:
        return moment.instant.date(), moment.instant.date()


def _from_number(value: Number, where: str, remarks: list[Remark]) -> Moment | None:
    try:
        instant = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(milliseconds=int(value.text))
    except OverflowError:
        remarks.append(remark("tid-ogiltig", where, value.text, orsak="talet är för stort"))
        return None
    remarks.append(remark("tid-millisekunder", where, value.text, blir=f"{instant:%Y-%m-%d %H:%M} UTC"))
    return Moment(instant, None, "", value.text, from_text=False)


def _written(found: re.Match[str]) -> date | None:
    """Return the day as it is written, None when there is no such day."""
    year, month, day, hour, minute, second = (int(part[-9:]) for part in found.groups())
    try:
        return datetime(year, month, day, hour, minute, second, tzinfo=UTC).date()
    except (ValueError, OverflowError):
        return None


def _zone(text: str) -> tuple[timedelta, int] | None:
    """Return the offset that a text begins with and its length, None when Java finds no zone there."""
    if found := _OFFSET.match(text):
        sign, hours, minutes = found.groups()
        if int(hours) > _MOST_HOURS or int(minutes) > _MOST_MINUTES:
            return None
        offset = timedelta(hours=int(hours), minutes=int(minutes))
        return (-offset if sign == "-" else offset), found.end()
    if found := _GMT.match(text):
        sign, hours, minutes = found.groups()
        if sign is None:
            return timedelta(), found.end()
        if int(hours) > _MOST_HOURS or int(minutes) > _MOST_MINUTES:
            return None
        offset = timedelta(hours=int(hours), minutes=int(minutes))
        return (-offset if sign == "-" else offset), found.end()
    name = max((zone for zone in _ZONES if text.upper().startswith(zone)), key=len, default="")
    return (timedelta(hours=_ZONES[name]), len(name)) if name else None


def _why_not(text: str) -> str:
    if re.fullmatch(r"\s*\d{4}-\d{2}-\d{2}\s*", text):
        return "klockslag och tidszon saknas"
    if re.match(r"\s*\d+-\d+-\d+ +\d", text):
        return "mellan datum och klockslag ska stå T"
    if re.fullmatch(r"\s*\d+\s*", text):
        return "siffror inom citattecken läses inte som en tidpunkt"
    return "formen är en annan"


def _why_not_zone(zone: str) -> str:
    if re.match(r"[+-]\d{2}:\d{2}", zone):
        return "tidszonen ska skrivas utan kolon, +0100"
    if zone.startswith((".", ",")):
        return "delar av sekunder får inte stå med"
    if zone.upper().startswith("Z"):
        return "tidszonen Z tas inte emot, skriv +0000"
    return "tidszonen tas inte emot" if zone.strip() else "tidszonen saknas"


_JAVA_BLANKS: Final = "".join(map(chr, range(0x21)))
