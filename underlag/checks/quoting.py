"""What findings quote: the cell as it stands in the workbook, and never a personal identity number."""

from dataclasses import replace

from underlag.checks.hsa import MASK
from underlag.checks.survey import Survey
from underlag.findings import Finding
from underlag.values.personal import is_personal_number

#: The finding that tells of tidying: it quotes the cell before and after.
_TIDIED = "CEL010"


def hide_private(survey: Survey, read: list[Finding]) -> list[Finding]:
    """Return reading's findings without the personal identity numbers that they quote.

    Args:
        survey: what was read; it knows the numbers that stand where HSA-IDs belong.
        read: reading's findings.

    Returns:
        The findings, those that quote such a number masked; what was tidied in a cell that must be emptied
        anyway is left out.
    """
    cells = {value.position for value in survey.private_cells}
    kept: list[Finding] = []
    for found in read:
        if found.position in cells and found.code == _TIDIED:
            continue
        if found.position in cells or (found.value[:1].isdigit() and is_personal_number(found.value)):
            message = found.message
            for number in filter(None, (found.value, *survey.private)):
                message = message.replace(number, MASK)
            kept.append(replace(found, value=MASK, message=message))
        else:
            kept.append(found)
    return kept


def quote_raw(read: list[Finding], told: list[Finding]) -> None:
    """Let findings about tidied cells quote what stands in the cell, so that it is found there.

    Args:
        read: reading's findings, those of tidying among them.
        told: the findings of the checks; changed in place.
    """
    raw = {found.position: found.value for found in read if found.code == _TIDIED and found.column}
    if not raw:
        return
    for found in told:
        if found.column and found.value != MASK and found.position in raw:
            found.value = raw[found.position]
