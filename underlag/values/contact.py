"""E-mail addresses and telephone numbers."""

import re
from typing import Final, NamedTuple

from underlag.characters.cleaning import Cleaned, clean_identifier
from underlag.lazy_pattern import LazyPattern, has_digit, has_letter

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
_SIGNS_BETWEEN: Final = LazyPattern(r"\s*[;,/|]\s*")
#: The kind of a number before it, and an extension or the kind after it: 'ankn 12', 'växel', '(mobil)'.
_KIND: Final = r"(?:(?:jour|direkt|mobil|support)?telefon|tel|tfn|mobil|mob|direkt|växel|vxl?|jour)\.?"
_BEFORE: Final = LazyPattern(rf"^{_KIND}(?:nummer|nr)?[\s.:]+", re.IGNORECASE)
_EXTENSION: Final = LazyPattern(
    rf",? +(?:(?:ankn?|anknytning|vxl?|växel)\b[.:]?(?: ?[0-9]{{1,6}})?|\({_KIND}\))$", re.IGNORECASE
)
_FEWEST_DIGITS, _MOST_DIGITS = 7, 15
#: Words after a number: '08-465 004 00 (vardagar 8-17)'. They contain no second number.
_NOTE_AFTER: Final = LazyPattern(r"(.*?[0-9)])[\s,;]+\(?[^\W\d](?!.*[0-9]{5}).*", re.DOTALL).fullmatch
#: Words after an e-mail address: 'support@example.se (bevakas vardagar)'. They contain no second address.
_NOTE_AFTER_EMAIL: Final = LazyPattern(
    r"([^\s<>(),;:@]+@[^\s<>(),;:@]+?)(?:[,;]?\s+\(?|\()[^\W\d][^@]*", re.DOTALL
).fullmatch
#: How a contact is reached, before a number: 'Nås via växeln 018-611 00 00'.
_REACHED_BY: Final = LazyPattern(
    r"(?:nås|svarar|träffas) (?:(?:enklast|bäst|säkrast|lättast) )?(?:via|på|genom)"
    r"(?: (?:växeln?|mobil(?:en)?|telefon|jour(?:en)?|servicedesk|supporten))?:? +(?=[(+0])(.*)",
    re.IGNORECASE | re.DOTALL,
).fullmatch
#: A person's or group's name before a number: 'Anna Ek 070-174 06 11', 'Servicedesk: 08-465 004 00'. Words
#: about the number are no name: 'Ej 070-174 06 11', 'Gammalt: 070-174 06 11'.
_NAME_BEFORE: Final = LazyPattern(
    r"(?!(?:Inte|Ej|Fel|Ny|Nya|Nytt|Gamla|Gammalt|Tidigare|Byt|Ändra|Ring|Obs|OBS|Utgått|Vänta|Avvakta)\b)"
    r"[^\W\d_a-zåäöéü][^\W\d_]*(?:[ -](?:von|af|de|la|och|[^\W\d_a-zåäöéü][^\W\d_]*)){0,4}[,:]?\s+"
    r"(?=[(+0])(.*)",
    re.DOTALL,
).fullmatch
#: When and how a contact is reached, which is no role: 'säkrast förmiddagar', 'dagtid', 'ankn 12'.
_REACHED: Final = LazyPattern(
    r"(?:(?:säkrast|bäst|nås|helst|lättast|enklast|svarar|träffas|bevakas|efter|före|innan|mellan|kl|klockan|dagtid|jour|dygnet"
    r"|kontorstid|mån|tis|ons|tors|fre|ej|inte|bara|endast|ring|sms|knappval|tonval|mobil|växel|vxl|ankn|direkt|telefontid"
    r"|semester|ledig|på plats|arbetar|jobbar)(?!\w)"
    r"|(?:vardag|helg|kväll|natt|förmiddag|eftermiddag|lunch|(?:mån|tis|ons|tors|fre|lör|sön)dag)(?:ar|arna|en|s|er|tid)?(?!\w)).*",
    re.IGNORECASE | re.DOTALL,
).match
#: An address and a number within a text, each with what it is called before it.
_EMAIL_WITHIN: Final = LazyPattern(
    r"(?:\b(?:mailto|e-?post(?:adress)?|e-?mail|mejl|mail)\s*:?\s*)?[<(]?(?<![^\s<(:,;|/])([^\s<>(),;:|/@]+@[^\s<>(),;:|/]*[^\W_])[>)]?",
    re.IGNORECASE,
)
_PHONE_WITHIN: Final = LazyPattern(
    rf"(?:\b{_KIND}(?:nummer|nr)?[\s:]*)?(?<![^\s(:,;|/.])(\(?(?:\+[1-9]|0)[0-9 ()-]*[0-9])(?![\w-])",
    re.IGNORECASE,
)
_PARTS_BETWEEN: Final = LazyPattern(r"\s*[,;|/\n]\s*|\s+[-–]\s+")
_AROUND: Final = " \t.:()<>-–"


