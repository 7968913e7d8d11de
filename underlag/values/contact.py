"""E-mail addresses and telephone numbers."""

import re
from typing import Final, NamedTuple

from underlag.characters.cleaning import Cleaned, clean_identifier
from underlag.lazy_pattern import LazyPattern, has_letter

_LABEL: Final = r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_EMAIL: Final = re.compile(
    rf"[a-z0-9_%+&'-]+(?:\.[a-z0-9_%+&'-]+)*@(?:{_LABEL}\.)+[a-z]{{2,63}}", re.ASCII | re.IGNORECASE
).fullmatch
_MAX_EMAIL: Final = 254

_PHONE: Final = re.compile(r"\(?(?:\+[1-9]|0)[0-9 ()/-]*[0-9]").fullmatch
_PHONE_BREAKS: Final = re.compile(r"[ ()/+-]")
#: What a mail program copies around an address: 'Tekla Fiktivsson <tekla@example.se>', 'mailto:…'.
_COPIED: Final = LazyPattern(
    r"(?:[^<>@]*<)?(?:(?:mailto|e-?post|e-?mail|mejl|mail) ?: ?)?"
    r"([^<>\s:;,]+@[^<>\s:;,]+?)[.;,]?(?:>[;,.]?)?",
    re.IGNORECASE,
).fullmatch
_BETWEEN: Final = LazyPattern(
    r"\s*(?:[;,/|]|\b(?:och|eller|samt|el)\b\.?)\s*|(?<=[0-9a-z])\s+(?=\S+@)", re.IGNORECASE
)
#: The kind of a number before it, and an extension or the kind after it: 'ankn 12', 'växel', '(mobil)'.
_KIND: Final = r"(?:telefon|tel|tfn|mobil|mob|direkt|växel|vxl?|jour)\.?"
_BEFORE: Final = LazyPattern(rf"^{_KIND}(?:nummer|nr)?[\s.:]+", re.IGNORECASE)
_EXTENSION: Final = LazyPattern(
    rf",? +(?:(?:ankn?|anknytning|vxl?|växel)\b[.:]?(?: ?[0-9]{{1,6}})?|\({_KIND}\))$", re.IGNORECASE
)
_FEWEST_DIGITS, _MOST_DIGITS = 7, 15


def clean_email(raw: str) -> Cleaned:
    """Clean an e-mail address of what a mail program copies around it: name, '<>', 'mailto:'."""
    text, changes = clean_identifier(raw)
    if is_email(text):
        return Cleaned(text, changes)
    found = _COPIED(text)
    if not found or found[1] == text or not is_email(found[1]):
        return Cleaned(text, changes)
    return Cleaned(found[1], (*changes, "text runt e-postadressen borttagen"))


def several(text: str) -> list[str]:
    """Return the addresses or numbers of a text that consists of two or more of them, else []."""
    pieces = [piece for piece in _BETWEEN.split(text) if piece]
    return pieces if len(pieces) > 1 and (all(map(is_email, pieces)) or all(map(is_phone, pieces))) else []


class Mailbox(NamedTuple):
    """An e-mail address, and the name shown with it."""

    address: str
    name: str = ""


def is_email(text: str) -> bool:
    """Whether a text is one e-mail address."""
    return len(text) <= _MAX_EMAIL and _EMAIL(text) is not None


def is_phone(text: str) -> bool:
    """Whether a text is a telephone number in a usual Swedish spelling: +46 …, 08-…, blanks, hyphens, '(0)'.

    Minimum seven digits (the shortest Swedish number with area code), maximum fifteen (ITU-T E.164).
    """
    if has_letter(text):
        text = _BEFORE.sub("", _EXTENSION.sub("", text))
    if not _PHONE(text) or text.count("(") != text.count(")"):
        return False
    digits = _PHONE_BREAKS.sub("", text.replace("(0)", ""))
    return _FEWEST_DIGITS <= len(digits) <= _MOST_DIGITS
