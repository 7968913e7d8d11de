"""Judges sheets that are not read: values that nothing orders, and texts that deny the order.

Findings: FLI010, FLI039, FLI041.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from underlag.account import NEUTRAL, Kind, SheetAccount
from underlag.findings import Finding, finding
from underlag.lazy_pattern import has_digit
from underlag.profiles.words import Answer, words
from underlag.reading.account.context import Context, Ledger, place_of, places
from underlag.reading.account.marks import judge_outer_notes
from underlag.reading.account.statements import judge_answer, outside_rows
from underlag.reading.account.texts import judge_on_other_sheet, texts_of
from underlag.reading.cells.dates import day_of
from underlag.reading.formats.grid import Sheet
from underlag.reading.order_details.statements import meaning as detail_of
from underlag.reading.remarks.units import MentionedUnits
from underlag.reading.tables.other_sheet import SHORT_TEXT, OtherSheet
from underlag.text.lists import MOST_NAMED, listed
from underlag.text.review_notes import is_review_sheet
from underlag.workbook import Field, Flow

#: The words of a finding for values that nothing orders.
_NOT_READ: Final = "HSA-ID eller anropsadresser som inte finns på flikarna som läses"
#: Maximum rows among which details of an order are looked for, and the cells of one: label and value.
_MOST_DETAIL_ROWS: Final = 200
_PAIR: Final = 2
#: Maximum values that are quoted.
_QUOTED: Final = 3


class _Question(NamedTuple):
    """What is asked about a sheet as a whole.

    Attributes:
        values: the values that are quoted.
        content: what they are, in Swedish, as the finding says it.
        denied: whether the sheet's name denies what is ordered.
    """

    values: Sequence[Field]
    content: str
    denied: bool


def judge_unread_sheet(
    sheet: Sheet,
    flows: Sequence[Flow],
    units: MentionedUnits,
    context: Context,
    elsewhere: Collection[str] = (),
) -> Ledger:
    """Judge a sheet that the profile does not have.

    Args:
        sheet: the sheet.
        flows: the flows that were read from the workbook.
        units: the units of all flows.
        context: the order and the run.
        elsewhere: texts that other sheets ask about; a copy of such a sheet does not ask again.
    """
    ledger = Ledger(SheetAccount(sheet.name, ""), context.decisions)
    if is_own(sheet):
        return ledger
    other = OtherSheet(sheet, flows, context.profile, context.environment)
    if (question := _question(other)) is not None:
        _ask(sheet, question, ledger)
    else:
        _enter_neutral(other, ledger)
    judge_on_other_sheet(_texts_to_judge(sheet, elsewhere), ledger, units)
    if not words().is_guide(sheet.name):
        _judge_details(sheet, context, ledger)
    if flows and not other.is_like_flow:
        _judge_other_days(other, context, ledger)
    if other.has_ordered:
        _judge_ordered_rows(other, ledger)
    judge_outer_notes(sheet, context, ledger, units)
    return ledger


def _question(other: OtherSheet) -> _Question | None:
    """Return what to ask about a sheet: new values, a name that denies it, or a copy with fewer units."""
    sheet = other.sheet
    named = list(other.named_units()) if words().denials.in_rows(sheet.name) is not None else None
    ordered = [] if named is None else [*other.values] or named
    if other.new and not other.is_lookup and not other.other_environments:
        return _Question(other.new, f"{len(other.new)} {_NOT_READ}", denied=bool(ordered))
    if ordered:
        return _Question(ordered, f"{len(ordered)} uppgifter som beställs", denied=True)
    if (copied := other.copied) is None:
        return None
    has = copied.total - len(copied.lacking)
    content = f"{has} av de {copied.total} enheterna på fliken ”{copied.sheet}”. Där saknas"
    return _Question(copied.lacking, content, denied=False)


def _texts_to_judge(sheet: Sheet, elsewhere: Collection[str]) -> Iterator[Field]:
    """Yield the texts of a sheet, without those that a guide or a log has anyway."""
    is_guide, is_log = words().is_guide(sheet.name), words().is_log(sheet.name)
    filled = (row for row, cells in enumerate(sheet.rows, start=1) if is_log and any(cells))
    last = max(filled, default=0)
    for at in texts_of(sheet, range(1, len(sheet.rows) + 1)):
        if at.text in elsewhere or (is_guide and len(at.text.split()) >= SHORT_TEXT):
            continue
        if not is_log or at.row == last or not words().remarks.is_plain_in_log(at.text):
            yield at


def _enter_neutral(other: OtherSheet, ledger: Ledger) -> None:
    """Enter a sheet that needs no attention, with a finding if it has ids that are not ordered."""
    name = other.sheet.name
    ledger.add(Kind.SHEET, Field(name, name, 1, 0), meaning=NEUTRAL)
    if other.new:
        which = f"Fliken ”{name}”"
        more = f"{len(other.new)} HSA-ID eller anropsadresser till"
        content = f"Den har alla enheter på en flik som läses, och {more}"
        if others := other.other_environments:
            content = f"De HSA-ID och anropsadresser som bara finns där gäller {listed(others)}"
        ledger.findings.append(finding("FLI010", sheet=name, flikar=which, innehåll=content))


def is_own(sheet: Sheet) -> bool:
    """Whether a sheet is a list that an earlier review or correction added to the workbook."""
    first = next((str(cell) for row in sheet.rows for cell in row if cell != ""), "")
    return is_review_sheet(sheet.name, first)


def about_neutral_sheets(ledgers: Iterable[Ledger]) -> list[Finding]:
    """Report in one finding the sheets that are not read and need no attention.

    Args:
        ledgers: the ledgers of all sheets.
    """
    names = [
        item.at.sheet
        for ledger in ledgers
        for item in ledger.account.items
        if item.kind is Kind.SHEET and item.meaning == NEUTRAL
        if not any(found.code == "FLI010" for found in ledger.findings)
    ]
    if not names:
        return []
    named = listed([f"”{name}”" for name in names], most=MOST_NAMED)
    several = len(names) > 1
    content = "inget HSA-ID och ingen anropsadress som saknas på flikarna som läses"
    return [
        finding(
            "FLI010",
            sheet=names[0],
            flikar=f"Flikarna {named}" if several else f"Fliken {named}",
            innehåll=f"{'De' if several else 'Den'} innehåller {content}",
        )
    ]


def _judge_ordered_rows(other: OtherSheet, ledger: Ledger) -> None:
    """Ask about rows with an id that is read and a text that denies it: 'SE…-4HVV borttagen'.

    A plain no does not count: it may be the answer to any question.
    """
    sheet = other.sheet
    against: list[Field] = []
    for row, cells in enumerate(sheet.rows, start=1):
        texts = [
            (column, cell) for column, cell in enumerate(cells, start=1) if isinstance(cell, str) and cell
        ]
        if not any(other.mentions_ordered(text) for _, text in texts):
            continue
        against += (
            Field(text.strip(), sheet.name, row, column)
            for column, text in texts
            if words().answer(text) is not Answer.NO and words().denials.in_rows(text) is not None
        )
    _ask_about_cells(against, ledger)


def _judge_other_days(other: OtherSheet, context: Context, ledger: Ledger) -> None:
    """Ask about days to come other than the order's, in rows with the id or name of an ordered unit."""
    against: list[Field] = []
    if context.day is None:
        return
    for cells in outside_rows(other.sheet, range(1, len(other.sheet.rows) + 1)):
        dates = [cell for cell in cells if has_digit(cell.text)]
        days = [cell for cell in dates if (day_of(cell.text) or context.day) != context.day]
        if days and any(other.is_name(cell.text) or other.is_ordered(cell.text) for cell in cells):
            against += (cell for cell in days if (day_of(cell.text) or context.today) > context.today)
    _ask_about_cells(against, ledger)


