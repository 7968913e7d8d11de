"""The sheet "Granskning": the number of findings, and a list of them with a link to each cell."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import count
from typing import Final

from underlag.documents.annotated_workbook.styles import FILLS, Look, Styles
from underlag.documents.annotated_workbook.xmltext import (
    after_reference,
    attribute,
    cell_texts,
    row_of,
    text_cell,
)
from underlag.documents.finding_groups import first_of_each, shown_texts
from underlag.findings import Finding, Severity, kind
from underlag.text import numbers
from underlag.text.lists import listed

#: Excel takes no more links in a sheet (Excel specifications and limits).
LINK_LIMIT: Final = 65_530
#: More rows are no help to a person, who corrects the first of each kind and reviews again.
LIST_LIMIT: Final = 65_000

_HEADERS: Final = ("Allvar", "Kod", "Flik", "Cell", "Värde", "Vad som är fel", "Vad du gör")
_WIDTHS: Final = (13, 10, 28, 9, 36, 62, 62)
_LAST: Final = "G"
_ROWS_PER_PIECE: Final = 2_000
_WORDS: Final = {
    Severity.ERROR: ("Fel", "måste rättas innan det går att beställa. Cellen är röd."),
    Severity.WARNING: ("Varning", "behöver kontrolleras av en människa. Cellen är gul."),
    Severity.INFO: ("Upplysning", "är till kännedom och kräver inget av dig. Cellen är inte färgad."),
}


@dataclass(slots=True, eq=False, repr=False)
class Overview:
    """What the sheet says.

    Attributes:
        title: the heading.
        subtitle: file and time.
        findings: all of them, in the order in which they are listed.
        targets: for each visible sheet its name as links write it; findings elsewhere get no link.
        coloured: whether cells of this workbook are coloured, so that explanations may mention it.
        remarks: further sentences that the reader must know.
    """

    title: str
    subtitle: str
    findings: Sequence[Finding]
    targets: Mapping[str, str] = field(default_factory=dict)
    coloured: bool = True
    remarks: list[str] = field(default_factory=list)


def quoted(sheet: str) -> str:
    """Return a sheet's name as references write it."""
    return "'" + sheet.replace("'", "''") + "'"


