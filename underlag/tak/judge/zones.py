"""Names of time zones that Java reads in a date, with their hours from UTC: the usual ones, in lower case.

Source: Java SE, SimpleDateFormat.parse with English zone names (short and long, standard and daylight time).
"""

from typing import Final

_SHORT: Final = {
    "utc": 0, "gmt": 0, "wet": 0, "west": 1, "bst": 1, "cet": 1, "cest": 2, "met": 1, "mest": 2,
    "eet": 2, "eest": 3, "msk": 3, "sast": 2, "eat": 3, "cat": 2, "wat": 1,
    "ist": 5.5, "sgt": 8, "hkt": 8, "jst": 9, "kst": 9,
    "awst": 8, "acst": 9.5, "aest": 10, "aedt": 11, "nzst": 12, "nzdt": 13,
    "nst": -3.5, "ndt": -2.5, "ast": -4, "adt": -3, "est": -5, "edt": -4, "cst": -6, "cdt": -5,
    "mst": -7, "mdt": -6, "pst": -8, "pdt": -7, "akst": -9, "akdt": -8, "hst": -10,
}  # fmt: skip
_LONG: Final = {
    "coordinated universal time": 0, "greenwich mean time": 0,
    "western european standard time": 0, "western european summer time": 1,
    "central european standard time": 1, "central european summer time": 2,
    "eastern european standard time": 2, "eastern european summer time": 3,
    "eastern standard time": -5, "eastern daylight time": -4,
    "central standard time": -6, "central daylight time": -5,
    "mountain standard time": -7, "mountain daylight time": -6,
    "pacific standard time": -8, "pacific daylight time": -7,
}  # fmt: skip
ZONES: Final[dict[str, float]] = {**_SHORT, **_LONG}
