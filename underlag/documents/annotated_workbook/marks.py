"""Which cells are marked, how, and what their notes say."""

from collections.abc import Iterable
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


@dataclass(slots=True, eq=False, repr=False)
class Mark:
    """A cell with something to correct or to look at, and all that was found there, worst first."""

    row: int
    column: int
    findings: list[Finding] = field(default_factory=list)

    @property
    def severity(self) -> Severity:
        """The worst."""
        return self.findings[0].severity


def by_severity(findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings with errors first, otherwise in their order."""
    listed = list(findings)
    return [found for severity in _RANK for found in listed if found.severity is severity]


def marks_by_sheet(findings: Iterable[Finding]) -> dict[str, dict[Cell, Mark]]:
    """Return per sheet the cells that have an error or a warning, with everything found there."""
    sheets: dict[str, dict[Cell, Mark]] = {}
    rest = []
    for found in by_severity(findings):
        if not found.row or not found.column:
            continue
        if found.severity is Severity.INFO:
            rest.append(found)
            continue
        cells = sheets.get(found.sheet)
        if cells is None:
            cells = sheets[found.sheet] = {}
        place = found.row, found.column
        mark = cells.get(place)
        if mark is None:
            cells[place] = Mark(*place, [found])
        else:
            mark.findings.append(found)
    for found in rest:
        mark = sheets.get(found.sheet, {}).get((found.row, found.column))
        if mark is not None:
            mark.findings.append(found)
    return sheets


def moved_to_visible(marks: dict[Cell, Mark], sheet: SheetPart) -> dict[Cell, Mark]:
    """Return the marks with those inside a merged area moved to its first cell, which alone is shown."""
    areas = sheet.merged()
    if not areas:
        return marks
    columns_by_row: dict[int, list[int]] = {}
    for row, column in marks:
        columns_by_row.setdefault(row, []).append(column)
    visible = dict(marks)
    for top, left, bottom, right in areas:
        rows = range(top, bottom + 1) if bottom - top < len(columns_by_row) else columns_by_row
        for row in rows:
            if not top <= row <= bottom:
                continue
            for column in columns_by_row.get(row, ()):
                if left <= column <= right and (row, column) != (top, left):
                    hidden = visible.pop((row, column))
                    first = visible.setdefault((top, left), Mark(top, left))
                    first.findings = by_severity([*first.findings, *hidden.findings])
    return visible


def chosen_for_notes(sheets: dict[str, dict[Cell, Mark]], limit: int) -> dict[str, list[Mark]]:
    """Return the cells that get a note, in the sheet's order; errors go first if there is no room for all."""
    by_rank = (
        (name, mark)
        for severity in _RANK
        for name, cells in sheets.items()
        for mark in cells.values()
        if mark.severity is severity
    )
    chosen: dict[str, list[Mark]] = {}
    for name, mark in islice(by_rank, limit):
        chosen.setdefault(name, []).append(mark)
    for marks in chosen.values():
        marks.sort(key=lambda mark: (mark.row, mark.column))
    return chosen


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
