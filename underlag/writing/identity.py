"""Identities of the workbook as documents show them: never the number of a person that strayed into it."""

from underlag.checks.hsa import MASK
from underlag.values.personal import is_personal_number
from underlag.writing.finding_groups import shown


def shown_identity(text: str) -> str:
    """Return an id with its invisible characters named, or a mask where it is a person's."""
    return MASK if is_personal_number(text) else shown(text)
