"""Marks on cells and rows: comments, text that is struck through or unseen, hidden and filtered rows.

Findings: FLI021, FLI024, FLI040, FLI056, FLI062.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from typing import Final

from underlag.account import NEUTRAL, Kind
from underlag.checksum import sha256_of
from underlag.findings import finding
from underlag.profiles.words import Denial, words
from underlag.reading.account.conditions import deny
from underlag.reading.account.context import Context, Ledger, place_of_note
from underlag.reading.account.rows_of_table import TableRows
from underlag.reading.account.statements import judge_asides
from underlag.reading.cells.cell_text import shown
from underlag.reading.cells.dates import ends_in
from underlag.reading.formats.grid import Sheet
from underlag.reading.remarks.sentences import (
    may_change_order,
    names_further_sheet,
    names_unknown_unit,
    sentences,
)
from underlag.reading.remarks.units import MentionedUnits
from underlag.text.lists import spans
from underlag.text.review_notes import without_own
from underlag.workbook import Field

#: Minimum rows of which every second may be filled for the eye.
_FEWEST_BANDED: Final = 4
#: The subject of each finding about marks.
_KINDS: Final = {"FLI024": Kind.STRUCK, "FLI021": Kind.HIDDEN, "FLI062": Kind.UNSEEN}


def judge_notes(sheet: Sheet, context: Context, rows: TableRows, ledger: Ledger) -> None:
    """Judge the comments of a sheet: all on rows that are read; elsewhere those that deny the order.

    Skipped are comments that the program itself made in an earlier review. One that says only what has been
    checked is no question.

    Args:
        sheet: the sheet.
        context: the order and the run.
        rows: the sheet's rows.
        ledger: collects the items and findings.
    """
    read = {row for part in rows.table.parts for row in part.rows}
    read.update(row for form in rows.table.forms for row in form.rows_filled)
    judge_asides((at for at in notes_of(sheet) if at.row not in read), context, ledger, rows.units, Kind.NOTE)
    for at in notes_of(sheet):
        text = at.text
        if at.row not in read:
            continue
        item = ledger.add(Kind.NOTE, at, rows.rows_of([at]), place=place_of_note(at))
        item.columns = rows.columns_of([at])
        if rows.answered(item, ledger):
            continue
        denial = words().denials.in_comment(text)
        if any(day < context.today for day in ends_in(text)):
            denial = Denial("begins", ends=True)
        if denial is not None and denial.weight != "inside":
            deny(item, denial.weight, rows, ledger)
        elif _states_check(text, rows.units, len(context.profile.sheets)):
            item.meaning = NEUTRAL
        else:
            ledger.ask(item, finding("FLI040", at))


def _states_check(text: str, units: MentionedUnits, sheets: int) -> bool:
    """Whether a comment says what has been checked, or nothing of the order: 'Kontrollerad /EA', 'ok'."""
    remarks = words().remarks
    parts = sentences(text)
    if parts and all(map(remarks.is_plain, parts)):
        return not units.are_of_other_region(text) and not any(
            names_further_sheet(part, sheets) for part in parts
        )
    if "?" in text or not all(map(remarks.states_check, parts)):
        return False
    return not may_change_order(text, units) and not names_unknown_unit(text, units)


def judge_outer_notes(sheet: Sheet, context: Context, ledger: Ledger, units: MentionedUnits) -> None:
    """Judge the comments of a sheet without tables; only those that deny or change the order count."""
    judge_asides(notes_of(sheet), context, ledger, units, Kind.NOTE)


def notes_of(sheet: Sheet) -> Iterator[Field]:
    """Yield the comments of a sheet, each on one line, without those of the program itself."""
    for (row, column), note in sorted(sheet.notes.items()):
        if text := " ".join(without_own(note).split()):
            yield Field(text, sheet.name, row, column)


def judge_layout(
    sheet: Sheet, columns: Sequence[int], numbers: Sequence[int], rows: TableRows, ledger: Ledger
) -> None:
    """Report which of the rows that are read are struck through, are hidden or have text that nobody sees.

    Args:
        sheet: the sheet.
        columns: the columns that are read, from 1.
        numbers: the rows that are read.
        rows: the sheet's rows.
        ledger: collects the items and findings.
    """
    if sheet.struck:
        struck = [row for row in numbers if any(_is_struck(sheet, row, column) for column in columns)]
        _mark("FLI024", struck, sheet, rows, ledger)
    if sheet.hidden_rows:
        hidden = [row for row in numbers if row in sheet.hidden_rows]
        _mark("FLI021", hidden, sheet, rows, ledger)
    if unseen_in := {*sheet.unseen, *_covered(sheet, numbers)}:
        shown = [row for row in numbers if row not in sheet.hidden_rows]
        unseen = [
            row for row in shown if any(_is_unseen(sheet, row, column, unseen_in) for column in columns)
        ]
        _mark("FLI062", unseen, sheet, rows, ledger)
    if sheet.unclear:
        _judge_unclear(sheet, columns, numbers, ledger)


def odd_fills(sheet: Sheet, numbers: Sequence[int]) -> list[int]:
    """Return those of some rows that are filled otherwise than most; none where every second row is.

    Args:
        sheet: the sheet.
        numbers: the rows that are read.
    """
    fills = [sheet.fills.get(row) for row in numbers]
    usual, count = Counter(fills).most_common(1)[0] if fills else (None, 0)
    is_banded = len(fills) >= _FEWEST_BANDED and all(a == b for a, b in zip(fills, fills[2:], strict=False))
    if is_banded or 2 * count <= len(fills):
        return []
    return [row for row, fill in zip(numbers, fills, strict=True) if fill != usual]


def _judge_unclear(sheet: Sheet, columns: Sequence[int], numbers: Sequence[int], ledger: Ledger) -> None:
    """Ask about each formula that may strike through or hide cells that are read, at its first cell."""
    first: dict[str, Field] = {}
    for cell in ((row, column) for row in numbers for column in columns):
        if cell in sheet.unclear:
            formula = sheet.unclear[cell]
            first.setdefault(formula, Field(formula, sheet.name, *cell))
    for at in first.values():
        item = ledger.add(Kind.LOOSE, at)
        if not item.decided:
            where = f"Villkorsstyrd formatering i {at.cell} på fliken ”{sheet.name}”"
            means = "celler visas överstrukna eller inte alls i Excel, för formeln räknas inte ut här"
            ledger.ask(item, finding("FLI056", at, plats=where, säger=means))


def _is_struck(sheet: Sheet, row: int, column: int) -> bool:
    cells = sheet.rows[row - 1]
    return (row, column) in sheet.struck and column <= len(cells) and cells[column - 1] != ""


def _covered(sheet: Sheet, numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield the cells of merged areas with a text of their own, which Excel does not show."""
    read = set(numbers) if sheet.merged else set()
    for top, left, bottom, right in sheet.merged:
        corner = _text_at(sheet, top, left)
        for row in range(top, min(bottom, len(sheet.rows)) + 1):
            cells = sheet.rows[row - 1][left - 1 : right] if row in read else []
            for column, cell in enumerate(cells, start=left):
                if (
                    isinstance(cell, str)
                    and cell.strip() not in ("", corner)
                    and (row, column) != (top, left)
                ):
                    yield row, column


