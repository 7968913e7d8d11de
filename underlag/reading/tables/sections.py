"""Splits a sheet with several tables below one another, each with its own headers or labels above them."""

import re
from collections.abc import Iterator
from typing import Final

from underlag.reading.cells.identifiers import is_value
from underlag.reading.formats.grid import Sheet
from underlag.reading.tables.header_roles import HeaderNames
from underlag.reading.tables.headers import Headers, headers_in

#: Headers have no digits; ids and addresses nearly always do, which makes the search fast.
_NO_DIGIT: Final = re.compile(r"\D+").fullmatch
#: Minimum headers in a row of headers; a single one may be a remark.
_FEWEST: Final = 2


class Section:
    """One table; rows are 0-based indices of the grid.

    Attributes:
        headers: its headers.
        top: its first row; labels with their values may be above the headers.
        end: the row after its last.
    """

    def __init__(self, headers: Headers, top: int, end: int) -> None:
        self.headers = headers
        self.top = top
        self.end = end


def find_sections(sheet: Sheet, names: HeaderNames, headers: Headers) -> list[Section]:
    """Return the tables of a sheet, given the headers of the first.

    Repeated headers, e.g. after a page break, do not start a new table.
    """
    sections = [Section(headers, 0, len(sheet.rows))]
    for row in sorted(_header_rows(sheet, names, headers)):
        now = sections[-1]
        if row <= now.headers.row:
            continue
        found = headers_in(sheet, names, row)
        top = _labels_above(sheet, names, row, now.headers.row + 1)
        if top < row or found.ambiguous or not found.columns.items() <= now.headers.columns.items():
            now.end = top
            sections.append(Section(found, top, len(sheet.rows)))
    return sections


def _header_rows(sheet: Sheet, names: HeaderNames, headers: Headers) -> Iterator[int]:
    """Yield the rows below the first headers that hold headers and no value, some perhaps twice."""
    first = headers.row + 1
    for role, column in headers.columns.items():
        if role.endswith("_name"):
            continue  # names have no digits either, but a row of headers has more than one header
        cells = sheet.column(column, first)
        distinct = set(cells)
        texts = [cell for cell in distinct if isinstance(cell, str)]
        known = {text for text in filter(_NO_DIGIT, texts) if names.exact(text)[0]}
        if not known:
            continue
        for row, cell in enumerate(cells, start=first):
            if cell in known and not any(map(is_value, sheet.rows[row])):
                roles = {names.exact(other)[0] for other in sheet.rows[row]} - {""}
                if len(roles) >= _FEWEST:
                    yield row


def _labels_above(sheet: Sheet, names: HeaderNames, row: int, first: int) -> int:
    """Return the topmost of the rows with a label and its value above the headers; `row` without any."""
    top = at = row
    while at > first:
        at -= 1
        filled = [cell for cell in sheet.rows[at] if cell != ""]
        if not filled:
            continue
        if len(filled) > 1 and names.exact(filled[0])[0] and not all(names.exact(c)[0] for c in filled):
            top = at
        else:
            break
    return top
