"""The order form's details outside the tables: environment, date, case number, region, action.

Source: Inera, "Lathund beställning av TAKning Intygstjänster" 0.91, the form's first and last pages.

Findings: BST001, BST002, BST003, BST004, BST005, BST006, BST007, BST008, BST009, BST010, BST014, BST015,
BST016, BST018, BST019, BST031, BST032, BST033, BST039, BST041, BST042.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from underlag.characters.cleaning import visible
from underlag.checks.rules.context import CheckContext, is_to_come, position_text
from underlag.findings import Finding, finding
from underlag.lazy_pattern import LazyPattern
from underlag.privacy.masking import is_private, masked
from underlag.reading.order_details.statements import CONTACTS, title
from underlag.text.lists import MOST_NAMED, listed
from underlag.values.action import parse_action
from underlag.values.calendar import is_regular_time, parse_date, time_of_day, why_not_working_day
from underlag.values.case_number import case_numbers_in, is_case_number
from underlag.values.placeholder import is_nothing
from underlag.workbook import Field

#: A date further ahead is more often a slip in the year than intended.
_FAR_AHEAD: Final = timedelta(days=365)

#: The code for each reason to reject a date that could be parsed; for others BST004.
_REFUSED: Final = {"ambiguous": "BST033", "weekday": "BST039"}
#: A day from March 2023 to July 2050 as Excel stores it: days after 1899-12-30.
_SERIAL: Final = LazyPattern(r"4[5-9][0-9]{3}|5[0-4][0-9]{3}").fullmatch
_FIRST_SERIAL: Final = date(1899, 12, 30)

#: Details whose contradictions have a code of their own: without these details nothing can be ordered.
_CONTRADICTIONS: Final = {"environment": "BST003", "region": "BST015", "action": "BST019"}


_ONLY_NUMBER: Final = (
    "Skriv bara ärendenumret för den här beställningens förstudie ({}) i cellen. Annars blir resten en "
    "del av numret i beställningen. Ska Inera veta mer: skriv det i Övrig information."
)


def check_details(context: CheckContext) -> Iterator[Finding]:
    """Judge the order's details; a missing one is a gap to fill in, and only a warning."""
    yield from _environment(context)
    yield from _contradictions(context)
    yield from _placeholders(context)
    yield from _date(context)
    details = context.underlag.details
    if details.case_number is None or not details.case_number.text:
        if _is_judged(context, details.case_number) and not is_to_come(details, "case_number"):
            yield finding("BST009", details.case_number or details.blank("case_number"))
    elif not is_case_number(details.case_number.text):
        stated = case_numbers_in(details.case_number.text)
        yield finding(
            "BST010",
            details.case_number,
            suggestion=_ONLY_NUMBER.format(" eller ".join(stated)) if stated else None,
            varde=visible(details.case_number.text),
            plats=position_text(details.case_number),
        )
    elif len(stated := case_numbers_in(details.case_number.text)) > 1:
        yield finding(
            "BST042",
            details.case_number,
            antal=len(stated),
            nummer=listed(stated, most=MOST_NAMED),
            plats=position_text(details.case_number),
        )
    if not context.underlag.region:
        yield finding("BST014", details.region or details.blank("region"), filnamn=_file_name(context))
    if details.action is not None and details.action.text and parse_action(details.action.text) is None:
        yield finding("BST018", details.action, plats=position_text(details.action))


def check_private_details(context: CheckContext) -> Iterator[Finding]:
    """Find personal identity numbers in free texts; details with a format are rejected by it."""
    details = context.underlag.details
    stated = {"remark": details.remark, "region": details.region}
    for contact in CONTACTS:
        of_contact = getattr(details, contact)
        stated |= {f"{contact}.name": of_contact.name, f"{contact}.role": of_contact.role}
    for key, value in stated.items():
        if value is not None and is_private(value.text):
            shown = masked(value.text)
            yield finding("BST031", value, value=shown, vad=title(key), plats=position_text(value))


