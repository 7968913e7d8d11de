"""The outcome of a workbook, as its reply states it."""

from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from underlag.checked import Checked


class Outcome(StrEnum):
    """The outcome of a workbook."""

    RETURNED = "tillbaka"
    PARTLY = "delvis"
    ORDERED = "bestallt"
    WAITING = "vantar"


def outcome(checked: "Checked") -> Outcome:
    """Return the outcome of a workbook, given the findings that concern its region.

    Blocked without an error of the region's own, it waits until customer service has corrected the TAK.
    """
    if checked.blocked:
        return Outcome.WAITING if checked.approved else Outcome.RETURNED
    return Outcome.ORDERED if checked.approved else Outcome.PARTLY
