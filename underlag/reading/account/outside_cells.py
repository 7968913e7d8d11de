"""Judges texts outside cells: text boxes, page headers, names of files and sheets, sentences of mails.

Findings: FLI056, FLI064, FLI065.
"""

from collections.abc import Collection, Iterable, Sequence
from typing import Final

from underlag.account import Kind
from underlag.findings import finding
from underlag.profiles.words import words
from underlag.reading.account.context import Context, Ledger
from underlag.reading.account.counts import stated_count
from underlag.reading.account.statements import is_for_test, is_other_day, is_out_of_time
from underlag.reading.formats.sheet_facts import (
    DEFINED_NAME,
    FILE_PROPERTY,
    INPUT_MESSAGE,
    LINK_TARGET,
    LINK_TIP,
    MAIL,
    NAMED_CELLS,
    NUMBER_FORMAT,
    LooseText,
)
from underlag.reading.remarks.environments import names_environment, other_environments
from underlag.reading.remarks.mail_facts import asks_for_other_day, is_aside, other_fact
from underlag.reading.remarks.mail_sentences import only_removes, weight_in_mail
from underlag.reading.remarks.reservations import weight_of
from underlag.reading.remarks.units import MentionedUnits
from underlag.text.lists import listed
from underlag.workbook import Field

SHEETS_NAME: Final = "flikens namn"
FILES_NAME: Final = "filens namn"
#: How places of texts begin that are not on a sheet: of the workbook as a whole, or a sheet's name.
_OF_WORKBOOK: Final = (FILES_NAME, DEFINED_NAME, NUMBER_FORMAT, FILE_PROPERTY)
_ON_NO_SHEET: Final = (SHEETS_NAME, *_OF_WORKBOOK)
_NOT_YET: Final = "något inte ska beställas, eller inte än"
_OTHER_DAY: Final = "ändringen ska göras en annan dag än den som står i arbetsboken, {}"
#: Places of texts that explain how to fill in, or are names: there only a denial counts.
_NOT_OF_ORDERS: Final = (*_ON_NO_SHEET, INPUT_MESSAGE, LINK_TIP)


def judge_loose(
    texts: Iterable[LooseText],
    counts: Collection[int],
    context: Context,
    ledger: Ledger,
    units: MentionedUnits,
) -> None:
    """Judge texts outside cells: text boxes, page headers and footers, names of files and sheets.

    Args:
        texts: the texts with their places.
        counts: the numbers of units by all ways of counting, empty if unknown.
        context: the order and the run.
        ledger: collects the items and findings.
        units: the ordered units.
    """
    for place, text in texts:
        if place == MAIL:
            _judge_mail(text, units, counts, context, ledger)
            continue
        contradiction = _contradiction_at(place, text, counts, context, units)
        if not contradiction:
            continue
        sheet = ledger.account.sheet
        item = ledger.add(
            Kind.LOOSE, Field(text, sheet, 0, 0), place=place, on_sheet=not place.startswith(_OF_WORKBOOK)
        )
        if not item.decided:
            where = f"{place[:1].upper()}{place[1:]}"
            if not place.startswith(_ON_NO_SHEET):
                where += f" på fliken ”{sheet}”"
            elif place != SHEETS_NAME:
                sheet = ""
            ledger.ask(item, finding("FLI056", sheet=sheet, value=text, plats=where, säger=contradiction))


def repeats_environment(text: LooseText, asked_about: Iterable[str], context: Context) -> bool:
    """Whether a property of the file names no other environment than texts that are asked about already.

    A property is not seen in Excel, and usually repeats the title of the workbook.

    Args:
        text: the text with its place.
        asked_about: the texts of the workbook that are asked about, or were answered.
        context: the order and the run.
    """
    if text.place != FILE_PROPERTY:
        return False
    others = other_environments(text.text, context.profile, context.environment)
    if not others or _contradiction(text.text, (), context, may_be_draft=True) != _of_environments(others):
        return False
    asked = {
        one
        for stated in asked_about
        for one in other_environments(stated, context.profile, context.environment)
    }
    return asked.issuperset(others)


