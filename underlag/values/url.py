"""Anropsadress: the URL at which a producer answers.

Source: skltp/tak, validation of `vagval.adress`: characters [0-9a-zA-Z_.:/\\-?&], 5 to 255 of them. The further rules are ours:
https, a host name, no white space.
"""

from typing import Final, NamedTuple

from underlag.values.refusal import Refusal

#: Reasons for refusal; every one that applies is told, in this order.
REASONS: Final = (
    "missing",
    "white_space",
    "not_url",
    "not_https",
    "forbidden_character",
    "length",
    "ip_address",
    "localhost",
)


class Url(NamedTuple):
    """An anropsadress: its text unchanged and its parts. `rivta_suffix` is e.g. rivtabp21, '' if the path names none."""

    text: str
    host: str
    port: int | None
    path: str
    rivta_suffix: str = ""


def parse_url(text: str) -> Url | tuple[Refusal, ...]:
    """Parse an anropsadress, looking at the raw characters first; or every reason to refuse it."""
    raise NotImplementedError


def is_test_host(host: str) -> bool:
    """Whether a host name names itself a test: a label or hyphenated part such as test, qa, acc, dev, stage, nordicmedtest."""
    raise NotImplementedError
