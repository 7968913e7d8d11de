"""The workbook that calamine reads: rebuilt from the judged contents alone.

It is an .xlsx whatever the format of the file: one form to write, and one native reader to trust. A sheet
or a list of texts that is plain already keeps its packed bytes.

Findings: FIL008.
"""

import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from html import escape
from typing import Final, NamedTuple

from underlag.files.limits import how_to_raise
from underlag.lazy_pattern import LazyPattern
from underlag.reading.formats.grid import CellValue, Sheet
from underlag.reading.formats.limits import (
    FILLED_PER_BYTE,
    MAX_CELLS,
    MAX_FILLED,
    MAX_MARKED,
    MAX_NAME,
    MAX_SHEETS,
    MAX_TEXTS,
    MIN_FILLED,
    TEXTS_PER_BYTE,
)
from underlag.reading.formats.refusal import UnreadableError, damaged, too_large_unpacked, too_much
from underlag.reading.formats.sheet_facts import Area, LooseText, SheetFacts, refuse_too_large
from underlag.reading.formats.zip_parts import Packed, PackedZip

_MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006/relationships"
_DECLARATION: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'
#: The name of the part of a sheet for calamine, by its number from 1.
PART_OF_SHEET: Final = "xl/worksheets/sheet%d.xml"
#: A worksheet. calamine reads it a second time until it finds merged areas, which the facts have already.
_WORKSHEET: Final = (
    b'<worksheet xmlns="%s"><mergeCells/><sheetData>%%s</sheetData></worksheet>' % _MAIN.encode()
)
#: The kinds of sheets ([MS-XLSX] 2.1, ECMA-376 part 1, 12.3), and whether they hold cells.
_SHEET_KINDS: Final[Mapping[str, bool]] = {
    "worksheet": True,
    "chartsheet": False,
    "dialogsheet": False,
    "xlMacrosheet": False,
    "xlIntlMacrosheet": False,
}
#: Bytes of a part from which memory matters more than the time to pack it, or to read it twice.
LARGE: Final = 8_000_000
#: What calamine would take for an escaped character, and texts hold as it is.
_ESCAPE_LIKE: Final = LazyPattern("_(?=x00[0-9A-Fa-f]{2}_)")


#: Takes a sheet, and all sheets by name in lower case.
Completing = Callable[[Sheet, Mapping[str, Sheet]], None]


class Texts:
    """The texts that cells share, each once."""

    def __init__(self, taken: int = 0) -> None:
        self._first = taken
        self._numbers: dict[str, int] = {}

    def number(self, text: str) -> int:
        """Return the index of a text, which a cell holds in its place."""
        return self._numbers.setdefault(text, self._first + len(self._numbers))

    def __len__(self) -> int:
        return len(self._numbers)

    def tobytes(self) -> bytes:
        """Return them as the items of a list of shared texts."""
        return b"".join(map(text_item, self._numbers))


def text_item(text: str) -> bytes:
    """Return a text as an item of a list of shared texts, so that calamine gives back just that."""
    if "_x00" in text:
        text = _ESCAPE_LIKE.sub("_x005F_", text)
    xml = escape(text, quote=False).replace("\r", "&#13;")
    return f'<si><t xml:space="preserve">{xml}</t></si>'.encode("utf-8", "replace")


class SheetEntry(NamedTuple):
    """A worksheet as the workbook lists it."""

    name: str
    part: str
    visible: bool


class JudgedSheet(NamedTuple):
    """A worksheet as the file names it, and what calamine does not report.

    Attributes:
        name: its name.
        visible: whether Excel shows it.
        facts: what is known of it before its cells are read.
        complete: adds what depends on the cells.
        cells: its rows, where they are read already; None where calamine is to read them.
    """

    name: str
    visible: bool
    facts: SheetFacts
    complete: Completing | None = None
    cells: list[Sequence[CellValue]] | None = None


