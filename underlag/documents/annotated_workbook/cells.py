"""Rewrite cells of a sheet without touching anything else of their rows."""

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Generic, NamedTuple, TypeVar

from underlag.column_letters import column_letters, column_number
from underlag.documents.annotated_workbook.sheet import SheetPart
from underlag.documents.annotated_workbook.xmltext import UnfitError
from underlag.findings import Severity

#: Row -> column -> how it is to be coloured; None takes our colour off.
Colours = Mapping[int, Mapping[int, Severity | None]]

_ROW_NUMBER = re.compile(rb"""\sr\s*=\s*["']([0-9]+)["']""")
_CELL_NAME = re.compile(rb"""\sr\s*=\s*["']\$?([A-Z]{1,3})\$?[0-9]+["']""")
_STYLE = re.compile(rb"""\ss\s*=\s*["']([0-9]*)["']""")
_SPANS = re.compile(rb"""\sspans\s*=\s*["'][^"']*["']""")
_OWN_FORMAT = re.compile(rb"""\scustomFormat\s*=\s*["'](1|true)["']""")

Painter = Callable[[int, Severity | None], int]

_T = TypeVar("_T")


class OldCell(NamedTuple):
    """A cell before it is rewritten.

    Attributes:
        element: its whole element; empty where the row has none.
        style: its format; of a cell that is not there that of its row, or else of its column.
        reference: where it is, in A1 form.
        prefix: the namespace prefix of the sheet's elements, with the colon.
    """

    element: bytes
    style: int
    reference: bytes
    prefix: bytes


def paint(sheet: SheetPart, colours: Colours, style: Painter) -> None:
    """Colour cells of a sheet, making rows and cells that are not there.

    Args:
        sheet: changed in place.
        colours: which cells.
        style: from a cell's format (index) to the same one with the colour.

    Raises:
        UnfitError: the sheet has no place for cells, or its rows are not in order.
    """

    def painted(old: OldCell, severity: Severity | None) -> bytes:
        return with_style(old, style(old.style, severity))

    rewrite_cells(sheet, colours, painted)


def with_style(old: OldCell, style: int) -> bytes:
    """Return a cell with another format, otherwise unchanged."""
    stated = b' s="%d"' % style
    if not old.element:
        return b'<%sc r="%s"%s/>' % (old.prefix, old.reference, stated)
    end = old.element.index(b">") + 1
    tag, rest = old.element[:end], old.element[end:]
    if found := _STYLE.search(tag):
        return tag[: found.start()] + stated + tag[found.end() :] + rest
    cut = len(tag) - (2 if tag.endswith(b"/>") else 1)
    return tag[:cut].rstrip() + stated + tag[cut:] + rest


def rewrite_cells(
    sheet: SheetPart, cells: Mapping[int, Mapping[int, _T]], rewrite: Callable[[OldCell, _T], bytes]
) -> None:
    """Rewrite cells of a sheet, making rows and cells that are not there.

    Args:
        sheet: changed in place.
        cells: row -> column -> what `rewrite` is to make of the cell.
        rewrite: returns the new element of a cell.

    Raises:
        UnfitError: the sheet has no place for cells, or its rows are not in order.
    """
    if not sheet.cells:
        raise UnfitError("no cells")
    if not sheet.cells.rstrip().endswith(b"</%ssheetData>" % sheet.prefix):
        sheet.cells = b"<%ssheetData></%ssheetData>" % (sheet.prefix, sheet.prefix)
    sheet.cells = b"".join(_rewritten(sheet, cells, _RowEditor(sheet, rewrite)))


