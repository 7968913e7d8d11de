"""Locates a list's HSA-IDs and names."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from underlag.characters.cleaning import clean_hsa_id
from underlag.characters.likeness import compact
from underlag.files.shipped import shipped_tables
from underlag.profiles.building import made
from underlag.profiles.profile import ColumnSpec, SheetSpec
from underlag.reading.cells.identifiers import is_plain_id
from underlag.reading.formats.grid import CellValue, Sheet
from underlag.reading.tables.header_roles import HeaderNames
from underlag.reading.tables.headers import ROWS_SEARCHED, find_headers

#: Rows that are examined when there are no headers, and the percentage that must have an HSA-ID.
_SAMPLE: Final = 200
_ENOUGH: Final = 80
#: Headers of names that precede all others, in order: the plain word, and the HSA catalogue's own attributes
#: of a unit's name.
_FIRST_NAMES: Final = ("namn", "namnou", "ou")


@dataclass(slots=True, frozen=True)
class Layout:
    """The columns of a list and the first row below the headers, all from 0; `name` is None without one.

    `doubtful` lists the headers that fit equally well, if that keeps the list from being read.
    """

    first: int
    hsa_id: int
    name: int | None
    doubtful: tuple[str, ...] = ()


def layout(name: str, rows: Sequence[Sequence[CellValue]]) -> Layout | None:
    """Return the columns of HSA-IDs and names in a sheet, None if it has no HSA-IDs.

    Headers are found by similarity among the first rows; without any, a table of ids and names is recognised
    by its content.
    """
    sheet = Sheet(name, [list(row) for row in rows[:ROWS_SEARCHED]])
    headers = find_headers(sheet, _names())
    if headers is None:
        return _by_content(rows)
    texts = [str(cell).strip() for cell in sheet.rows[headers.row]]
    if equal := headers.ambiguous.get("addressee"):
        return Layout(0, 0, None, tuple(texts[column] for column in equal))
    if "addressee" not in headers.columns:
        return _by_content(rows)
    names = headers.columns.get("addressee_name")
    if equal := headers.ambiguous.get("addressee_name"):
        by_header = {compact(texts[column]): column for column in equal}
        names = next((by_header[header] for header in _FIRST_NAMES if header in by_header), None)
        if names is None or len(by_header) < len(equal):
            return Layout(0, 0, None, tuple(texts[column] for column in equal))
    return Layout(headers.row + 1, headers.columns["addressee"], names)


def worth(rows: list[list[str]]) -> int:
    """Return how many of a list's columns are found when its rows are split in this way."""
    found = layout("", rows)
    if found is None:
        return 0
    return 3 if found.doubtful else 1 + (found.name is not None)


def headings(rows: Sequence[Sequence[CellValue]]) -> list[str]:
    """Return the texts of the first row that has several, to report the headers found instead."""
    for row in rows[:ROWS_SEARCHED]:
        texts = [cell.strip() for cell in row if isinstance(cell, str) and cell.strip()]
        if len(texts) > 1:
            return texts
    return []


@lru_cache(maxsize=1)
def _names() -> HeaderNames:
    file = Path(__file__).with_name("columns.toml")
    columns = shipped_tables(file)
    specs = tuple(made(ColumnSpec, {"role": role, **about}) for role, about in columns.items())
    return HeaderNames(SheetSpec(key="lista", title="HSA-lista", columns=specs))


def _by_content(rows: Sequence[Sequence[CellValue]]) -> Layout | None:
    """Recognise a table without headers, like our own lists of addressees: an id, at most one column more."""
    sample = [row for row in rows[:_SAMPLE] if any(cell != "" for cell in row)]
    width = max(map(len, sample), default=0)
    if not 1 <= width <= 2:  # noqa: PLR2004 - id and name
        return None
    for column in range(width):
        ids = sum(column < len(row) and _is_id(row[column]) for row in sample)
        if ids * 100 >= _ENOUGH * len(sample):
            return Layout(0, column, 1 - column if width > 1 else None)
    return None


def _is_id(cell: CellValue) -> bool:
    return isinstance(cell, str) and is_plain_id(clean_hsa_id(cell).text)
