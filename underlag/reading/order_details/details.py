"""Merges the order details of several sources.

Precedence: option, order file, sheet "Beställning", file name.

Findings: BST030, BST040.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from underlag.characters.likeness import compact
from underlag.findings import Finding, finding
from underlag.options import Options
from underlag.profiles.profile import Profile
from underlag.reading.formats.grid import Sheet
from underlag.reading.order_details.file_name import FROM_FILE_NAME, read_file_name, word_of_test
from underlag.reading.order_details.order_file import OrderFile, read_order_file
from underlag.reading.order_details.order_file_beside import is_among, why_not_used
from underlag.reading.order_details.order_sheet import OrderSheet, read_order_sheet
from underlag.reading.order_details.statements import CONTACT_FIELDS, CONTACTS, Statement
from underlag.regions.region import is_called, region_key
from underlag.text.lists import MOST_NAMED, listed
from underlag.values.action import REMOVE, action_title, plain_action
from underlag.values.calendar import REGULAR_TIME, is_regular_time, parse_date
from underlag.values.placeholder import is_no_contact, is_placeholder
from underlag.values.refusal import Refusal
from underlag.workbook import Contact, Field, OrderDetails

#: The source of values from options.
FROM_OPTION = "valet i programmet"


class DetailsRead:
    """The details, the positions of cells with an error, and the findings.

    `unknown` holds the labels of the sheet "Beställning" without a meaning, with the values next to them.
    """

    def __init__(self, details: OrderDetails) -> None:
        self.details = details
        self.unreadable: set[tuple[str, int, int]] = set()
        self.unknown: list[tuple[Field, Field]] = []
        self.findings: list[Finding] = []


def read_details(
    profile: Profile | None,
    options: Options,
    sheet: Sheet | None,
    file_name: str,
    labels: Mapping[str, str] = MappingProxyType({}),
) -> DetailsRead:
    """Read the order's details from every source.

    Args:
        profile: the profile, which has the environments.
        options: environment, date, case number, removal and the order file are used.
        sheet: the sheet "Beställning", None if there is none.
        file_name: the workbook's name.
        labels: the details that labels of that sheet were decided to be.
    """
    read = DetailsRead(OrderDetails())
    on_sheet = read_order_sheet(sheet, labels) if sheet is not None else OrderSheet()
    workbooks, read.unreadable, read.findings = on_sheet.statements, on_sheet.unreadable, on_sheet.findings
    read.unknown = on_sheet.unknown
    if profile is not None:
        workbooks += read_file_name(file_name, profile)
    path, order_file = options.order_file, OrderFile()
    if path is not None:
        order_file = read_order_file(path)
        read.findings = _of_another(path, order_file, file_name) + read.findings
    elif options.order_file_beside is not None:
        regions = [value.text for key, value in workbooks if key == "region"]
        path, order_file = _file_beside(options.order_file_beside, options, file_name, regions)
    read.findings = [*order_file.findings, *read.findings]
    decided = _decide([*_from_options(options), *order_file.statements, *workbooks], profile)
    read.details = decided._replace(
        blanks=tuple(on_sheet.blanks.items()),
        order_file=path,
        order_file_content=order_file.content,
    )
    read.findings += _doubtful_environment(profile, read.details, file_name)
    return read


def _of_another(path: Path, found: OrderFile, name: str) -> list[Finding]:
    """State that a file names other workbooks, which does not matter for one that the user names."""
    if not found.workbooks or is_among(name, found.workbooks):
        return []
    stated = listed(found.workbooks, most=MOST_NAMED)
    return [finding("BST040", value=path.name, fil=path.name, nämnd=stated, arbetsbok=name)]


def _file_beside(
    path: Path, options: Options, name: str, regions: list[str]
) -> tuple[Path | None, OrderFile]:
    """Return an order file next to the workbook, or only the reason why it is not about the workbook."""
    found = read_order_file(path)
    reason = why_not_used(path, found, name, regions, options.now.date())
    return (path, found) if reason is None else (None, OrderFile(findings=[reason]))


def _doubtful_environment(profile: Profile | None, details: OrderDetails, file_name: str) -> list[Finding]:
    """Report a file name with words for both production and test."""
    stated = details.environment
    word = word_of_test(file_name)
    known = profile.environment(stated.text) if profile and stated else None
    if not word or stated is None or stated.sheet != FROM_FILE_NAME or not known or not known.production:
        return []
    return [finding("BST030", stated, ord=word)]


def _from_options(options: Options) -> list[Statement]:
    given = {
        "environment": options.environment,
        "date": options.date,
        "case_number": options.case_number,
        "action": REMOVE if options.remove else "",
    }
    return [
        Statement(key, Field(text.strip(), FROM_OPTION, 0, 0)) for key, text in given.items() if text.strip()
    ]


def _decide(statements: Sequence[Statement], profile: Profile | None) -> OrderDetails:
    """Return the first statement of each detail; statements that differ from it are contradictions."""
    stated: dict[str, list[Field]] = {}
    placeholders = tuple(one for one in statements if _gives_nothing(*one))
    for key, value in statements:
        if (key, value) in placeholders:
            continue
        stated.setdefault(key, []).append(value)
    first = {key: _in_our_words(key, values[0], profile) for key, values in stated.items()}
    contradictions = tuple(
        (key, tuple(values))
        for key, values in stated.items()
        if len({value.text for value in values}) > 1
        and any(_differs(key, values[0], value, profile) for value in values[1:])
    )
    contacts = {
        contact: Contact(**{part: first.get(f"{contact}.{part}") for part in CONTACT_FIELDS})
        for contact in CONTACTS
    }
    return OrderDetails(
        environment=first.get("environment"),
        region=first.get("region"),
        date=first.get("date"),
        case_number=first.get("case_number"),
        remark=first.get("remark"),
        action=first.get("action"),
        orderer=contacts["orderer"],
        main_contact=contacts["main_contact"],
        technical_contact=contacts["technical_contact"],
        support=contacts["support"],
        contradictions=contradictions,
        placeholders=placeholders,
    )


def _gives_nothing(key: str, value: Field) -> bool:
    """Whether a statement says that its value is not known yet, or whom to ask."""
    return is_no_contact(value.text) if "." in key else is_placeholder(value.text)


def _in_our_words(key: str, value: Field, profile: Profile | None) -> Field:
    """Return the canonical form of an environment, an action or the usual handling time, if known."""
    if key == "environment" and profile and (known := profile.environment(value.text)):
        return value._replace(text=known.key)
    if key == "action" and (action := plain_action(value.text)):
        return value._replace(text=action_title(action))
    if key == "date" and is_regular_time(value.text):
        return value._replace(text=REGULAR_TIME)
    return value


def _differs(key: str, one: Field, other: Field, profile: Profile | None) -> bool:
    """Whether two statements of a detail mean different things.

    What follows the region's name is free text: 'PROD-Dalarna vårdcentraler', 'Region Dalarna - IT'.
    """
    if _compared(key, one, profile) == _compared(key, other, profile):
        return False
    return key != "region" or not (is_called(one.text, other.text) or is_called(other.text, one.text))


def _compared(key: str, value: Field, profile: Profile | None) -> str:
    """Return the meaning of a statement for comparison: PROD and Produktion are equal."""
    if key == "region":
        return region_key(value.text)
    if key == "date":
        day = parse_date(value.text)
        return (
            compact(_in_our_words(key, value, profile).text) if isinstance(day, Refusal) else day.isoformat()
        )
    return compact(_in_our_words(key, value, profile).text)