def _ask_about_cells(against: Sequence[Field], ledger: Ledger) -> None:
    """Ask one question about cells of a sheet that is not read."""
    if against:
        item = ledger.add(Kind.TEXT, against[0], place=place_of(against))
        if not item.decided:
            related = tuple(cell.position for cell in against[1:])
            found = finding("FLI039", against[0], celler=places(against), rader="", related=related)
            ledger.ask(item, found)


def _judge_details(sheet: Sheet, context: Context, ledger: Ledger) -> None:
    """Ask about another date or environment than the order's, on a sheet that may be filled in instead."""
    for cells in outside_rows(sheet, range(1, min(len(sheet.rows), _MOST_DETAIL_ROWS) + 1)):
        if len(cells) == _PAIR and detail_of(cells[0].text) in ("date", "environment"):
            judge_answer(cells[0], cells[1], context, ledger)


def _ask(sheet: Sheet, question: _Question, ledger: Ledger) -> None:
    values = question.values
    named = listed([f"{value.text} ({value.cell})" for value in values[:_QUOTED]])
    more = len(values) - _QUOTED
    quote = f"{named} och {more} till" if more > 0 else named
    item = ledger.add(Kind.SHEET, Field(f"{len(values)} värden: {quote}", sheet.name, 1, 0), place="fliken")
    if not item.decided:
        how = " Fliken heter som om det inte ska beställas, eller ska bort." if question.denied else ""
        ledger.ask(
            item,
            finding(
                "FLI041",
                sheet=sheet.name,
                value=values[0].text,
                innehåll=question.content,
                exempel=quote,
                namn=how,
            ),
        )
