"""Identities of the workbook as documents show them: never the number of a person that strayed into it."""

from underlag.characters.cleaning import shown
from underlag.privacy.masking import MASK, masked, masked_id
from underlag.text.file_names import shown_name
from underlag.values import Refusal
from underlag.values.hsa import parse_hsa_id
from underlag.values.personal import is_personal_number


def shown_identity(text: str) -> str:
    """Return an id with its invisible characters named, a person's number in a refused one masked."""
    return shown(without_private_id(text))


def without_private_id(text: str) -> str:
    """Return an id; of a refused one that holds a personal identity number, not the number."""
    if is_personal_number(text):
        return MASK
    return masked_id(text) if isinstance(parse_hsa_id(text, system=True), Refusal) else text


def without_private(text: str) -> str:
    """Return a running text with a mask in the place of every personal identity number."""
    return masked(text)


def shown_text(text: str) -> str:
    """Return a text of the user's for a document: what no text can hold is replaced, persons masked."""
    return without_private(shown_name(text))
