"""Tidying of what a person cannot see in a cell, never silently: each change is told."""

from typing import NamedTuple


class Cleaned(NamedTuple):
    """A tidied text and what was done to it: Swedish phrases such as 'hårt mellanslag borttaget', in order, each once."""

    text: str
    changes: tuple[str, ...] = ()


def clean_text(raw: str) -> Cleaned:
    """Tidy a text for people (a name): outer white space, NBSP, zero-width, BOM, U+2028/2029, CR/LF, composed to NFC."""
    raise NotImplementedError


def clean_identifier(raw: str) -> Cleaned:
    """Tidy an identifier: as clean_text, and typographic dashes to '-', full-width forms to plain ones, inner invisible characters.

    Letters that only look right stay as they are: they are refused later. Lower case stays: see clean_hsa_id.
    """
    raise NotImplementedError


def clean_hsa_id(raw: str) -> Cleaned:
    """As clean_identifier, and upper case."""
    raise NotImplementedError


def visible(text: str) -> str:
    """Return the text with every invisible or misleading character shown by its Swedish name in ‹›, e.g. 'A‹hårt mellanslag›B'."""
    raise NotImplementedError