def _is_judged(context: CheckContext, value: Field | None) -> bool:
    """Whether a cell can be read; otherwise reading has a finding on it."""
    return value is None or value.position not in context.underlag.unreadable


def _environment(context: CheckContext) -> Iterator[Finding]:
    """Yield the finding on a missing or unknown environment."""
    stated = context.underlag.details.environment
    if stated is None or not stated.text:
        if _is_judged(context, stated):
            at = stated or context.underlag.details.blank("environment")
            yield finding("BST001", at, filnamn=_file_name(context))
    elif context.environment is None:
        allowed = " eller ".join(spec.key for spec in context.profile.environments)
        yield finding(
            "BST002", stated, profil=context.profile.title, plats=position_text(stated), miljoer=allowed
        )


def _contradictions(context: CheckContext) -> Iterator[Finding]:
    """Yield a finding on each detail with contradicting values."""
    for detail, stated in context.underlag.details.contradictions:
        values = listed([f"{value.text} ({position_text(value)})" for value in stated], most=MOST_NAMED)
        at = next((value for value in stated if value.column), stated[0])
        yield finding(
            _CONTRADICTIONS.get(detail, "BST016"),
            at,
            varde=stated[0].text,
            uppgifter=values,
            detalj=title(detail),
            related=tuple(value.position for value in stated if value.column and value is not at),
        )


def _placeholders(context: CheckContext) -> Iterator[Finding]:
    """Yield a finding on each detail that still has the form's placeholder text."""
    for detail, stated in context.underlag.details.placeholders:
        if detail == "remark" and is_nothing(stated.text):
            continue
        if not is_private(stated.text):
            yield finding(
                "BST032",
                stated,
                varde=visible(stated.text),
                detalj=title(detail),
                plats=position_text(stated),
            )


def _date(context: CheckContext) -> Iterator[Finding]:
    """Yield the findings on the date: missing, ambiguous, malformed, past, no working day, or far ahead."""
    stated = context.underlag.details.date
    if stated is None or not stated.text:
        details = context.underlag.details
        if _is_judged(context, stated) and not is_to_come(details, "date"):
            yield finding("BST007", stated or details.blank("date"))
        return
    if is_regular_time(stated.text):
        return
    day = parse_date(stated.text)
    today = context.options.now.date()
    if not isinstance(day, date):
        guess = _serial_day(stated.text)
        yield finding(
            _REFUSED.get(day.reason, "BST004"),
            stated,
            suggestion=f"Menades {guess}? Excel visar ett datum som ett tal när cellen har formatet Allmänt."
            if guess
            else None,
            correction=guess,
            varde=visible(stated.text),
            plats=position_text(stated),
            dagar=day.detail,
            exempel=_working_day_from(today),
        )
        return
    if day < today:
        yield finding("BST005", stated, plats=position_text(stated), idag=today)
        return
    if why := why_not_working_day(day):
        yield finding("BST006", stated, plats=position_text(stated), dag=why, exempel=_working_day_from(day))
    if time := time_of_day(stated.text):
        yield finding("BST041", stated, klockslag=time, plats=position_text(stated))
    if day - today > _FAR_AHEAD:
        yield finding("BST008", stated, plats=position_text(stated))


def _serial_day(text: str) -> str:
    """Return the day that Excel stores as a number, '' for a text that is no such number."""
    if not _SERIAL(text):
        return ""
    return (_FIRST_SERIAL + timedelta(days=int(text))).isoformat()


def _working_day_from(day: date) -> date:
    """Return the first working day on or after a day."""
    day += timedelta(days=1)
    while why_not_working_day(day):
        day += timedelta(days=1)
    return day


def _file_name(context: CheckContext) -> str:
    return context.profile.file_name.format(miljo=context.underlag.environment or "PROD", region="LiV")
