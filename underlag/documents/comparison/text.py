"""The comparison of a workbook with a TAK as text for a terminal."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from underlag.characters.cleaning import visible
from underlag.documents.comparison.rows import ShownRow, cut, parts
from underlag.text.file_names import shown_name
from underlag.text.numbers import counted, number
from underlag.text.printable import printable

if TYPE_CHECKING:
    from underlag.tak.compare.comparison import Comparison

#: Rows of a part that are shown without --alla.
FIRST_ROWS: Final = 20

_HEADS: Final = ("Var", "HSA-ID", "Kontrakt", "Vägval", "Behörighet", "I TAK")


def comparison_text(comparison: "Comparison", *, everything: bool = False) -> str:
    """Return the counts and the rows as a table, without a line break at the end.

    Args:
        comparison: the comparison.
        everything: show all rows, not only the first of every part.
    """
    return "\n".join(_lines(comparison, everything=everything))


def _lines(comparison: "Comparison", *, everything: bool) -> Iterator[str]:
    """Yield the lines: the counts, and a table for each part."""
    catalogue = comparison.catalogue
    platform = f", {catalogue.platform}" if catalogue.platform else ""
    source = visible(shown_name(catalogue.source))
    yield f"Jämfört med {source}{platform}, så som TAK såg ut {catalogue.taken}."
    if not comparison.rows:
        yield "Inga rader jämfördes."
        return
    yield ""
    yield f"Vägval:       {_counts(comparison.route_counts()) or 'inga beställs'}"
    yield f"Behörigheter: {_counts(comparison.authorization_counts())}"
    if comparison.other_names:
        yield f"Namn:         {counted(comparison.other_names, 'rad', 'rader')} med ett annat namn i TAK"
    for part, rows in parts(comparison):
        yield ""
        yield f"{part.heading}: {counted(len(rows), 'rad', 'rader')}. {part.meaning}"
        # A line with '1 till' would take the place of the row itself.
        most = len(rows) if everything or len(rows) == FIRST_ROWS + 1 else FIRST_ROWS
        shown, left = cut(rows, most)
        yield from _table(shown)
        if left:
            yield f"  och {counted(left, 'rad', 'rader')} till. Visa alla med --alla."


def _counts(counts: Mapping[Any, int]) -> str:
    """Return the states, whose values are their Swedish names, with their counts."""
    return ", ".join(f"{state} {number(count)}" for state, count in counts.items())


def _table(rows: Sequence[ShownRow]) -> Iterable[str]:
    """Return lines with columns as wide as their longest text; the last column is not padded."""
    texts = [
        _HEADS,
        *(
            tuple(
                map(
                    printable,
                    (f"{r.sheet}, {r.cell}", r.addressee, r.contract, r.route, r.authorization, r.in_tak),
                )
            )
            for r in rows
        ),
    ]
    widths = [max(map(len, column)) for column in zip(*texts, strict=True)]
    for line in texts:
        yield ("  " + "  ".join(text.ljust(width) for text, width in zip(line, widths, strict=True))).rstrip()
