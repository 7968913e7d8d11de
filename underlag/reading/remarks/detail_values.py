"""Judges values next to known labels: whether one says more than its kind of detail does."""

from typing import Final

from underlag.profiles.words import words
from underlag.reading.cells.dates import days_in
from underlag.reading.remarks.units import MentionedUnits
from underlag.regions.mentions import may_name_two
from underlag.values.action import is_action_of_units, plain_action
from underlag.values.calendar import is_regular_time, parse_date
from underlag.values.refusal import Refusal

#: Details that are no contact's.
_OF_ORDER: Final = ("environment", "region", "date", "case_number", "remark", "action")

#: A contact's value that names a region has one of these.
_REGIONS: Final = ("region", "landsting")


def is_plain_value(key: str, text: str, units: MentionedUnits) -> bool:
    """Whether a value says no more than its kind does, or what it says is judged by a rule of its own.

    Args:
        key: the detail, or the part of a contact.
        text: the value.
        units: the units that are ordered.
    """
    if key == "date":  # 'Ej klart' is a missing date
        return not isinstance(parse_date(text), Refusal) or not any(days_in(text))
    if key == "action":
        return plain_action(text) is not None or is_action_of_units(text)
    if key in _OF_ORDER:
        return False
    return words().remarks.only_says_when_reached(text) and not units.are_meant_by(text)


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
    return (
        of_contact and any(word in text.casefold() for word in _REGIONS) and units.are_of_other_region(text)
    )