class OverviewSheet:
    """The sheet's part, written in pieces, for the list may be long.

    Attributes:
        header_row: the row of the list's headers.
        last_row: the list's last row.
    """

    def __init__(self, overview: Overview, styles: Styles, namespace: str) -> None:
        self._overview = overview
        self._namespace = namespace
        self._listed, cut = first_of_each(overview.findings, LIST_LIMIT)
        self._remarks = list(overview.remarks)
        if cut:
            kinds = [
                f"{code} {kind(code).title} ({numbers.number(count)} fynd)" for code, count in cut.items()
            ]
            self._remarks.append(
                f"Listan visar {numbers.number(len(self._listed))} av "
                f"{numbers.number(len(overview.findings))} fynd: bara de första av {listed(kinds)}. "
                "Rätta dem och granska igen."
            )
        self._title = styles.own(Look("title"))
        self._text = styles.own(Look())
        self._bold = styles.own(Look("bold"))
        self._header = styles.own(Look("header", "FF1F3864", border=True))
        self._cell = styles.own(Look(border=True, wrap=True))
        self._link = styles.own(Look("link", border=True, wrap=True))
        self._severity = {s: styles.own(Look("bold", FILLS.get(s, ""), border=True)) for s in Severity}
        self.header_row = 2 + len(_WORDS) + len(self._remarks) + 2
        self.last_row = self.header_row + max(len(self._listed), 1)
        # Formatted once, for a row has each several times.
        self._plain, self._linked = f' s="{self._cell}"', f' s="{self._link}"'
        self._links: list[str] = []
        self._start = cache(self._start_of)

    @property
    def list_area(self) -> str:
        """The list with its headers, as an absolute reference."""
        return f"$A${self.header_row}:${_LAST}${self.last_row}"

    def pieces(self) -> Iterator[bytes]:
        """Yield the part."""
        yield self._head().encode()
        yield self._summary().encode()
        for start in range(0, len(self._listed), _ROWS_PER_PIECE):
            yield self._rows(start, self._listed[start : start + _ROWS_PER_PIECE]).encode()
        yield self._tail().encode()

    def _head(self) -> str:
        columns = "".join(
            f'<col min="{number}" max="{number}" width="{width}" customWidth="1"/>'
            for number, width in enumerate(_WIDTHS, 1)
        )
        top = self.header_row
        return (
            '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
            f'<worksheet xmlns="{self._namespace}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
            f'<dimension ref="A1:{_LAST}{self.last_row}"/>'
            '<sheetViews><sheetView showGridLines="0" tabSelected="1" workbookViewId="0">'
            f'<pane ySplit="{top}" topLeftCell="A{top + 1}" activePane="bottomLeft" state="frozen"/>'
            f'<selection pane="bottomLeft" activeCell="A{top + 1}" sqref="A{top + 1}"/>'
            "</sheetView></sheetViews>"
            f'<sheetFormatPr defaultRowHeight="15"/><cols>{columns}</cols><sheetData>'
        )

    def _summary(self) -> str:
        rows = [
            f'<row r="1" ht="24" customHeight="1">{text_cell("A1", self._title, self._overview.title)}</row>',
            row_of(2, text_cell("A2", self._text, self._overview.subtitle)),
        ]
        for number, (severity, (word, meaning)) in enumerate(_WORDS.items(), 3):
            if not self._overview.coloured:
                meaning = meaning.partition(" Cellen är")[0]  # noqa: PLW2901 - the same sentence without its end
            number_of = sum(found.severity is severity for found in self._overview.findings)
            rows.append(
                row_of(
                    number,
                    text_cell(f"A{number}", self._severity[severity], word),
                    f'<c r="B{number}" s="{self._bold}"><v>{number_of}</v></c>',
                    text_cell(f"C{number}", self._text, meaning),
                )
            )
        rows += [
            row_of(number, text_cell(f"A{number}", self._text, remark))
            for number, remark in enumerate(self._remarks, 3 + len(_WORDS))
        ]
        number = self.header_row
        rows.append(
            row_of(
                number,
                *(
                    text_cell(f"{letter}{number}", self._header, header)
                    for letter, header in zip("ABCDEFG", _HEADERS, strict=True)
                ),
            )
        )
        return "".join(rows)

    def _rows(self, start: int, listed: Sequence[Finding]) -> str:
        """Return the rows of some findings, which begin after `start` others."""
        texts = shown_texts(listed)
        lines = map(max, _lines(texts.values, 4), _lines(texts.messages, 5), _lines(texts.suggestions, 6))
        columns = ([found.cell for found in listed], texts.values, texts.messages, texts.suggestions)
        cells = (cell_texts(column, printable=texts.printable) for column in columns)
        return "".join(map(self._row, map(str, count(self.header_row + 1 + start)), listed, lines, *cells))

    def _row(  # noqa: PLR0917 - the columns
        self, number: str, found: Finding, lines: int, cell: str, value: str, message: str, advice: str
    ) -> str:
        """Return the row of a finding, with what its columns contain from the fourth on."""
        severity, code, sheet, linked_sheet, target = self._start(found.severity, found.code, found.sheet)
        plain = cell_style = self._plain
        if target and len(self._links) < LINK_LIMIT:
            if found.cell:
                cell_style = self._linked
                place = f'ref="D{number}" location="{target}!{found.cell}" display="{found.cell}"'
            else:
                sheet = linked_sheet
                place = f'ref="C{number}" location="{target}!A1" display="{attribute(found.sheet)}"'
            self._links.append(f"<hyperlink {place}/>")
        return (
            f'<row r="{number}" ht="{min(lines * 15, 405)}"><c r="A{number}"{severity}<c r="B{number}"{code}'
            f'<c r="C{number}"{sheet}<c r="D{number}"{cell_style}{cell}'
            f'<c r="E{number}"{plain}{value}<c r="F{number}"{plain}{message}'
            f'<c r="G{number}"{plain}{advice}</row>'
        )

    def _start_of(self, severity: Severity, code: str, sheet: str) -> tuple[str, str, str, str, str]:
        """Return what the first three columns contain, the third also as a link, and the links' sheet."""
        return (
            after_reference(self._severity[severity], _WORDS[severity][0]),
            after_reference(self._cell, code),
            after_reference(self._cell, sheet),
            after_reference(self._link, sheet),
            self._overview.targets.get(sheet, ""),
        )

    def _tail(self) -> str:
        area = self.list_area.replace("$", "")
        links = f"<hyperlinks>{''.join(self._links)}</hyperlinks>" if self._links else ""
        return (
            f'</sheetData><autoFilter ref="{area}"/>{links}'
            '<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.5" header="0.3" footer="0.3"/>'
            '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/>'
            "<headerFooter><oddFooter>&amp;CSida &amp;P av &amp;N</oddFooter></headerFooter></worksheet>"
        )


def _lines(texts: Sequence[str], column: int) -> Iterable[int]:
    """Return about how many lines each text takes in a column: not every program fits rows to their texts."""
    width = _WIDTHS[column]
    if "\n" in "".join(texts):
        return [sum(1 + len(line) // width for line in text.split("\n")) for text in texts]
    return [1 + length // width for length in map(len, texts)]
