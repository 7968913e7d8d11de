"""Builds the corrected workbook from a workbook and corrections."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, NamedTuple

from underlag.documents.annotated_workbook.build import drop_signatures
from underlag.documents.annotated_workbook.cell_editor import edit_cells
from underlag.documents.annotated_workbook.cells import Edit, OldCell
from underlag.documents.annotated_workbook.overview import quoted
from underlag.documents.annotated_workbook.package import Package
from underlag.documents.annotated_workbook.sheet import SheetPart
from underlag.documents.annotated_workbook.styles import CORRECTED, Styles
from underlag.documents.annotated_workbook.workbook import SheetEntry, Workbook
from underlag.documents.annotated_workbook.xmltext import UnfitError
from underlag.documents.corrected_workbook.change_list import Change, ChangeList
from underlag.documents.corrected_workbook.corrections import Correction
from underlag.documents.corrected_workbook.own_cells import CellContent, OwnCells, with_text
from underlag.text.review_notes import CORRECTIONS_SHEET
from underlag.workbook import Source

_EMPTY_SHEET: Final = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="{}">'
    '<sheetFormatPr defaultRowHeight="15"/><cols><col min="1" max="2" width="40" customWidth="1"/></cols>'
    "<sheetData/></worksheet>"
)

#: Formats whose cells can be changed without altering anything else.
EDITABLE = ("xlsx", "xlsm")


class UncorrectableError(Exception):
    """The workbook cannot be corrected; the Swedish message says why and what to do."""


class AppendedRows(NamedTuple):
    """Rows of a label and a text, to write below all others of a sheet; made where the workbook has none."""

    sheet: str
    rows: Sequence[tuple[str, str]]


@dataclass(slots=True)
class Corrected:
    """A corrected workbook.

    Attributes:
        extension: xlsx or xlsm.
        content: the file's bytes.
        changes: the changed cells, with their texts before and after.
        left: the corrections that were not made because the cell does not contain the text to replace.
    """

    extension: str
    content: bytes
    changes: list[Change] = field(default_factory=list)
    left: list[Correction] = field(default_factory=list)


def corrected_workbook(
    source: Source, corrections: Iterable[Correction], now: datetime, appended: AppendedRows | None = None
) -> Corrected:
    """Return the user's workbook with corrections: changed cells are coloured, a first sheet lists them.

    Args:
        source: the workbook.
        corrections: the texts to write; of several for one whole cell, the last counts.
        now: timestamp written to the list.
        appended: rows to write below those of a sheet.

    Raises:
        UncorrectableError: its format, or the structure of its parts, cannot be changed safely.
    """
    if source.format not in EDITABLE:
        raise UncorrectableError(
            f"Arbetsboken är en .{source.format}-fil, och bara .xlsx och .xlsm kan rättas på plats. Öppna "
            "den i Excel, välj Spara som och Excel-arbetsbok (.xlsx), och granska den nya filen."
        )
    try:
        return _Correcting(source, now).correct(list(corrections), appended)
    except (UnfitError, ValueError, OverflowError, LookupError) as error:
        raise UncorrectableError(
            "Arbetsbokens delar har en form som inte går att ändra utan risk att något går förlorat. Öppna "
            "den i Excel, spara den på nytt som .xlsx och granska den nya filen."
        ) from error


class _Correcting:
    """The correction of one workbook."""

    def __init__(self, source: Source, now: datetime) -> None:
        self._source, self._now = source, now
        self._package = Package(source.content)
        self._workbook = Workbook(self._package)
        styles_part = self._workbook.styles_part()
        self._styles = Styles(
            self._package.read(styles_part) if styles_part else None, self._workbook.namespace
        )
        self._cells = OwnCells(self._package, self._workbook)
        self._changes: list[Change] = []
        self._left: list[Correction] = []

    def correct(self, corrections: Sequence[Correction], appended: AppendedRows | None) -> Corrected:
        """Return the corrected workbook; unchanged bytes where nothing could be corrected."""
        if appended and appended.rows:
            corrections = [*corrections, *self._appended(appended)]
        by_sheet = _by_sheet(corrections)
        entries = self._workbook.sheets()
        known = {entry.name for entry in entries}
        self._left += [one for one in corrections if one.sheet not in known]
        sheets = {e.name: self._sheet(e, by_sheet[e.name]) for e in entries if e.name in by_sheet}
        if not self._changes:
            return Corrected(self._workbook.extension, self._source.content, left=self._left)
        for entry in entries:
            sheet = sheets.get(entry.name) or SheetPart(self._package.read(entry.part))
            if sheet.deselect() or entry.name in sheets:
                self._package.write(entry.part, sheet.pieces())
        drop_signatures(self._package)
        self._cells.forget_calculation()
        self._list(entries)
        return Corrected(self._workbook.extension, self._package.tobytes(), self._changes, self._left)

    def _appended(self, appended: AppendedRows) -> list[Correction]:
        """Return corrections of the cells below a sheet's rows; the sheet is made if there is none."""
        part = next((e.part for e in self._workbook.sheets() if e.name == appended.sheet), "")
        if not part:
            part = self._workbook.insert_first(appended.sheet)
            self._package.write(part, _EMPTY_SHEET.format(self._workbook.namespace).encode())
        first = max(SheetPart(self._package.read(part)).row_numbers(), default=0) + 1
        return [
            Correction(appended.sheet, row, column, text)
            for row, texts in enumerate(appended.rows, first)
            for column, text in enumerate(texts, 1)
        ]

    def _sheet(self, entry: SheetEntry, cells: Mapping[int, Mapping[int, list[Correction]]]) -> SheetPart:
        """Return a sheet's part with its corrected cells."""
        sheet = SheetPart(self._package.read(entry.part))
        headers = self._cells.headers_of_tables(entry.part)

        def rewritten(old: OldCell, corrections: list[Correction]) -> Edit:
            """Return the edit of a cell: the corrected text and fill, if it changes."""
            row, column = corrections[0].row, corrections[0].column
            content = None if (row, column) in headers else self._cells.content(old)
            if content is None:
                self._left += corrections
                return old.unchanged
            before = content.text
            after = self._after(content, corrections)
            if after == before:
                return old.unchanged
            self._changes.append(Change(entry.name, row, column, before, after))
            return old.replaced(with_text(old, self._styles.filled(old.style, CORRECTED), after))

        edit_cells(sheet, cells, rewritten)
        return sheet

    def _after(self, content: CellContent, corrections: Iterable[Correction]) -> str:
        """Apply the corrections of a cell to its text, and record those that do not fit."""
        text = content.text
        for correction in corrections:
            changed = _corrected(text, correction) if content.is_text else correction.text
            if changed is None:
                self._left.append(correction)
            else:
                text = changed
        return text

    def _list(self, entries: Sequence[SheetEntry]) -> None:
        """Insert the list of changes as the first sheet."""
        title = self._workbook.free_sheet_name(CORRECTIONS_SHEET)
        targets = {entry.name: quoted(entry.name) for entry in entries if entry.visible}
        listed = ChangeList(self._source.name, self._now, self._changes, targets)
        part = self._workbook.insert_first(title)
        self._package.write(part, listed.part(self._styles, self._workbook.namespace))
        self._workbook.put_styles(self._styles.tobytes())
        self._workbook.store()


def _by_sheet(corrections: Iterable[Correction]) -> dict[str, dict[int, dict[int, list[Correction]]]]:
    """Group corrections by sheet, row and column; one of a whole cell replaces earlier ones."""
    sheets: dict[str, dict[int, dict[int, list[Correction]]]] = {}
    for one in corrections:
        cell = sheets.setdefault(one.sheet, {}).setdefault(one.row, {}).setdefault(one.column, [])
        if one.instead_of is None:
            cell.clear()
        if one not in cell:
            cell.append(one)
    return sheets


def _corrected(text: str, correction: Correction) -> str | None:
    """Return a cell's text after a correction, None unless it contains the text to replace exactly once."""
    wanted = correction.instead_of
    if wanted is None or text.strip() == wanted.strip():
        return correction.text
    return text.replace(wanted, correction.text) if wanted and text.count(wanted) == 1 else None
