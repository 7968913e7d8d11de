"""Opens workbooks safely: recognises the format by the bytes, applies the limits, and reads the cells.

Findings: FIL001, FIL003, FIL004, FIL007.
"""

import io
import itertools
import os
import sys
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final, cast

import python_calamine

from underlag.files.limits import how_to_raise
from underlag.files.time_limit import OverTimeError
from underlag.reading.formats.grid import CellValue, Grid, Sheet
from underlag.reading.formats.judged import PART_OF_SHEET, Judged, JudgedSheet
from underlag.reading.formats.limits import MAX_FILE
from underlag.reading.formats.refusal import UnreadableError, damaged
from underlag.reading.formats.sheet_facts import LooseText
from underlag.reading.formats.xlsx import workbook as xlsx
from underlag.reading.formats.xlsx.twin_cells import count_filled, refuse_twin_cells
from underlag.reading.formats.zip_parts import Package

_ZIP: Final = (b"PK\x03\x04", b"PK\x05\x06")
_COMPOUND: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

#: What other files begin with; letters in lower case.
_KINDS: Final = {
    "en PDF-fil": (b"%pdf",),
    "en webbsida eller XML-fil": (b"<", b"mime-version:"),
    "en textfil, till exempel CSV": (b"\xff\xfe", b"\xfe\xff"),  # in UTF-16
    "en genväg till en fil": (b"L\0\0\0\x01\x14\x02\0", b"[internetshortcut]"),
    "en packad fil": (b"\x1f\x8b", b"7z\xbc\xaf\x27\x1c", b"rar!\x1a\x07"),
    "en bild": (b"\x89PNG\r\n", b"\xff\xd8\xff", b"GIF8"),
    "bilagor i Outlooks eget format (winmail.dat)": (b"\x78\x9f\x3e\x22",),
}

#: Rows whose texts are shared at once, if they have nothing else.
_ROWS_AT_ONCE: Final = 500

#: The error stream belongs to the process: only one reader at a time may close it.
_SILENCE: Final = threading.Lock()


def open_workbook(content: bytes) -> Grid:
    """Read a workbook's cells.

    Args:
        content: the bytes of the file; they decide what format it is.

    Raises:
        UnreadableError: it is not a workbook, or damaged, protected, empty or larger than the limits.
    """
    if not content:
        raise UnreadableError("FIL004")
    if len(content) > MAX_FILE:
        raise UnreadableError("FIL007", gräns=MAX_FILE // 1_000_000, hoj=how_to_raise())
    if content.startswith(_ZIP):
        judged, workbook = _judge_package(content)
    elif content.startswith(_COMPOUND):
        judged, workbook = _judge_compound(content)
    else:
        raise UnreadableError("FIL001", slag=_looks_like(content))
    return _grid(judged, workbook)


def _judge_package(content: bytes) -> tuple[Judged, bytes]:
    """Return the judged sheets and the workbook for calamine."""
    package = Package(content)
    size = len(content)
    if "content.xml" in package and b"spreadsheet" in package.part("mimetype"):
        if b"encryption-data" in package.part("META-INF/manifest.xml"):
            raise UnreadableError("FIL003")
        from underlag.reading.formats import ods  # noqa: PLC0415 - only such a file needs it

        cells, styles, meta = map(package.part, ("content.xml", "styles.xml", "meta.xml"))
        return ods.judge_content(cells, size, styles, meta)
    main = next((one.part for one in package.relations().values() if one.kind == "officeDocument"), "")
    if main not in package:
        main = next((part for part in ("xl/workbook.xml", "xl/workbook.bin") if part in package), "")
    if "word/" in main or "ppt/" in main or not main:
        raise UnreadableError("FIL001", slag=_package_kind(package))
    if main.endswith(".bin"):
        from underlag.reading.formats.biff import xlsb  # noqa: PLC0415 - as above

        return xlsb.judge_workbook(package, main, size)
    return xlsx.judge_workbook(package, main, size)


def _judge_compound(content: bytes) -> tuple[Judged, bytes]:
    """As _judge_package."""
    import olefile  # noqa: PLC0415 - only the old format needs it

    from underlag.reading.formats.biff import xls, xls_notes  # noqa: PLC0415 - as above

    names: set[str] = set()
    stream = b""
    about: list[LooseText] = []
    try:
        with olefile.OleFileIO(io.BytesIO(content)) as file:
            entries = {"/".join(entry).casefold(): entry for entry in file.listdir()}
            names = set(entries)
            if entry := entries.get("workbook") or entries.get("book"):
                stream = file.openstream(entry).read()
                about = xls_notes.property_texts(file)
    except Exception as error:  # a damaged compound file fails in more ways than its reader lists
        raise damaged(problem="dess inre kataloger är trasiga") from error
    if "encryptedpackage" in names:
        raise UnreadableError("FIL003")
    if not stream:
        raise UnreadableError("FIL001", slag="ett annat Office-dokument")
    return xls.judge_stream(stream, len(content), about)


def _grid(judged: Judged, workbook: bytes) -> Grid:
    """Read the values that are not read yet with calamine, and add what it does not report."""
    rows = iter(_read(workbook, sum(about.cells is None for about in judged.sheets)))
    sheets = [_sheet(next(rows) if about.cells is None else about.cells, about) for about in judged.sheets]
    for sheet in sheets:
        sheet.named = judged.named.get(sheet.name.casefold(), [])
    by_name = {sheet.name.casefold(): sheet for sheet in sheets}
    part = 0
    for about, sheet in zip(judged.sheets, sheets, strict=True):
        if about.cells is None:
            part += 1
            if count_filled(sheet.rows) < about.facts.values:  # empty texts, or a cell that is there twice
                refuse_twin_cells(about.name, Package(workbook).part(PART_OF_SHEET % part))
        if about.complete:
            about.complete(sheet, by_name)
    if not any(sheet.rows for sheet in sheets):
        raise UnreadableError("FIL004")
    return Grid(judged.format, sheets, judged.names)


def _read(workbook: bytes, count: int) -> list[list[Sequence[CellValue]]]:
    """Return the rows of a number of sheets, read by calamine."""
    if not count:
        return []
    try:
        with _silence(), python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(workbook)) as book:
            return [_rows(book.get_sheet_by_index(at)) for at in range(count)]
    except (KeyboardInterrupt, SystemExit, OverTimeError):
        raise
    except BaseException as error:  # a panic in calamine is no Exception
        raise damaged(problem="dess celler inte går att läsa") from error


