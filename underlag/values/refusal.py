"""The reason why a text is not a valid value."""

from typing import NamedTuple


class Refusal(NamedTuple):
    """One reason for refusal.

    `reason` is a keyword of the refusing module (each lists its own); `suggestion` is the one plausible
    correction, '' when there is none or several; `detail` is the faulty part, made visible: 'A (kyrilliskt)'.
    """

    reason: str
    suggestion: str = ""
    detail: str = ""
