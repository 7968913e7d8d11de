"""Why a text is not the value that it should be."""

from typing import NamedTuple


class Refusal(NamedTuple):
    """One reason for refusal.

    `reason` is a word from the module that refuses (each lists its own); `suggestion` is the one plausible
    correction, '' when there is none or several; `detail` is the faulty part, made visible: 'A (kyrilliskt)'.
    """

    reason: str
    suggestion: str = ""
    detail: str = ""
