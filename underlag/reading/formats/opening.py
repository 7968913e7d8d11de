"""Safe opening: what the bytes are (whatever the name says), within which limits, and their cells.

Findings: FIL001, FIL002, FIL003, FIL004, FIL007, FIL008.
"""

import io
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import python_calamine

from underlag.reading.formats import biff, cell_notes, compound_file, ods_content, struck_through, xlsx_sheet
from underlag.reading.formats.grid import Grid, Sheet
from underlag.reading.formats.limits import MAX_FILE, MAX_SHEETS
from underlag.reading.formats.refusal import UnreadableError
from underlag.reading.formats.sheet_facts import SheetFacts
from underlag.reading.formats.zip_parts import Package

_ZIP: Final = (b"PK\x03\x04", b"PK\x05\x06")
_COMPOUND: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_Facts = Callable[[list[str]], list[SheetFacts]]

#: The error stream is the process's: one reader at a time may close it.
_SILENCE: Final = threading.Lock()


def open_workbook(content: bytes) -> Grid:
    """Read a workbook's cells.

    Args:
        content: the bytes of the file; they decide what format it is.

    Raises:
        UnreadableError: it is no workbook, damaged, protected, empty or larger than the limits.
    """
    if not content:
        raise UnreadableError("FIL004")
    if len(content) > MAX_FILE:
        raise UnreadableError("FIL007", storlek=len(content) // 1_000_000, gräns=MAX_FILE // 1_000_000)
    if content.startswith(_ZIP):
        kind, facts, content = _open_package(content)
    elif content.startswith(_COMPOUND):
        kind, facts, content = _open_compound(content)
    else:
        raise UnreadableError("FIL001", slag=_looks_like(content))
    return _grid(content, kind, facts)


def _open_package(content: bytes) -> tuple[str, _Facts, bytes]:
    """Return the format, the facts of the sheets, and the bytes for calamine to read."""
    package = Package(content)
    if "xl/workbook.xml" in package:
        types = package.part("[Content_Types].xml")
        kind = "xlsm" if b"macroEnabled.main" in types else "xlsx"
        parts = xlsx_sheet.sheet_parts(package)
        found: dict[str, SheetFacts] = {}
        changed: dict[str, bytes] = {}
        formats = struck_through.struck_formats(package.part("xl/styles.xml"))
        texts = package.part(xlsx_sheet.SHARED_TEXTS)
        struck_texts = struck_through.struck_texts(texts)
        size = 0
        for name, part in parts.items():
            xml = package.part(part)
            size += len(xml)
            found[name] = xlsx_sheet.sheet_facts(name, xml)
            found[name].struck = struck_through.struck_cells(xml, formats, struck_texts)
            found[name].notes = cell_notes.sheet_notes(package, part)
            if (known := xlsx_sheet.with_known_errors(xml, found[name])) is not xml:
                changed[part] = known
        xlsx_sheet.refuse_endless_texts(package, texts, parts.values(), size)
        if (counted := xlsx_sheet.with_true_count(texts)) is not texts:
            changed[xlsx_sheet.SHARED_TEXTS] = counted
        package.verify_rest({xlsx_sheet.SHARED_TEXTS, *parts.values()})
        content = package.with_parts(changed) if changed else content
        return kind, lambda names: [found.get(name, SheetFacts()) for name in names], content
    if "xl/workbook.bin" in package:
        targets = xlsx_sheet.relations(package, "xl/workbook.bin")
        relations = biff.xlsb_sheets(package.part("xl/workbook.bin"))
        struck = biff.struck_xlsb_formats(package.part("xl/styles.bin"))
        found = {
            name: biff.xlsb_sheet_facts(name, package.part(targets[key]), struck)
            for name, key in relations.items()
            if key in targets
        }
        for name in found:
            found[name].notes = cell_notes.sheet_notes(package, targets[relations[name]])
        package.verify_rest(set(targets.values()))
        return "xlsb", lambda names: [found.get(name, SheetFacts()) for name in names], content
    if "content.xml" in package and b"spreadsheet" in package.part("mimetype"):
        if b"encryption-data" in package.part("META-INF/manifest.xml"):
            raise UnreadableError("FIL003")
        sheets = ods_content.sheet_facts(package.part("content.xml"))
        package.verify_rest({"content.xml"})
        return "ods", lambda names: [*sheets, *[SheetFacts()] * (len(names) - len(sheets))], content
    raise UnreadableError("FIL001", slag=_package_kind(package))


def _open_compound(content: bytes) -> tuple[str, _Facts, bytes]:
    """As _open_package."""
    import olefile  # noqa: PLC0415 - only the old format needs it

    names: set[str] = set()
    stream = b""
    try:
        with olefile.OleFileIO(io.BytesIO(content)) as file:
            entries = {"/".join(entry).casefold(): entry for entry in file.listdir()}
            names = set(entries)
            if entry := entries.get("workbook") or entries.get("book"):
                stream = file.openstream(entry).read()
    except Exception as error:  # a damaged compound file fails in more ways than its reader lists
        raise UnreadableError("FIL002") from error
    if "encryptedpackage" in names:
        raise UnreadableError("FIL003")
    if not stream:
        raise UnreadableError("FIL001", slag="ett annat Office-dokument")
    sheets, stream = biff.xls_sheet_facts(stream)
    content = compound_file.with_stream("Workbook", stream)
    return "xls", lambda names: [*sheets, *[SheetFacts()] * (len(names) - len(sheets))], content


def _grid(content: bytes, kind: str, facts: _Facts) -> Grid:
    """Read the values with calamine, and lay what it does not tell beside them."""
    try:
        with _silence(), python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
            metadata = book.sheets_metadata
            _refuse_many(len(metadata))
            told = facts([sheet.name for sheet in metadata])
            sheets = [
                _sheet(book.get_sheet_by_index(index), about, told[index])
                for index, about in enumerate(metadata)
                if about.typ is python_calamine.SheetTypeEnum.WorkSheet
            ]
    except python_calamine.PasswordError as error:
        raise UnreadableError("FIL003") from error
    except (UnreadableError, KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # a panic in calamine is no Exception
        raise UnreadableError("FIL002") from error
    if not any(sheet.rows for sheet in sheets):
        raise UnreadableError("FIL004")
    return Grid(kind, sheets)


@contextmanager
def _silence() -> Iterator[None]:
    """Keep what calamine writes about a panic of its own from the user: the file is then told as damaged."""
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


def _refuse_many(sheets: int) -> None:
    if sheets > MAX_SHEETS:
        raise UnreadableError("FIL008", antal=sheets, gräns=MAX_SHEETS)


def _sheet(
    read: "python_calamine.CalamineSheet", about: "python_calamine.SheetMetadata", facts: SheetFacts
) -> Sheet:
    rows = read.to_python(skip_empty_area=False)
    told = [*facts.errors, *facts.uncached]
    if told:  # calamine leaves empty cells at the end out; these are not empty
        height, width = max(row for row, _ in told), max(column for _, column in told)
        rows.extend([] for _ in range(height - len(rows)))
        width = max(width, *map(len, rows))
        for row in rows:
            row.extend([""] * (width - len(row)))
    return Sheet(
        name=about.name,
        rows=rows,
        visible=about.visible is python_calamine.SheetVisibleEnum.Visible,
        errors=facts.errors,
        uncached=facts.uncached,
        blank_formulas=facts.blank_formulas,
        hidden_rows=facts.hidden_rows,
        hidden_columns=facts.hidden_columns,
        merged=facts.merged,
        struck=facts.struck,
        notes=facts.notes,
    )


def _package_kind(package: Package) -> str:
    if "word/document.xml" in package:
        return "ett Word-dokument"
    if "ppt/presentation.xml" in package:
        return "en PowerPoint-presentation"
    return "en zip-fil som inte är en arbetsbok"


def _looks_like(content: bytes) -> str:
    head = content[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith(b"%pdf"):
        return "en PDF-fil"
    if head.startswith(b"<"):
        return "en webbsida eller XML-fil"
    if b"\0" not in head:
        return "en textfil, till exempel CSV"
    return "en fil av okänt slag"
