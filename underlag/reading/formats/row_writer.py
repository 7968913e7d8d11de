"""Rows for calamine, written cell by cell from what a pass over another format reads."""

from html import escape

from underlag.column_letters import column_letters
from underlag.reading.formats.judged import Judged, JudgedSheet, Texts
from underlag.reading.formats.limits import MAX_TEXT, MAX_WRITTEN
from underlag.reading.formats.refusal import too_much
from underlag.reading.formats.sheet_facts import Area, SheetFacts, refuse_too_large

#: Pieces of XML that are kept as such; more take much memory.
_PIECES = 10_000


class RowWriter:
    """One sheet in the making. Rows and columns are counted from 1; rows come in any order.

    Args:
        judged: the workbook.
        texts: its shared texts.
        name: the sheet's name.
        visible: whether it is shown.
    """

    def __init__(self, judged: Judged, texts: Texts, name: str, *, visible: bool) -> None:
        self.facts = SheetFacts()
        self.merged: list[Area] = []
        self.hidden_columns: list[tuple[int, int]] = []
        self.name = name
        self.visible = visible
        self._judged = judged
        self._most = min(judged.most_filled, MAX_WRITTEN)
        self._rows = bytearray()
        self._texts = texts
        self._out: list[str] = []
        self._row = self._last_row = self._last_column = self._filled = 0

    def number(self, row: int, column: int, value: float, style: int) -> None:
        """Write a number; its format says whether it is a date."""
        self._cell(row, column, f' s="{style}"><v>{value!r}')

    def text(self, row: int, column: int, value: str) -> None:
        """Write a text."""
        if len(value) > MAX_TEXT:
            raise too_much("Tecken i en enda text", len(value), MAX_TEXT)
        self._judged.count_texts(len(value))
        self._cell(row, column, f' t="s"><v>{self._texts.number(value)}')

    def boolean(self, row: int, column: int, value: bool) -> None:
        """Write true or false."""
        self._cell(row, column, f' t="b"><v>{int(value)}')

    def date(self, row: int, column: int, value: str) -> None:
        """Write a date or a moment in the form of ISO 8601."""
        self._cell(row, column, f' t="d"><v>{escape(value.removesuffix("Z"))}')

    def error(self, row: int, column: int, value: str) -> None:
        """Note an error value."""
        self._reach(row, column)
        self.facts.errors[row, column] = value

    def blank_formula(self, row: int, column: int) -> None:
        """Note a formula whose result is an empty text."""
        self._reach(row, column)
        self.facts.blank_formulas.add((row, column))

    def uncached(self, row: int, column: int) -> None:
        """Note a formula without a stored result."""
        self._reach(row, column)
        self.facts.uncached.add((row, column))

    def close(self) -> None:
        """Add the sheet to the workbook.

        Raises:
            UnreadableError: the workbook passes the limits with it.
        """
        self._judged.count(self.name, self._last_row, self._last_column, self._filled)
        self.facts.hide_columns(self.hidden_columns)
        self.facts.merge(self.name, self.merged, self._last_row, self._last_column)
        if self._row:
            self._out.append("</row>")
        self._flush()
        rows = bytes(self._rows)
        self.facts.count_values(rows)
        self._judged.add(JudgedSheet(self.name, self.visible, self.facts), rows)

    def _flush(self) -> None:
        self._rows += "".join(self._out).encode("utf-8", "replace")
        self._out.clear()

    def _cell(self, row: int, column: int, rest: str) -> None:
        self._reach(row, column)
        if row != self._row:
            self._out.append(f'</row><row r="{row}">' if self._row else f'<row r="{row}">')
            self._row = row
            if len(self._out) > _PIECES:
                self._flush()
        self._out.append(f'<c r="{column_letters(column)}{row}"{rest}</v></c>')

    def _reach(self, row: int, column: int) -> None:
        if row > self._last_row or column > self._last_column:
            self._last_row, self._last_column = max(row, self._last_row), max(column, self._last_column)
            refuse_too_large(self.name, self._last_row, self._last_column)
        self._filled += 1
        if self._filled > self._most:
            raise too_much("Ifyllda celler på fliken", self._filled, self._most, sheet=self.name)
