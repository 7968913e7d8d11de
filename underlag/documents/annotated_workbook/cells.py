"""Give cells another format without touching anything else of their rows."""

import re
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache

from underlag.documents.annotated_workbook.sheet import SheetPart, column_number
from underlag.documents.annotated_workbook.xmltext import UnfitError
from underlag.findings import Severity
from underlag.workbook import column_letters

#: Row -> column -> how it is to be coloured; None takes our colour off.
Colours = Mapping[int, Mapping[int, Severity | None]]

_ROW_NUMBER = re.compile(rb"""\sr\s*=\s*["']([0-9]+)["']""")
_CELL_NAME = re.compile(rb"""\sr\s*=\s*["']\$?([A-Z]{1,3})\$?[0-9]+["']""")
_STYLE = re.compile(rb"""\ss\s*=\s*["']([0-9]*)["']""")
_SPANS = re.compile(rb"""\sspans\s*=\s*["'][^"']*["']""")
_OWN_FORMAT = re.compile(rb"""\scustomFormat\s*=\s*["'](1|true)["']""")

Painter = Callable[[int, Severity | None], int]


def paint(sheet: SheetPart, colours: Colours, style: Painter) -> None:
    """Colour cells of a sheet, making rows and cells that are not there.

    Args:
        sheet: changed in place.
        colours: which cells.
        style: from a cell's format (index) to the same one with the colour.

    Raises:
        UnfitError: the sheet has no place for cells, or its rows are not in order.
    """
    if not sheet.cells:
        raise UnfitError("no cells")
    if not sheet.cells.rstrip().endswith(b"</%ssheetData>" % sheet.prefix):
        sheet.cells = b"<%ssheetData></%ssheetData>" % (sheet.prefix, sheet.prefix)
    sheet.cells = b"".join(_painted(sheet, colours, _RowPainter(sheet, style)))


def _painted(sheet: SheetPart, colours: Colours, painter: "_RowPainter") -> Iterator[bytes]:
    data, prefix = sheet.cells, sheet.prefix
    closing = b"</%srow>" % prefix
    wanted = iter(sorted(colours))
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
            yield painter.new_row(target, colours[target])
            done = match.start()
            target = next(wanted, None)
        if target == number:
            yield data[done : match.start()]
            end = match.end() if match[2].endswith(b"/") else data.find(closing, match.end())
            if end < 0:
                raise UnfitError("row without end")
            inner = b"" if match[2].endswith(b"/") else data[match.end() : end]
            done = end if match[2].endswith(b"/") else end + len(closing)
            yield painter.row(data[match.start() : match.end()], inner, number, colours[number])
            target = next(wanted, None)
    last = data.rfind(b"</%ssheetData>" % prefix)
    yield data[done:last]
    while target is not None:
        yield painter.new_row(target, colours[target])
        target = next(wanted, None)
    yield data[last:]


class _RowPainter:
    """Colours the cells of one row after the other."""

    def __init__(self, sheet: SheetPart, style: Painter) -> None:
        self._prefix = sheet.prefix
        self._style = style
        self._column_styles = sheet.column_styles()
        self._cell = re.compile(
            rb'<%sc(?=[\s/>])(?:\s+r="([A-Z]{1,3})[0-9]+")?([^>]*)>' % re.escape(sheet.prefix)
        )

    def new_row(self, number: int, colours: Mapping[int, Severity | None]) -> bytes:
        """Return a row that the sheet did not have."""
        return self.row(b'<%srow r="%d">' % (self._prefix, number), b"", number, colours)

    def row(self, opening: bytes, inner: bytes, number: int, colours: Mapping[int, Severity | None]) -> bytes:
        """Return the row with its cells coloured."""
        pieces: list[bytes] = []
        missing: set[int] = set()
        wanted = iter(sorted(colours))
        target = next(wanted, None)
        done = column = 0
        for match in self._cell.finditer(inner):
            before = column
            if (letters := match[1]) is None and (other := _CELL_NAME.search(match[2])):
                letters = other[1]
            column = before + 1 if letters is None else _number(letters)
            if column <= before:
                raise UnfitError("cells out of order")
            while target is not None and target < column:
                pieces += (inner[done : match.start()], self._new(opening, target, number, colours[target]))
                done = match.start()
                missing.add(target)
                target = next(wanted, None)
            if target == column:
                pieces += (inner[done : match.start()], self._changed(match[0], colours[target]))
                done = match.end()
                target = next(wanted, None)
            if target is None:
                break
        pieces.append(inner[done:])
        while target is not None:
            pieces.append(self._new(opening, target, number, colours[target]))
            missing.add(target)
            target = next(wanted, None)
        if missing:
            opening = _SPANS.sub(b"", opening)  # only a hint to the reader, and no longer right
        if opening.endswith(b"/>"):
            opening = opening[:-2].rstrip() + b">"
        return b"%s%s</%srow>" % (opening, b"".join(pieces), self._prefix)

    def _changed(self, tag: bytes, severity: Severity | None) -> bytes:
        old = _STYLE.search(tag)
        style = b' s="%d"' % self._style(int(old[1] or 0) if old else 0, severity)
        if old:
            return tag[: old.start()] + style + tag[old.end() :]
        cut = len(tag) - (2 if tag.endswith(b"/>") else 1)
        return tag[:cut].rstrip() + style + tag[cut:]

    def _new(self, row: bytes, column: int, number: int, severity: Severity | None) -> bytes:
        # An empty cell looks like its row, or else like its column.
        base = self._column_styles.get(column, 0)
        if _OWN_FORMAT.search(row) and (own := _STYLE.search(row)):
            base = int(own[1] or 0)
        reference = f"{column_letters(column)}{number}".encode()
        return b'<%sc r="%s" s="%d"/>' % (self._prefix, reference, self._style(base, severity))


@lru_cache(maxsize=1024)
def _number(letters: bytes) -> int:
    return column_number(letters.decode())
