"""What findings quote: the cell as it stands in the workbook, and never a personal identity number."""

from collections.abc import Set as AbstractSet
from dataclasses import replace
from typing import Final

from underlag.checks.rules.context import CheckContext
from underlag.findings import Finding, Severity
from underlag.privacy.masking import MASK, is_private, masked, masked_id, numbers, private_among
from underlag.reading.cells.cell_text import TIDIED
from underlag.reading.cells.split_rows import SEVERAL_VALUES
from underlag.values.personal import is_personal_number

#: The categories of findings that refuse what was tidied.
_IDENTIFIERS: Final = ("HSA", "URL")


def hide_private(context: CheckContext, read: list[Finding], told: list[Finding]) -> list[Finding]:
    """Return all findings, without the personal identity numbers that they quote.

    Args:
        context: what was read; it knows the numbers that stand where HSA-IDs belong, and in names.
        read: reading's findings; what was tidied in a cell that must be emptied anyway is left out.
        told: the findings of the checks.
    """
    cells = {value.position for value in context.private_cells}
    # What is about a sheet quotes its headers in the message alone.
    quoted = {found.value for found in read} | {found.message for found in read if not found.column}
    if cells or private_among(quoted):
        read = [_of_reading(found, cells) for found in read if not _is_tidied(found, cells)]
    if context.private:
        # Any text may quote such an id or name.
        refused = set().union(*map(numbers, context.private & context.faulty))
        return [_without_numbers(found, refused) for found in (*read, *told)]
    # Those of HSA-IDs have been looked at.
    quoting = private_among({found.value for found in told if found.value[:2] != "SE"})
    return read + [_without_numbers(found) if found.value in quoting else found for found in told]


def _is_tidied(found: Finding, cells: set[tuple[str, int, int]]) -> bool:
    return found.code == TIDIED and found.position in cells


def _of_reading(found: Finding, cells: set[tuple[str, int, int]]) -> Finding:
    """Return one of reading's findings, which quote cells as they stand, with their numbers masked."""
    value = found.value
    if value[:1].isdigit() and is_personal_number(value):
        return replace(found, value=MASK, message=found.message.replace(value, MASK))
    if found.position in cells:
        return replace(found, value=masked_id(value), message=masked_id(found.message))
    return _without_numbers(found) if is_private(value) or not found.column else found


def _without_numbers(found: Finding, refused: AbstractSet[str] = frozenset()) -> Finding:
    """Return a finding with its numbers masked, within HSA-IDs those of refused ids."""
    value, message, advice = (
        masked(text, refused) for text in (found.value, found.message, found.suggestion)
    )
    if (value, message, advice) == (found.value, found.message, found.suggestion):
        return found
    return replace(found, value=value, message=message, suggestion=advice)


def without_refused(read: list[Finding], told: list[Finding]) -> list[Finding]:
    """Return reading's findings without those of tidying where the value was refused all the same.

    Args:
        read: reading's findings.
        told: the findings of the checks: they quote such a cell as it stands.
    """
    refused = {
        found.position
        for found in told
        if found.column and found.severity is Severity.ERROR and found.code[:3] in _IDENTIFIERS
    }
    if not refused:
        return read
    return [found for found in read if found.code != TIDIED or found.position not in refused]


def quote_raw(read: list[Finding], told: list[Finding]) -> None:
    """Let findings about tidied cells quote what stands in the cell, so that it is found there.

    Args:
        read: reading's findings, those of tidying among them; the others are changed in place.
        told: the findings of the checks; changed in place.
    """
    raw = {found.position: found.value for found in read if found.code == TIDIED and found.column}
    for found in read:
        if found.code == SEVERAL_VALUES:
            raw.pop(found.position, None)
    if not raw:
        return
    for found in (*(one for one in read if one.code != TIDIED), *told):
        if found.column and MASK not in found.value and found.position in raw:
            found.value = raw[found.position]