class Judged:
    """A workbook in the making.

    Attributes:
        format: xlsx, xlsm, xls, xlsb or ods.
        size: bytes of the file: a small file has few cells.
        is_1904: whether days are counted from 1904.
        number_formats: the number format of each cell format: a built-in number or a code.
        names: the names that the workbook defines, and what they say.
        named: by sheet, in lower case, the names of its cells, with the area of each.
    """

    def __init__(self, kind: str, size: int) -> None:
        self.format = kind
        self.size = size
        self.is_1904 = False
        self.number_formats: list[int | str] = []
        self.names: list[LooseText] = []
        self.named: dict[str, list[tuple[str, Area]]] = {}
        self.sheets: list[JudgedSheet] = []
        self._zip = PackedZip()
        self._cells = 0
        self._filled = 0
        self._texts = 0
        self._marked = 0
        self._parts = 0

    def name_cells(self, found: Iterable[tuple[str, str, Area]]) -> None:
        """Note areas of sheets that have names: the sheet in lower case, the name and the area of each."""
        for sheet, name, area in found:
            self.named.setdefault(sheet, []).append((name, area))

    @property
    def most_filled(self) -> int:
        """How many cells with content the file may have."""
        return min(MAX_FILLED, max(MIN_FILLED, FILLED_PER_BYTE * self.size))

    def count(self, sheet: str, last_row: int, last_column: int, filled: int) -> None:
        """Count a sheet's cells.

        Raises:
            UnreadableError: the sheet, or all sheets together, reach too far or hold too much.
        """
        refuse_too_large(sheet, last_row, last_column)
        self._cells += last_row * last_column
        self._filled += filled
        if self._cells > MAX_CELLS:
            raise too_much("Celler mellan A1 och den sista ifyllda, alla flikar", self._cells, MAX_CELLS)
        if self._filled > self.most_filled:
            raise too_much("Ifyllda celler", self._filled, self.most_filled)

    @property
    def most_texts(self) -> int:
        """How many bytes the texts that cells show may have."""
        return max(MAX_TEXTS, TEXTS_PER_BYTE * self.size)

    @property
    def texts_left(self) -> int:
        """Bytes of texts that the limit leaves for the sheets to come."""
        return self.most_texts - self._texts

    def count_texts(self, size: int) -> None:
        """Count bytes of the texts that cells show.

        Raises:
            UnreadableError: there are more than the limits allow.
        """
        self._texts += size
        if self._texts > self.most_texts:
            raise too_large_unpacked(self.most_texts)

    def add(self, sheet: JudgedSheet, rows: bytes | Packed) -> None:
        """Add a worksheet.

        Args:
            sheet: the sheet.
            rows: its rows as calamine reads them, or the plain part as it is in the file.

        Raises:
            UnreadableError: the workbook has more errors in its cells than the limits allow.
        """
        self._marked += len(sheet.facts.errors) + len(sheet.facts.uncached)
        if self._marked > MAX_MARKED:
            raise too_much("Celler med felvärde eller formel utan resultat", self._marked, MAX_MARKED)
        self.sheets.append(sheet)
        if sheet.cells is not None:
            return
        if isinstance(rows, bytes):
            rows = packed(_WORKSHEET % rows)
        self._parts += 1
        self._zip.add(PART_OF_SHEET % self._parts, rows)

    def tobytes(self, texts: bytes | Packed) -> bytes:
        """Return the file for calamine, with the sheets whose cells are not read yet; b'' if all are.

        Args:
            texts: the items of the list of shared texts, or the plain part as it is in the file.
        """
        if self.sheets and not self._parts:
            return b""
        if isinstance(texts, bytes):
            texts = packed(b'<sst xmlns="%s">%s</sst>' % (_MAIN.encode(), texts))
        self._zip.add("xl/sharedStrings.xml", texts)
        for name, xml in (
            ("xl/styles.xml", self._styles()),
            ("xl/workbook.xml", self._workbook()),
            ("xl/_rels/workbook.xml.rels", self._relations()),
            (
                "_rels/.rels",
                _relationships([("officeDocument", "xl/workbook.xml")]),
            ),
        ):
            self._zip.add(name, packed((_DECLARATION + xml).encode()))
        return self._zip.tobytes()

    def _workbook(self) -> str:
        sheets = "".join(
            f'<sheet name="s{number}" sheetId="{number}" r:id="rId{number}"/>' for number in self._numbers()
        )
        return (
            f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><workbookPr date1904="{int(self.is_1904)}"/>'
            f"<sheets>{sheets}</sheets></workbook>"
        )

    def _relations(self) -> str:
        return _relationships([("worksheet", f"worksheets/sheet{number}.xml") for number in self._numbers()])

    def _styles(self) -> str:
        codes: dict[str, int] = {}
        for one in self.number_formats:
            if isinstance(one, str):
                codes.setdefault(one, 1000 + len(codes))
        formats = "".join(
            f'<numFmt numFmtId="{number}" formatCode="{escape(code)}"/>' for code, number in codes.items()
        )
        cells = "".join(
            f'<xf numFmtId="{codes[one] if isinstance(one, str) else one}"/>' for one in self.number_formats
        )
        return (
            f'<styleSheet xmlns="{_MAIN}"><numFmts>{formats}</numFmts><cellXfs>{cells}</cellXfs></styleSheet>'
        )

    def _numbers(self) -> Iterable[int]:
        return range(1, self._parts + 1)