def _contradiction_at(
    place: str, text: str, counts: Collection[int], context: Context, units: MentionedUnits
) -> str:
    """Return, in Swedish, how a text at a place contradicts or denies the order; '' where it does not."""
    may_be_draft = not place.startswith((DEFINED_NAME, NUMBER_FORMAT, NAMED_CELLS))
    contradiction = _contradiction(text, counts, context, may_be_draft=may_be_draft)
    if place.startswith(f"{LINK_TARGET} i "):
        return "cellen ska ha ett annat värde än det som syns"
    if place.startswith(NAMED_CELLS):  # otherwise it is asked about as a name of the workbook
        return "raderna inte ska beställas" if not contradiction and _denies_named(text) else ""
    if place == NUMBER_FORMAT and _denies_shown(text):
        return "celler som visar texten inte ska beställas"
    if not contradiction and not place.startswith(_NOT_OF_ORDERS) and weight_of(text, units):
        return "något ska beställas på annat sätt än det står på flikarna"
    return contradiction


def _contradiction(text: str, counts: Collection[int], context: Context, *, may_be_draft: bool) -> str:
    """Return, in Swedish, how a text contradicts or denies the order; '' where it does not."""
    if (
        words().denials.outside_rows(text)
        or words().reservations.weight_of(text)
        or (may_be_draft and words().names_draft(text))
    ):
        return _NOT_YET
    return _other_statement(text, counts, context)


def _other_statement(text: str, counts: Collection[int], context: Context) -> str:
    """Return, in Swedish, another environment, day or number of units that a text states; '' for none."""
    if others := other_environments(text, context.profile, context.environment):
        return _of_environments(others)
    if is_for_test(text, context):
        return "det bara gäller test"
    if is_out_of_time(text, context):
        return "något börjar gälla senare än beställningen, eller inte gäller längre"
    label, _, answer = text.partition(":")
    if context.day and is_other_day(label, answer, (), context):
        return f"beställningens datum är {answer.strip()}, inte {context.day.isoformat()}"
    stated = stated_count(text)
    return f"enheterna är {stated}" if counts and stated is not None and stated not in counts else ""


def _of_environments(others: Sequence[str]) -> str:
    return f"beställningen gäller {listed(others)}"


def _judge_mail(
    sentence: str, units: MentionedUnits, counts: Collection[int], context: Context, ledger: Ledger
) -> None:
    """Judge a sentence of the workbook's mail: an error where it withdraws or postpones the order."""
    if context.removes and only_removes(sentence):
        return
    weight = weight_in_mail(sentence)
    means = _NOT_YET if weight else _other_in_mail(sentence, units, counts, context)
    if not means:
        return
    sheet = ledger.account.sheet
    item = ledger.add(Kind.LOOSE, Field(sentence, sheet, 0, 0), place=MAIL, on_sheet=False)
    if not item.decided:
        postpones = not is_aside(sentence) and asks_for_other_day(sentence, context.day, context.today)
        if postpones and context.day and weight != "withdraws":
            means = _OTHER_DAY.format(context.day.isoformat())
        code = "FLI064" if weight == "withdraws" or postpones else "FLI065"
        ledger.ask(item, finding(code, value=sentence, säger=means))


def _other_in_mail(sentence: str, units: MentionedUnits, counts: Collection[int], context: Context) -> str:
    """Return, in Swedish, what a sentence of a mail states that the workbook does not; '' for nothing."""
    if is_aside(sentence):
        return ""
    mails = words().mails
    # A mail may bring the workbooks of several environments.
    several = mails.is_about_several(sentence) or (
        names_environment(sentence, context.profile, context.environment) and not mails.states_scope(sentence)
    )
    means = "" if several else _other_statement(sentence, counts, context)
    return means or other_fact(sentence, units, context.day, context.today)


def _denies_shown(text: str) -> bool:
    """Whether words that a number format adds to a cell deny it; 'Ja' and 'Nej' are how it shows 1 and 0."""
    return words().answer(text) is None and words().denials.in_rows(text) is not None


def _denies_named(name: str) -> bool:
    """Whether the name of rows denies them: 'Ta inte med', 'Utgår'."""
    return words().denials.in_comment(name) is not None and words().answer(name) is None