def _is_unseen(sheet: Sheet, row: int, column: int, unseen: AbstractSet[tuple[int, int]]) -> bool:
    """Whether a cell has a text that nobody sees, and that is no repetition of the text above it."""
    if (row, column) not in unseen:
        return False
    text = _text_at(sheet, row, column)
    above = (_text_at(sheet, number, column) for number in range(row - 1, 0, -1))
    return bool(text) and text != next(filter(None, above), "")


def _text_at(sheet: Sheet, row: int, column: int) -> str:
    cells = sheet.rows[row - 1] if row <= len(sheet.rows) else ()
    cell = cells[column - 1] if column <= len(cells) else ""
    return cell.strip() if isinstance(cell, str) else ""


def _mark(code: str, numbers: Sequence[int], sheet: Sheet, rows: TableRows, ledger: Ledger) -> None:
    if not numbers:
        return
    kind = _KINDS[code]
    # The contents of the rows are part of the key, so that the decision does not apply to other rows.
    digest = sha256_of(repr([sheet.rows[row - 1] for row in numbers]).encode())[:6]
    at = Field(f"rad {spans(numbers)} #{digest}", sheet.name, numbers[0], 0)
    item = ledger.add(
        kind, at, rows.rows_of(Field("", sheet.name, row, 0) for row in numbers), place=kind.value
    )
    if not rows.answered(item, ledger):
        ledger.ask(
            item, finding(code, sheet=sheet.name, rader=spans(numbers), exempel=_example(sheet, numbers))
        )


def _example(sheet: Sheet, numbers: Sequence[int]) -> str:
    """Return the last text of the first of some rows, usually the name of a unit."""
    is_text: Callable[[object], bool] = lambda cell: isinstance(cell, str) and bool(cell.strip())  # noqa: E731 - used once
    texts = [shown(cell).strip() for cell in sheet.rows[numbers[0] - 1] if is_text(cell)]
    return f" (rad {numbers[0]}: {', '.join(texts[-2:])})" if texts else ""
