"""The sheet "Rättningar": the cells that a correction has changed, with their texts before and after."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final, NamedTuple

from underlag.characters.cleaning import visible
from underlag.column_letters import column_letters
from underlag.documents.annotated_workbook.overview import LINK_LIMIT
from underlag.documents.annotated_workbook.styles import CORRECTED, Look, Styles
from underlag.documents.annotated_workbook.xmltext import attribute, row_of, text_cell
from underlag.text.numbers import counted
from underlag.text.review_notes import CORRECTIONS_TITLE

_HEADERS: Final = ("Flik", "Cell", "Före", "Efter")
_WIDTHS: Final = (32, 9, 60, 60)
_HEADER_ROW: Final = 4


class Change(NamedTuple):
    """A changed cell: sheet, 1-based row and column, its text before and after."""

    sheet: str
    row: int
    column: int
    before: str
    after: str

    @property
    def cell(self) -> str:
        """The cell in A1 form."""
        return f"{column_letters(self.column)}{self.row}"


class ChangeList(NamedTuple):
    """The content of the sheet.

    Attributes:
        workbook: the name of the corrected workbook.
        moment: the time of the correction.
        changes: the changed cells.
        targets: for each visible sheet its name as written in references; cells elsewhere get no link.
    """

    workbook: str
    moment: datetime
    changes: Sequence[Change]
    targets: Mapping[str, str]

    def part(self, styles: Styles, namespace: str) -> bytes:
        """Return the sheet's part; its formats are added to `styles`."""
        columns = "".join(
            f'<col min="{number}" max="{number}" width="{width}" customWidth="1"/>'
            for number, width in enumerate(_WIDTHS, 1)
        )
        last = _HEADER_ROW + len(self.changes)
        below = f"A{_HEADER_ROW + 1}"
        links = self._links()
        return (
            '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
            f'<worksheet xmlns="{namespace}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
            f'<dimension ref="A1:D{last}"/>'
            '<sheetViews><sheetView showGridLines="0" tabSelected="1" workbookViewId="0">'
            f'<pane ySplit="{_HEADER_ROW}" topLeftCell="{below}" activePane="bottomLeft" state="frozen"/>'
            f'<selection pane="bottomLeft" activeCell="{below}" sqref="{below}"/></sheetView></sheetViews>'
            f'<sheetFormatPr defaultRowHeight="15"/><cols>{columns}</cols>'
            f"<sheetData>{''.join(self._rows(styles))}</sheetData>"
            f"{f'<hyperlinks>{links}</hyperlinks>' if links else ''}"
            '<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.5" header="0.3" footer="0.3"/>'
            '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/></worksheet>'
        ).encode()

    def _rows(self, styles: Styles) -> list[str]:
        """Return the rows: title, summary, headers, and one row for each change."""
        plain, title = styles.own(Look()), styles.own(Look("title"))
        header = styles.own(Look("header", "FF1F3864", border=True))
        text = styles.own(Look(border=True, wrap=True))
        link = styles.own(Look("link", border=True, wrap=True))
        after = styles.own(Look(fill=CORRECTED, border=True, wrap=True))
        count = counted(len(self.changes), "cell är ändrad", "celler är ändrade")
        about = (
            f"Rättad {self.moment:%Y-%m-%d} klockan {self.moment:%H:%M}. {count} och grön. Allt annat i "
            "arbetsboken är som det var."
        ).replace("ändrade och grön.", "ändrade och gröna.")
        rows = [
            row_of(1, text_cell("A1", title, f"{CORRECTIONS_TITLE}{self.workbook}")),
            row_of(2, text_cell("A2", plain, about)),
            row_of(
                _HEADER_ROW,
                *(
                    text_cell(f"{letter}{_HEADER_ROW}", header, name)
                    for letter, name in zip("ABCD", _HEADERS, strict=True)
                ),
            ),
        ]
        for number, change in enumerate(self.changes, _HEADER_ROW + 1):
            before, now = visible(change.before), visible(change.after)
            # Not every program fits row heights to wrapped text when it opens a file.
            lines = 1 + max(len(before), len(now)) // _WIDTHS[-1]
            cells = (
                text_cell(f"A{number}", text, change.sheet),
                text_cell(f"B{number}", link if change.sheet in self.targets else text, change.cell),
                text_cell(f"C{number}", text, before),
                text_cell(f"D{number}", after, now),
            )
            rows.append(f'<row r="{number}" ht="{min(lines * 15, 405)}">{"".join(cells)}</row>')
        return rows

    def _links(self) -> str:
        """Return the links to the changed cells, up to Excel's limit."""
        return "".join(
            f'<hyperlink ref="B{number}" location="{attribute(self.targets[change.sheet])}!{change.cell}" '
            f'display="{change.cell}"/>'
            for number, change in enumerate(self.changes[:LINK_LIMIT], _HEADER_ROW + 1)
            if change.sheet in self.targets
        )
