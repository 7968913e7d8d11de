"""Identities of the workbook as documents show them: never the number of a person that strayed into it."""

import re
from typing import Final

from underlag.checks.hsa import MASK
from underlag.values.personal import is_personal_number
from underlag.writing.finding_groups import shown

#: What may be a personal number in running text; the tail of an HSA-ID tells that it is an organisation's.
_CANDIDATE: Final = re.compile(
    r"(?<![0-9A-Za-z])(?:SE-?)?(?:18|19|20)?[0-9]{6}[-+ ]?[0-9]{4}(?![0-9A-Za-z]|-[0-9A-Za-z])", re.IGNORECASE
)


def shown_identity(text: str) -> str:
    """Return an id with its invisible characters named, or a mask where it is a person's."""
    return MASK if is_personal_number(text) else shown(text)


def without_private(text: str) -> str:
    """Return a running text with a mask in the place of every personal identity number."""
    return _CANDIDATE.sub(lambda found: MASK if is_personal_number(found[0]) else found[0], text)