def _rewritten(
    sheet: SheetPart, cells: Mapping[int, Mapping[int, _T]], editor: "_RowEditor[_T]"
) -> Iterator[bytes]:
    data, prefix = sheet.cells, sheet.prefix
    closing = b"</%srow>" % prefix
    wanted = iter(sorted(cells))
    target = next(wanted, None)
    done = number = 0
    for match in re.finditer(rb'<%srow(?=[\s/>])(?:\s+r="([0-9]+)")?([^>]*)>' % re.escape(prefix), data):
        before = number
        if (stated := match[1]) is None and (other := _ROW_NUMBER.search(match[2])):
            stated = other[1]
        number = before + 1 if stated is None else int(stated)
        if number <= before:
            raise UnfitError("rows out of order")
        while target is not None and target < number:
            yield data[done : match.start()]
            yield editor.new_row(target, cells[target])
            done = match.start()
            target = next(wanted, None)
        if target == number:
            yield data[done : match.start()]
            end = match.end() if match[2].endswith(b"/") else data.find(closing, match.end())
            if end < 0:
                raise UnfitError("row without end")
            inner = b"" if match[2].endswith(b"/") else data[match.end() : end]
            done = end if match[2].endswith(b"/") else end + len(closing)
            yield editor.row(data[match.start() : match.end()], inner, number, cells[number])
            target = next(wanted, None)
    last = data.rfind(b"</%ssheetData>" % prefix)
    yield data[done:last]
    while target is not None:
        yield editor.new_row(target, cells[target])
        target = next(wanted, None)
    yield data[last:]


class _RowEditor(Generic[_T]):
    """Rewrites cells of one row after the other."""

    def __init__(self, sheet: SheetPart, rewrite: Callable[[OldCell, _T], bytes]) -> None:
        self._prefix = sheet.prefix
        self._rewrite = rewrite
        self._column_styles = sheet.column_styles()
        self._closing = b"</%sc>" % sheet.prefix
        self._cell = re.compile(
            rb'<%sc(?=[\s/>])(?:\s+r="([A-Z]{1,3})[0-9]+")?([^>]*)>' % re.escape(sheet.prefix)
        )

    def new_row(self, number: int, cells: Mapping[int, _T]) -> bytes:
        """Return a row that the sheet did not have."""
        return self.row(b'<%srow r="%d">' % (self._prefix, number), b"", number, cells)

    def row(self, opening: bytes, inner: bytes, number: int, cells: Mapping[int, _T]) -> bytes:
        """Return the row with its cells rewritten."""
        pieces: list[bytes] = []
        missing: set[int] = set()
        wanted = iter(sorted(cells))
        target = next(wanted, None)
        done = column = 0
        for match in self._cell.finditer(inner):
            before = column
            if (letters := match[1]) is None and (other := _CELL_NAME.search(match[2])):
                letters = other[1]
            column = before + 1 if letters is None else column_number(letters)
            if column <= before:
                raise UnfitError("cells out of order")
            while target is not None and target < column:
                pieces += (inner[done : match.start()], self._new(opening, target, number, cells[target]))
                done = match.start()
                missing.add(target)
                target = next(wanted, None)
            if target == column:
                pieces.append(inner[done : match.start()])
                done = self._end(inner, match)
                old = _STYLE.search(match[0])
                cell = self._old(inner[match.start() : done], int(old[1] or 0) if old else 0, column, number)
                pieces.append(self._rewrite(cell, cells[column]))
                target = next(wanted, None)
            if target is None:
                break
        pieces.append(inner[done:])
        while target is not None:
            pieces.append(self._new(opening, target, number, cells[target]))
            missing.add(target)
            target = next(wanted, None)
        if missing:
            opening = _SPANS.sub(b"", opening)  # only a hint to the reader, and no longer right
        if opening.endswith(b"/>"):
            opening = opening[:-2].rstrip() + b">"
        return b"%s%s</%srow>" % (opening, b"".join(pieces), self._prefix)

    def _end(self, inner: bytes, tag: re.Match[bytes]) -> int:
        if tag[0].endswith(b"/>"):
            return tag.end()
        end = inner.find(self._closing, tag.end())
        if end < 0:
            raise UnfitError("cell without end")
        return end + len(self._closing)

    def _old(self, element: bytes, style: int, column: int, number: int) -> OldCell:
        return OldCell(element, style, f"{column_letters(column)}{number}".encode(), self._prefix)

    def _new(self, row: bytes, column: int, number: int, what: _T) -> bytes:
        # An empty cell looks like its row, or else like its column.
        base = self._column_styles.get(column, 0)
        if _OWN_FORMAT.search(row) and (own := _STYLE.search(row)):
            base = int(own[1] or 0)
        return self._rewrite(self._old(b"", base, column, number), what)
