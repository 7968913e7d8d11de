"""Cells of the user's own sheets: their texts, and which of them cannot be changed on their own."""

import re
from functools import cached_property
from typing import Final, NamedTuple

from underlag.column_letters import column_number
from underlag.documents.annotated_workbook.cells import OldCell, with_style
from underlag.documents.annotated_workbook.package import Package
from underlag.documents.annotated_workbook.workbook import Workbook
from underlag.documents.annotated_workbook.xmltext import parse, text_cell
from underlag.documents.corrected_workbook.cell_dates import CellDates
from underlag.xml_tree import Element, child, children, local

#: A character that XML cannot hold, as Excel writes it: _x000D_.
_ESCAPED: Final = re.compile(r"_x([0-9A-Fa-f]{4})_")
_AREA: Final = re.compile(r"([A-Z]{1,3})([0-9]+):([A-Z]{1,3})([0-9]+)").fullmatch


class CellContent(NamedTuple):
    """A cell's content, and whether it is a text; a number or an error is replaced as a whole."""

    text: str
    is_text: bool = True


class OwnCells:
    """The texts of a workbook's cells.

    Args:
        package: the workbook's file.
        workbook: its main part.
    """

    def __init__(self, package: Package, workbook: Workbook) -> None:
        self._package = package
        self._relations = package.relations(workbook.part)
        self._namespace = workbook.namespace
        self._styles_part, self._is_1904 = workbook.styles_part(), workbook.is_1904

    def content(self, cell: OldCell) -> CellContent | None:
        """Return the text of a cell; of a formula its stored result.

        None: other cells depend on the cell's formula, so it cannot be changed on its own.

        Raises:
            UnfitError: the element has no valid form of a cell.
        """
        if not cell.element:
            return CellContent("")
        element = self._parsed(cell)
        formula = child(element, "f")
        if formula is not None and formula.get("ref"):
            return None
        kind = element.get("t", "n")
        if kind == "inlineStr":
            return CellContent("".join(_plain(part) for part in children(element, "is")))
        stored = child(element, "v")
        text = "" if stored is None else stored.text or ""
        if kind == "s":
            return CellContent(self._shared[int(text)] if text else "")
        if kind == "str":
            return CellContent(_decoded(text))
        day = self._dates.day(text, cell.style) if kind == "n" and text else ""
        return CellContent(day or text, not text)

    def headers_of_tables(self, part: str) -> set[tuple[int, int]]:
        """Return row and column of each cell of a sheet that is a column header of a table."""
        found = set()
        for _, table_part in self._package.relations(part).of_type("/table"):
            table = parse(self._package.read(table_part))
            area = _AREA(table.get("ref", ""))
            if area and table.get("headerRowCount", "1") != "0":
                columns = range(column_number(area[1]), column_number(area[3]) + 1)
                found |= {(int(area[2]), column) for column in columns}
        return found

    def forget_calculation(self) -> None:
        """Remove the calculation chain: it refers to formula cells, and Excel rebuilds it."""
        for identity, part in list(self._relations.of_type("/calcChain")):
            self._package.remove(part)
            self._relations.remove(identity)

    @cached_property
    def _shared(self) -> list[str]:
        part = next((target for _, target in self._relations.of_type("/sharedStrings")), "")
        return [_plain(text) for text in children(parse(self._package.read(part)), "si")]

    @cached_property
    def _dates(self) -> CellDates:
        return CellDates(self._package.read(self._styles_part) if self._styles_part else b"", self._is_1904)

    def _parsed(self, cell: OldCell) -> Element:
        prefix = cell.prefix.decode().rstrip(":")
        declared = f"xmlns:{prefix}" if prefix else "xmlns"
        opening = f'<{cell.prefix.decode()}row {declared}="{self._namespace}">'.encode()
        return parse(b"%s%s</%srow>" % (opening, cell.element, cell.prefix))[0]


def with_text(old: OldCell, style: int, text: str) -> bytes:
    """Return a cell's element with another text and format: always as text, whatever it looks like."""
    if not text:
        return with_style(b"", style, old)
    written = text_cell(old.reference, style, text)
    prefix = old.prefix.decode()
    return (
        re.sub(r"<(/?)(c|is|t)(?=[ />])", rf"<\1{prefix}\2", written).encode() if prefix else written.encode()
    )


def _plain(element: Element) -> str:
    """Return a text without its formats and phonetic hints."""
    pieces = []
    for inner in element:
        if local(inner) == "t":
            pieces.append(inner.text or "")
        elif local(inner) == "r":
            pieces += [part.text or "" for part in children(inner, "t")]
    return _decoded("".join(pieces))


def _decoded(text: str) -> str:
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text)