def clean_email(raw: str) -> Cleaned:
    """Clean an e-mail address of what a mail program copies around it: name, '<>', 'mailto:'."""
    text, changes = clean_identifier(raw)
    if is_email(text):
        return Cleaned(text, changes)
    if email := _without_copied(text):
        return Cleaned(email, (*changes, "text runt e-postadressen borttagen"))
    if (found := _NOTE_AFTER_EMAIL(text)) and is_email(found[1]):
        return Cleaned(found[1], (*changes, "text efter e-postadressen borttagen"))
    for between in (_SIGNS_BETWEEN, _BETWEEN):
        each = [_without_copied(piece) or piece for piece in between.split(text) if piece]
        if len(each) > 1 and all(map(is_email, each)):
            return Cleaned(each[0], (*changes, f"den första av {len(each)} e-postadresser används"))
    return Cleaned(text, changes)


def clean_phone(raw: str) -> Cleaned:
    """Clean a telephone number of a name before it and words after it; of several, keep the first."""
    text, changes = clean_identifier(raw)
    if is_phone(text):
        return Cleaned(text, changes)
    each = [_without_note(piece) for piece in _BETWEEN.split(text) if piece]
    if len(each) > 1 and all(map(is_phone, each)):
        return Cleaned(each[0], (*changes, f"det första av {len(each)} telefonnummer används"))
    named = _NAME_BEFORE(text) or _REACHED_BY(text)
    number = _without_note(named[1] if named else text)
    if number != text and is_phone(number):
        where = "runt" if named and number != named[1] else "före" if named else "efter"
        return Cleaned(number, (*changes, f"text {where} telefonnumret borttagen"))
    return Cleaned(text, changes)


def contact_parts(text: str) -> dict[str, str]:
    """Return the parts of a contact that one text holds: 'name', 'email', 'phone' and 'role'.

    Without an address or a number in the text, it is a name alone and the result is empty.
    """
    found: dict[str, str] = {}
    rest = text
    kinds = [("email", _EMAIL_WITHIN, is_email)] if "@" in text else []
    if has_digit(text):
        kinds.append(("phone", _PHONE_WITHIN, is_phone))
    for part, within, is_one in kinds:
        values = [match for match in within.finditer(rest) if is_one(match[1])]
        if values:
            found[part] = values[0][1]
        for match in reversed(values):
            rest = f"{rest[: match.start()]}, {rest[match.end() :]}"
    if not found:
        return {}
    words = [word for piece in _PARTS_BETWEEN.split(rest) if (word := piece.strip(_AROUND))]
    if words:
        found["name"] = words[0]
    if roles := [word for word in words[1:] if not _REACHED(word)]:
        found["role"] = ", ".join(roles)
    return found


def _without_copied(text: str) -> str:
    found = _COPIED(text)
    return found[1] if found and is_email(found[1]) else ""


def _without_note(text: str) -> str:
    """Return a number without the words after it; a text without a number as it is."""
    if is_phone(text) or not has_letter(text):
        return text
    found = _NOTE_AFTER(text)
    return found[1] if found and is_phone(found[1]) else text


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