def _relationships(targets: list[tuple[str, str]]) -> str:
    inner = "".join(
        f'<Relationship Id="rId{number}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, 1)
    )
    return f'<Relationships xmlns="{_PACKAGE}">{inner}</Relationships>'


def holds_cells(sheet: str, kind: str) -> bool:
    """Return whether a sheet holds cells: it is no chart, dialog or sheet of old macros.

    Args:
        sheet: its name.
        kind: the kind of the relationship to its part.

    Raises:
        UnreadableError: the kind is unknown, so that cells could be left out.
    """
    if kind not in _SHEET_KINDS:
        raise damaged(problem=f"fliken ”{sheet}” är av ett okänt slag")
    return _SHEET_KINDS[kind]


def refuse_many_sheets(count: int) -> None:
    """Refuse a workbook with more sheets than the limit, whatever kind they are of."""
    if count > MAX_SHEETS:
        raise UnreadableError("FIL008", antal=count, gräns=MAX_SHEETS, hoj=how_to_raise(count / MAX_SHEETS))


def refuse_long_name(name: str) -> None:
    """Refuse a name that no office program gives a sheet."""
    if len(name) > MAX_NAME:
        raise damaged(problem=f"en flik har ett namn på {len(name)} tecken")


def refuse_twins(entries: list[SheetEntry]) -> None:
    """Refuse sheets that share a name or a part, for the sheet of a cell would be ambiguous, and long names.

    Raises:
        UnreadableError: there are such.
    """
    for entry in entries:
        refuse_long_name(entry.name)
    names = [entry.name.casefold() for entry in entries]
    if twin := next((entry.name for entry in entries if names.count(entry.name.casefold()) > 1), ""):
        raise damaged(problem=f"två flikar heter ”{twin}”")
    parts = [entry.part.casefold() for entry in entries]
    if twin := next((part for part in parts if parts.count(part) > 1), ""):
        raise damaged(twin, "två flikar har samma innehåll")


def packed(content: bytes) -> Packed:
    """Return a part, packed fast if it is large."""
    crc = zlib.crc32(content)
    if len(content) < LARGE:
        return Packed(memoryview(content), 0, len(content), crc)
    engine = zlib.compressobj(1, zlib.DEFLATED, -zlib.MAX_WBITS)
    data = engine.compress(content) + engine.flush()
    return Packed(memoryview(data), 8, len(content), crc)
