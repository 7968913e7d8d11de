"""Which cells are marked, how, and what their notes say."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Final

from underlag.characters.cleaning import shown
from underlag.documents.annotated_workbook.sheet import SheetPart
from underlag.documents.finding_groups import shown_message
from underlag.findings import Finding, Severity, kind
from underlag.text.review_notes import HEADINGS

#: More notes than this make Excel slow to open the file; the rest of the cells are coloured and listed.
NOTE_LIMIT: Final = 5_000

_FINDINGS_PER_NOTE: Final = 8
_RANK: Final = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}


Cell = tuple[int, int]
#: Row -> column -> the worst that was found in the cell.
Marked = dict[int, dict[int, Severity]]


@dataclass(slots=True, eq=False, repr=False)
class Mark:
    """A cell with something to correct or to look at, and all that was found there, worst first."""

    row: int
    column: int
    findings: list[Finding] = field(default_factory=list)


def marked_by_sheet(findings: Iterable[Finding]) -> dict[str, Marked]:
    """Return per sheet the cells that have an error or a warning."""
    sheets: dict[str, Marked] = {}
    of_sheet: Marked = {}
    sheet = None
    for found in findings:
        if not found.row or not found.column or found.severity is Severity.INFO:
            continue
        if found.sheet != sheet:
            sheet = found.sheet
            of_sheet = sheets.setdefault(sheet, {})
        columns = of_sheet.setdefault(found.row, {})
        if columns.setdefault(found.column, found.severity) is not Severity.ERROR:
            columns[found.column] = found.severity
    return sheets


def moved_to_visible(marked: Marked, sheet: SheetPart) -> dict[Cell, Cell]:
    """Move the marks inside merged areas to the first cell of each, which alone is shown.

    Args:
        marked: changed in place.
        sheet: the sheet.

    Returns:
        the cells whose marks were moved, each with the cell that has its mark now.
    """
    moved: dict[Cell, Cell] = {}
    for top, left, bottom, right in sheet.merged():
        rows = range(top, bottom + 1) if bottom - top < len(marked) else list(marked)
        for row in rows:
            if not top <= row <= bottom or row not in marked:
                continue
            for column in [column for column in marked[row] if left <= column <= right]:
                if (row, column) != (top, left):
                    severity = marked[row].pop(column)
                    first = marked.setdefault(top, {})
                    if first.setdefault(left, severity) is not Severity.ERROR:
                        first[left] = severity
                    moved[row, column] = top, left
            if not marked[row]:
                del marked[row]
    return moved


def chosen_for_notes(sheets: Mapping[str, Marked], limit: int) -> dict[str, set[Cell]]:
    """Return the cells that get a note; errors go first if there is no room for all."""
    by_rank = (
        (name, (row, column))
        for severity in (Severity.ERROR, Severity.WARNING)
        for name, marked in sheets.items()
        for row in sorted(marked)
        for column in sorted(marked[row])
        if marked[row][column] is severity
    )
    chosen: dict[str, set[Cell]] = {}
    for name, cell in islice(by_rank, limit):
        chosen.setdefault(name, set()).add(cell)
    return chosen


def marks_by_sheet(
    findings: Iterable[Finding],
    chosen: Mapping[str, Collection[Cell]],
    moved: Mapping[str, Mapping[Cell, Cell]],
) -> dict[str, list[Mark]]:
    """Return per sheet the chosen cells, in order, with everything that was found there.

    Args:
        findings: all of them.
        chosen: the cells of each sheet.
        moved: of each sheet, the cells whose marks are elsewhere; see `moved_to_visible`.
    """
    marks = {name: {cell: Mark(*cell) for cell in cells} for name, cells in chosen.items()}
    for found in findings:
        if of_sheet := marks.get(found.sheet):
            place = found.row, found.column
            if mark := of_sheet.get(moved[found.sheet].get(place, place)):
                mark.findings.append(found)
    for of_sheet in marks.values():
        for mark in of_sheet.values():
            mark.findings.sort(key=lambda found: _RANK[found.severity])
    return {name: [of_sheet[cell] for cell in sorted(of_sheet)] for name, of_sheet in marks.items()}


def note_paragraphs(mark: Mark) -> list[tuple[str, str]]:
    """Return heading and text for each finding of a cell."""
    paragraphs = [
        (
            f"{HEADINGS[found.severity]}: {kind(found.code).title} ({found.code})",
            f"{shown_message(found)}\nGör så här: {shown(found.suggestion)}"
            if found.suggestion
            else shown_message(found),
        )
        for found in mark.findings[:_FINDINGS_PER_NOTE]
    ]
    if (more := len(mark.findings) - _FINDINGS_PER_NOTE) > 0:
        paragraphs.append(
            (f"… och {more} till", "Alla står i granskningens lista, på arbetsbokens första flik.")
        )
    return paragraphs
