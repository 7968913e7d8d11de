"""Findings about a table's cells: cleaned, split, carried down, unreadable.

Findings: CEL017, CEL018.
"""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from underlag.column_letters import column_letters
from underlag.findings import Finding, finding
from underlag.reading.cells import split_cells
from underlag.reading.cells.cell_text import REPEATED, TIDIED, Treated, cell_finding, shown
from underlag.reading.cells.columns import Column
from underlag.reading.cells.crowd import refuse_crowd
from underlag.reading.cells.split_rows import NAME_OF, SEVERAL_VALUES
from underlag.reading.formats.grid import Sheet
from underlag.text.lists import spans
from underlag.workbook import Field

#: Minimum cells cleaned in the same way that are reported once for the column, not one by one.
_MANY: Final = 3


def about_cells(
    sheet: Sheet, first: int, columns: Iterable[Column], kept: set[int]
) -> tuple[list[Finding], set[tuple[str, int, int]]]:
    """Report what was done to the cells of the rows that are read.

    Args:
        sheet: the sheet.
        first: the number in Excel of the first row below the headers.
        columns: the columns as they were read.
        kept: the rows that are read, counted from 0.

    Returns:
        The findings, and the positions of the cells that cannot be read.

    Raises:
        UnreadableError: there are more findings of one kind than the limit.
    """
    findings: list[Finding] = []
    unreadable: set[tuple[str, int, int]] = set()
    for column in columns:
        repeated = [first + i for i, treated in column.odd.items() if treated.code == REPEATED and i in kept]
        if repeated:
            letters = column_letters(column.index + 1)
            found = finding("CEL017", sheet=sheet.name, kolumn=letters, rader=spans(repeated))
            findings.append(found)
        alike = _tidied_alike(column, kept)
        for changes, rows in alike.items():
            findings.append(_about_many(sheet, column, changes, [first + i for i in rows]))
        told_at_once = {i for rows in alike.values() for i in rows}
        for i, treated in column.odd.items():
            pieces = column.pieces.get(i)
            if i not in kept or not (pieces or treated.code) or treated.code == REPEATED or i in told_at_once:
                continue
            raw = column.raw[i]
            at = Field(treated.text, sheet.name, first + i, column.index + 1)
            if treated.unreadable:
                unreadable.add(at.position)
            if pieces:
                findings += _about_pieces(column.role, pieces, at, shown(raw))
                continue
            findings.append(cell_finding(treated, at, raw))
            refuse_crowd(findings)
    return findings, unreadable


def _tidied_alike(column: Column, kept: set[int]) -> dict[tuple[str, ...], list[int]]:
    """Return the rows whose cells were cleaned in the same way, by the changes, if they are many."""
    found: dict[tuple[str, ...], list[int]] = {}
    for i, treated in column.odd.items():
        if treated.code == TIDIED and i in kept and i not in column.pieces:
            found.setdefault(treated.changes, []).append(i)
    return {changes: rows for changes, rows in found.items() if len(rows) >= _MANY}


def _about_many(sheet: Sheet, column: Column, changes: tuple[str, ...], rows: list[int]) -> Finding:
    """Report the same changes to many cells of a column in one finding."""
    at = Field("", sheet.name, rows[0], column.index + 1)
    return finding(
        "CEL018",
        at,
        kolumn=column_letters(at.column),
        antal=len(rows),
        rader=spans(rows),
        ändring=", ".join(changes),
    )


def _about_pieces(role: str, pieces: Sequence[Treated], at: Field, raw: str) -> Iterator[Finding]:
    """Report that a cell with several values was split, and the changes to each."""
    if role in NAME_OF.values():
        parts, _ = split_cells.names(raw, len(pieces))
    else:
        parts = split_cells.pieces(role, raw)
        yield finding(SEVERAL_VALUES, at, value=raw, antal=len(pieces))
    for piece, part in zip(pieces, parts, strict=True):
        if piece.code:
            yield cell_finding(piece, at._replace(text=piece.text), raw, part)
