"""Judges conditions on rows in other columns: whether, in which environment, from when and until when.

Findings: FLI036, FLI037, FLI039, FLI042, FLI044, FLI045, FLI046, FLI047, FLI048, FLI049, FLI058.
"""

from collections.abc import Iterable, Sequence
from typing import Final

from underlag.account import NEUTRAL, OPEN, Item, Kind
from underlag.findings import finding
from underlag.privacy.quoting import quoted_text
from underlag.profiles.words import IGNORE, Answer, Denial, words
from underlag.reading.account.context import (
    LONGEST_QUOTE,
    Context,
    Ledger,
    cell_or_note,
    place_of,
    places,
    quoted,
)
from underlag.reading.account.rows_of_table import TableRows
from underlag.reading.cells.dates import ends_in, is_endless, period_of
from underlag.reading.cells.known_headers import is_question
from underlag.reading.decisions.keys import key_of, title_of
from underlag.text.lists import spans
from underlag.values.contract import parse_version
from underlag.workbook import Field

#: An end date this many years after the change means that there is no end.
_ENDLESS_YEARS: Final = 5
#: Where more texts of a column do not fit its meaning, the column is asked about as a whole.
_MOST_ASKED: Final = 20


def judge_column(item: Item, rest: Iterable[str], context: Context, rows: TableRows, ledger: Ledger) -> None:
    """Judge a column by its meaning, and ask about the texts that the meaning does not explain.

    Args:
        item: the column.
        rest: the texts that its meaning does not explain, if already known.
        context: the order and the run.
        rows: the sheet's rows.
        ledger: collects the findings and the rows to leave out.
    """
    if item.meaning == IGNORE:
        _settle_questions(item, context, rows, ledger)
        return
    judges = {
        "inclusion": _judge_inclusion,
        "exclusion": _judge_exclusion,
        "environment": _judge_environment,
        "start": _judge_start,
        "end": _judge_end,
        "version": _judge_version,
    }
    judge = judges.get(item.meaning)
    unknown = judge(item, context, rows, ledger) if judge else list(rest)
    if item.meaning in (OPEN, NEUTRAL):
        unknown = list(item.unsettled)
    if is_question(item.at.text):
        unknown = [text for text in unknown if words().answer(text) is not Answer.NO]
    unknown = [text for text in unknown if not _judge_denial(item, text, context, rows, ledger)]
    if item.meaning == NEUTRAL or not unknown:
        return
    if item.meaning and (item.decided or len(unknown) <= _MOST_ASKED):
        _ask_about_values(item, unknown, rows, ledger)
    else:
        _ask(item, unknown, ledger)


def settle_values(item: Item, rows: TableRows, ledger: Ledger) -> None:
    """Apply decisions about single values of a column, which precede the column's meaning.

    Args:
        item: the column; settled values are recorded in it.
        rows: the sheet's rows.
        ledger: collects the items, the findings and the rows to leave out.
    """
    if ledger.decisions.answers:
        item.settled.update(text for text, cells in item.values.items() if _is_settled(cells, rows, ledger))


def _settle_questions(item: Item, context: Context, rows: TableRows, ledger: Ledger) -> None:
    """Apply decisions about cells of an ignored column that had questions of their own."""
    if not ledger.decisions.answers:
        return
    for cells in item.unsettled.values():
        kept = [cell for cell in cells if not rows.removes(cell.row, context)]
        if kept and len(kept) < len(cells):
            _is_settled(kept, rows, ledger)
    if blank := _blanks(item, rows):
        _is_settled(blank, rows, ledger)


def _is_settled(cells: Sequence[Field], rows: TableRows, ledger: Ledger) -> bool:
    key = key_of(cells[0].sheet, place_of(cells), cells[0].text)
    return bool(ledger.decisions.answer(key)) and rows.answered(value_of(cells, rows, ledger), ledger)


def _blanks(item: Item, rows: TableRows) -> list[Field]:
    """Return the cells without a mark in a column, with the text of the question about them."""
    return [at._replace(text=f"{item.at.text}: tom") for at in rows.blank_cells(item)]


