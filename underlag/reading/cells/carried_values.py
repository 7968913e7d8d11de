"""How far a value written once applies: until the next value, never into another system's rows.

A removal applies to its own row only: carried down it would close routes without a request for it.

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

#: Roles that belong to a system. A consumer's contracts too, if there is no producer column in between.
_BELONGS: Final = {"producer": ("producer_name", "url", "rivta_profile"), "consumer": ("consumer_name",)}


def ends(spec: SheetSpec, by_role: Mapping[str, Column], rows: Sequence[int]) -> dict[str, set[int]]:
    """Return for each role the rows from which values above no longer apply: another system begins.

    Args:
        spec: the profile's description of the sheet.
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
    """Return the rows that name another system than the rows above; cells with errors name none."""
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
    """Report empty cells below a removal, which may have been meant for them too.

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
