"""Compares what a sentence of a mail states with its workbook: days, ids, addresses and names of units.

A fact that the workbook has, too, needs no question. Days of meetings and answers, pages to read, and ids
of persons and organisations are not facts of an order.
"""

import re
from collections.abc import Iterator
from datetime import date
from typing import Final
from urllib.parse import urlsplit

from underlag.lazy_pattern import LazyPattern
from underlag.profiles.words import words
from underlag.reading.cells.identifiers import addresses_within, holds_value, ids_within
from underlag.reading.remarks.days import days_named, is_about_change, was_lately
from underlag.reading.remarks.detail_values import REGIONS
from underlag.reading.remarks.mail_sentences import without_courtesy
from underlag.reading.remarks.sentences import is_contact, is_page, port_in
from underlag.reading.remarks.units import MentionedUnits
from underlag.text.lists import listed
from underlag.values.calendar import MONTHS

#: What a day means that only the mail has.
_OF_MAIL_ALONE: Final = "ändringen ska göras en dag som inte finns i arbetsboken"
#: Words before a day until when, or from when, something is wished.
_UNTIL: Final = LazyPattern(r"\b(?:senast|innan|före|deadline|helst före|by|before)\b", re.IGNORECASE).search
_FROM: Final = LazyPattern(
    r"\b(?:tidigast|efter|från och med|fr\.? ?o\.? ?m|not before"
    r"|(?:inte|ej|inget|inga|ingenting)\b.*\b(?:före|innan|förrän))\b",
    re.IGNORECASE,
).search
#: The part of a sentence with the new day: 'från … till …', 'inte …, kan vi säga …', '… i stället för …'.
_MOVED: Final = LazyPattern(
    r"\bfrån\b.+\btill\b(.+)|\b(?:inte|ej)\b[^,]+(?:,|\butan\b)(.+)"
    r"|^i ?stället för\b.+?\b(?:vill|blir|ska|kör|kan|är)\b(.+)|^(.+)\b(?:i ?stället för|instead of)\b"
    r"|^(.+), (?:och )?(?:inte|ej) .*\d|\bföreslår\b(.+)",
    re.IGNORECASE,
).search
#: A day that a sentence denies.
_DENIED: Final = LazyPattern(r"\b(?:inte|ej|icke|not)(?: den| på| on)? (\d[^,]*)", re.IGNORECASE).search
_WEEKS: Final = LazyPattern(r"\b(?:v\.? ?|vecka )(\d{1,2})\b", re.IGNORECASE).findall
#: The end of a month's name, of which `MONTHS` has the beginning.
_ENDS: Final = r"(?:r?uari|s|il|i|usti|tember|ober|ember)?\b"
_MONTH: Final = LazyPattern(rf"\b(?:i|till) ({'|'.join(MONTHS)}){_ENDS}", re.IGNORECASE).findall
#: Parts of addresses that are called.
_CALLED: Final = ("rivtabp", "/services/", "/ws/")
#: What may be a day, week or month; an environment; a value.
_DAY: Final = LazyPattern(
    rf"\d[/-]\d|\b(?:v\.?|vecka) ?\d|\b(?:{'|'.join(MONTHS)}){_ENDS}|\bdatum", re.IGNORECASE
).search
_ENVIRONMENT: Final = LazyPattern(
    r"\b(?:[A-ZÅÄÖ]{2,}\b|[Qq]a\b|[Pp]rod|[Tt]est|[Aa]ccept|[Dd]emo|[Uu]tbildning)"
).search
_ORDER: Final = LazyPattern(
    r"(?i)\b(?:gäller|avse[rs]|omfattar|detta är|det här är|order|beställ|underlag|miljö|takning"
    r"|anslut|kör|lägg)"
).search
_COUNT: Final = LazyPattern(
    r"(?i)\d.*(?:enhet|adressat|mottagning|vårdcentral|rader)|(?:totalt|antal|enheter)"
).search


def may_state_fact(sentence: str) -> bool:
    """Whether a sentence of a mail may state something that can be compared with a workbook."""
    known = words()
    if is_aside(sentence):
        return False
    return (
        (holds_value(sentence) and bool(ids_within(sentence) or addresses_within(sentence)))
        or (_DAY(sentence) is not None and _may_be_of_change(sentence))
        or (_ORDER(sentence) is not None and _ENVIRONMENT(sentence) is not None)
        or _COUNT(sentence) is not None
        or port_in(sentence) != ""
        or known.mails.extends(sentence)
        or (known.mails.may_name_unit(sentence) and (_changes(sentence) or _has_name_inside(sentence)))
    )


def _has_name_inside(sentence: str) -> bool:
    return any(word[:1].isupper() for word in sentence.split()[1:])


def _may_name_region(sentence: str) -> bool:
    return any(word in sentence.casefold() for word in REGIONS)


def _may_be_of_change(sentence: str) -> bool:
    """Whether a day in a sentence may be the order's."""
    mails = words().mails
    is_of_change = is_about_change(sentence) or mails.moves_date(sentence) or mails.wishes_day(sentence)
    return is_of_change or _DENIED(sentence) is not None


