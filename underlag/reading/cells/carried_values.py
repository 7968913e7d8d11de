"""How far a value counts that stands once: down to the next one, but never on to another system.

A removal counts for its own row only: carried down it would close routes that nobody asked to close.

Findings: CEL014.
"""

from collections.abc import Mapping, Sequence
from typing import Final

from underlag.findings import Finding, finding
from underlag.profiles.profile import SheetSpec
from underlag.reading.cells.columns import Column
from underlag.text.lists import spans
from underlag.values.action import REMOVE
from underlag.workbook import Field

#: What is a system's own. A consumer's contracts too, where no producer stands between.
_BELONGS: Final = {"producer": ("producer_name", "url", "rivta_profile"), "consumer": ("consumer_name",)}


def ends(spec: SheetSpec, by_role: Mapping[str, Column], rows: Sequence[int]) -> dict[str, set[int]]:
    """Return for each role the rows from which the values above count no longer: another system begins.

    Args:
        spec: what the profile says of the sheet.
        by_role: its columns.
        rows: the rows that are read, in order.
    """
    found: dict[str, set[int]] = {}
    for system, parts in _BELONGS.items():
        if system not in by_role:
            continue
        changes = _changes(by_role[system], rows)
        contract = ("contract",) if system == "consumer" and spec.column("producer") is None else ()
        found.update((part, changes) for part in (*parts, *contract) if changes)
    return found


def _changes(column: Column, rows: Sequence[int]) -> set[int]:
    """Return the rows where another system is named than above; cells in error name none."""
    if len(set(column.texts)) < 2:  # noqa: PLR2004 - one text cannot change
        return set()
    found: set[int] = set()
    last = ""
    for i in rows:
        text = column.texts[i]
        if not text or text == last or (i in column.odd and column.odd[i].unreadable):
            continue
        if last:
            found.add(i)
        last = text
    return found


def removals(
    sheet: str, numbers: Sequence[int], action: Column, rows: Sequence[int], loose: set[int]
) -> list[Finding]:
    """Say where cells are empty below a removal: somebody may have meant it for them too.

    Args:
        sheet: the sheet's name.
        numbers: every row's number in Excel.
        action: the column of actions.
        rows: the rows that are read, in order.
        loose: those of them without addressee.
    """
    if REMOVE not in action.texts:
        return []
    first: int | None = None
    below = False
    empty: list[int] = []
    for i in rows:
        if text := action.texts[i]:
            below = text == REMOVE
            first = i if below and first is None else first
        elif below and i not in loose:
            empty.append(numbers[i])
    if first is None or not empty:
        return []
    at = Field(action.texts[first], sheet, numbers[first], action.index + 1)
    return [finding("CEL014", at, rader=spans(empty))]
