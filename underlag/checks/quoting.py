"""How findings quote cells: with the text in the workbook, but never with a personal identity number."""

from collections.abc import Set as AbstractSet
from dataclasses import replace
from typing import Final

from underlag.checks.rules.context import CheckContext
from underlag.findings import Finding, Severity
from underlag.privacy.masking import MASK, is_private, masked, masked_id, numbers, private_among
from underlag.reading.cells.cell_text import TIDIED, UNSTORABLE
from underlag.reading.cells.split_rows import SEVERAL_VALUES
from underlag.values.personal import is_personal_number

#: Categories of findings that reject tidied values.
_IDENTIFIERS: Final = ("HSA", "URL")


def hide_private(context: CheckContext, read: list[Finding], by_rules: list[Finding]) -> list[Finding]:
    """Return all findings, with the personal identity numbers in their quotes masked.

    Args:
        context: the Underlag; it knows the numbers in the place of HSA-IDs, and in names.
        read: reading's findings; those about tidying a cell that must be emptied anyway are dropped.
        by_rules: the findings of the checks.
    """
    cells = {value.position for value in context.private_cells}
    # A finding about a sheet quotes headers in its message only.
    quoted = {found.value for found in read} | {found.message for found in read if not found.column}
    if cells or private_among(quoted):
        read = [_of_reading(found, cells) for found in read if not _is_tidied(found, cells)]
    if context.private:
        # Any text may quote such an id or name.
        refused = set().union(*map(numbers, context.private & context.faulty))
        return [_without_numbers(found, refused) for found in (*read, *by_rules)]
    # HSA-IDs have been judged already.
    quoting = private_among({found.value for found in by_rules if found.value[:2] != "SE"})
    if not quoting:
        return read + by_rules
    return read + [_without_numbers(found) if found.value in quoting else found for found in by_rules]


def _is_tidied(found: Finding, cells: set[tuple[str, int, int]]) -> bool:
    return found.code == TIDIED and found.position in cells


def _of_reading(found: Finding, cells: set[tuple[str, int, int]]) -> Finding:
    """Return a finding of reading, which quotes cells verbatim, with its numbers masked."""
    value = found.value
    if value[:1].isdigit() and is_personal_number(value):
        return replace(found, value=MASK, message=found.message.replace(value, MASK))
    if found.position in cells:
        return replace(found, value=masked_id(value), message=masked_id(found.message))
    return _without_numbers(found) if is_private(value) or not found.column else found


def _without_numbers(found: Finding, refused: AbstractSet[str] = frozenset()) -> Finding:
    """Return a finding with its numbers masked, within HSA-IDs only those of rejected ids."""
    value, message, advice = (
        masked(text, refused) for text in (found.value, found.message, found.suggestion)
    )
    if (value, message, advice) == (found.value, found.message, found.suggestion):
        return found
    return replace(found, value=value, message=message, suggestion=advice)


def without_refused(read: list[Finding], by_rules: list[Finding]) -> list[Finding]:
    """Return reading's findings without those about tidying a value that is rejected nevertheless.

    Args:
        read: reading's findings.
        by_rules: the findings of the checks, which quote such a cell verbatim.
    """
    if not any(found.code == TIDIED for found in read):
        return read
    refused = {
        found.position
        for found in by_rules
        if found.column and found.severity is Severity.ERROR and found.code[:3] in _IDENTIFIERS
    }
    if not refused:
        return read
    return [found for found in read if found.code != TIDIED or found.position not in refused]


def quote_raw(read: list[Finding], by_rules: list[Finding]) -> None:
    """Make findings about tidied cells quote the text in the cell, so that users can search for it.

    Args:
        read: reading's findings, including those about tidying; the others are changed in place.
        by_rules: the findings of the checks; changed in place.
    """
    tidied = {TIDIED, UNSTORABLE}
    raw = {found.position: found.value for found in read if found.code in tidied and found.column}
    for found in read:
        if found.code == SEVERAL_VALUES:
            raw.pop(found.position, None)
    if not raw:
        return
    for found in (*(one for one in read if one.code not in tidied), *by_rules):
        if found.column and MASK not in found.value and found.position in raw:
            found.value = raw[found.position]
