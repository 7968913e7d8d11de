"""Ids of the workbook as documents show them, without personal identity numbers."""

from collections.abc import Collection

from underlag.characters.cleaning import shown
from underlag.privacy.masking import MASK, masked, masked_id, may_be_private
from underlag.text.file_names import shown_name
from underlag.values import Refusal
from underlag.values.hsa import parse_hsa_id
from underlag.values.personal import is_personal_number


def shown_identity(text: str) -> str:
    """Return an id with its invisible characters named; a personal number in a rejected one is masked."""
    return shown(without_private_id(text))


def without_private_id(text: str) -> str:
    """Return an id, with the personal identity number of a rejected one masked."""
    if not may_be_private(text):
        return text
    if is_personal_number(text):
        return MASK
    return masked_id(text) if isinstance(parse_hsa_id(text, system=True), Refusal) else text


def without_private(text: str) -> str:
    """Return a running text with every personal identity number masked."""
    return masked(text)


def are_shown_as_they_are(texts: Collection[str]) -> bool:
    """Whether `shown_identity` and `shown_text` change none of many texts: asked once for all of them.

    False means that one may be changed.
    """
    return "".join(texts).isprintable() and not may_be_private("\n".join(texts))


def shown_text(text: str) -> str:
    """Return a text of the user's for a document: invalid characters replaced, personal numbers masked."""
    return without_private(shown_name(text))
