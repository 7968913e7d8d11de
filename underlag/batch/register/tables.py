"""Tables of the ledger as text, JSON, CSV and XLSX."""

import csv
import re
from collections.abc import Sequence
from io import BytesIO, StringIO
from typing import Final, NamedTuple

from underlag import json_text
from underlag.characters.cleaning import shown
from underlag.documents.lists.left_out import harmless
from underlag.text.moments import when

#: A moment in ISO 8601 with its offset; people read it without.
_MOMENT: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d")


class Table(NamedTuple):
    """A table: the key in JSON and the title of each column, and the rows."""

    name: str
    columns: Sequence[tuple[str, str]]
    rows: Sequence[Sequence[str | int]]


def as_text(table: Table) -> list[str]:
    """Return the lines of a table for the terminal; empty columns are left out."""
    cells = [[_cell(cell) for cell in row] for row in table.rows]
    used = [at for at in range(len(table.columns)) if any(row[at] for row in cells)]
    lines = [[table.columns[at][1] for at in used], *([row[at] or "–" for at in used] for row in cells)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return [
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in lines
    ]


def as_blocks(table: Table) -> list[str]:
    """Return each row as lines of its own, for rows too wide for a terminal; empty cells are left out."""
    lines: list[str] = []
    for row in table.rows:
        named = zip(table.columns, map(_cell, row), strict=True)
        block = [f"{title}: {cell}" for (_, title), cell in named if cell]
        lines += ["", *block[:1], *(f"  {line}" for line in block[1:])]
    return lines[1:]


def _cell(value: str | int) -> str:
    text = str(value)
    return when(text) if _MOMENT.fullmatch(text) else shown(text)


def as_json(table: Table) -> bytes:
    """Return a list of objects."""
    keys = [key for key, _ in table.columns]
    return json_text.document([dict(zip(keys, row, strict=True)) for row in table.rows])


def as_csv(table: Table) -> bytes:
    """Return a table as a Swedish Excel reads it: semicolon, UTF-8 with byte-order mark."""
    stream = StringIO()
    writer = csv.writer(stream, delimiter=";", lineterminator="\r\n")
    writer.writerow([title for _, title in table.columns])
    writer.writerows([harmless(str(cell)) for cell in row] for row in table.rows)
    return stream.getvalue().encode("utf-8-sig", "replace")


def as_xlsx(tables: Sequence[Table]) -> bytes:
    """Return a workbook with a sheet for each table; texts that look like numbers stay texts."""
    from xlsxwriter import Workbook  # noqa: PLC0415 - only where somebody asks for it

    stream = BytesIO()
    with Workbook(stream, {"in_memory": True}) as book:
        heading = book.add_format({"bold": True, "bottom": 1})
        for table in tables:
            sheet = book.add_worksheet(table.name)
            for column, (_, title) in enumerate(table.columns):
                sheet.write_string(0, column, title, heading)
                sheet.set_column(column, column, 24)
            for at, row in enumerate(table.rows, start=1):
                for column, cell in enumerate(row):
                    if isinstance(cell, int):
                        sheet.write_number(at, column, cell)
                    else:
                        sheet.write_string(at, column, cell)
            sheet.freeze_panes(1, 0)
            sheet.autofilter(0, 0, max(len(table.rows), 1), len(table.columns) - 1)
    return stream.getvalue()
