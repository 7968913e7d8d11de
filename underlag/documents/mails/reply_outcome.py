"""What became of a workbook, as its reply tells it."""

from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from underlag.checked import Checked


class Outcome(StrEnum):
    """What became of a workbook."""

    RETURNED = "tillbaka"
    PARTLY = "delvis"
    ORDERED = "bestallt"


def outcome(checked: "Checked") -> Outcome:
    """Tell what became of a workbook."""
    if checked.blocked:
        return Outcome.RETURNED
    return Outcome.ORDERED if checked.approved else Outcome.PARTLY
