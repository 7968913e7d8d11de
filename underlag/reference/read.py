"""Reads a list from the HSA catalogue: any workbook, or text with separated columns.

Findings: FIL004, HSA032, HSA033, HSA034, HSA035, HSA036, HSA037, HSA038, HSA039.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from underlag.characters.cleaning import clean_hsa_id, clean_text
from underlag.files.limits import TEXT_LIST, how_to_raise
from underlag.files.regular import read_regular
from underlag.findings import Finding, finding
from underlag.gc_pause import garbage_collection_paused
from underlag.reading.cells.identifiers import PLAIN_ID
from underlag.reading.formats.grid import CellValue
from underlag.reading.formats.refusal import UnreadableError
from underlag.reading.guarded import open_guarded
from underlag.reference.reference import Reference
from underlag.reference.table import Layout, headings, layout, worth
from underlag.reference.text_table import NotTextError, TextTable, decode, text_table
from underlag.text.lists import MOST_NAMED, listed
from underlag.text.numbers import number

_WORKBOOK: Final = (b"PK\x03\x04", b"PK\x05\x06", b"\xd0\xcf\x11\xe0")

#: Prefix of test ids, which need no organisation number.
_TEST: Final = "TST"
#: Further names that are kept of an id. A unit that changed its name has one or two.
_MOST_NAMES: Final = 200

_Rows = Sequence[Sequence[CellValue]]


def read_reference(path: Path | str) -> Reference | list[Finding]:
    """Read a list with HSA-IDs and names.

    Args:
        path: a workbook or a text file; its content decides, not its name.

    Returns:
        The list; or the findings that keep it from being used. It never raises for bad content.

    Raises:
        OSError: the file cannot be opened at all (missing, no permission).
    """
    path = Path(path)
    content = read_regular(path, TEXT_LIST.value * 1_000_000 + 1)
    try:
        with garbage_collection_paused():
            return _read(path.name, content)
    except (UnreadableError, NotTextError) as error:
        return [finding("HSA033", value=path.name, fil=path.name, orsak=_reason(error))]


def _reason(error: UnreadableError | NotTextError) -> str:
    if isinstance(error, NotTextError):
        return str(error)
    return error.finding().message


def _read(name: str, content: bytes) -> Reference | list[Finding]:
    """Return the list in a file's bytes, or the findings about it."""
    if not content.strip():
        raise UnreadableError("FIL004")
    sheets: list[tuple[str, _Rows]]
    if content.startswith(_WORKBOOK):
        sheets = [(sheet.name, sheet.rows) for sheet in open_guarded(content).sheets if sheet.visible]
    elif len(content) > TEXT_LIST.value * 1_000_000:
        raise NotTextError(f"Filen är större än {TEXT_LIST.value} MB. {how_to_raise()}")
    else:
        return _read_text(name, text_table(decode(content), worth))
    del content
    reader = _ListReader()
    for title, rows in sheets:
        found = layout(title, rows)
        if found is None:
            continue
        if found.doubtful:
            return [_doubtful(name, found)]
        reader.read(rows, found)
    return reader.result(name, [text for _, rows in sheets for text in headings(rows)])


def _read_text(name: str, table: TextTable) -> Reference | list[Finding]:
    """Read a list saved as text, keeping only the required columns in memory."""
    reader = _ListReader()
    found = layout("", table.head)
    if found is not None:
        if found.doubtful:
            return [_doubtful(name, found)]
        if found.name is None:
            reader.read(table.columns(found.hsa_id), replace(found, hsa_id=0))
        else:
            reader.read(table.columns(found.hsa_id, found.name), replace(found, hsa_id=0, name=1))
    return reader.result(name, headings(table.head))


def _doubtful(name: str, found: Layout) -> Finding:
    columns = listed([f"”{header}”" for header in found.doubtful], most=MOST_NAMED)
    return finding("HSA035", value=name, fil=name, kolumner=columns)


@dataclass(slots=True)
class _ListReader:
    """Collects ids and names over the tables of a file."""

    tables: int = 0
    names: dict[str, str] = field(default_factory=dict)
    other_names: dict[str, dict[str, None]] = field(default_factory=dict)
    named: bool = False
    passed_over: int = 0
    first_passed_over: int = 0

    def read(self, rows: _Rows, found: Layout) -> None:
        """Add the rows of a table."""
        self.tables += 1
        self.named |= found.name is not None
        names, is_id = self.names, PLAIN_ID.fullmatch
        pairs = zip(
            _texts(rows, found.first, found.hsa_id), _texts(rows, found.first, found.name), strict=True
        )
        for place, (raw, name) in enumerate(pairs, found.first + 1):
            hsa_id = clean_hsa_id(raw).text
            if not (is_id(hsa_id) or hsa_id.startswith(_TEST)):
                if hsa_id or name:
                    self.passed_over += 1
                    self.first_passed_over = self.first_passed_over or place
                continue
            text = clean_text(name).text
            known = names.setdefault(hsa_id, text)
            if known != text:
                self._another_name(hsa_id, text)

    def _another_name(self, hsa_id: str, name: str) -> None:
        if not self.names[hsa_id]:
            self.names[hsa_id] = name
        elif name and len(others := self.other_names.setdefault(hsa_id, {})) < _MOST_NAMES:
            others[name] = None

    def result(self, file: str, headers: list[str]) -> Reference | list[Finding]:
        """Return the list, or why there is none; `headers` are the headers found instead."""
        if not self.tables:
            seen = listed([f"”{text}”" for text in headers], most=MOST_NAMED)
            rubriker = f" Rubriker som finns: {seen}." if seen else ""
            return [finding("HSA034", value=file, fil=file, rubriker=rubriker)]
        if not self.names:
            return [finding("HSA036", value=file, fil=file)]
        others = {hsa_id: tuple(names) for hsa_id, names in self.other_names.items()}
        return Reference(file, self.names, others, tuple(self.findings(file)))

    def findings(self, file: str) -> Iterable[Finding]:
        """Yield the findings about the list."""
        yield finding("HSA032", value=file, fil=file, antal=number(len(self.names)))
        if self.passed_over:
            rad, antal = self.first_passed_over, number(self.passed_over)
            yield finding("HSA037", value=file, fil=file, antal=antal, rad=rad)
        if self.other_names:
            hsa_id, others = next(iter(self.other_names.items()))
            names = listed([f"”{name}”" for name in (self.names[hsa_id], *others)], most=MOST_NAMED)
            antal = number(len(self.other_names))
            yield finding("HSA038", value=file, fil=file, antal=antal, hsaid=hsa_id, namn=names)
        if not self.named:
            yield finding("HSA039", value=file, fil=file)


def _texts(rows: _Rows, first: int, column: int | None) -> list[str]:
    """Return a column below the headers; cells that are not text (a number, a date) are empty."""
    if column is None:
        return [""] * (len(rows) - first)
    cells = (row[column] if column < len(row) else "" for row in rows[first:])
    return [cell if isinstance(cell, str) else "" for cell in cells]