def _ask_about_values(item: Item, unknown: Iterable[str], rows: TableRows, ledger: Ledger) -> None:
    """Ask about the cells of a column that do not match its known meaning, one question for each text."""
    for text in unknown:
        if words().denials.in_rows(text):  # asked about as such
            continue
        cells = item.values[text]
        value = value_of(cells, rows, ledger)
        if not rows.answered(value, ledger):
            related = tuple(cell.position for cell in cells[1:])
            found = finding(
                "FLI058",
                cells[0],
                celler=places(cells),
                kolumn=item.at.text or item.at.letters,
                roll=f"”{title_of(item.meaning)}”",
                related=related,
            )
            ledger.ask(value, found)


def _ask(item: Item, unknown: Sequence[str], ledger: Ledger) -> None:
    values = {text: item.values[text] for text in unknown} if item.meaning else item.unsettled
    ledger.ask(
        item,
        finding(
            "FLI036",
            item.at,
            kolumn=f"Kolumnen ”{quoted_text(item.at.text, longest=LONGEST_QUOTE)}” ({item.at.cell})"
            if item.at.text
            else f"Kolumn {item.at.letters}, som saknar rubrik,",
            innehåll=quoted(values),
        ),
    )


def _judge_denial(item: Item, text: str, context: Context, rows: TableRows, ledger: Ledger) -> bool:
    """Report a text of a column that denies its rows; return whether it was reported or answered."""
    denial = words().denials.in_rows(text)
    ended = any(day < context.today for day in ends_in(text))
    if denial is None and item.meaning == NEUTRAL and words().remarks.may_be_of_unit(text):
        denial = Denial("inside", ends=False)
    if denial is None and not ended:
        return False
    cells = item.values[text]
    cells = [cell for cell in cells if not (denial and denial.ends and rows.removes(cell.row, context))]
    if not cells:
        return True
    value = value_of(cells, rows, ledger)
    if rows.answered(value, ledger):
        return True
    weight = "begins" if ended else denial.weight if denial else ""
    deny(value, weight, rows, ledger, cells=cells)
    return weight != "inside" or item.meaning == NEUTRAL


def value_of(cells: Sequence[Field], rows: TableRows, ledger: Ledger) -> Item:
    """Add a value of a column to the account, with all its cells."""
    item = ledger.add(Kind.VALUE, cells[0], rows.rows_of(cells), place=place_of(cells))
    item.columns = rows.columns_of(cells)
    return item


def deny(value: Item, weight: str, rows: TableRows, ledger: Ledger, *, cells: Sequence[Field] = ()) -> None:
    """Report a text that denies its rows: an error if it says nothing else, else a warning."""
    where = places(cells) if cells else cell_or_note(value.at, value.kind)
    code = "FLI039" if weight == "inside" else "FLI037"
    related = [cell.position for cell in cells[1:]]
    if code == "FLI037":
        related += rows.positions(value.rows, value.columns)
    ledger.ask(
        value,
        finding(code, value.at, celler=where, rader=spans(value.rows) or "", related=tuple(related)),
    )


def _judge_exclusion(item: Item, context: Context, rows: TableRows, ledger: Ledger) -> list[str]:
    """Leave out the rows with yes in a column, unless they remove their unit."""
    left_out: list[Field] = []
    unknown: list[str] = []
    for text, cells in item.unsettled.items():
        answer = words().answer(text)
        if answer in {Answer.YES, Answer.MARK}:
            left_out += (cell for cell in cells if not rows.removes(cell.row, context))
        elif answer is None:
            unknown.append(text)
    if left_out:
        _exclude(item, left_out, rows, ledger)
    return unknown


def _judge_inclusion(item: Item, context: Context, rows: TableRows, ledger: Ledger) -> list[str]:
    """Leave out the rows with no in a column; if some have yes or a mark, ask about the blank ones."""
    left_out: list[Field] = []
    unknown: list[str] = []
    affirmed = False
    for text, cells in item.unsettled.items():
        answer = words().answer(text)
        denial = words().denials.in_rows(text)
        leading = words().leading_answer(text)
        if Answer.NO in (answer, leading) or (denial is not None and denial.weight != "inside"):
            agrees = denial is not None and denial.ends
            left_out += (cell for cell in cells if not (agrees and rows.removes(cell.row, context)))
        elif leading is Answer.YES and words().remarks.changes_order(text):
            affirmed = True
            value = value_of(cells, rows, ledger)
            if not rows.answered(value, ledger):
                deny(value, "begins", rows, ledger, cells=cells)
        elif answer is None:
            unknown.append(text)
        else:
            affirmed = True
    if left_out:
        _exclude(item, left_out, rows, ledger)
    if affirmed:
        _ask_about_blanks(item, rows, ledger)
    return unknown


