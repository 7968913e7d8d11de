"""Judges texts outside the rows about the whole order: environment, date, draft.

Findings: FLI039, FLI055, FLI059.
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
from underlag.reading.account.counts import judge_count
from underlag.reading.account.texts import judge_outside, weight_outside
from underlag.reading.cells.cell_text import shown
from underlag.reading.cells.dates import ends_in, period_of, starts_in
from underlag.reading.cells.known_headers import header_meanings
from underlag.reading.formats.grid import Sheet
from underlag.reading.order_details.statements import OF_ROLES
from underlag.reading.order_details.statements import meaning as detail_of
from underlag.reading.remarks.days import may_name_day, starts_after
from underlag.reading.remarks.environments import other_environments
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
                or is_out_of_time(cell.text, context)
                or is_for_test(cell.text, context)
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
        elif is_for_test(cell.text, context):
            ledger.ask_about(cell, finding("FLI039", cell, celler=cell_or_note(cell, kind), rader=""), kind)
        elif others := other_environments(cell.text, context.profile, context.environment):
            found = finding("FLI055", cell, miljö=context.environment, annan=listed(others))
            ledger.ask_about(cell, found, kind)


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
    elif context.day and is_other_day(label.text, answer.text, roles, context):
        found = finding("FLI059", answer, rubrik=label.text, datum=context.day.isoformat())
        ledger.ask_about(answer, found)
    elif _denies(label.text, answer.text, roles, context) or is_out_of_time(
        f"{label.text}: {answer.text}", context
    ):
        ledger.ask_about(answer, finding("FLI039", answer, celler=where, rader=""))


def is_other_day(label: str, answer: str, roles: Collection[str], context: Context) -> bool:
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


def is_out_of_time(text: str, context: Context) -> bool:
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


def is_for_test(text: str, context: Context) -> bool:
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
