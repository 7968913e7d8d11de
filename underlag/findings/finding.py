"""One finding, made from the catalogue."""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from underlag.findings.catalogue import Scope, Severity, catalogue

if TYPE_CHECKING:
    from underlag.workbook import Field

__all__ = ["Finding", "Scope", "Severity", "finding", "for_workbook"]


@dataclass(slots=True)
class Finding:
    """Something to correct, to look at or to know.

    `value` is what stands in the cell (raw text). `row` and `column` are 1-based, 0 where the finding is
    about the sheet or the file. `related` holds positions of other cells that take part, e.g. the first of
    two that contradict. `correction` is what to write instead of the value, where exactly one text is
    plausible.
    """

    code: str
    severity: Severity
    sheet: str
    cell: str
    value: str
    message: str
    suggestion: str
    row: int = 0
    column: int = 0
    related: tuple[tuple[str, int, int], ...] = ()
    correction: str = ""

    @property
    def position(self) -> tuple[str, int, int]:
        """Sheet, row and column of the cell."""
        return self.sheet, self.row, self.column


def finding(
    code: str,
    at: "Field | None" = None,
    *,
    sheet: str = "",
    value: str | None = None,
    suggestion: str | None = None,
    related: tuple[tuple[str, int, int], ...] = (),
    correction: str = "",
    **texts: object,
) -> Finding:
    """Make a finding of the catalogue's kind `code`.

    Args:
        code: a code of the catalogue, e.g. HSA003.
        at: the value that it is about; its cell and text are quoted. None for sheet and file.
        sheet: the sheet, where there is no cell.
        value: what to quote instead of the value's own text, e.g. the raw cell before cleaning.
        suggestion: what to do, when this case knows better than the catalogue's general advice.
        related: positions of further cells that take part.
        correction: the one plausible text to write instead of the value, '' when there is none.
        **texts: what the templates ask for; `varde`, `flik`, `cell` and `kalla` (the sheet, or what the value
            was taken from instead) are there by themselves.

    Raises:
        KeyError: the code is not in the catalogue, or a template asks for a text that was not given.
    """
    found = catalogue()[code]
    source, row, column, cell = sheet, 0, 0, ""
    quoted = value or ""
    if at is not None:
        quoted = at.text if value is None else value
        source, column = at.sheet, at.column
        # A value from an option or a file stands in no sheet: `kalla` lets the message name its source.
        if column:
            sheet, row, cell = at.sheet, at.row, at.cell
    filling = {"varde": quoted, "flik": sheet, "cell": cell, "kalla": source, **texts}
    return Finding(
        code,
        found.severity,
        sheet,
        cell,
        quoted,
        _filled(found.message, filling),
        suggestion if suggestion is not None else _filled(found.mend, filling),
        row,
        column,
        related,
        correction,
    )


def _filled(template: str, filling: dict[str, object]) -> str:
    """Fill a template in; one without gaps is the same text in all findings, and kept once."""
    return template.format_map(filling) if "{" in template else template


def for_workbook(found: Finding) -> Finding:
    """Return a finding as it is told to a person who has the workbook, but does not run the program."""
    advice = catalogue()[found.code].mend_workbook
    return replace(found, suggestion=advice) if advice else found