@contextmanager
def _silence() -> Iterator[None]:
    """Suppress calamine's own message about a panic; the user gets a finding instead."""
    with _SILENCE:
        try:
            kept = os.dup(2)
        except OSError:  # a program without an error stream
            yield
            return
        try:
            with Path(os.devnull).open("wb") as nothing:
                os.dup2(nothing.fileno(), 2)
            yield
        finally:
            os.dup2(kept, 2)
            os.close(kept)


def _sheet(rows: list[Sequence[CellValue]], about: JudgedSheet) -> Sheet:
    facts = about.facts
    noted = [*facts.errors, *facts.uncached]
    if noted:  # calamine omits empty cells at the end; these are not empty
        height, width = max(row for row, _ in noted), max(column for _, column in noted)
        rows.extend(() for _ in range(height - len(rows)))
        width = max(width, *map(len, rows))
        rows = [(*row, *[""] * (width - len(row))) for row in rows]
    return Sheet(
        name=about.name,
        rows=rows,
        visible=about.visible,
        errors=facts.errors,
        uncached=facts.uncached,
        blank_formulas=facts.blank_formulas,
        hidden_rows=facts.hidden_rows,
        hidden_columns=facts.hidden_columns,
        merged=facts.merged,
        struck=facts.struck,
        unseen=facts.unseen,
        notes=facts.notes,
        fills=facts.fills,
        links=facts.links,
        loose=facts.loose,
    )


def _rows(read: "python_calamine.CalamineSheet") -> list[Sequence[CellValue]]:
    """Return the rows from A1; equal texts are one object, since most sheets repeat theirs."""
    # Row by row takes less memory, but where the first columns are empty, cells would be lost.
    from_first_column = read.start is not None and read.start[1] == 0
    rows = iter(read.iter_rows() if from_first_column else read.to_python(skip_empty_area=False))
    found: list[Sequence[CellValue]] = []
    while some := list(itertools.islice(rows, _ROWS_AT_ONCE)):
        texts = map(sys.intern, cast("Iterable[str]", itertools.chain.from_iterable(some)))
        try:
            found += list(zip(*[texts] * len(some[0]), strict=True))  # most rows have only texts
        except TypeError:
            found += map(_shared, some)
    return found


def _shared(row: Iterable[CellValue]) -> tuple[CellValue, ...]:
    return tuple(sys.intern(cell) if isinstance(cell, str) else cell for cell in row)


def _package_kind(package: Package) -> str:
    if "word/document.xml" in package:
        return "ett Word-dokument"
    if "ppt/presentation.xml" in package:
        return "en PowerPoint-presentation"
    return "en zip-fil som inte är en arbetsbok"


def _looks_like(content: bytes) -> str:
    head = content[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    for kind, beginnings in _KINDS.items():
        if content.startswith(beginnings) or head.startswith(beginnings):
            return kind
    if b"\0" not in head:
        return "en textfil, till exempel CSV"
    return "en fil av okänt slag"
