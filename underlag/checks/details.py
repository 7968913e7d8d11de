"""What the order form asks for beside the tables: environment, date, case number, region, action.

Source: Inera, "Lathund beställning av TAKning Intygstjänster" 0.91, the form's first and last pages.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from underlag.checks.private import is_private, masked
from underlag.checks.survey import Survey, place
from underlag.findings import Finding, finding
from underlag.model import Field
from underlag.reading.order_details.statements import CONTACTS, title
from underlag.text.lists import listed
from underlag.values.action import parse_action
from underlag.values.calendar import is_regular_time, parse_date, why_not_working_day
from underlag.values.case_number import is_case_number
from underlag.values.cleaning import visible

#: An order so far ahead is more often a slip in the year than meant.
_FAR_AHEAD: Final = timedelta(days=365)

#: The code of a contradiction, where the detail has one of its own: without it nothing can be ordered.
_CONTRADICTIONS: Final = {"environment": "BST003", "region": "BST015", "action": "BST019"}


def check_details(survey: Survey) -> Iterator[Finding]:
    """Judge the order's details; what nobody gave is a gap to fill in, and only a warning."""
    yield from _environment(survey)
    yield from _contradictions(survey)
    yield from _placeholders(survey)
    yield from _date(survey)
    details = survey.underlag.details
    if details.case_number is None or not details.case_number.text:
        if _is_judged(survey, details.case_number):
            yield finding("BST009", details.case_number)
    elif not is_case_number(details.case_number.text):
        yield finding(
            "BST010",
            details.case_number,
            varde=visible(details.case_number.text),
            plats=place(details.case_number),
        )
    if not survey.underlag.region:
        yield finding("BST014", details.region, filnamn=_file_name(survey))
    if details.action is not None and details.action.text and parse_action(details.action.text) is None:
        yield finding("BST018", details.action, plats=place(details.action))


def check_private_details(survey: Survey) -> Iterator[Finding]:
    """Find personal identity numbers in texts for people; what has a form of its own is refused for it."""
    details = survey.underlag.details
    stated = {"remark": details.remark, "region": details.region}
    for contact in CONTACTS:
        of_contact = getattr(details, contact)
        stated |= {f"{contact}.name": of_contact.name, f"{contact}.role": of_contact.role}
    for key, value in stated.items():
        if value is not None and is_private(value.text):
            shown = masked(value.text)
            yield finding("BST031", value, value=shown, vad=title(key), plats=place(value))


def _is_judged(survey: Survey, value: Field | None) -> bool:
    """Whether reading has not already said that the cell cannot be read."""
    return value is None or value.position not in survey.underlag.unreadable


def _environment(survey: Survey) -> Iterator[Finding]:
    stated = survey.underlag.details.environment
    if stated is None or not stated.text:
        if _is_judged(survey, stated):
            yield finding("BST001", stated, filnamn=_file_name(survey))
    elif survey.environment is None:
        allowed = " eller ".join(spec.key for spec in survey.profile.environments)
        yield finding("BST002", stated, profil=survey.profile.title, plats=place(stated), miljoer=allowed)


def _contradictions(survey: Survey) -> Iterator[Finding]:
    for detail, stated in survey.underlag.details.contradictions:
        said = listed([f"{value.text} ({place(value)})" for value in stated])
        at = next((value for value in stated if value.column), stated[0])
        yield finding(
            _CONTRADICTIONS.get(detail, "BST016"),
            at,
            varde=stated[0].text,
            uppgifter=said,
            detalj=title(detail),
            related=tuple(value.position for value in stated if value.column and value is not at),
        )


def _placeholders(survey: Survey) -> Iterator[Finding]:
    for detail, stated in survey.underlag.details.placeholders:
        if not is_private(stated.text):
            yield finding(
                "BST032", stated, varde=visible(stated.text), detalj=title(detail), plats=place(stated)
            )


def _date(survey: Survey) -> Iterator[Finding]:
    stated = survey.underlag.details.date
    if stated is None or not stated.text:
        if _is_judged(survey, stated):
            yield finding("BST007", stated)
        return
    if is_regular_time(stated.text):
        return
    day = parse_date(stated.text)
    today = survey.options.now.date()
    if not isinstance(day, date) and day.reason == "ambiguous":
        yield finding("BST033", stated, varde=visible(stated.text), plats=place(stated), dagar=day.detail)
        return
    if not isinstance(day, date):
        yield finding(
            "BST004",
            stated,
            varde=visible(stated.text),
            plats=place(stated),
            exempel=_working_day_from(today),
        )
        return
    if day < today:
        yield finding("BST005", stated, plats=place(stated), idag=today)
        return
    if why := why_not_working_day(day):
        yield finding("BST006", stated, plats=place(stated), dag=why, exempel=_working_day_from(day))
    if day - today > _FAR_AHEAD:
        yield finding("BST008", stated, plats=place(stated))


def _working_day_from(day: date) -> date:
    """Return the first working day after a day."""
    day += timedelta(days=1)
    while why_not_working_day(day):
        day += timedelta(days=1)
    return day


def _file_name(survey: Survey) -> str:
    return survey.profile.file_name.format(miljo=survey.underlag.environment or "PROD", region="LiV")
