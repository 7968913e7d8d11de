"""E-mail addresses and telephone numbers for the order form."""

import re
from typing import Final

_LABEL: Final = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_EMAIL: Final = re.compile(
    rf"[a-z0-9_%+&'-]+(?:\.[a-z0-9_%+&'-]+)*@(?:{_LABEL}\.)+[a-z]{{2,63}}", re.ASCII | re.IGNORECASE
).fullmatch
_MAX_EMAIL: Final = 254

_PHONE: Final = re.compile(r"\(?(?:\+[1-9]|0)[0-9 ()/-]*[0-9]").fullmatch
_PHONE_BREAKS: Final = re.compile(r"[ ()/+-]")
#: An extension after the number: 'ankn 12', 'växel'.
_EXTENSION: Final = re.compile(r",? +(?:ankn?|anknytning|vxl?|växel)\b[.:]?(?: ?[0-9]{1,6})?$", re.IGNORECASE)
_FEWEST_DIGITS, _MOST_DIGITS = 7, 15


def is_email(text: str) -> bool:
    """Whether a text is one e-mail address."""
    return len(text) <= _MAX_EMAIL and _EMAIL(text) is not None


def is_phone(text: str) -> bool:
    """Whether a text is a telephone number in a usual Swedish spelling: +46 …, 08-…, blanks, hyphens, '(0)'.

    Minimum seven digits (the shortest Swedish number with area code), maximum fifteen (ITU-T E.164).
    """
    text = _EXTENSION.sub("", text)
    if not _PHONE(text) or text.count("(") != text.count(")"):
        return False
    digits = _PHONE_BREAKS.sub("", text.replace("(0)", ""))
    return _FEWEST_DIGITS <= len(digits) <= _MOST_DIGITS
