"""Sheets with thousands of addressees.

XlsxWriter makes the workbook with its styles, widths and properties. Its cell-by-cell writing takes five
microseconds a cell, which for 20,000 units in two sheets is more than the rest of a package takes. So the
rows are written as XML at once, in a tenth of that time.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from itertools import chain
from typing import Final

from xlsxwriter.worksheet import Worksheet

from underlag.lazy_pattern import LazyPattern
from underlag.orders.order import Addressee

#: Printable, and hardly ever in a name.
_SEPARATOR: Final = "\N{BROKEN BAR}"

#: Texts that Excel interprets as escapes, and characters that XML forbids.
_SPECIAL: Final = LazyPattern(r"[&<>]|[\x00-\x1f\ufffe\uffff\ud800-\udfff]|_x(?=[0-9A-Fa-f]{4}_)")


class AddresseeSheet(Worksheet):  # type: ignore[misc]  # XlsxWriter has no types
    """A sheet whose first row is written cell by cell, and the others by `add_rows`."""

    def __init__(self) -> None:
        super().__init__()
        self._texts: list[Callable[[], str]] = []
        self._last = 1

    def add_rows(self, rows: "AddresseeRows", addressees: Sequence[Addressee], number: int) -> None:
        """Add a row for each addressee, with a number in the third column."""
        self._texts.append(partial(rows.text, addressees, self._last + 1, number))
        self._last += len(addressees)

    def close(self) -> None:
        """Release the memory of the rows: XlsxWriter's objects refer to each other, and are freed late."""
        self._texts.clear()
        self.fh.close()

    def _write_dimension(self) -> None:
        self._xml_empty_tag("dimension", [("ref", f"A1:C{self._last}")])

    def _write_rows(self) -> None:
        super()._write_rows()
        for text in self._texts:  # made here, for they may be of many megabytes
            self.fh.write(text())


class AddresseeRows:
    """The XML of rows, made once for sheets that have the same addressees in the same rows.

    Texts stay texts, whatever they look like.
    """

    def __init__(self) -> None:
        self._known: dict[tuple[int, int], tuple[Sequence[Addressee], list[str]]] = {}

    def text(self, addressees: Sequence[Addressee], first: int, number: int) -> str:
        """Return the rows from `first` on, with a number in the third column."""
        key = id(addressees), first
        if key not in self._known:
            self._known[key] = addressees, _begun(addressees, first)
        end = f"{number}</v></c></row>"
        return end.join([*self._known[key][1], ""])


def _begun(addressees: Sequence[Addressee], first: int) -> list[str]:
    """Return the XML of rows up to the number in their third column."""
    return [
        f'<row r="{r}"><c r="A{r}" t="inlineStr"><is><t>{a}</t></is></c>'
        f'<c r="B{r}" t="inlineStr"><is><t xml:space="preserve">{b}</t></is></c>'
        f'<c r="C{r}"><v>'
        for r, (a, b) in enumerate(_escaped(addressees), first)
    ]


def _escaped(addressees: Sequence[Addressee]) -> Iterable[tuple[str, str]]:
    """Return the texts of addressees escaped: all at once if nothing worse than '&' and '<' occurs."""
    texts = _SEPARATOR.join(chain.from_iterable(addressees))
    if "_x" in texts or not texts.isprintable() or texts.count(_SEPARATOR) != max(2 * len(addressees) - 1, 0):
        return [(_escape(a), _escape(b)) for a, b in addressees]
    plain = iter(texts.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").split(_SEPARATOR))
    return zip(plain, plain, strict=True)


def _escape(text: str) -> str:
    return _SPECIAL.sub(_reference, text)


def _reference(match: re.Match[str]) -> str:
    found = match[0]
    named = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "_x": "_x005F_x"}
    # Excel's own escape for characters that XML forbids.
    return named.get(found) or f"_x{ord(found):04X}_"
