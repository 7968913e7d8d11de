"""Splits rows whose cells have several values into several rows.

Findings: CEL011, CEL012, CEL015.
"""

import itertools
import math
from collections.abc import Mapping, Sequence
from typing import Final

from underlag.findings import Finding, finding
from underlag.reading.cells import split_cells
from underlag.reading.cells.cell_text import shown, treat
from underlag.reading.cells.columns import Column, refuse_many_values
from underlag.workbook import Cells, Field

#: The finding that a cell has several values.
SEVERAL_VALUES: Final = "CEL011"
#: The role that each name belongs to.
NAME_OF: Final = {"consumer": "consumer_name", "producer": "producer_name", "addressee": "addressee_name"}


def pair_names(by_role: Mapping[str, Column], sheet: str, first: int, rows: set[int]) -> list[Finding]:
    """Split the names of cells with several ids if the counts agree; report where they do not.

    Args:
        by_role: the columns; the pieces of names are added to them.
        sheet: the sheet's name.
        first: the number in Excel of row 0.
        rows: the rows that are read.
    """
    findings: list[Finding] = []
    for role, named in NAME_OF.items():
        ids, names = by_role.get(role), by_role.get(named)
        if ids is None or names is None:
            continue
        for row, pieces in ids.pieces.items():
            if row not in rows or not names.filled(row):
                continue
            raw = shown(names.raw[row])
            at = Field(names.texts[row], sheet, first + row, names.index + 1)
            found, is_sure = split_cells.names(raw, len(pieces))
            if found:
                names.pieces[row] = [treat(named, name) for name in found]
                names.odd[row] = names.pieces[row][0]
                code = SEVERAL_VALUES if is_sure else "CEL015"
                findings.append(finding(code, at, value=raw, antal=len(pieces)))
            else:
                findings.append(finding("CEL012", at, value=raw, antal=len(pieces)))
    return findings


def split_rows(
    sheet: str,
    numbers: Sequence[int],
    parts: Mapping[str, Cells],
    by_role: Mapping[str, Column],
    first: int,
) -> tuple[list[int], dict[str, Cells]]:
    """Return a row for each value of cells with several, also if such a cell is carried down.

    Args:
        sheet: the sheet's name.
        numbers: the rows' numbers in Excel.
        parts: the values of each role.
        by_role: the columns that they come from.
        first: the number in Excel of the columns' row 0.

    Raises:
        UnreadableError: there are more rows than the limit.
    """
    split = {role: Cells() for role in parts}
    repeated: list[int] = []
    names = set(NAME_OF.values())
    for at, number in enumerate(numbers):
        row = {role: values[at] for role, values in parts.items()}
        choices = [
            _choices(role, row, by_role, first)
            for role, value in row.items()
            if role not in names and role in by_role and value.row - first in by_role[role].pieces
        ]
        refuse_many_values(sheet, len(repeated) + math.prod(map(len, choices)))
        for chosen in itertools.product(*choices):
            repeated.append(number)
            for role, value in row.items():
                split[role].append(next((choice[role] for choice in chosen if role in choice), value))
    return repeated, split


def _choices(
    role: str, row: Mapping[str, Field], by_role: Mapping[str, Column], first: int
) -> list[dict[str, Field]]:
    """Return each value of a cell with several, with its name if the names were split in the same way."""
    found = [
        {role: row[role]._replace(text=piece.text)} for piece in by_role[role].pieces[row[role].row - first]
    ]
    named = NAME_OF.get(role, "")
    if named in row and named in by_role and row[named].row == row[role].row:
        pieces = by_role[named].pieces.get(row[named].row - first, ())
        for choice, piece in zip(found, pieces, strict=False):
            choice[named] = row[named]._replace(text=piece.text)
    return found