def is_aside(sentence: str) -> bool:
    """Whether a sentence is a disclaimer, a greeting, a contact, an instruction or about the mail itself."""
    known = words()
    return (
        known.mails.concerns_mail(sentence)
        or known.reservations.instructs(without_courtesy(sentence))
        or known.reservations.explains(sentence)
    )


def other_fact(sentence: str, units: MentionedUnits, day: date | None, today: date) -> str:
    """Return, in Swedish, what a sentence of a mail states that its workbook does not; '' for nothing.

    Args:
        sentence: the sentence, which is no aside.
        units: the units and other values that are ordered.
        day: the order's date, None if unknown.
        today: the day of the run; earlier days are history.
    """
    ids = [found for found in ids_within(sentence) if not units.have(found)]
    if ids and not is_contact(sentence) and not words().mails.states_own_id(sentence):
        return f"beställningen ska ha {listed(ids)}, som inte finns i arbetsboken"
    if addresses := list(_other_addresses(sentence, units)):
        return f"adressen är {listed(addresses)}, som inte finns i arbetsboken"
    if (port := port_in(sentence)) and not units.have_port(port):
        return f"adressen har port {port}, som inte finns i arbetsboken"
    if asks_for_other_day(sentence, day, today) or (day is not None and _leaves_date_open(sentence, day)):
        return f"datumet för ändringen inte är {day.isoformat()}" if day else _OF_MAIL_ALONE
    return _about_units(sentence, units)


def _about_units(sentence: str, units: MentionedUnits) -> str:
    known = words()
    if known.mails.extends(sentence):
        return "något ska beställas som inte finns i arbetsboken"
    if not known.mails.may_name_unit(sentence) or known.mails.reports_change(sentence):
        return ""
    if is_contact(sentence):
        return ""
    if _may_name_region(sentence) and units.are_named_in(sentence) and units.are_of_other_region(sentence):
        return "en enhet hör till en annan region"
    if _changes(sentence):
        if units.lack_unit_of(sentence):
            return "det gäller en enhet som inte finns i arbetsboken"
        is_asked = units.are_named_in(sentence)
    else:
        is_asked = units.are_meant_by(sentence) and not _only_describes(sentence)
    return "en enhet ska beställas på annat sätt än det står på flikarna" if is_asked else ""


def _only_describes(sentence: str) -> bool:
    """Whether a sentence about a unit says what or where it is, what was done, or lists it with others."""
    known = words()
    return known.remarks.only_describes(sentence) or known.mails.describes_unit(sentence)


def _changes(sentence: str) -> bool:
    """Whether a sentence about a unit changes, denies, postpones or limits something."""
    known = words()
    plain = known.mails.without_harmless(sentence)
    return known.remarks.changes_order(known.mails.without_passing(plain)) or known.mails.changes_unit(
        sentence
    )


def _other_addresses(sentence: str, units: MentionedUnits) -> Iterator[str]:
    """Yield the addresses to call that are not the workbook's."""
    is_meant = words().mails.is_about_address(re.sub(r"https?://\S+", " ", sentence))
    for address in addresses_within(sentence):
        if units.have(address) or units.have_address_of(address) or is_page(address):
            continue
        if is_meant or _is_called(address):
            yield address


def _is_called(address: str) -> bool:
    try:
        port = urlsplit(address).port
    except ValueError:
        port = None
    return port is not None or any(part in address.casefold() for part in _CALLED)


def asks_for_other_day(sentence: str, day: date | None, today: date) -> bool:
    """Whether a sentence states another day, week or month for the order than its date, which holds it back.

    Without a date the order would be done at once, so a day to come is another one.

    Args:
        sentence: the sentence, which is no aside.
        day: the order's date, None if unknown.
        today: the day of the run; earlier days are history.
    """
    mails = words().mails
    day = day or today
    denied = _DENIED(sentence)
    if denied and day in days_named(denied[1], day):
        return True
    moves = mails.moves_date(sentence)
    is_wished = is_about_change(sentence) or mails.wishes_day(sentence)
    if not moves and (not is_wished or mails.is_about_other_day(sentence)):
        return False
    moved = _MOVED(sentence)
    days = days_named(moved[moved.lastindex or 0], day) if moved else []
    days = [found for found in days or days_named(sentence, day) if found > today]
    if not moves:
        days = [found for found in days if not was_lately(found, sentence, today)]
    if days:
        return not _agrees(sentence, days, day)
    if weeks := _WEEKS(sentence):
        return moves and day.isocalendar().week not in map(int, weeks)
    if months := _MONTH(sentence):
        return moves and day.month not in [MONTHS.index(month.casefold()) + 1 for month in months]
    return False


def _leaves_date_open(sentence: str, day: date) -> bool:
    """Whether a sentence says that the date is another, but not which."""
    mails = words().mails
    is_about_date = mails.moves_date(sentence) or (
        is_about_change(sentence) and not mails.is_about_other_day(sentence)
    )
    return is_about_date and mails.leaves_date_open(sentence) and not days_named(sentence, day)


def _agrees(sentence: str, days: list[date], day: date) -> bool:
    """Whether the days of a sentence allow the order's."""
    if _FROM(sentence):
        return day >= min(days)
    return day in days or (_UNTIL(sentence) is not None and day <= max(days))
