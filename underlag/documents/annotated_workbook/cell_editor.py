"""Edits cells of a sheet without touching anything else of their rows."""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from typing import Final, Generic, TypeVar

from underlag.column_letters import column_number
from underlag.documents.annotated_workbook.cells import STATED_STYLE, Edit, OldCell, with_style
from underlag.documents.annotated_workbook.sheet import SheetPart, regular_row
from underlag.documents.annotated_workbook.xmltext import UnfitError
from underlag.findings import Severity

#: Row -> column -> how it is to be coloured; None takes our colour off.
Colours = Mapping[int, Mapping[int, Severity | None]]

_ROW_NUMBER = re.compile(rb"""\sr\s*=\s*["']([0-9]+)["']""")
_CELL_NAME = re.compile(rb"""\sr\s*=\s*["']\$?([A-Z]{1,3})\$?[0-9]+["']""")
_SPANS = re.compile(rb"""\sspans\s*=\s*["'][^"']*["']""")
_OWN_FORMAT = re.compile(rb"""\scustomFormat\s*=\s*["'](1|true)["']""")

#: Rows from which a pattern of regular rows saves more time than it takes.
_MANY: Final = 50

Painter = Callable[[int, Severity | None], int]

#: Where a cell starts and ends in its part, and its format.
_Place = tuple[int, int, int]

_T = TypeVar("_T")


def paint(sheet: SheetPart, colours: Colours, style: Painter) -> None:
    """Colour cells of a sheet, making rows and cells that are not there.

    Args:
        sheet: changed in place.
        colours: which cells.
        style: from a cell's format (index) to the same one with the colour.

    Raises:
        UnfitError: the sheet has no place for cells, or its rows are not in order.
    """

    @cache  # few formats, and many cells
    def digits(base: bytes, severity: Severity | None) -> bytes:
        return b"%d" % style(int(base), severity)

    def painted(old: OldCell, severity: Severity | None) -> Edit:
        return old.replaced(with_style(old.element, style(old.style, severity), old))

    edit_cells(sheet, colours, painted, digits)


def edit_cells(
    sheet: SheetPart,
    cells: Mapping[int, Mapping[int, _T]],
    edit: Callable[[OldCell, _T], Edit],
    restyle: Callable[[bytes, _T], bytes] | None = None,
) -> None:
    """Edit cells of a sheet, making rows and cells that are not there.

    Args:
        sheet: changed in place.
        cells: row -> column -> what `edit` is to make of the cell.
        edit: returns the edit of a cell.
        restyle: returns the number of a cell's new format, in digits, given that of its format; only for an
            edit that changes nothing else.

    Raises:
        UnfitError: the sheet has no place for cells, or its rows are not in order.
    """
    if not sheet.cells:
        raise UnfitError("no cells")
    if not sheet.cells.rstrip().endswith(b"</%ssheetData>" % sheet.prefix):
        sheet.cells = b"<%ssheetData></%ssheetData>" % (sheet.prefix, sheet.prefix)
    sheet.cells = _Editor(sheet, cells, edit, restyle).result()


