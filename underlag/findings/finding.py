"""One finding, built from the catalogue."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from underlag.findings.catalogue import Scope, Severity, kind

if TYPE_CHECKING:
    from underlag.workbook import Field

__all__ = ["Finding", "Scope", "Severity", "finding", "for_workbook"]


#: The last text of each template: 100,000 rows may have the same one, of which one is enough in memory.
_LATEST: Final[dict[str, str]] = {}


@dataclass(slots=True)
class Finding:
    """A fault to correct, something to check, or information.

    `value` is the cell's raw text. `row` and `column` are 1-based, 0 for a finding about the sheet or the
    file. `related` lists positions of other cells involved, e.g. the first of two that contradict.
    `correction` is the text to write instead of the value, when exactly one is plausible. `instead` is the
    value that may be the wrong one instead, e.g. the HSA-ID of a unit with two names.
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
    instead: "Field | None" = None

    @property
    def position(self) -> tuple[str, int, int]:
        """Sheet, row and column of the cell."""
        return self.sheet, self.row, self.column

    def repeated_at(self, cell: "Field") -> "Finding":
        """Return the same finding on another cell with the same text, for a kind that states no place."""
        return Finding(
            self.code,
            self.severity,
            cell.sheet,
            cell.cell,
            self.value,
            self.message,
            self.suggestion,
            cell.row,
            cell.column,
            self.related,
            self.correction,
            self.instead,
        )


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
        at: the value concerned; its cell and text are quoted. None for sheet and file.
        sheet: the sheet, when there is no cell.
        value: the text to quote instead of the value's own, e.g. the raw cell before cleaning.
        suggestion: advice for this case that replaces the catalogue's general advice.
        related: positions of further cells involved.
        correction: the only plausible text to write instead of the value, '' when there is none.
        **texts: values of the templates' placeholders; `varde`, `flik`, `cell` and `kalla` (the sheet, or the
            value's other source) are filled in automatically.

    Raises:
        KeyError: the code is not in the catalogue, or a placeholder has no value.
    """
    found = kind(code)
    source, row, column, cell = sheet, 0, 0, ""
    quoted = value or ""
    if at is not None:
        text, source, line, column = at
        quoted = text if value is None else value
        # A value from an option or a file is in no sheet: `kalla` lets the message name its source.
        if column:
            sheet, row, cell = source, line, at.cell
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
    """Fill in a template; findings in a row share the text that they have in common."""
    if "{" not in template:
        return template
    text = template.format_map(filling)
    known = _LATEST.get(template)
    if known == text:
        return known
    _LATEST[template] = text
    return text


def for_workbook(findings: Iterable[Finding]) -> list[Finding]:
    """Return findings with the advice for a reader who has the workbook but does not run the program."""
    found = list(findings)
    advice = {code: kind(code).mend_workbook for code in {one.code for one in found}}
    return [replace(one, suggestion=text) if (text := advice[one.code]) else one for one in found]
