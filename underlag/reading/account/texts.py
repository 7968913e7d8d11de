"""Judges texts around the rows: between them, below them, above the headers and on other sheets.

Findings: FLI023, FLI038, FLI039, FLI060.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from underlag.account import NEUTRAL, Kind
from underlag.findings import finding
from underlag.profiles.words import Denial, words
from underlag.profiles.words.phrases import words_in
from underlag.profiles.words.remembered import remembered
from underlag.reading.account.conditions import deny
from underlag.reading.account.context import Context, Ledger, cell_or_note
from underlag.reading.account.rows_of_table import TableRows
from underlag.reading.cells.cell_text import one_value, shown
from underlag.reading.cells.dates import ends_in
from underlag.reading.cells.identifiers import mentions_value
from underlag.reading.formats.grid import Sheet
from underlag.reading.remarks.references import beyond_reference, references_among
from underlag.reading.remarks.reservations import names_colour, weight_of
from underlag.reading.remarks.sentences import names_unknown_unit
from underlag.reading.remarks.units import MentionedUnits
from underlag.reading.tables.odd_rows import says_nothing
from underlag.reading.tables.row_sorting import RowText
from underlag.reading.tables.table import Part, Table
from underlag.text.lists import spans
from underlag.values.action import plain_action
from underlag.workbook import Field

#: Minimum letters of a text about an order.
_SHORTEST: Final = 6
#: Maximum words of a sentence that clearly denies a unit, and words of one that does not.
_LONGEST_DENIAL: Final = 12
_DOUBTS: Final = frozenset(("om", "kanske", "eventuellt", "ev", "nog", "tror", "eller", "tidigare", "förra"))
#: Maximum lines of text directly above rows that count as their heading.
_MOST_LINES: Final = 50


def judge_texts(part: Part, context: Context, rows: TableRows, ledger: Ledger) -> None:
    """Judge the texts between and below the rows of a table; a text between them applies until the next.

    Args:
        part: the table.
        context: the order and the run.
        rows: the sheet's rows.
        ledger: collects the items and findings.
    """
    starts = sorted(text.at.row for text in part.texts)
    numbers = sorted(part.rows)
    columns = part.headers.columns
    roles = [role for role in ("addressee", "addressee_name") if role in columns] or columns
    of_units = {columns[role] + 1 for role in roles}
    for text in part.texts:
        # Consecutive lines of text are one heading.
        first = bisect_right(numbers, text.at.row)
        next_text = bisect_right(starts, numbers[first]) if first < len(numbers) else len(starts)
        last = bisect_left(numbers, starts[next_text]) if next_text < len(starts) else len(numbers)
        is_near = next_text - bisect_right(starts, text.at.row) < _MOST_LINES
        below = numbers[first:last] if is_near else []
        among_units = text.at.column in of_units or mentions_value(text.at.text)
        may_be_unit = text.may_be_unit and among_units
        if below or may_be_unit:
            _judge_heading(text._replace(may_be_unit=may_be_unit), below, context, rows, ledger)
        else:
            _judge_below(text.at, rows, ledger)


def _judge_heading(
    text: RowText, below: Sequence[int], context: Context, rows: TableRows, ledger: Ledger
) -> None:
    item = ledger.add(Kind.TEXT, text.at, below)
    if rows.answered(item, ledger):
        return
    if says_nothing(text.at.text):
        item.meaning = NEUTRAL
        return
    action = plain_action(text.at.text.strip(" :.!"))
    removing = bool(below) and all(rows.removes(row, context) for row in below)
    if below and ((action == "add" and not removing) or (action == "remove" and removing)):
        item.meaning = NEUTRAL
        return
    denial = words().denials.in_rows(text.at.text)
    if any(day < context.today for day in ends_in(text.at.text)):
        denial = Denial("begins", ends=True)
    if denial is not None and denial.ends and removing:
        item.meaning = NEUTRAL
    elif denial is not None and denial.weight != "inside" and not below:
        ledger.ask(item, finding("FLI038", text.at, celler=text.at.cell))
    elif denial is not None:
        deny(item, denial.weight, rows, ledger)
    elif below and (words().is_place(text.at.text.strip(" :")) or _is_section(text)):
        item.meaning = NEUTRAL
    else:
        rest = f" Den står över rad {spans(below)}." if below else ""
        ledger.ask(item, finding("FLI023", text.at, rad=text.at.row, under=rest))


def _is_section(text: RowText) -> bool:
    """Whether a heading names a kind of units; where units are named it may be one without an id."""
    return not text.may_be_unit and words().is_section(text.at.text)


def _judge_below(at: Field, rows: TableRows, ledger: Ledger) -> None:
    denial = _denial_below(at.text)
    weight = denial.weight if denial else weight_of(at.text, rows.units, below=True)
    if not weight and names_unknown_unit(at.text, rows.units):
        weight = "inside"
    if weight:
        _report(at, weight, ledger)


def denies_below(text: str) -> bool:
    """Whether a text below the rows, or next to a detail, denies the order."""
    return _denial_below(text) is not None


def _denial_below(text: str) -> Denial | None:
    denials = words().denials
    denial = denials.below_rows(text)
    return denial if denial and denials.below_rows(words().remarks.without_harmless(text)) else None


def judge_outside(
    cells: Iterable[Field], ledger: Ledger, units: MentionedUnits, kind: Kind = Kind.TEXT
) -> None:
    """Judge texts outside the rows; report only those that contradict or change the order.

    Args:
        cells: the texts.
        ledger: gets the items and findings.
        units: the units that are ordered.
        kind: whether they are texts of cells or comments.
    """
    for at in cells:
        if weight := weight_outside(at.text, units):
            _report(at, weight, ledger, kind)


def judge_on_other_sheet(cells: Iterable[Field], ledger: Ledger, units: MentionedUnits) -> None:
    """Judge texts of a sheet that is not read: to deny an ordered unit clearly by its name is an error.

    Args:
        cells: the texts.
        ledger: gets the items and findings.
        units: the units that are ordered.
    """
    for at in cells:
        if weight := weight_outside(at.text, units):
            _report(at, "whole" if _denies_named(at.text, units) else weight, ledger)


def _denies_named(text: str, units: MentionedUnits) -> bool:
    """Whether a short sentence denies an ordered unit by name, without a condition: 'Rud ska inte med'."""
    stated = words_in(text)
    denial = words().denials.outside_rows(words().remarks.without_harmless(text))
    return (
        denial is not None
        and not denial.ends
        and len(stated) <= _LONGEST_DENIAL
        and "?" not in text
        and _DOUBTS.isdisjoint(stated)
        and units.are_named_in(text)
    )


def weight_outside(text: str, units: MentionedUnits) -> str:
    """Return how a text outside the rows denies or changes the order, '' if it does not."""
    return _weight_of_denial(text) or weight_of(text, units)


@remembered
def _weight_of_denial(text: str) -> str:
    """Return how a text outside the rows denies the order, '' if it does not."""
    denial = words().denials.outside_rows(words().remarks.without_harmless(text))
    return denial.weight if denial else ""


def judge_references(sheet: Sheet, table: Table, context: Context, ledger: Ledger) -> None:
    """Ask about cells that refer to another sheet, and say more than that: 'Samma som flik 2 utom Byn 3'.

    Args:
        sheet: the sheet.
        table: the tables and forms that were read from it.
        context: the order and the run.
        ledger: gets the items and findings.
    """
    column = table.rows.parts.get("addressee")
    if column is None:
        return
    is_id = one_value("addressee")
    texts = [text for text in references_among(column.unique_texts()) if not is_id(text)]
    if not texts:
        return
    names = [name for spec in context.profile.sheets for name in (spec.title, *spec.aliases)]
    for cell in column.distinct():
        if cell.text not in texts:
            continue
        at = cell._replace(text=shown(sheet.rows[cell.row - 1][cell.column - 1]).strip() or cell.text)
        if more := beyond_reference(at.text, names):
            item = ledger.add(Kind.TEXT, at)
            if not item.decided:
                ledger.ask(item, finding("FLI060", at, mer=more))


def _report(at: Field, weight: str, ledger: Ledger, kind: Kind = Kind.TEXT) -> None:
    code = "FLI039" if weight == "inside" else "FLI038"
    where = cell_or_note(at, kind)
    if ledger.coloured and names_colour(at.text):
        where += f" (rad {spans(ledger.coloured)} har en annan fyllning än de andra raderna)"
    ledger.ask_about(at, finding(code, at, celler=where, rader=""), kind)


def texts_of(sheet: Sheet, rows: Iterable[int]) -> Iterator[Field]:
    """Yield the texts of some rows of a sheet that may be about an order: sentences and single denials."""
    for row in rows:
        for column, cell in enumerate(sheet.rows[row - 1], start=1):
            if not isinstance(cell, str) or not (text := cell.strip()):
                continue
            is_long = len(text) >= _SHORTEST and " " in text
            if is_long or (words().remarks.denies_alone(text) and not _is_in_list(sheet, row, column)):
                yield Field(text, sheet.name, row, column)


def _is_in_list(sheet: Sheet, row: int, column: int) -> bool:
    """Whether the cell above or below is a word to choose, too: 'Aktiv', 'Vilande', 'Avslutad'."""
    return any(_is_choice(_cell(sheet, near, column)) for near in (row - 1, row + 1))


def _is_choice(text: str) -> bool:
    return bool(text) and (
        words().answer(text) is not None
        or words().remarks.denies_alone(text)
        or plain_action(text) is not None
    )


def _cell(sheet: Sheet, row: int, column: int) -> str:
    cells = sheet.rows[row - 1] if 0 < row <= len(sheet.rows) else []
    return shown(cells[column - 1]).strip() if column <= len(cells) else ""