class _Editor(Generic[_T]):
    """One pass over the rows of a sheet."""

    def __init__(
        self,
        sheet: SheetPart,
        cells: Mapping[int, Mapping[int, _T]],
        edit: Callable[[OldCell, _T], Edit],
        restyle: Callable[[bytes, _T], bytes] | None,
    ) -> None:
        self._part, self._prefix = sheet.cells, sheet.prefix
        self._cells, self._edit, self._restyle = cells, edit, restyle
        self._column_styles = sheet.column_styles()
        self._row_end, self._cell_end = b"</%srow>" % sheet.prefix, b"</%sc>" % sheet.prefix
        name = re.escape(sheet.prefix)
        self._row = re.compile(rb'<%srow(?=[\s/>])(?:\s+r="([0-9]+)")?([^>]*)>' % name)
        self._cell = re.compile(rb'<%sc(?=[\s/>])(?:\s+r="([A-Z]{1,3})[0-9]+")?([^>]*)>' % name)
        self._wanted = iter(sorted(cells))
        self._target = next(self._wanted, None)
        self._number = self._done = 0
        self._out: list[bytes] = []

    def result(self) -> bytes:
        """Return the part with the edited cells."""
        at = self._part.index(b">") + 1
        columns = sorted(set().union(*self._cells.values())) if len(self._cells) >= _MANY else []
        if columns and (pattern := regular_row(self._prefix, columns)):
            at = self._edit_regular(pattern, columns, at)
        self._search_rows(at, len(self._part))
        last = self._part.rfind(b"</%ssheetData>" % self._prefix)
        while self._target is not None:
            self._insert_row(last)
        return b"".join((*self._out, self._part[self._done :]))

    def _edit_regular(self, pattern: re.Pattern[bytes], columns: Sequence[int], at: int) -> int:
        """Edit cells of the rows that `regular_row` matches, and of all before the last of them.

        Args:
            pattern: matches the rows.
            columns: the columns whose cells the pattern has as groups.
            at: where the rows begin.

        Returns:
            where the last of them ends.
        """
        part, out, restyle = self._part, self._out, self._restyle
        groups = {column: 2 * number for number, column in enumerate(columns, 1)}
        for row in pattern.finditer(part):
            if row.start() != at:
                self._search_rows(at, row.start())
            at = row.end()
            cells = self._reach(int(row[1]), row.start())
            if not cells:
                continue
            if restyle and len(cells) == 1:  # so are nearly all
                ((column, wanted),) = cells.items()
                start, end = row.span(groups[column] + 1)
                if start >= 0:
                    out += (part[self._done : start], restyle(part[start:end], wanted))
                    self._done = end
                    continue
            self._take_regular(row, cells, groups)
        return at

    def _take_regular(self, row: re.Match[bytes], cells: Mapping[int, _T], groups: Mapping[int, int]) -> None:
        """Edit cells of a row that `regular_row` matches, with the group of each column's cell."""
        ordered = sorted(cells)
        edits = [self._restyled(row, groups[column], cells[column]) for column in ordered]
        if all(edits):
            for edit in filter(None, edits):
                self._take(*edit)
            return
        places = {
            column: (*row.span(groups[column]), int(row[groups[column] + 1] or 0)) for column in ordered
        }
        self._take_cells(cells, places, row.start())

    def _restyled(self, row: re.Match[bytes], group: int, wanted: _T) -> Edit | None:
        """Return the edit of the format of a cell that is there; None where that is not all to change."""
        if self._restyle is None:
            return None
        start, end = row.span(group + 1)
        if start >= 0:
            return start, end, self._restyle(self._part[start:end], wanted)
        start, end = row.span(group)
        at = self._part.find(b">", start, end)
        at -= self._part[at - 1 : at] == b"/"
        if start == end or self._part[at - 1 : at].isspace():
            return None
        return at, at, b' s="%s"' % self._restyle(b"0", wanted)

    def _search_rows(self, start: int, end: int) -> None:
        """Edit cells of rows of any form, between two places of the part."""
        for row in self._row.finditer(self._part, start, end):
            if (stated := row[1]) is None and (other := _ROW_NUMBER.search(row[2])):
                stated = other[1]
            cells = self._reach(self._number + 1 if stated is None else int(stated), row.start())
            if cells and row[2].endswith(b"/"):
                opening = _SPANS.sub(b"", row[0])[:-2].rstrip() + b">"
                self._take(row.start(), row.end(), self._new_row(opening, self._number, cells))
            elif cells:
                self._take_cells(cells, self._find(cells, row.end()), row.start())

    def _reach(self, number: int, start: int) -> Mapping[int, _T] | None:
        """Insert missing rows before one; return its cells to edit, None if there are none."""
        if number <= self._number:
            raise UnfitError("rows out of order")
        self._number = number
        while self._target is not None and self._target < number:
            self._insert_row(start)
        if self._target != number:
            return None
        self._target = next(self._wanted, None)
        return self._cells[number]

    def _find(self, cells: Mapping[int, _T], start: int) -> dict[int, _Place]:
        """Find cells in a row of any form, from its first cell on."""
        end = self._end(start, self._row_end) - len(self._row_end)
        places: dict[int, _Place] = {}
        wanted = iter(sorted(cells))
        target = next(wanted, None)
        column = 0
        for cell in self._cell.finditer(self._part, start, end):
            if target is None:
                break
            before = column
            if (letters := cell[1]) is None and (other := _CELL_NAME.search(cell[2])):
                letters = other[1]
            column = before + 1 if letters is None else column_number(letters)
            if column <= before:
                raise UnfitError("cells out of order")
            while target is not None and target < column:
                places[target] = cell.start(), cell.start(), 0
                target = next(wanted, None)
            if target == column:
                last = cell.end() if cell[2].endswith(b"/") else self._end(cell.end(), self._cell_end, end)
                style = STATED_STYLE.search(cell[0])
                places[target] = cell.start(), last, int(style[1] or 0) if style else 0
                target = next(wanted, None)
        while target is not None:
            places[target] = end, end, 0
            target = next(wanted, None)
        return places

    def _end(self, start: int, closing: bytes, limit: int | None = None) -> int:
        """Return where the row or cell ends whose content starts at a place."""
        end = self._part.find(closing, start, limit)
        if end < 0:
            raise UnfitError(f"no {closing.decode()}")
        return end + len(closing)

    def _take_cells(self, cells: Mapping[int, _T], places: Mapping[int, _Place], row: int) -> None:
        """Edit cells of the row that starts at `row`."""
        edits: list[Edit] = []
        opening = b""
        for column, (start, end, style) in places.items():
            if start == end:
                opening = opening or self._part[row : self._part.index(b">", row) + 1]
                style = self._empty_style(opening, column)  # noqa: PLW2901 - of the same cell
            old = OldCell(self._part, start, end, style, self._number, column, self._prefix)
            edits.append(self._edit(old, cells[column]))
        if opening:  # spans are only a hint to the reader, and no longer right
            self._take(row, row + len(opening), _SPANS.sub(b"", opening))
        part, done = self._part, self._done
        for start, end, new in edits:
            self._out += (part[done:start], new)
            done = end
        self._done = done

    def _take(self, start: int, end: int, new: bytes) -> None:
        self._out += (self._part[self._done : start], new)
        self._done = end

    def _insert_row(self, at: int) -> None:
        """Insert the next row that the sheet does not have."""
        if (number := self._target) is not None:
            opening = b'<%srow r="%d">' % (self._prefix, number)
            self._take(at, at, self._new_row(opening, number, self._cells[number]))
            self._target = next(self._wanted, None)

    def _new_row(self, opening: bytes, number: int, cells: Mapping[int, _T]) -> bytes:
        """Return a row that has only the cells to edit."""
        pieces = [opening]
        for column in sorted(cells):
            style = self._empty_style(opening, column)
            old = OldCell(b"", 0, 0, style, number, column, self._prefix)
            pieces.append(self._edit(old, cells[column])[2])
        return b"%s</%srow>" % (b"".join(pieces), self._prefix)

    def _empty_style(self, opening: bytes, column: int) -> int:
        """Return the format of an empty cell: it looks like its row, or else like its column."""
        if _OWN_FORMAT.search(opening) and (own := STATED_STYLE.search(opening)):
            return int(own[1] or 0)
        return self._column_styles.get(column, 0)
