"""Public holidays in Sweden.

Source: lagen (1989:253) om allmänna helgdagar, as it stands since 2005. A table of our own, held by the tests
against the library `holidays`: loading that takes as long as judging a whole ordinary workbook.
"""

from datetime import date, timedelta
from typing import Final

_FIXED: Final = {
    (1, 1): "nyårsdagen",
    (1, 6): "trettondedag jul",
    (5, 1): "första maj",
    (6, 6): "nationaldagen",
    (12, 25): "juldagen",
    (12, 26): "annandag jul",
}
#: By the days from Påskdagen.
_AROUND_EASTER: Final = {
    -2: "långfredagen",
    0: "påskdagen",
    1: "annandag påsk",
    39: "kristi himmelsfärdsdag",
    49: "pingstdagen",
}
_SATURDAY: Final = 5
#: Saturdays: the first on this day or later.
_FIRST_SATURDAY: Final = {(6, 20): "midsommardagen", (10, 31): "alla helgons dag"}


def public_holiday(day: date) -> str:
    """Return the Swedish name of a public holiday in lower case, '' for another day."""
    if fixed := _FIXED.get((day.month, day.day)):
        return fixed
    if day.weekday() == _SATURDAY:
        for (month, first), name in _FIRST_SATURDAY.items():
            if timedelta(0) <= day - date(day.year, month, first) < timedelta(weeks=1):
                return name
    from dateutil.easter import easter  # noqa: PLC0415 - only an order with a date needs it

    return _AROUND_EASTER.get((day - easter(day.year)).days, "")
