"""Judges values next to known labels: whether one says more than its kind of detail does."""

import re
from collections.abc import Iterable
from datetime import date
from typing import Final

from underlag.lazy_pattern import LazyPattern, has_digit, has_letter
from underlag.profiles.profile import Profile
from underlag.profiles.words import Answer, folded, words
from underlag.reading.cells.dates import days_in
from underlag.reading.remarks.days import includes_day
from underlag.reading.remarks.units import MentionedUnits
from underlag.regions.mentions import may_name_two
from underlag.regions.region import region_key
from underlag.values.action import is_action_of_units, plain_action
from underlag.values.calendar import is_regular_time, parse_date
from underlag.values.case_number import case_numbers_in
from underlag.values.placeholder import is_placeholder
from underlag.values.refusal import Refusal

#: Details that are no contact's, and those of them with a value of one word or day.
_OF_ORDER: Final = ("environment", "region", "date", "case_number", "remark", "action")
OF_ORDER: Final = ("environment", "region", "date", "case_number", "action")

#: Those that are names, and the parts of a contact whose form is checked.
_NAMED: Final = ("environment", "region")
_FORMAL: Final = ("email", "phone", "hsa_id")
#: Marks after a value: of a footnote, or of a doubt.
_MARKS: Final = tuple("*!†‡¹²³⁴⁵⁶⁷⁸⁹")
#: What a value looks like: 'ÅÅÅÅ-MM-DD', 't.ex. PROD'.
_SHAPE: Final = LazyPattern(
    r"\W*(?:(?:å{2,4}|y{2,4})\W?m\W?m\W?d\W?d\b.*|t\.? ?ex\b.*|ex\b.*)", re.IGNORECASE | re.DOTALL
).fullmatch
#: An instruction is longer than a condition: 'Om datum saknas …', but 'om det går'.
_SHORTEST_INSTRUCTION: Final = 6
#: First and last name of a person.
_PERSON: Final = LazyPattern(
    r"[A-ZÅÄÖ][a-zåäöéü]+(?:-[A-ZÅÄÖ][a-zåäöéü]+)?(?: (?:von|af|de|la|[A-ZÅÄÖ]\.))*"
    r"(?: [A-ZÅÄÖ][a-zåäöéü]+(?:-[A-ZÅÄÖ][a-zåäöéü]+)?){1,2}"
).fullmatch
#: A text that names a region for certain has one of these.
REGIONS: Final = ("region", "landsting")


def is_plain_value(key: str, text: str, units: MentionedUnits) -> bool:
    """Whether a value says no more than its kind does, or what it says is judged by a rule of its own.

    Args:
        key: the detail, or the part of a contact.
        text: the value.
        units: the units that are ordered.
    """
    if key == "date":  # 'Ej klart' is a missing date
        return not isinstance(parse_date(text), Refusal) or not any(days_in(text))
    if key == "case_number":  # asked about as a number of an unusual form
        return bool(case_numbers_in(text))
    if key == "action":
        return plain_action(text) is not None or is_action_of_units(text)
    if key in _OF_ORDER:
        return False
    if key.endswith("name") and _PERSON(text) and not words().remarks.changes_order(text):
        return True  # a name that a unit has, too: 'Maria Ljung'
    return words().remarks.only_says_when_reached(text) and not units.are_meant_by(text)


def may_mean_other_value(text: str) -> bool:
    """Whether a text after the value of a detail may mean another value, or doubt: 'ungefär', 'tisdag'.

    What confirms the value, or says how to fill in, does not.
    """
    if not has_letter(text) and not has_digit(text):
        return "?" in text
    known = words()
    if known.answer(text) in (Answer.YES, Answer.MARK) or _SHAPE(text):
        return False
    if known.reservations.instructs(text):
        return len(text.split()) < _SHORTEST_INSTRUCTION
    if known.reservations.explains(text):
        return False
    return known.remarks.changes_order(text) or "?" in text or not known.remarks.states_done(text)


def carries_more(key: str, text: str, units: MentionedUnits) -> bool:
    """Whether a value names another region than the order's, or has a condition, or a unit as region.

    Args:
        key: the detail, or the part of a contact.
        text: the value.
        units: the units that are ordered.
    """
    remarks = words().remarks
    if key == "date" and is_regular_time(text):
        return remarks.changes_order(text.partition("(")[2])
    if key == "region":
        return may_name_two(text) and (
            remarks.limits_region(text) or units.are_named_in(text) or units.are_of_other_region(text)
        )
    of_contact = key not in _OF_ORDER and "@" not in text
    return of_contact and any(word in text.casefold() for word in REGIONS) and units.are_of_other_region(text)


def is_doubted(key: str, text: str, units: MentionedUnits, *, further: bool) -> bool:
    """Whether a value has a mark of doubt, or a text at a contact says that the contact may not be there.

    Args:
        key: the detail, or the part of a contact.
        text: the value, or a text after it.
        units: the units that are ordered.
        further: whether it is after the value.
    """
    if is_placeholder(text):
        return False
    if key in _OF_ORDER:
        return key in _NAMED and text.endswith(_MARKS)
    if not further and key.rpartition(".")[2] in _FORMAL:
        return False
    remarks = words().remarks
    doubted = text.endswith(_MARKS) or "?" in text or remarks.says_absent(text)
    return doubted or (units.day is not None and remarks.says_away(text) and includes_day(text, units.day))


def repeats_value(key: str, value: str, text: str, profile: Profile, labels: Iterable[str]) -> bool:
    """Whether a text after the value of a detail repeats it or a label; of a date also the weekday or week.

    Args:
        key: the detail.
        value: its value.
        text: the text after it.
        profile: the workbook's profile, which has the environments.
        labels: the detail's labels.
    """
    plain = folded(text)
    if plain and (plain in folded(value) or any(plain in folded(label) for label in labels)):
        return True
    if key == "environment":
        stated = profile.environment(plain.removesuffix("smiljö").removesuffix(" miljö"))
        return stated is not None and stated == profile.environment(value)
    if key == "region":
        return region_key(text.strip(" ()")) == region_key(value)
    day = parse_date(value) if key == "date" else None
    if not isinstance(day, date):
        return False
    return parse_date(text) == day or parse_date(f"{day.isoformat()} {text}") == day
