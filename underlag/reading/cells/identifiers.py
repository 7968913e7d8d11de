"""Recognises HSA-IDs and addresses in cells by their form.

Reading uses it to separate values from headers, names, remarks and placeholders, so faulty values count as
values too. `values.hsa` and `values.url` validate. Patterns and functions go from strict to lenient.
"""

import re
from collections.abc import Collection
from typing import Final
from urllib.parse import unquote

from underlag.characters.short_texts import remembered_if_short
from underlag.lazy_pattern import LazyPattern
from underlag.profiles.words.remembered import remembered

#: An HSA-ID that needs no cleaning. SE1234567890-XXXX is a placeholder, not an id.
PLAIN_ID: Final = re.compile(r"(?!X{4})(?:[A-Z]{2,10})?[0-9]{10}(?:[0-9]{2})?-(?!X{4})[0-9A-Z]+")
#: An address that needs no cleaning.
PLAIN_URL: Final = re.compile(r"https?://[a-z0-9.:-]+(?:/(?:[!-;=?-~]*[!#-&(-;=?-_a-~])?)?")
#: One id, valid or not, that needs no cleaning.
ONE_ID: Final = re.compile(
    PLAIN_ID.pattern + r"|(?!X{4})(?:[A-Z]{2,10})?[0-9ODI]{8}(?!.*X{4})(?:[._-]{0,2}[0-9A-Z]++)*+[._-]?"
)
#: One cleaned id, valid or not, perhaps with look-alike letters. Few workbooks need it compiled.
CLEANED_ID: Final = LazyPattern(
    PLAIN_ID.pattern + r"|(?!X{4})(?:[^\W\d_]{2,10})?[0-9ODI]{8}(?!.*X{4})(?:[._-]{0,2}[^\W_]++)*+[._-]?"
)

_ANY_CASE: Final = LazyPattern(
    r"(?:(?:SE|TST[A-Z]*)?(?:16)?\d{10}-(?!X{3})[0-9A-Z]+|https?://\S+)", re.IGNORECASE
).fullmatch
_WITHIN: Final = LazyPattern(r"(?<![\w-])(?:SE|TST[A-Z]*)(?:16)?\d{10}-(?!X{3})[0-9A-Z]+", re.IGNORECASE)
_ADDRESS: Final = LazyPattern(r"https?://[^/\s]+\.\S+", re.IGNORECASE).fullmatch
_QUOTED_ID: Final = LazyPattern(
    r"\W*(?:[A-Za-z]{2,10})?\d{10}(?:\d\d)?[-\u2010-\u2015\u2212]\w+\W*"
).fullmatch
_LINE_BEGINS: Final = LazyPattern(
    r"^[\"' ]*(?:https?://|[a-z]{0,10}[0-9]{10,12}-)", re.IGNORECASE | re.MULTILINE
)
_LINE_BEGINS_ADDRESS: Final = LazyPattern("^http", re.IGNORECASE | re.MULTILINE)
_ADDRESS_WITHIN: Final = LazyPattern(r"https?://[^\s,;)\]>”\"]+", re.IGNORECASE)
_MENTIONED: Final = LazyPattern(
    r"(?:SE|TST[A-Z]*)(?:16)?\d{10}-[0-9A-Z]+|\d{10}-[0-9A-Z]+|https?://\S", re.IGNORECASE
)
_BEGINS: Final = LazyPattern(
    r"\W*+(?:(?:[^\W\d_]{2,10}\W*+)?(?:[0-9odi][ -]?){8}|[a-z]{3,6}://)", re.IGNORECASE
)
# A search is much faster that begins with one digit, not with a repetition.
_NUMBER: Final = LazyPattern(r"\d\d{9}")
_NUMBER_OF_ID: Final = LazyPattern("[0-9][0-9]{9}")
_SIX_DIGITS: Final = LazyPattern(r"\d\d{5}")


def is_plain_id(text: str) -> bool:
    """Whether a text is an id alone that needs no cleaning."""
    return PLAIN_ID.fullmatch(text) is not None


def is_value(cell: object) -> bool:
    """Whether a cell is an id or address alone that needs no cleaning."""
    return isinstance(cell, str) and _is_value(cell)


@remembered  # the rows that are searched for headers have few texts in their first columns
def _is_value(cell: str) -> bool:
    text = cell.strip()
    return is_plain_id(text) or PLAIN_URL.fullmatch(text) is not None


def is_value_in_any_case(text: str) -> bool:
    """Whether a text is an id or address alone, in upper or lower case."""
    return _ANY_CASE(text) is not None


def is_address(text: str) -> bool:
    """Whether a text is an http address alone with a host name, valid or not."""
    return _ADDRESS(text) is not None


def is_quoted_id(text: str) -> bool:
    """Whether a text is one id with any prefix and dash, perhaps in quotes or parentheses."""
    return _QUOTED_ID(text) is not None


def ids_within(text: str) -> list[str]:
    """Return the ids with a prefix in a text."""
    return _WITHIN.findall(text) if holds_value(text) else []


def addresses_within(text: str) -> list[str]:
    """Return the http addresses in a text, without a full stop after them."""
    return [found.rstrip(".") for found in _ADDRESS_WITHIN.findall(text)]


def opens_other(text: str, target: str) -> bool:
    """Whether what a link opens has another address or id than the text of its cell.

    Args:
        text: the text.
        target: what the link opens; mail programs put the address into one of their own.
    """
    opened = _plain_address(target)
    if addresses := addresses_within(text):
        return not any(_plain_address(address) in opened for address in addresses)
    ids, opened_ids = ids_within(text.upper()), ids_within(opened.upper())
    return bool(ids and opened_ids) and set(ids).isdisjoint(opened_ids)


def _plain_address(address: str) -> str:
    return unquote(address).strip().rstrip("/").casefold()


def mentions_value(text: str) -> bool:
    """Whether a text contains an id, with or without a prefix, or an http address."""
    return holds_value(text) and _MENTIONED.search(text) is not None


def count_numbers(text: str) -> int:
    """Return how many organisation numbers a text may contain."""
    return len(_NUMBER.findall(text))


def holds_value(text: str) -> bool:
    """Whether a text contains an organisation number or the scheme of an address."""
    return "://" in text or _NUMBER.search(text) is not None


def any_begins_with_value(texts: Collection[str]) -> bool:
    """Whether a line of any of the texts begins with an id or an address."""
    together = "\n".join(texts)
    # Most columns of names have neither, and the first search is much faster.
    may_begin = "://" in together or _NUMBER_OF_ID.search(together) is not None
    return may_begin and _LINE_BEGINS.search(together) is not None


def any_begins_with_address(texts: Collection[str]) -> bool:
    """Whether a line of any of the texts begins as an address does."""
    together = "\n".join(texts)
    return "http" in together.lower() and _LINE_BEGINS_ADDRESS.search(together) is not None


@remembered_if_short(4096)  # most texts of a row are on every row
def begins_with_value(text: str) -> bool:
    """Whether a text begins with an id or address, perhaps a faulty one."""
    return _BEGINS.match(text) is not None


def has_digits_of_id(text: str) -> bool:
    """Whether a text has as many digits in a row as even faulty ids have; names have fewer."""
    return _SIX_DIGITS.search(text) is not None


def comparison_key(value: str) -> str:
    """Return the form in which two spellings of an id or address are equal."""
    return value.casefold().rstrip("/") if "://" in value else value.upper()
