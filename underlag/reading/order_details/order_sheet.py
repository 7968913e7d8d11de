"""Reads the sheet "Beställning": labels with values, persons under a heading or in a table."""

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import Final

from underlag.findings import Finding
from underlag.profiles.words import words
from underlag.reading.cells.cell_text import TIDIED, Treated, cell_finding, shown, special
from underlag.reading.formats.grid import CellValue, Sheet
from underlag.reading.formats.limits import MAX_DETAIL_ROWS
from underlag.reading.formats.refusal import too_much
from underlag.reading.order_details.statements import (
    CONTACT_FIELDS,
    CONTACTS,
    Statement,
    meaning,
    part,
    tidied,
)
from underlag.text.lists import listed
from underlag.values.contact import contact_parts
from underlag.workbook import Field


class OrderSheet:
    """The contents of the sheet.

    Attributes:
        statements: the details.
        unreadable: the positions of cells with an error.
        findings: the findings.
        blanks: by the detail's key, the empty cell next to its label, the last of several labels.
        unknown: the labels without a meaning, with the first value next to each.
    """

    def __init__(self) -> None:
        self.statements: list[Statement] = []
        self.unreadable: set[tuple[str, int, int]] = set()
        self.findings: list[Finding] = []
        self.blanks: dict[str, Field] = {}
        self.unknown: list[tuple[Field, Field]] = []


def read_order_sheet(sheet: Sheet, labels: Mapping[str, str] = MappingProxyType({})) -> OrderSheet:
    """Read the order's details from a sheet.

    Three layouts, also mixed: a label that says all ("Beställare e-post"), a person as a heading with labels
    below, and a table with a person in each row.

    Args:
        sheet: the sheet.
        labels: by text, the details that unknown labels were decided to be.

    Raises:
        UnreadableError: the sheet has more rows than the limits allow.
    """
    reader = _OrderSheetReader(sheet, labels)
    reader.read()
    return reader.result


class _OrderSheetReader:
    """One reading of the sheet, from the top; rows and columns are counted from 0."""

    def __init__(self, sheet: Sheet, labels: Mapping[str, str]) -> None:
        self.result = OrderSheet()
        self._sheet, self._labels = sheet, labels
        self._contact = ""
        self._table: dict[int, str] = {}

    def read(self) -> None:
        """Read every row that is not empty.

        Raises:
            UnreadableError: they are more than the limits allow.
        """
        filled = [row for row, cells in enumerate(self._sheet.rows) if any(cell != "" for cell in cells)]
        if len(filled) > MAX_DETAIL_ROWS:
            raise too_much("Rader på fliken", len(filled), MAX_DETAIL_ROWS, sheet=self._sheet.name)
        for row in filled:
            self._read_row(row)

    def _read_row(self, row: int) -> None:
        cells = [column for column in range(len(self._sheet.rows[row])) if self._is_filled(row, column)]
        if not cells:
            return
        labels = [self._text(row, column) for column in cells]
        titles = {column: part(label) for column, label in zip(cells, labels, strict=True) if part(label)}
        if len(titles) > 1 and all(column in titles for column in cells[1:]):
            self._table = titles
            return
        key = meaning(labels[0])
        if self._table and key in CONTACTS:
            for column, title in self._table.items():
                if column in cells[1:]:
                    self._state(f"{key}.{title}", row, column)
                elif column != cells[0]:
                    self._blank(f"{key}.{title}", row, column)
            return
        self._table = {}
        self._read_pairs(row, cells, labels)

    def _read_pairs(self, row: int, cells: list[int], labels: list[str]) -> None:
        """Read label, value, label, value …; a value may be missing."""
        at = 0
        while at < len(cells):
            key = self._key(labels[at])
            beside = at + 1 < len(cells) and not self._key(labels[at + 1])
            if key in CONTACTS:
                self._contact = key
                key += ".name"
            elif key and "." not in key:
                self._contact = ""
            if key and beside:
                self._state(key, row, cells[at + 1])
            elif key and cells[at] + 1 not in cells:
                self._blank(key, row, cells[at] + 1)
            elif not key and at == 0 and beside and not words().is_aside(labels[0]):
                label, value = (Field(labels[n], self._sheet.name, row + 1, cells[n] + 1) for n in (0, 1))
                self.result.unknown.append((label, value))
            at += 2 if beside else 1

    def _key(self, label: str) -> str:
        """Return the key of a label in its context: below a person's heading, 'Namn' is that person's."""
        asked = part(label)
        if asked and self._contact:
            return f"{self._contact}.{asked}"
        return meaning(label) or self._labels.get(label, "")

    def _is_filled(self, row: int, column: int) -> bool:
        cell = self._sheet.rows[row][column]
        at = (row + 1, column + 1)
        filled = bool(cell.strip()) if isinstance(cell, str) else True
        return filled or at in self._sheet.errors or at in self._sheet.uncached

    def _text(self, row: int, column: int) -> str:
        return self._sheet.errors.get((row + 1, column + 1)) or shown(self._sheet.rows[row][column]).strip()

    def _state(self, key: str, row: int, column: int) -> None:
        raw = self._sheet.rows[row][column]
        treated = special(self._sheet, row + 1, column + 1) or _treated(key, raw)
        value = Field(treated.text, self._sheet.name, row + 1, column + 1)
        if treated.code:
            self.result.findings.append(cell_finding(treated, value, raw))
        if treated.unreadable:
            self.result.unreadable.add(value.position)
        elif value.text:
            self.result.statements += _statements(key, value)

    def _blank(self, key: str, row: int, column: int) -> None:
        self.result.blanks[key] = Field("", self._sheet.name, row + 1, column + 1)


def _parts(key: str, text: str) -> dict[str, str]:
    """Return the parts of a contact that the cell of a name holds, in the order of the form."""
    parts = contact_parts(text) if key.endswith(".name") else {}
    return {part: parts[part] for part in CONTACT_FIELDS if part in parts}


def _statements(key: str, value: Field) -> list[Statement]:
    """Return what a cell states: one detail, or all parts of a contact if they share the cell."""
    contact = key.removesuffix(".name")
    parts = {f"{contact}.{part}": text for part, text in _parts(key, value.text).items()}
    return [Statement(one, value._replace(text=text)) for one, text in (parts or {key: value.text}).items()]


def _treated(key: str, raw: CellValue) -> Treated:
    """Return a detail's text; Excel dates and telephone numbers stored as numbers are valid here."""
    if not isinstance(raw, str):
        return Treated(shown(raw))
    return (_known_treated if len(raw) <= _LONGEST_KNOWN else _treated_text)(key, raw)


def _treated_text(key: str, raw: str) -> Treated:
    text, changes = tidied(key, raw)
    if parts := _parts(key, text):
        changes = (*changes, "uppdelat på " + listed([CONTACT_FIELDS[part][0].lower() for part in parts]))
    return Treated(text, TIDIED if changes and text else "", changes)


#: Workbooks of one sender have most of their details in common.
_known_treated: Final = lru_cache(maxsize=1024)(_treated_text)
_LONGEST_KNOWN: Final = 200