def _ask_about_blanks(item: Item, rows: TableRows, ledger: Ledger) -> None:
    """Ask about the units with a blank cell in a column that says yes for others."""
    blank = _blanks(item, rows)
    if not blank:
        return
    value = value_of(blank, rows, ledger)
    if not rows.answered(value, ledger):
        ledger.ask(
            value,
            finding(
                "FLI044",
                value.at,
                value="",
                kolumn=item.at.text,
                innehåll=quoted(item.values),
                rader=spans(value.rows),
                related=tuple(rows.positions(value.rows, value.columns)),
            ),
        )


def _exclude(item: Item, cells: Sequence[Field], rows: TableRows, ledger: Ledger) -> None:
    """Leave rows out because of a column; the finding is an info if the column's meaning was decided."""
    numbers = rows.rows_of(cells)
    code = "FLI049" if item.decided else "FLI042"
    reason = finding(
        code,
        cells[0],
        kolumn=item.at.text,
        innehåll=quoted(item.values),
        rader=spans(numbers),
        related=tuple(cell.position for cell in cells[1:]),
    )
    if not item.decided:
        item.questions.append(reason)
    ledger.exclude(numbers, reason, rows.columns_of(cells))


def _judge_environment(item: Item, context: Context, rows: TableRows, ledger: Ledger) -> list[str]:
    unknown: list[str] = []
    for text, cells in item.unsettled.items():
        known = context.profile.environment(text)
        if known is None:
            unknown.append(text)
        elif context.environment and known.key != context.environment:
            _contradict("FLI045", text, cells, rows, ledger, miljö=context.environment)
    return unknown


def _judge_start(item: Item, context: Context, rows: TableRows, ledger: Ledger) -> list[str]:
    unknown: list[str] = []
    limit = context.day or context.today
    for text, cells in item.unsettled.items():
        period = period_of(text)
        if period is None:
            if not is_endless(text):  # a dash
                unknown.append(text)
        elif period.first > limit:
            quoted_limit = f"beställningens datum, {limit.isoformat()}" if context.day else "dagens datum"
            _contradict("FLI047", text, cells, rows, ledger, gräns=quoted_limit)
    return unknown


def _judge_end(item: Item, context: Context, rows: TableRows, ledger: Ledger) -> list[str]:
    unknown: list[str] = []
    limit = max(context.today, context.day or context.today)
    for text, cells in item.unsettled.items():
        period = period_of(text)
        if is_endless(text):
            continue
        if period is None:
            unknown.append(text)
        elif period.last < limit:
            cells = [cell for cell in cells if not rows.removes(cell.row, context)]  # noqa: PLW2901 - the rest
            if cells:
                _contradict("FLI046", text, cells, rows, ledger, gräns=limit.isoformat())
        elif period.first.year < limit.year + _ENDLESS_YEARS:
            _contradict("FLI048", text, cells, rows, ledger)
    return unknown


def _judge_version(item: Item, _context: Context, _rows: TableRows, _ledger: Ledger) -> list[str]:
    """Return the texts that state no version; the others complete or contradict their contracts."""
    return [text for text in item.unsettled if parse_version(text) is None]


def _contradict(
    code: str, text: str, cells: Sequence[Field], rows: TableRows, ledger: Ledger, **texts: str
) -> None:
    """Report that a value contradicts the order for its rows, unless it was answered."""
    value = value_of(cells, rows, ledger)
    if rows.answered(value, ledger):
        return
    related = [*(cell.position for cell in cells[1:]), *rows.positions(value.rows, value.columns)]
    ledger.ask(
        value,
        finding(code, cells[0], value=text, celler=places(cells), related=tuple(related), **texts),
    )
