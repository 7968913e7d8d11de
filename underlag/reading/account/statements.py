"""Judges texts outside the rows about the whole order: environment, date, draft.

Findings: FLI039, FLI055, FLI056, FLI059, FLI064.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Final

from underlag.account import Kind
from underlag.findings import finding
from underlag.lazy_pattern import LazyPattern
from underlag.profiles.words import IGNORE, Answer, folded, words
from underlag.profiles.words.remembered import remembered
from underlag.reading.account.context import Context, Ledger, cell_or_note
from underlag.reading.account.counts import judge_count, stated_count
from underlag.reading.account.known_headers import header_meanings
from underlag.reading.account.texts import judge_outside, weight_outside
from underlag.reading.cells.cell_text import shown
from underlag.reading.cells.dates import ends_in, period_of, starts_in
from underlag.reading.formats.grid import Sheet
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
from underlag.reading.order_details.statements import OF_ROLES
from underlag.reading.order_details.statements import meaning as detail_of
from underlag.reading.remarks.days import may_name_day, starts_after
from underlag.reading.remarks.environments import names_environment, other_environments
from underlag.reading.remarks.mail_facts import is_aside, other_fact
from underlag.reading.remarks.mail_sentences import only_removes, weight_in_mail
from underlag.reading.remarks.reservations import weight_of
from underlag.reading.remarks.units import MentionedUnits
from underlag.text.lists import listed
from underlag.values.action import plain_action
from underlag.workbook import Field

#: Labels, next to those of the order's details, for the day of the order.
_DAY_OF_ORDER: Final = LazyPattern(
    r"(?:önska[td]|planera[td]) (?:datum|dag|start|tid|genomförande)\w*"
    r"|datum för (?:ändring|takning|driftsättning|anslutning|start|genomförande)\w*"
    r"|(?:ändrings|genomförande|driftsättnings|taknings|anslutnings)datum"
).match

SHEETS_NAME: Final = "flikens namn"
FILES_NAME: Final = "filens namn"
#: How places of texts begin that are not on a sheet: of the workbook as a whole, or a sheet's name.
_OF_WORKBOOK: Final = (FILES_NAME, DEFINED_NAME, NUMBER_FORMAT, FILE_PROPERTY)
_ON_NO_SHEET: Final = (SHEETS_NAME, *_OF_WORKBOOK)
_NOT_YET: Final = "något inte ska beställas, eller inte än"
#: Places of texts that explain how to fill in, or are names: there only a denial counts.
_NOT_OF_ORDERS: Final = (*_ON_NO_SHEET, INPUT_MESSAGE, LINK_TIP)


def outside_rows(sheet: Sheet, rows: Iterable[int]) -> Iterator[list[Field]]:
    """Yield the filled cells of some rows."""
    for row in rows:
        cells = [
            Field(text, sheet.name, row, column)
            for column, cell in enumerate(sheet.rows[row - 1], start=1)
            if (text := shown(cell).strip())
        ]
        if cells:
            yield cells


def judge_statements(
    rows: Iterable[Sequence[Field]],
    counts: Collection[int],
    context: Context,
    ledger: Ledger,
    *,
    of_details: bool = False,
) -> None:
    """Judge statements about the order in rows outside a table.

    Args:
        rows: their filled cells.
        counts: the numbers of units by all ways of counting, empty if unknown.
        context: the order and the run.
        ledger: collects the items and findings.
        of_details: whether these are the order details, whose environment is read elsewhere.
    """
    for cells in rows:
        judge_count(cells, counts, ledger)
        for cell in cells:
            if words().denials.outside_rows(cell.text):
                continue
            if (
                words().is_draft(cell.text)
                or _is_out_of_time(cell.text, context)
                or _is_for_test(cell.text, context)
            ):
                ledger.ask_about(cell, finding("FLI039", cell, celler=cell.cell, rader=""))
            elif others := other_environments(cell.text, context.profile, context.environment):
                found = finding("FLI055", cell, miljö=context.environment, annan=listed(others))
                ledger.ask_about(cell, found)
            elif len(parts := cell.text.split(":", 1)) > 1:
                label, answer = (cell._replace(text=part.strip()) for part in parts)
                judge_answer(label, answer, context, ledger, of_details=of_details)
        for label, answer in pairwise(cells):
            judge_answer(label, answer, context, ledger, of_details=of_details)


def judge_asides(
    cells: Iterable[Field], context: Context, ledger: Ledger, units: MentionedUnits, kind: Kind = Kind.TEXT
) -> None:
    """Judge comments and texts among headers that deny or change the order, or name another environment.

    Args:
        cells: the texts.
        context: the order and the run.
        ledger: collects the items and findings.
        units: the ordered units.
        kind: whether they are texts of cells or comments.
    """
    for cell in cells:
        if weight_outside(cell.text, units):
            judge_outside([cell], ledger, units, kind)
        elif _is_for_test(cell.text, context):
            ledger.ask_about(cell, finding("FLI039", cell, celler=cell_or_note(cell, kind), rader=""), kind)
        elif others := other_environments(cell.text, context.profile, context.environment):
            found = finding("FLI055", cell, miljö=context.environment, annan=listed(others))
            ledger.ask_about(cell, found, kind)


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
        return f"beställningen gäller {listed(others)}"
    if _is_for_test(text, context):
        return "det bara gäller test"
    if _is_out_of_time(text, context):
        return "något börjar gälla senare än beställningen, eller inte gäller längre"
    label, _, answer = text.partition(":")
    if context.day and _is_other_day(label, answer, (), context):
        return f"beställningens datum är {answer.strip()}, inte {context.day.isoformat()}"
    stated = stated_count(text)
    return f"enheterna är {stated}" if counts and stated is not None and stated not in counts else ""


def _judge_mail(
    sentence: str, units: MentionedUnits, counts: Collection[int], context: Context, ledger: Ledger
) -> None:
    """Judge a sentence of the mail that brought the workbook: an error only where it withdraws the order."""
    if context.removes and only_removes(sentence):
        return
    weight = weight_in_mail(sentence)
    means = _NOT_YET if weight else _other_in_mail(sentence, units, counts, context)
    if not means:
        return
    sheet = ledger.account.sheet
    item = ledger.add(Kind.LOOSE, Field(sentence, sheet, 0, 0), place=MAIL, on_sheet=False)
    if not item.decided:
        code = "FLI064" if weight == "withdraws" else "FLI056"
        ledger.ask(item, finding(code, value=sentence, plats=MAIL.capitalize(), säger=means))


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


def judge_answer(
    label: Field, answer: Field, context: Context, ledger: Ledger, *, of_details: bool = False
) -> None:
    """Judge a label and the text next to it: 'Miljö', 'QA'; 'Klart att beställa', 'Nej'; 'Ta bort', 'Ja'.

    Args:
        label: the label.
        answer: the text next to it.
        context: the order and the run.
        ledger: collects the item and the finding.
        of_details: whether they are among the order's details, which are read elsewhere.
    """
    chosen = context.decisions.role(label.sheet, label.text, 0)
    known = header_meanings(label.text, context.profile)
    roles = {chosen} if chosen else {meaning.role for meaning in known}
    if chosen == IGNORE or (
        of_details and (chosen in OF_ROLES or "environment" in roles or detail_of(label.text))
    ):
        return
    where = f"{answer.cell} (”{label.text}”)"
    named = context.profile.environment(answer.text)
    if named and "environment" in roles and context.environment not in ("", named.key):
        found = finding("FLI055", answer, miljö=context.environment, annan=named.form_title)
        ledger.ask_about(answer, found)
    elif context.day and _is_other_day(label.text, answer.text, roles, context):
        found = finding("FLI059", answer, rubrik=label.text, datum=context.day.isoformat())
        ledger.ask_about(answer, found)
    elif _denies(label.text, answer.text, roles, context) or _is_out_of_time(
        f"{label.text}: {answer.text}", context
    ):
        ledger.ask_about(answer, finding("FLI039", answer, celler=where, rader=""))


def _is_other_day(label: str, answer: str, roles: Collection[str], context: Context) -> bool:
    """Whether a label for the date of the order has another day next to it than the order's.

    'Datum' alone may be the day of filling in, and a start may have been long ago.
    """
    period = period_of(answer)
    day = context.day
    if day is None or period is None or period.first <= day <= period.last:
        return False
    if folded(label) == "datum":
        return period.first > day
    if detail_of(label) == "date" or _DAY_OF_ORDER(folded(label)):
        return True
    return "start" in roles and period.last >= context.today


def _is_out_of_time(text: str, context: Context) -> bool:
    """Whether a text says that something has ended, or starts after the order's date."""
    if not _may_state_time(text):
        return False
    limit = context.day or context.today
    return (
        any(day < context.today for day in ends_in(text))
        or any(day > limit for day in starts_in(text))
        or starts_after(text, limit)
    )


@remembered
def _may_state_time(text: str) -> bool:
    """Whether a text states an end, a start or a day without its year."""
    return bool(ends_in(text) or starts_in(text) or may_name_day(text))


def _is_for_test(text: str, context: Context) -> bool:
    """Whether a text says that something is for test alone, in an order for production."""
    if not context.environment or not words().denials.means_test_only(text):
        return False
    spec = context.profile.environment(context.environment)
    return spec is not None and spec.production


def _denies(label: str, answer: str, roles: Collection[str], context: Context) -> bool:
    """Whether a label and the text next to it say not to place the order, or to remove what it orders."""
    if not {"removal", "exclusion"}.isdisjoint(roles):
        return words().answer(answer) in (Answer.YES, Answer.MARK)
    if "action" in roles:
        return plain_action(answer) == "remove" and not context.removes
    denial = words().denials.in_rows(answer)
    if denial is None or denial.weight != "whole":
        return False
    return "inclusion" in roles or words().asks_whether_ready(label)
